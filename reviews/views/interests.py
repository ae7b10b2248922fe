"""Interests declared and decided; the host's objections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reviews.access import case_for
from reviews.actions.interests import decide_interest, declare_interest
from reviews.actions.objections import decide_objection, object_to
from reviews.enums import Interest, InterestDecision, ObjectionDecision
from reviews.forms.people import InterestDecisionForm, InterestForm, ObjectionDecisionForm, ObjectionForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.people import declaration_in, objection_in, team_member
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "POST"])
def interests(request: PersonRequest, slug: str) -> HttpResponse:
    """A person's own declaration."""
    seat = case_for(request.user, slug, Ability.DECLARE_INTEREST)
    form = InterestForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, seat, "reviews/interests.html", {"form": form})
    interest = Interest(form.cleaned_data["interest"])
    made = declare_interest(seat.case, interest, text=form.cleaned_data["text"], by=request.user)
    messages.success(request, f"Thank you, your declaration is kept: {made.get_decision_display().lower()}.")
    return see_other(seat.case.get_absolute_url())


@require_http_methods(["GET", "POST"])
def decide(request: PersonRequest, slug: str, declaration: int) -> HttpResponse:
    """Decide on what somebody declared."""
    seat = case_for(request.user, slug, Ability.DECIDE_INTEREST)
    row = declaration_in(seat.case, declaration)
    form = InterestDecisionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, seat, "reviews/decide_interest.html", {"form": form, "declaration": row})
    decision = InterestDecision(form.cleaned_data["decision"])
    decide_interest(seat.case, row.pk, decision, reason=form.cleaned_data["reason"], by=request.user)
    return _done(request, seat, f"Decided: {row.user} {decision.label.lower()}.")


@require_http_methods(["GET", "POST"])
def objection(request: PersonRequest, slug: str, user: int) -> HttpResponse:
    """The host objects to a team member."""
    seat = case_for(request.user, slug, Ability.OBJECT)
    member = team_member(seat.case, user)
    form = ObjectionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, seat, "reviews/objection.html", {"form": form, "member": member})
    object_to(seat.case, member.pk, text=form.cleaned_data["text"], by=request.user)
    return _done(request, seat, "Your objection is with the lead and the secretariat. You will hear what they decide.")


@require_http_methods(["GET", "POST"])
def answer_objection(request: PersonRequest, slug: str, objection: int) -> HttpResponse:
    """Decide on an objection."""
    seat = case_for(request.user, slug, Ability.DECIDE_INTEREST)
    row = objection_in(seat.case, objection)
    form = ObjectionDecisionForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, seat, "reviews/decide_objection.html", {"form": form, "objection": row})
    decision = ObjectionDecision(form.cleaned_data["decision"])
    decide_objection(seat.case, row.pk, decision, reason=form.cleaned_data["reason"], by=request.user)
    return _done(request, seat, f"Decided: {decision.label.lower()}. The host has been told.")


def _page(request: PersonRequest, seat: Seat, template: str, context: dict[str, object]) -> HttpResponse:
    form: Form = context["form"]  # type: ignore[assignment]
    status = 422 if form.is_bound else 200
    return render(request, template, {**case_frame(seat, "team"), **context}, status=status)


def _done(request: PersonRequest, seat: Seat, words: str) -> HttpResponse:
    messages.success(request, words)
    return see_other(reverse("reviews:team", args=(seat.case.slug,)))
