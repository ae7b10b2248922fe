"""The documents of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q

from reports.enums import DocumentKind, DocumentStatus
from reports.models import Document, Publication
from reports.queries.wishes import EVERYTHING, Wish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from people.models import User
    from reviews.models import Case

PER_PAGE = 30


def documents() -> QuerySet[Document]:
    """All documents, each with who asked.

    `is_awaited`: whether a published report waits for it. `is_withdrawn`: whether it shows one that was withdrawn.
    """
    shown = Publication.objects.filter(case=OuterRef("case"), sha256=OuterRef("content_hash"))
    told = {
        "is_awaited": Exists(Publication.objects.filter(document=OuterRef("pk"))),
        "is_withdrawn": Exists(shown.filter(withdrawn_at__isnull=False)),
    }
    return Document.objects.select_related("requested_by").annotate(**told)


def versions_of(document: Document) -> QuerySet[Document]:
    """All rows of the same case, kind, edition and person, in every format."""
    return Document.objects.filter(
        case_id=document.case_id, kind=document.kind, edition=document.edition, about_id=document.about_id
    )


def newest_of_each(case: Case) -> list[Document]:
    """The newest ready document of each kind, edition and format of a case, none of what was withdrawn. One query."""
    withdrawn = Publication.objects.filter(case=case, withdrawn_at__isnull=False).values("sha256")
    ready = Document.objects.filter(case=case, status=DocumentStatus.READY).exclude(content_hash__in=withdrawn)
    ready = ready.order_by("kind", "edition", "format", "number")
    return list({(row.kind, row.edition, row.format, row.about_id): row for row in ready}.values())


def documents_of(
    case: Case, kinds: Iterable[tuple[str, str]], page: str = "", *, reader: User, wish: Wish = EVERYTHING
) -> Page[Document]:
    """One page of the documents of the given kinds and editions, and the reader's own certificates.

    Newest request first. Two queries.
    """
    wanted = Q(kind=DocumentKind.CERTIFICATE, about=reader)
    for kind, edition in kinds:
        wanted |= Q(kind=kind, edition=edition)
    return Paginator(documents().filter(wanted, wish.rows, case=case), PER_PAGE).get_page(page)
