"""Follow-up in the frame of a case: its tab, its step on the rail, and what the host can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from people.templatetags.words import counted
from reviews import frame
from reviews.enums import MilestoneKind, Stage
from reviews.pages import register_page
from reviews.permissions import Ability
from reviews.queries.findings import OPEN_TO_HOST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.access import Seat

_WHEN_RESPONDED = frozenset({Stage.REPORTING, Stage.FOLLOW_UP})


def has_begun(seat: Seat) -> bool:
    """Whether there is anything to follow up: something was released."""
    return seat.case.findings_shared_at is not None


def what_next(seat: Seat) -> Iterable[frame.Next]:
    """The recommendations that the host has not answered yet."""
    if seat.case.stage not in _WHEN_RESPONDED or not seat.can(Ability.RESPOND) or not has_begun(seat):
        return
    open_ones = seat.case.recommendations.filter(status__in=OPEN_TO_HOST, response=None).count()
    if open_ones:
        url = reverse("reviews:follow_up", args=(seat.case.slug,))
        yield frame.Next(f"{counted(open_ones, 'recommendation')} waiting for your response.", "Respond", url)


frame.register_tab(
    frame.Tab(
        key="follow_up",
        label="Follow-up",
        url_name="reviews:follow_up",
        ability=Ability.VIEW_FOLLOW_UP,
        position=90,
        shows=has_begun,
    )
)
frame.register_rail_target("follow_up", "reviews:follow_up", Ability.VIEW_FOLLOW_UP)
frame.register_next(what_next)
register_page(MilestoneKind.ACTION_PLAN, "reviews:follow_up", since=Stage.FOLLOW_UP)
register_page(MilestoneKind.PROGRESS_REVIEW, "reviews:follow_up", since=Stage.FOLLOW_UP)
