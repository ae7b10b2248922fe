"""The programme page: the visit as a timetable; and one person's own day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.templatetags.words import counted
from reviews.access import case_for
from reviews.permissions import Ability
from reviews.steps import steps_for
from reviews.views.answers import see_other
from visits.actions.slots import move_programme
from visits.actions.visits import first_look, mark_seen, visit_of
from visits.forms.slots import MoveProgrammeForm, SeenForm
from visits.queries.programme import programme, slots_of_person
from visits.queries.programme_page import programme_page, removed_thing
from visits.queries.timetable import day_tables
from visits.views.frames import case_page, page_url

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_safe
def show(request: PersonRequest, slug: str) -> HttpResponse:
    """The whole programme, with what clashes, what is missing and what changed."""
    seat = case_for(request.user, slug, Ability.VIEW_PROGRAMME)
    visit = visit_of(seat.case)
    context: dict[str, Any] = {
        "visit": visit,
        "page": programme_page(visit, seat, seen=first_look(visit, request.user)),
        "removed": removed_thing(seat.case, visit, request.GET.get("removed", "")),
        "offers": steps_for(seat, "visit"),
    }
    return case_page(request, "visits/programme.html", seat, "programme", **context)


@require_POST
def seen(request: PersonRequest, slug: str) -> HttpResponse:
    """The person has seen what changed."""
    seat = case_for(request.user, slug, Ability.VIEW_PROGRAMME)
    form = SeenForm(request.POST)
    if form.is_valid():
        mark_seen(visit_of(seat.case), request.user, version=form.cleaned_data["version"])
    return see_other(page_url(seat))


@require_safe
def my_day(request: PersonRequest, slug: str) -> HttpResponse:
    """One person's own way through the visit."""
    seat = case_for(request.user, slug, Ability.VIEW_PROGRAMME)
    plan = programme(visit_of(seat.case), for_host=seat.is_host)
    days = day_tables(plan.only(slots_of_person(plan, request.user)))
    return case_page(request, "visits/my_day.html", seat, "programme", programme=plan, days=days)


@require_http_methods(["GET", "POST"])
def move(request: PersonRequest, slug: str) -> HttpResponse:
    """Move the whole programme to other days."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    form = MoveProgrammeForm(request.POST or None, initial={"first_day": seat.case.visit_start})
    if request.method == "POST" and form.is_valid():
        days = move_programme(seat.case, by=request.user, first_day=form.cleaned_data["first_day"])
        way = f"{counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"
        messages.success(request, f"Every slot is now {way}." if days else "The programme is on these days already.")
        return see_other(page_url(seat))
    status = 422 if form.is_bound else 200
    return case_page(request, "visits/programme_move.html", seat, "programme", status=status, form=form)
