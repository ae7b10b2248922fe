"""Choosing a template for an empty programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.views.decorators.http import require_http_methods

from people.errors import NotThere
from reviews.access import case_for
from reviews.permissions import Ability
from reviews.views.answers import see_other
from visits.actions.agendas import fill_programme
from visits.actions.visits import visit_of
from visits.agendas import AGENDAS
from visits.forms.places import AgendaForm
from visits.queries.places import groups_of, sites_of
from visits.views.frames import case_page, page_url

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "POST"])
def choose(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the templates; POST fills the programme with one."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    if request.method == "POST":
        form = AgendaForm(request.POST)
        if not form.is_valid():
            raise NotThere
        count = fill_programme(seat.case, form.cleaned_data["agenda"], by=request.user)
        messages.success(
            request, f"The programme has {count} slots now. Change everything that your city does differently."
        )
        return see_other(page_url(seat))
    visit = visit_of(seat.case)
    context: dict[str, Any] = {
        "agendas": AGENDAS.values(),
        "visit": visit,
        "sites": sites_of(visit),
        "groups": groups_of(visit),
    }
    return case_page(request, "visits/agendas.html", seat, "programme", **context)
