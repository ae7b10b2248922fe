"""Whether a document still shows the case as it is. Composing costs up to a second: done on request only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max

from people.errors import Refusal
from reports.queries.documents import versions_of
from reports.works import digest_of

if TYPE_CHECKING:
    from reports.models import Document


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison found for the row `pk`.

    `newer` is the number of a version that shows the case as it is now, if there is one; `next_number` that of the
    version that would be made; `refused` says why nothing can be compared.
    """

    pk: int
    is_same: bool = False
    newer: int = 0
    next_number: int = 0
    refused: str = ""


def compared(document: Document) -> Comparison:
    """Compare a document with what the case gives now."""
    try:
        digest = digest_of(document)
    except Refusal as refusal:
        return Comparison(document.pk, refused=refusal.message)
    if digest == document.content_hash:
        return Comparison(document.pk, is_same=True)
    others = versions_of(document)
    newer = others.filter(content_hash=digest).values_list("number", flat=True).first() or 0
    last = others.aggregate(last=Max("number"))["last"] or 0
    return Comparison(document.pk, newer=newer, next_number=last + 1)
