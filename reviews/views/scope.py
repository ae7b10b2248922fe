"""What the review is about: read, and written with saving as you type."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reviews.access import case_for
from reviews.actions.question_choice import choose_questions
from reviews.actions.scope import ScopeTexts, confirm_again, may_set_dates, save_scope, scope_texts, set_visit_dates
from reviews.actions.subjects import choose_subjects, may_choose_subjects
from reviews.forms.cases import DatesForm, ScopeTextsForm
from reviews.forms.question_choice import ChooseQuestionsForm
from reviews.forms.subjects import SubjectsForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.question_choice import is_begun
from reviews.self_assessment_pages import self_assessment_of
from reviews.subjects import GOALS, PRINCIPLES, named
from reviews.views.answers import see_other, wants_json

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "POST"])
def scope(request: PersonRequest, slug: str) -> HttpResponse:
    """GET shows the scope, as a form to those who may change it; POST saves its texts."""
    if request.method != "POST":
        return _page(request, case_for(request.user, slug, Ability.VIEW_CASE))
    seat = case_for(request.user, slug, Ability.EDIT_SCOPE)
    form = ScopeTextsForm(request.POST)
    if not form.is_valid():
        return _invalid(request, seat, form)
    case = save_scope(seat.case, ScopeTexts(**form.cleaned_data), version=_version(request), by=request.user)
    if wants_json(request):
        return JsonResponse({"version": case.scope_version, "saved_at": timezone.now().isoformat()})
    messages.success(request, "Scope saved.")
    return see_other(reverse("reviews:scope", args=(slug,)))


@require_POST
def scope_dates(request: PersonRequest, slug: str) -> HttpResponse:
    """Set the days of the visit."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    form = DatesForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, dates_form=form, status=422)
    first, last = form.cleaned_data["visit_start"], form.cleaned_data["visit_end"]
    if set_visit_dates(seat.case, first=first, last=last, by=request.user):
        messages.success(request, "Dates saved. All deadlines that nobody set by hand have moved with them.")
    return see_other(reverse("reviews:scope", args=(slug,)))


@require_POST
def subjects(request: PersonRequest, slug: str) -> HttpResponse:
    """Choose the principles and goals that the review is about."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    form = SubjectsForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, subjects_form=form, status=422)
    if choose_subjects(seat.case, **form.cleaned_data, by=request.user):
        messages.success(request, "Principles and goals saved.")
    return see_other(reverse("reviews:scope", args=(slug,)))


@require_POST
def questions(request: PersonRequest, slug: str) -> HttpResponse:
    """Choose the questions with which the review begins."""
    seat = case_for(request.user, slug, Ability.CHOOSE_QUESTIONS)
    form = ChooseQuestionsForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, questions_form=form, status=422)
    if choose_questions(seat.case, form.chosen, by=request.user):
        messages.success(request, f"The review begins with {form.chosen}.")
    return see_other(reverse("reviews:scope", args=(slug,)))


@require_POST
def confirm(request: PersonRequest, slug: str, what: str) -> HttpResponse:
    """After a postponement: the scope, or the team, is still right."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    confirm_again(seat.case, what, by=request.user)
    messages.success(request, f"The {what} is confirmed again.")
    return see_other(seat.case.get_absolute_url())


def _version(request: PersonRequest) -> int:
    """The version on which the writer's text stands; 0, which is never current, for nonsense."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else 0


def _invalid(request: PersonRequest, seat: Seat, form: ScopeTextsForm) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(
            {"message": " ".join(str(error) for found in form.errors.values() for error in found)}, status=422
        )
    return _page(request, seat, form=form, status=422)


def _page(
    request: PersonRequest,
    seat: Seat,
    *,
    form: ScopeTextsForm | None = None,
    dates_form: DatesForm | None = None,
    questions_form: ChooseQuestionsForm | None = None,
    subjects_form: SubjectsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    case, texts = seat.case, scope_texts(seat.case)
    dates = {"visit_start": case.visit_start, "visit_end": case.visit_end}
    subjects = {"principles": case.principles, "goals": case.goals}
    context = {
        **_questions(seat, questions_form),
        "subjects_form": subjects_form or (SubjectsForm(initial=subjects) if may_choose_subjects(seat) else None),
        "principles": named(case.principles, PRINCIPLES),
        "goals": named(case.goals, GOALS),
        "texts": texts,
        "version": request.POST.get("version", case.scope_version),
        "form": form or (ScopeTextsForm(initial=asdict(texts)) if seat.can(Ability.EDIT_SCOPE) else None),
        "dates_form": dates_form or (DatesForm(initial=dates) if may_set_dates(seat) else None),
    }
    return render(request, "reviews/scope.html", {**case_frame(seat, "scope"), **context}, status=status)


def _questions(seat: Seat, form: ChooseQuestionsForm | None) -> dict[str, Any]:
    """The questions of the review; as a form to the secretariat while nothing rests on them."""
    held = self_assessment_of(seat)
    fixed = seat.is_secretariat and (not seat.can(Ability.CHOOSE_QUESTIONS) or is_begun(held))
    if form is None and seat.can(Ability.CHOOSE_QUESTIONS) and not fixed:
        form = ChooseQuestionsForm(initial={"question_set": held.question_set})
    return {"questions_form": form, "question_set": held.question_set, "questions_fixed": fixed}
