"""The check before submitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.errors import NotThere
from reviews.access import case_for
from reviews.actions.set_aside import bring_back, set_aside
from reviews.checking import check_of
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.steps import steps_for
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


class _AsideForm(forms.Form):
    key = forms.RegexField("^[0-9a-f]{64}$")
    back = forms.BooleanField(required=False)


@require_safe
def check(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what stands against submitting, and what should be looked at."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    offers = [offer for offer in steps_for(seat, "self_assessment") if not offer.rule.back and offer.is_open]
    context = {**case_frame(seat, "self_assessment"), "page": check_of(seat), "offers": offers}
    return render(request, "reviews/self_assessment_check.html", context)


@require_POST
def aside(request: PersonRequest, slug: str) -> HttpResponse:
    """Set a warning aside, or bring it back."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    form = _AsideForm(request.POST)
    if not form.is_valid():
        raise NotThere
    act = bring_back if form.cleaned_data["back"] else set_aside
    act(seat, form.cleaned_data["key"])
    return see_other(f"{reverse('reviews:self_assessment_check', args=(slug,))}#warnings")
