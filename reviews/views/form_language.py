"""The language in which a host reads the form: chosen once, remembered in a cookie of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.views.decorators.http import require_POST

from reviews.access import case_for
from reviews.permissions import Ability
from reviews.self_assessment_pages import self_assessment_of
from reviews.views.answers import see_other, way_back
from reviews.wordings import form_language

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

COOKIE = "questions_in"
_A_YEAR = 60 * 60 * 24 * 365


def questions_in(request: PersonRequest, seat: Seat) -> dict[str, Any]:
    """What templates need to show questions in the reader's language."""
    wanted = request.COOKIES.get(COOKIE, "")
    return {"questions_in": form_language(self_assessment_of(seat).question_set, seat.case.language, wanted)}


@require_POST
def choose(request: PersonRequest, slug: str) -> HttpResponse:
    """Remember the language; one that the set does not have changes nothing."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    answer = see_other(way_back(request, reverse("reviews:self_assessment", args=(slug,))))
    code = request.POST.get("language", "")
    offered = form_language(self_assessment_of(seat).question_set, "", code).offered
    if code in {language.code for language in offered}:
        answer.set_cookie(COOKIE, code, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return answer
