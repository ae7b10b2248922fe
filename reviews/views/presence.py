"""Who is writing where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from people.errors import NotThere
from reviews.access import case_for
from reviews.actions.presence import tell_presence
from reviews.forms.presence import PresenceForm
from reviews.permissions import Ability
from reviews.queries.presence import others_writing
from reviews.self_assessment_pages import self_assessment_of

if TYPE_CHECKING:
    from reviews.views.answers import PersonRequest


@require_POST
def presence(request: PersonRequest, slug: str) -> JsonResponse:
    """Hear at which `question` somebody is, and tell who else is where: `{"here": [{name, question, section}]}`.

    A contributor hears of their own questions only.
    """
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    form = PresenceForm(request.POST)
    if not form.is_valid():
        raise NotThere
    held = self_assessment_of(seat)
    tell_presence(seat, held, form.cleaned_data["question"])
    here = [
        {"name": row.user.name, "question": row.question_id, "section": row.question.section.position}
        for row in others_writing(held, request.user)
        if seat.writes.covers(row.question)
    ]
    return JsonResponse({"here": here})
