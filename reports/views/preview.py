"""The live preview of a section: what somebody is typing, as the report will show it. Nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_POST

from reports.forms.pieces import typed
from reports.section_drawing import preview_of
from reports.section_pages import section_of_team
from reviews.access import case_for
from reviews.permissions import Ability

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_POST
def preview(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Show a section with the texts that were sent; without any, as it is saved."""
    seat = case_for(request.user, slug, Ability.WRITE_SECTION)
    row = section_of_team(seat, key)
    answer = render(request, "reports/_preview_shown.html", preview_of(row, *typed(request.POST)))
    answer["Cache-Control"] = "no-store"
    return answer
