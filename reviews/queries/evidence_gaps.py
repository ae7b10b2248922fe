"""What the files of a case still lack before it is submitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from reviews.models import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from reviews.models import Case


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A file and what is missing, in words that follow “still without”."""

    row: Evidence
    missing: tuple[str, ...]


def is_incomplete() -> Q:
    """Rows of `with_links` that lack something. Nobody has to say the date or the language."""
    return Q(file="") | Q(note="") | Q(section=None, is_linked=False)


def with_links(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Add `is_linked`: whether a question names the file."""
    links = Evidence.questions.through.objects.filter(evidence=OuterRef("pk"))
    return rows.annotate(is_linked=Exists(links))


def evidence_to_complete(case: Case) -> list[Incomplete]:
    """The files of a case that lack what a reader needs, in the order of the list. One query.

    The class is never among it: no form lets a file in before somebody has chosen who may read it.
    """
    return incomplete_among(
        Evidence.objects.filter(case=case, removed_at__isnull=True).select_related("section", "owner")
    )


def incomplete_among(rows: QuerySet[Evidence]) -> list[Incomplete]:
    """Those of these files that lack what a reader needs, in the order of the list. One query."""
    found = with_links(rows).filter(is_incomplete()).order_by("section__position", "title", "pk")
    return [Incomplete(row, tuple(_missing(row))) for row in found]


def _missing(row: Evidence) -> Iterable[str]:
    if row.is_announced:
        yield "the file itself"
    if not row.note.strip():
        yield "a note on what it shows"
    if row.section is None and not row.is_linked:  # type: ignore[attr-defined]  # annotated by with_links
        yield "the section or question it belongs to"
