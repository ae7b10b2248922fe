"""The people of a review: see, add, invite, take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reviews.access import case_for
from reviews.actions.team import ability_for, add_person, remove_role
from reviews.enums import Role
from reviews.forms.people import PersonForm, ReasonForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.people import membership_in
from reviews.queries.pool import pool_for
from reviews.queries.team import participants, sides
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "POST"])
def team(request: PersonRequest, slug: str) -> HttpResponse:
    """GET shows who takes part; POST adds somebody."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    if request.method != "POST":
        return _page(request, seat, _form_for(request, seat))
    seat.require(Ability.MANAGE_HOST_PEOPLE)
    form = PersonForm(request.POST, seat=seat)
    if not form.is_valid():
        return _page(request, seat, form, status=422)
    made = add_person(seat.case, form.chosen_role, form.candidate, by=request.user)
    invited = "" if made.user.has_usable_password() else f" A personal invitation goes to {made.user.email}."
    messages.success(request, f"{made.user} is now {made.get_role_display().lower()}.{invited}")
    return see_other(reverse("reviews:team", args=(slug,)))


@require_http_methods(["GET", "POST"])
def remove(request: PersonRequest, slug: str, membership: int) -> HttpResponse:
    """GET asks for the reason; POST takes the role away."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    row = membership_in(seat.case, membership)
    seat.require(ability_for(Role(row.role)))
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {**case_frame(seat, "team"), "form": form, "membership": row, "is_lead": row.role == Role.LEAD}
        return render(request, "reviews/remove_person.html", context, status=422 if form.is_bound else 200)
    person = remove_role(seat.case, membership, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, f"{person} is no longer {row.get_role_display().lower()}.")
    return see_other(reverse("reviews:team", args=(slug,)))


def _form_for(request: PersonRequest, seat: Seat) -> PersonForm | None:
    """The form to add somebody, filled in from the address (a person chosen in the pool)."""
    if not seat.can(Ability.MANAGE_HOST_PEOPLE):
        return None
    return PersonForm(seat=seat, initial={name: request.GET.get(name, "") for name in ("email", "role")})


def _page(request: PersonRequest, seat: Seat, form: PersonForm | None, *, status: int = 200) -> HttpResponse:
    searched = request.GET.get("q", "").strip()
    context = {
        "form": form,
        "sides": sides(participants(seat.case)),
        "searched": searched,
        "pool": pool_for(seat.case, searched) if searched and seat.can(Ability.MANAGE_TEAM) else [],
    }
    return render(request, "reviews/team.html", {**case_frame(seat, "team"), **context}, status=status)
