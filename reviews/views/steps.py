"""One address for all steps of all machines of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from reviews.access import case_for
from reviews.actions.steps import take_step
from reviews.forms.steps import StepForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.steps import rule_named, steps_for
from reviews.views.answers import see_other, way_back

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.steps import StepRule
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "POST"])
def step(request: PersonRequest, slug: str, step: str) -> HttpResponse:
    """GET asks before the step (where no script opens a dialog); POST takes it and goes back."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    rule = rule_named(step)
    seat.require(rule.ability)
    if request.method != "POST":
        return _ask(request, seat, rule, StepForm(rule=rule, user=request.user))
    form = StepForm(request.POST, rule=rule, user=request.user)
    if not form.is_valid():
        return _ask(request, seat, rule, form)
    take_step(seat.case, rule.name, by=request.user, reason=form.given_reason, signed=form.signed)
    messages.success(request, f"{rule.done}.")
    return see_other(way_back(request, seat.case.get_absolute_url()))


def _ask(request: PersonRequest, seat: Seat, rule: StepRule, form: StepForm) -> HttpResponse:
    """Show the page that asks for the reason, or says what is missing."""
    offer = next((offer for offer in steps_for(seat, rule.machine) if offer.rule.name == rule.name), None)
    context = {"rule": rule, "offer": offer, "form": form, "back": way_back(request, seat.case.get_absolute_url())}
    status = 422 if form.is_bound else 200
    return render(request, "reviews/step.html", {**case_frame(seat), **context}, status=status)
