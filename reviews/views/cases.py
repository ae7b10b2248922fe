"""The list of cases, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from reviews.access import visible_to
from reviews.actions.propose import propose
from reviews.forms.cases import CaseFilterForm, ProposalForm
from reviews.queries.cases import case_rows, countries_of, filtered
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest

PER_PAGE = 50


@require_safe
def cases(request: PersonRequest) -> HttpResponse:
    """The cases a person may know of, narrowed by the filter, 50 a page."""
    visible = visible_to(request.user)
    form = CaseFilterForm(request.GET, countries=countries_of(visible))
    wanted = form.wanted()
    page = Paginator(filtered(visible, wanted), PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode([(name, str(value)) for name, value in request.GET.items() if value and name != "page"])
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "rows": case_rows(page),
        "query": f"{query}&" if query else "",
    }
    return render(request, "reviews/cases.html", context)


@require_http_methods(["GET", "POST"])
def new_case(request: PersonRequest) -> HttpResponse:
    """Propose a review."""
    form = ProposalForm(request.POST or None, by=request.user)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "reviews/new_case.html", {"form": form}, status=status)
    case = propose(form.proposal(), by=request.user)
    messages.success(request, "Your proposal is saved. You can go on writing until the secretariat takes it up.")
    return see_other(case.get_absolute_url())
