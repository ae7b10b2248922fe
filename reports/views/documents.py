"""The documents of a case: the list, the state of one, asking, cancelling, trying again, downloading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from people.errors import NotReady, NotThere
from reports.access import Offer, document_for, offers_to
from reports.actions import documents as actions
from reports.archive.plans import CONTENT_TYPES, file_name
from reports.enums import DocumentStatus, Format
from reports.forms.documents import DocumentForm
from reports.queries.documents import documents_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from reports.models import Document
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one kind: the editions that can be made, and what was made."""

    kind: str
    label: str
    offers: list[Offer]
    documents: list[Document]


@require_GET
def documents(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what this person can have made, and what was made."""
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    page = documents_of(seat.case, [(o.kind, o.edition) for o in offers_to(seat)], request.GET.get("page", ""))
    context = {"groups": _groups(seat, page), "page": page}
    return render(request, "reports/documents.html", {**case_frame(seat, "documents"), **context})


@require_GET
def document(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show the state of one document: for the page that polls it, else the whole list with this one in view."""
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    found = document_for(seat, pk)
    if request.headers.get("HX-Request") != "true":
        return see_other(_address(found))
    actions.note_watching(found, by=request.user)
    return render(request, "reports/documents.html#document", {"seat": seat, "document": found, "is_polled": True})


@require_POST
def request_document(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask for a document."""
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    form = DocumentForm(request.POST)
    if not form.is_valid():
        raise NotReady("There is no such document. Choose one on the documents page.")
    wanted = form.cleaned_data
    found = actions.request_document(
        seat.case, wanted["kind"], wanted["edition"], by=request.user, as_format=wanted["format"] or Format.PDF
    )
    if found.status == DocumentStatus.READY:
        messages.info(request, f"Nothing has changed since {found.name} was made. Here it is.")
    return see_other(_address(found))


@require_POST
def cancel_document(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Stop making a document."""
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    found = document_for(seat, pk)
    actions.cancel_document(found, by=request.user)
    return see_other(_address(found))


@require_POST
def retry_document(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Try again."""
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    found = document_for(seat, pk)
    actions.retry_document(found, by=request.user)
    return see_other(_address(found))


@require_GET
def download(request: PersonRequest, slug: str, pk: int) -> HttpResponseBase:
    """Hand over the file, whatever storage it is in."""
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    found = document_for(seat, pk)
    if found.status != DocumentStatus.READY:
        raise NotReady("This document is not ready yet. The documents page shows how far it is.")
    answer = file_answer(found, file_name(found))
    actions.note_download(found, by=request.user)
    return answer


def file_answer(document: Document, name: str) -> FileResponse:
    """Return the file as an attachment. Raises NotThere when the storage has lost it."""
    try:
        handle = document.file.open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise NotThere("The file of this document is gone. Ask for it again: it is made anew.") from error
    answer = FileResponse(
        handle, as_attachment=True, filename=name, content_type=CONTENT_TYPES[Format(document.format)]
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _groups(seat: Seat, rows: Iterable[Document]) -> list[Group]:
    offers = offers_to(seat)
    shown = list(rows)
    kinds = dict.fromkeys(offer.kind for offer in offers)
    return [
        Group(
            kind,
            kind.label,
            [offer for offer in offers if offer.kind == kind],
            [row for row in shown if row.kind == kind],
        )
        for kind in kinds
    ]


def _address(document: Document) -> str:
    return f"{reverse('reports:documents', args=(document.case.slug,))}#document-{document.pk}"
