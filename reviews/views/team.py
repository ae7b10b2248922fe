"""The page team of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_safe
def team(request: PersonRequest, slug: str) -> HttpResponse:
    """Show it."""
    seat = case_for(request.user, slug, Ability.VIEW_CASE)
    return render(request, "reviews/team.html", case_frame(seat, "team"))
