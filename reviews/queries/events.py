"""What happened in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reviews.models import Case, CaseEvent

PER_PAGE = 50


def events_of(case: Case, *, for_team: bool) -> QuerySet[CaseEvent]:
    """The timeline, newest first, with its actors and files; the host does not see what is between the team."""
    found = case.events.select_related("actor", "evidence")
    return found if for_team else found.filter(team_only=False)


def events_page(case: Case, number: str, *, for_team: bool) -> Page[CaseEvent]:
    """One page of the timeline; a wrong page number gives the nearest. Two queries."""
    return Paginator(events_of(case, for_team=for_team), PER_PAGE).get_page(number)
