"""The documents of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from reviews.models import Case


def documents_of(case: Case, kinds: Iterable[tuple[str, str]]) -> list[Document]:
    """The documents of the given kinds and editions, newest request first, with who asked. One query."""
    wanted = set(kinds)
    rows: QuerySet[Document] = Document.objects.filter(case=case).select_related("requested_by")
    return [row for row in rows if (row.kind, row.edition) in wanted]
