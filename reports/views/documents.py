"""The documents of a case: the list, the state of one, asking, cancelling, trying again, downloading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from people.errors import NotReady, NotThere
from reports.access import Offer, document_for, offers_to
from reports.actions import documents as actions
from reports.archive.plans import CONTENT_TYPES, file_name
from reports.comparing import compared
from reports.enums import DocumentKind, DocumentStatus, Format
from reports.forms.documents import DocumentFilter, DocumentForm
from reports.queries.documents import documents_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from reports.comparing import Comparison
    from reports.models import Document
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of document, and the editions that can be made."""

    kind: DocumentKind
    label: str
    offers: list[Offer]


@require_GET
def documents(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what this person can have made, and what was made."""
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    offers = offers_to(seat)
    groups = _groups(offers)
    filters = DocumentFilter(request.GET, kinds=[group.kind for group in groups])
    kinds, wish = [(offer.kind, offer.edition) for offer in offers], filters.wish(request.user)
    page = documents_of(seat.case, kinds, request.GET.get("page", ""), reader=request.user, wish=wish)
    context = {
        "groups": groups,
        "page": page,
        "filters": filters,
        "query": _query(request),
        "comparison": _comparison(seat, request.GET.get("compare", "")),
    }
    return render(request, "reports/documents.html", {**case_frame(seat, "documents"), **context})


@require_GET
def document(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show the state of one document: for the page that polls it, else the whole list with this one in view.

    With `compare`, it is compared with what the case gives now.
    """
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    found = document_for(seat, pk)
    is_compared = "compare" in request.GET
    if request.headers.get("HX-Request") != "true":
        return see_other(_address(found, compare=is_compared))
    if not is_compared:
        actions.note_watching(found, by=request.user)
    context = {
        "seat": seat,
        "document": found,
        "is_polled": not is_compared,
        "comparison": compared(found) if is_compared else None,
    }
    return render(request, "reports/documents.html#document", context)


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


def _groups(offers: Iterable[Offer]) -> list[Group]:
    """The offers by kind, in their order."""
    kinds: dict[DocumentKind, list[Offer]] = {}
    for offer in offers:
        kinds.setdefault(offer.kind, []).append(offer)
    return [Group(kind, kind.label, found) for kind, found in kinds.items()]


def _comparison(seat: Seat, pk: str) -> Comparison | None:
    """Compare the one document that the address names."""
    return compared(document_for(seat, int(pk))) if pk.isdecimal() and len(pk) <= MOST_DIGITS else None


def _query(request: PersonRequest) -> str:
    """The filter for the links to other pages of the list."""
    kept = [(name, str(value)) for name, value in request.GET.items() if value and name in DocumentFilter.base_fields]
    return f"{urlencode(kept)}&" if kept else ""


def _address(document: Document, *, compare: bool = False) -> str:
    asked = f"?compare={document.pk}" if compare else ""
    return f"{reverse('reports:documents', args=(document.case.slug,))}{asked}#document-{document.pk}"
