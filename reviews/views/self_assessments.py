"""The self-assessment as the host writes it: overview, one section, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.errors import StaleText
from reviews.access import case_for
from reviews.actions.answers import save_answer
from reviews.forms.answers import AnswerForm
from reviews.forms.texts import errors_in_words
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.self_assessment_pages import asked_question, can_decide, overview_of, section_of
from reviews.sharing_pages import around_section, sharing_of
from reviews.signing_pages import signing_of
from reviews.steps import steps_for
from reviews.views.answers import see_other, wants_json
from reviews.views.form_language import questions_in

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Question
    from reviews.views.answers import PersonRequest


@require_safe
def overview(request: PersonRequest, slug: str) -> HttpResponse:
    """Show how far the self-assessment is, and who must act."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    page = overview_of(seat)
    context = {
        "page": page,
        "offers": steps_for(seat, "self_assessment"),
        "decides": can_decide(seat),
        "sharing": sharing_of(seat, page.parts),
        "signing": signing_of(seat),
        **questions_in(request, seat),
    }
    return render(request, "reviews/self_assessment.html", {**case_frame(seat, "self_assessment"), **context})


@require_safe
def section(request: PersonRequest, slug: str, position: int) -> HttpResponse:
    """Show one section: as a form to those who write, else to read."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    page = section_of(seat, position)
    if not page.is_form:
        return see_other(f"{reverse('reviews:self_assessment_reading', args=(slug,))}#section-{position}")
    context = {
        "page": page,
        "rows": [(item, AnswerForm.of(item.question, item.answer)) for item in page.part.items],
        "kept": [(item, AnswerForm.of(item.question, item.answer)) for item in page.part.kept],
        **around_section(seat, page),
        **questions_in(request, seat),
    }
    return render(request, "reviews/self_assessment_section.html", {**case_frame(seat, "self_assessment"), **context})


@require_POST
def answer(request: PersonRequest, slug: str, question: int) -> HttpResponse:
    """Save one answer: for the page that saves as you type, and for the button."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    asked = asked_question(seat, question)
    form = AnswerForm(request.POST, question=asked)
    if not form.is_valid():
        return _not_saved(request, seat, asked, form)
    try:
        row = save_answer(seat, asked.pk, form.written, version=form.cleaned_data["version"])
    except StaleText as stale:
        if wants_json(request):
            raise
        return _two_texts(request, seat, asked, stale)
    if wants_json(request):
        return JsonResponse({"version": row.version, "saved_at": row.updated_at})
    page = reverse("reviews:self_assessment_section", args=(slug, asked.section.position))
    return see_other(f"{page}#question-{asked.number}")


def _not_saved(request: PersonRequest, seat: Seat, asked: Question, form: AnswerForm) -> HttpResponse:
    """Answer a form that cannot be read, with what was typed."""
    if wants_json(request):
        return JsonResponse({"code": "invalid", "message": errors_in_words(form)}, status=422)
    context = {"question": asked, "form": form, **questions_in(request, seat)}
    page = {**case_frame(seat, "self_assessment"), **context}
    return render(request, "reviews/self_assessment_answer.html", page, status=422)


def _two_texts(request: PersonRequest, seat: Seat, asked: Question, stale: StaleText) -> HttpResponse:
    """Show both texts where no script can ask: mine in the form, theirs beside it."""
    form = AnswerForm({**request.POST.dict(), "version": str(stale.version)}, question=asked)
    context = {"question": asked, "form": form, "stale": stale, **questions_in(request, seat)}
    page = {**case_frame(seat, "self_assessment"), **context}
    return render(request, "reviews/self_assessment_answer.html", page, status=409)
