"""The working draft as real pages beside the editor: made by a worker on request, shown as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.errors import NotReady, NotThere, StorageAway
from reports.access import document_for
from reports.actions.documents import note_watching, request_document
from reports.enums import DocumentKind, DocumentStatus, Edition, Format
from reports.section_pages import section_of_team
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.page_pictures import NO_PICTURE, drawn_page
from reviews.permissions import Ability
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from reports.models import Document
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

A = Ability


@require_POST
def request_pages(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Have the working draft made as it is saved now; the same draft is never made twice."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    section_of_team(seat, key)
    made = request_document(seat.case, DocumentKind.REPORT, Edition.TEAM, by=request.user)
    return see_other(reverse("reports:section_pages", args=(slug, key, made.pk)))


@require_safe
def pages(request: PersonRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Show how far the draft is, then the pages of one section, or all (`?all`); beside the editor as a fragment."""
    from reports.section_pdf import pages_of  # noqa: PLC0415 - its library is large, and few pages need it

    seat = case_for(request.user, slug, A.VIEW_REPORT)
    row = section_of_team(seat, key)
    draft = _draft(seat, pk)
    note_watching(draft, by=request.user)
    is_ready = draft.status == DocumentStatus.READY
    shown = pages_of(draft, row, whole="all" in request.GET) if is_ready else None
    context = {"seat": seat, "row": row, "draft": draft, "shown": shown}
    if request.headers.get("HX-Request") == "true":
        answer = render(request, "reports/_real_pages.html", context)
    else:
        answer = render(request, "reports/section_pages.html", {**case_frame(seat, "report"), **context})
    answer["Vary"] = "HX-Request"
    return answer


@require_safe
def page_picture(request: PersonRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Hand out the picture of a page of a finished draft: a JPEG without rights in a browser."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    draft = _draft(seat, pk)
    if draft.status != DocumentStatus.READY:
        raise NotReady("These pages are not ready yet.")
    if not 1 <= number <= draft.pages:
        raise NotThere(NO_PICTURE)
    answer = HttpResponse(_drawn(draft, number), content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _drawn(draft: Document, number: int) -> bytes:
    try:
        with draft.file.open("rb") as file:
            return drawn_page(file, ".pdf", number)  # type: ignore[arg-type] # reads like one
    except StorageAway:
        raise
    except (OSError, ValueError) as problem:
        raise NotThere(NO_PICTURE) from problem


def _draft(seat: Seat, pk: int) -> Document:
    """A working draft of this case as a PDF, if this person may have it. Raises NotThere, NotAllowed."""
    found = document_for(seat, pk)
    if (found.kind, found.edition, found.format) != (DocumentKind.REPORT, Edition.TEAM, Format.PDF):
        raise NotThere
    return found
