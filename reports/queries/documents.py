"""The documents of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from reports.enums import DocumentStatus
from reports.models import Document, Publication

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from reviews.models import Case

PER_PAGE = 30


def documents() -> QuerySet[Document]:
    """All documents, each with who asked, and `is_awaited`: whether a published report waits for it."""
    awaited = Exists(Publication.objects.filter(document=OuterRef("pk")))
    return Document.objects.select_related("requested_by").annotate(is_awaited=awaited)


def versions_of(document: Document) -> QuerySet[Document]:
    """All rows of the same case, kind, edition and person, in every format."""
    return Document.objects.filter(
        case_id=document.case_id, kind=document.kind, edition=document.edition, about_id=document.about_id
    )


def newest_of_each(case: Case) -> list[Document]:
    """The newest ready document of each kind, edition and format of a case. One query."""
    ready = Document.objects.filter(case=case, status=DocumentStatus.READY).order_by(
        "kind", "edition", "format", "number"
    )
    return list({(row.kind, row.edition, row.format, row.about_id): row for row in ready}.values())


def documents_of(case: Case, kinds: Iterable[tuple[str, str]], page: str = "") -> Page[Document]:
    """One page of the documents of the given kinds and editions, newest request first. Two queries."""
    wanted = Q(pk=None)
    for kind, edition in kinds:
        wanted |= Q(kind=kind, edition=edition)
    return Paginator(documents().filter(wanted, case=case), PER_PAGE).get_page(page)
