"""The overview of a case: what I can do, what is missing, what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.access import case_for
from reviews.frame import case_frame, next_for, overview_blocks
from reviews.next_steps import deadlines_of, next_step, told_once, waiting_for_others
from reviews.permissions import Ability
from reviews.queries.deadlines import coming_deadlines
from reviews.queries.events import events_of
from reviews.queries.team import members, sides
from reviews.requirements import one_look
from reviews.steps import steps_for

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest

LATEST = 6


@require_safe
@one_look()
def overview(request: PersonRequest, slug: str) -> HttpResponse:
    """Next for you; what is missing and who must act; the case itself."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    frame = case_frame(seat, "overview")
    mine = deadlines_of(seat, frame["deadlines"])
    nexts, others = told_once(next_for(seat), mine)
    offers = steps_for(seat, "case")
    context = {
        "nexts": nexts,
        "mine": others,
        "waiting": [] if mine else waiting_for_others(seat, frame["deadlines"]),
        "offers": offers,
        "ahead": next_step(seat.case, offers),
        "questions": seat.case.guiding_questions.all(),
        "sides": sides(members(seat.case)),
        "events": events_of(seat.case, for_team=seat.is_team)[:LATEST],
        "coming": coming_deadlines(seat.case, frame["deadlines"]),
        "blocks": overview_blocks(seat, "content"),
        "aside_blocks": overview_blocks(seat, "aside"),
    }
    return render(request, "reviews/overview.html", {**frame, **context})
