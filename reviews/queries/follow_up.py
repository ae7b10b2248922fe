"""What became of the recommendations: the host's responses and actions, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from people.errors import NotThere
from reviews.enums import ActionStatus, Decision
from reviews.models import Action
from reviews.queries.findings import recommendations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reviews.models import Case, HostResponse, Recommendation

STILL_GOING = frozenset({ActionStatus.PLANNED, ActionStatus.ON_TRACK, ActionStatus.DELAYED})
BAR_WIDTH = 460


@dataclass(frozen=True, slots=True)
class Answered:
    """One recommendation in the follow-up, with its place on the list, the host's response and the actions."""

    number: int
    recommendation: Recommendation
    response: HostResponse | None
    actions: tuple[Action, ...]
    late: int
    """How many of its actions are overdue."""

    @property
    def state(self) -> str:
        """Where it stands as a whole: a status of an action, `rejected`, or `none` without response or actions."""
        if self.response is not None and self.response.decision == Decision.REJECTED:
            return "rejected"
        return _state_of([ActionStatus(action.status) for action in self.actions])


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the progress bar, with the place where it is drawn."""

    key: str
    label: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The follow-up of a case: its recommendations, and the numbers on top."""

    rows: tuple[Answered, ...]
    parts: tuple[Part, ...]
    unanswered: int
    late: int

    @property
    def answered_count(self) -> int:
        """How many have a response."""
        return len(self.rows) - self.unanswered

    @property
    def words(self) -> str:
        """The picture in a sentence."""
        return ", ".join(f"{part.count} {part.label.lower()}" for part in self.parts)


def follow_up_of(case: Case) -> FollowUp:
    """The follow-up of a case, of released recommendations only, for every reader the same. Three queries."""
    rows = answered_among(list(recommendations_of(case, for_team=False)))
    return FollowUp(
        rows=rows,
        parts=_parts(rows),
        unanswered=sum(row.response is None for row in rows),
        late=sum(row.late for row in rows),
    )


def answered_in(case: Case, pk: int) -> Answered:
    """One released recommendation of this case as the follow-up shows it.

    Raises NotThere for one of another case, or one that is not released.
    """
    for row in answered_among(list(recommendations_of(case, for_team=False))):
        if row.recommendation.pk == pk:
            return row
    raise NotThere


def action_in(case: Case, pk: int) -> Action:
    """One action of a released recommendation of this case, also a removed one.

    Raises NotThere for any other.
    """
    found = (
        Action.objects.filter(recommendation__in=recommendations_of(case, for_team=False, bare=True), pk=pk)
        .select_related("recommendation")
        .first()
    )
    if found is None:
        raise NotThere
    return found


def answered_among(recommendations: list[Recommendation]) -> tuple[Answered, ...]:
    """The recommendations of a case, all of them in their order, with what the host answered. One query."""
    actions = Action.objects.filter(removed_at=None).select_related("updated_by")
    prefetch_related_objects(recommendations, Prefetch("actions", queryset=actions))
    return tuple(answered(number, found) for number, found in enumerate(recommendations, start=1))


def answered(number: int, recommendation: Recommendation) -> Answered:
    """A recommendation whose actions are fetched, as the follow-up shows it."""
    actions = tuple(recommendation.actions.all())
    today = timezone.localdate()
    late = sum(is_late(action, today) for action in actions)
    return Answered(number, recommendation, getattr(recommendation, "response", None), actions, late)


def is_late(action: Action, today: date) -> bool:
    """Whether an action should be done by now and is not."""
    return action.due is not None and action.due < today and action.status in STILL_GOING


def _state_of(statuses: Sequence[ActionStatus]) -> str:
    """The worst news first; done only when everything that goes on is done."""
    if not statuses:
        return "none"
    for status in (ActionStatus.DELAYED, ActionStatus.ON_TRACK, ActionStatus.PLANNED, ActionStatus.DONE):
        if status in statuses:
            is_begun = status == ActionStatus.PLANNED and ActionStatus.DONE in statuses
            return ActionStatus.ON_TRACK.value if is_begun else status.value
    return ActionStatus.STOPPED.value


_LABELS = {
    ActionStatus.DONE.value: "Done",
    ActionStatus.ON_TRACK.value: "On track",
    ActionStatus.PLANNED.value: "Planned",
    ActionStatus.DELAYED.value: "Delayed",
    ActionStatus.STOPPED.value: "Stopped",
    "none": "Without an action yet",
    "rejected": "Not accepted",
}


def _parts(rows: Iterable[Answered]) -> tuple[Part, ...]:
    states = [row.state for row in rows]
    found: list[Part] = []
    x = 0.0
    for key, label in _LABELS.items():
        if count := states.count(key):
            width = BAR_WIDTH * count / len(states)
            found.append(Part(key, label, count, round(x, 1), round(max(width - 2, 1), 1)))
            x += width
    return tuple(found)
