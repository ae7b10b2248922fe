"""What happened in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.events import events_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_safe
def timeline(request: PersonRequest, slug: str) -> HttpResponse:
    """Who did what and when, newest first. The host does not see what is between the team."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    sees_all = seat.is_secretariat or (seat.is_team and seat.is_cleared)
    page = events_page(seat.case, request.GET.get("page", ""), for_team=sees_all)
    return render(request, "reviews/timeline.html", {**case_frame(seat, "timeline"), "page": page})
