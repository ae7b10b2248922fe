"""Steps and places of findings and recommendations: agree, drop, pick up, take back, move up and down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotThere
from reviews.access import case_for
from reviews.actions.finding_steps import STEPS, take_finding_step
from reviews.actions.ordering import move, put_in_order
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.findings import finding_in, recommendation_in
from reviews.views.answers import see_other, wants_json, way_back
from visits.forms.findings import StepReasonForm
from visits.forms.recommendations import OrderForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.actions.finding_steps import FindingStep
    from reviews.models import Finding, Recommendation
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def finding_step(request: PersonRequest, slug: str, pk: int, step: str) -> HttpResponse:
    """Take a step of a finding; GET asks for the reason where no script opens a dialog."""
    seat = case_for(request.user, slug, Ability.VIEW_FINDINGS)
    found = finding_in(seat.case, pk, for_team=seat.is_team)
    return _step(request, seat, found, step, page=reverse("visits:finding", args=(slug, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_step(request: PersonRequest, slug: str, pk: int, step: str) -> HttpResponse:
    """Take a step of a recommendation; GET asks for the reason where no script opens a dialog."""
    seat = case_for(request.user, slug, Ability.VIEW_FINDINGS)
    found = recommendation_in(seat.case, pk, for_team=seat.is_team)
    return _step(request, seat, found, step, page=reverse("visits:recommendation", args=(slug, pk)))


@require_POST
def move_finding(request: PersonRequest, slug: str, pk: int, way: str) -> HttpResponse:
    """Move a finding one place up or down."""
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS)
    move(finding_in(seat.case, pk, for_team=True), "up" if way == "up" else "down", by=request.user)
    return see_other(f"{reverse('visits:findings', args=(slug,))}#finding-{pk}")


@require_POST
def move_recommendation(request: PersonRequest, slug: str, pk: int, way: str) -> HttpResponse:
    """Move a recommendation one place up or down."""
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS)
    move(recommendation_in(seat.case, pk, for_team=True), "up" if way == "up" else "down", by=request.user)
    return see_other(f"{reverse('visits:recommendations', args=(slug,))}#recommendation-{pk}")


@require_POST
def order_recommendations(request: PersonRequest, slug: str) -> HttpResponse:
    """Give all recommendations a new order: what a script sends after one was dragged."""
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS)
    form = OrderForm(request.POST)
    ids = form.cleaned_data["order"] if form.is_valid() else []
    put_in_order(seat.case, ids, by=request.user)
    return see_other(reverse("visits:recommendations", args=(slug,)))


def _step(request: PersonRequest, seat: Seat, row: Finding | Recommendation, name: str, *, page: str) -> HttpResponse:
    step = STEPS.get(name)
    if step is None:
        raise NotThere
    seat.require(step.ability)
    back = way_back(request, page)
    if request.method != "POST":
        return _ask(request, seat, row, step, back=back)
    form = StepReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if step.needs_reason and not reason and not wants_json(request):
        return _ask(request, seat, row, step, back=back, is_missing=True)
    take_finding_step(row, name, by=request.user, reason=reason)
    messages.success(request, f"{step.said}.")
    return see_other(back)


def _ask(
    request: PersonRequest,
    seat: Seat,
    row: Finding | Recommendation,
    step: FindingStep,
    *,
    back: str,
    is_missing: bool = False,
) -> HttpResponse:
    context = {"row": row, "step": step, "back": back, "is_missing": is_missing}
    status = 422 if is_missing else 200
    return render(request, "visits/finding_step.html", {**case_frame(seat, "findings"), **context}, status=status)
