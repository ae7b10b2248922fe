"""What everybody may read, without a login: the front page and the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reports.forms.library import LibraryForm
from reports.queries.publications import choices, library

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

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
