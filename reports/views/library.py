"""What everybody may read, without a login: the front page, the library, published reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people.errors import NotThere
from reports.enums import DocumentStatus
from reports.forms.library import LibraryForm
from reports.queries.publications import choices, followed_up, library, publication_at, publications_of
from reports.rendering import deserialise
from reports.rendering.pages import context_of
from reports.views.documents import file_answer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

PER_PAGE = 20
ON_FRONT = 3


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Tell a stranger what this is; take everybody else to their tasks."""
    if request.user.is_authenticated:
        return redirect("reviews:tasks")
    return render(request, "reports/front.html", {"newest": library(LibraryForm.nothing())[:ON_FRONT]})


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the library, narrowed to what a reader looks for."""
    offered = choices()
    form = LibraryForm(request.GET, offered=offered)
    wanted = form.wanted()
    page = Paginator(library(wanted), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "wanted": wanted, "query": form.as_query(), "offered": offered}
    return render(request, "reports/library.html", context)


@login_not_required
@require_safe
def publication(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one published version for good, from what was frozen."""
    found = publication_at(slug)
    versions = publications_of(found.case)
    context = {
        **context_of(deserialise(found.content)),
        "publication": found,
        "versions": versions,
        "newer": next((row for row in versions if row.is_current and row.pk != found.pk), None),
        "followed_up": followed_up(found),
        "pdf": found.document if found.document and found.document.status == DocumentStatus.READY else None,
        "address": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "reports/publication.html", context)


@login_not_required
@require_safe
def publication_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:  # noqa: ARG001 - Django gives it
    """Hand over the PDF of a published version."""
    found = publication_at(slug)
    if found.document is None or found.document.status != DocumentStatus.READY:
        raise NotThere("The PDF of this report is still being made. The page of the report shows the same text.")
    answer = file_answer(found.document, f"{found.slug}.pdf")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
