"""One published version, for good: its page, its PDF, its text to check, how to cite it, or why it was withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from people.errors import NotThere
from reports import citations
from reports.access import publication_for, versions_for
from reports.enums import DocumentStatus
from reports.imprint import TERMS, permanent_address
from reports.photos import on_published_pages
from reports.queries.publications import followed_up
from reports.rendering import deserialise
from reports.rendering.model import text_bytes
from reports.rendering.pages import context_of
from reports.views.documents import file_answer

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from reports.models import Publication

Answer = TypeVar("Answer", bound="HttpResponseBase")
GONE = 410


@login_not_required
@require_safe
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one published version from what was frozen, or the notice that it was withdrawn."""
    found = publication_for(request.user, slug)
    if found.is_withdrawn:
        return gone(request, found)
    versions = versions_for(request.user, found)
    later = [row for row in versions if row.version > found.version]
    context = {
        **context_of(on_published_pages(found, deserialise(found.content))),
        **_reference(found),
        "versions": versions,
        "newer": next((row for row in later if not row.is_withdrawn), None),
        "withdrawn": next((row for row in later if row.is_withdrawn), None),
        "followed_up": followed_up(found),
        "pdf": found.document if found.document and found.document.status == DocumentStatus.READY else None,
    }
    return guarded(found, render(request, "reports/publication.html", context))


@login_not_required
@require_safe
def publication_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Hand over the PDF of a published version."""
    found = publication_for(request.user, slug)
    if found.is_withdrawn:
        return gone(request, found)
    if found.document is None or found.document.status != DocumentStatus.READY:
        raise NotThere("The PDF of this report is still being made. The page of the report shows the same text.")
    answer: HttpResponseBase | None = None
    tag = quote_etag(found.document.sha256)
    if found.is_public:
        answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = file_answer(found.document, f"{found.slug}.pdf")
    if found.is_public:
        answer["ETag"] = tag
        answer["Cache-Control"] = "public, no-cache"  # kept, and asked each time: it may be withdrawn
    return guarded(found, answer)


@login_not_required
@require_safe
def publication_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand over the bytes whose hash the imprint prints."""
    found = publication_for(request.user, slug)
    if found.is_withdrawn:
        return gone(request, found)
    return _file(found, text_bytes(found.content), "application/json", f"{found.slug}.json")


@login_not_required
@require_safe
def publication_citation(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Hand over the reference for programs that keep them."""
    found = publication_for(request.user, slug)
    if found.is_withdrawn:
        return gone(request, found)
    if form == "bib":
        return _file(found, citations.bibtex(found), citations.BIBTEX, f"{found.slug}.bib")
    return _file(found, citations.ris(found), citations.RIS, f"{found.slug}.ris")


def _reference(found: Publication) -> dict[str, Any]:
    """What stands beside the text: how to cite it, its address as printed and as it is today, its licence, its hash."""
    return {
        "publication": found,
        "address": citations.address_of(found),
        "canonical": permanent_address(found.slug),
        "citation": citations.line(found),
        "text_hash": citations.sha256_of(found),
        "terms": TERMS[found.licence],
    }


def keeps_text(request: HttpRequest, found: Publication) -> bool:
    """Whether this person still reads what was withdrawn: the secretariat, unless it was erased."""
    return request.user.is_authenticated and request.user.is_secretariat and not found.is_erased


def gone(request: HttpRequest, found: Publication) -> HttpResponse:
    """Answer with the notice; the secretariat reads what was kept below it."""
    keeps = keeps_text(request, found)
    context = context_of(on_published_pages(found, deserialise(found.content))) if keeps else {}
    context |= {"publication": found, "keeps": keeps, "contact": settings.CONTACT_EMAIL}
    context["versions"] = versions_for(request.user, found)
    standing = [row for row in context["versions"] if not row.is_withdrawn]
    context["newer"] = next((row for row in standing if row.version > found.version), None)
    context["older"] = next((row for row in standing if row.version < found.version), None)
    return guarded(found, render(request, "reports/withdrawn.html", context, status=GONE))


def _file(found: Publication, content: bytes | str, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return guarded(found, answer)


def guarded(found: Publication, answer: Answer) -> Answer:
    """Keep what is for members, and what was withdrawn, out of search engines and shared caches."""
    if not found.is_public or found.is_withdrawn:
        answer["X-Robots-Tag"] = "noindex"
        answer["Cache-Control"] = "private, no-store"
    return answer
