"""Beginning an answer with what the earlier review left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from people.errors import NotThere, StaleText
from reviews.access import case_for
from reviews.actions.starting import start_from
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.self_assessment_pages import answer_to, asked_question
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.models import Question
    from reviews.views.answers import PersonRequest


class _StartForm(forms.Form):
    source = forms.RegexField(r"^(answer|all|\d{1,18})$")
    version = forms.IntegerField(min_value=0, required=False)


@require_POST
def start(request: PersonRequest, slug: str, question: int) -> HttpResponse:
    """Put it into the answer; where a text stands already, ask first."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    asked = asked_question(seat, question)
    form = _StartForm(request.POST)
    if not form.is_valid():
        raise NotThere
    source = form.cleaned_data["source"]
    try:
        row = start_from(seat, asked.pk, source, version=form.cleaned_data["version"])
    except StaleText:
        row = None
    if row is None:
        return _ask(request, seat, asked, source)
    messages.success(request, f"It stands in question {asked.number} now. Go on from there.")
    page = reverse("reviews:self_assessment_section", args=(slug, asked.section.position))
    return see_other(f"{page}#question-{asked.number}")


def _ask(request: PersonRequest, seat: Seat, asked: Question, source: str) -> HttpResponse:
    """Show the text that stands there, and ask whether the start should go below it."""
    context = {"question": asked, "answer": answer_to(seat, asked), "source": source}
    page = {**case_frame(seat, "self_assessment"), **context}
    return render(request, "reviews/answer_start.html", page, status=409)
