"""The self-assessment to read: in one page, as the lead decides on it, and its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.errors import NotReady
from reviews.access import case_for
from reviews.actions.reading import record_read
from reviews.actions.verdicts import save_verdict
from reviews.enums import SelfAssessmentStatus
from reviews.forms.texts import errors_in_words
from reviews.forms.verdicts import VerdictForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.self_assessment_pages import self_assessment_of, status_sentence
from reviews.self_assessment_reading import reading_of, review_of
from reviews.self_assessment_versions import versions_of
from reviews.talk_pages import around_reading
from reviews.views.answers import see_other, wants_json
from reviews.views.form_language import questions_in

if TYPE_CHECKING:
    from reviews.views.answers import PersonRequest


@require_safe
def reading(request: PersonRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Show the whole text in one page. Reading is noted, once a person and day."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    shown = questions_in(request, seat)
    page = reading_of(seat, number, language=shown["questions_in"].code)
    record_read(seat)
    context = {"page": page, **shown, "status": status_sentence(seat), **around_reading(seat, page)}
    return render(request, "reviews/self_assessment_reading.html", {**case_frame(seat, "self_assessment"), **context})


@require_safe
def review(request: PersonRequest, slug: str) -> HttpResponse:
    """Let the lead decide section by section."""
    seat = case_for(request.user, slug, Ability.REVIEW_SELF_ASSESSMENT)
    if self_assessment_of(seat).status != SelfAssessmentStatus.SUBMITTED:
        return see_other(reverse("reviews:self_assessment", args=(slug,)))
    page = review_of(seat)
    record_read(seat)
    rows = [
        (part, VerdictForm.of(part.section.position, page.verdicts.get(part.section.position)))
        for part in page.reading.parts
    ]
    context = {"page": page, "rows": rows}
    return render(request, "reviews/self_assessment_review.html", {**case_frame(seat, "self_assessment"), **context})


@require_POST
def verdict(request: PersonRequest, slug: str, position: int) -> HttpResponse:
    """Save what is said of one section."""
    seat = case_for(request.user, slug, Ability.REVIEW_SELF_ASSESSMENT)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        raise NotReady(errors_in_words(form), code="invalid")
    row = save_verdict(
        seat,
        position,
        verdict=form.cleaned_data["verdict"],
        reason=form.cleaned_data["reason"],
        version=form.cleaned_data["version"],
    )
    if wants_json(request):
        return JsonResponse({"version": row.saves, "saved_at": row.at})
    return see_other(f"{reverse('reviews:self_assessment_review', args=(slug,))}#section-{position}")


@require_safe
def versions(request: PersonRequest, slug: str) -> HttpResponse:
    """Show all submitted versions, and the difference between two of them."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    page = versions_of(seat, _number(request, "old"), _number(request, "new"))
    context = {**case_frame(seat, "self_assessment"), "page": page}
    return render(request, "reviews/self_assessment_versions.html", context)


def _number(request: PersonRequest, name: str) -> int | None:
    """A number of the address; None without a usable one."""
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else None  # noqa: PLR2004 - no version is higher
