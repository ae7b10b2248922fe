"""What became of a recommendation, as everybody may know it: only where the follow-up of its case is public."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from reports.enums import EntryKind
from reviews.enums import Decision, Stage
from reviews.models import Action, HostResponse, Recommendation
from reviews.queries.follow_up import STILL_GOING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import LibraryEntry

PUBLIC_STAGES = (Stage.FOLLOW_UP, Stage.CLOSED)
NO_RESPONSE, UNDER_WAY, DONE = "none", "under_way", "done"
LABELS: dict[str, str] = {
    Decision.ACCEPTED: "Accepted",
    Decision.PARTLY: "Partly accepted",
    Decision.REJECTED: "Not accepted",
    NO_RESPONSE: "No response yet",
    UNDER_WAY: "Under way",
    DONE: "Done",
}
TONES: dict[str, str] = {
    Decision.ACCEPTED: "good",
    Decision.PARTLY: "waiting",
    Decision.REJECTED: "idle",
    NO_RESPONSE: "idle",
    UNDER_WAY: "now",
    DONE: "good",
}


@dataclass(frozen=True, slots=True)
class Status:
    """One word on a recommendation."""

    key: str

    @property
    def label(self) -> str:
        """In words."""
        return LABELS[self.key]

    @property
    def tone(self) -> str:
        """As the tag shows it."""
        return TONES[self.key]


def statuses(rows: Iterable[LibraryEntry]) -> dict[int, list[Status]]:
    """Return what is known of each recommendation among these entries, by the entry's key. Two queries at most."""
    asked = {
        row.source_id: row.pk
        for row in rows
        if row.kind == EntryKind.RECOMMENDATION and row.source_id and row.publication.case.stage in PUBLIC_STAGES
    }
    if not asked:
        return {}
    actions = Prefetch("actions", queryset=Action.objects.filter(removed_at=None).only("status", "recommendation_id"))
    found = Recommendation.objects.filter(pk__in=asked).select_related("response").prefetch_related(actions)
    return {asked[row.pk]: [Status(key) for key in _keys(row)] for row in found}


def _keys(row: Recommendation) -> list[str]:
    response = getattr(row, "response", None)
    keys: list[str] = [response.decision if response else NO_RESPONSE]
    going = {action.status for action in row.actions.all()}
    if going & STILL_GOING:
        keys.append(UNDER_WAY)
    elif "done" in going:
        keys.append(DONE)
    return keys


def _answered(decision: str) -> Callable[[], Q]:
    def condition() -> Q:
        given = HostResponse.objects.filter(decision=decision)
        return _is_public() & Q(source_id__in=given.values("recommendation_id"))

    return condition


def _unanswered() -> Q:
    return (
        _is_public() & Q(source_id__isnull=False) & ~Q(source_id__in=HostResponse.objects.values("recommendation_id"))
    )


def _under_way() -> Q:
    return _is_public() & Q(source_id__in=_acting(STILL_GOING))


def _done() -> Q:
    return _is_public() & Q(source_id__in=_acting({"done"})) & ~Q(source_id__in=_acting(STILL_GOING))


def _acting(statuses: Iterable[str]) -> object:
    rows = Action.objects.filter(removed_at=None, status__in=sorted(statuses))
    return rows.order_by().values("recommendation_id")


def _is_public() -> Q:
    return Q(publication__case__stage__in=PUBLIC_STAGES)


WITH_STATUS: dict[str, Callable[[], Q]] = {
    Decision.ACCEPTED: _answered(Decision.ACCEPTED),
    Decision.PARTLY: _answered(Decision.PARTLY),
    Decision.REJECTED: _answered(Decision.REJECTED),
    NO_RESPONSE: _unanswered,
    UNDER_WAY: _under_way,
    DONE: _done,
}
"""How the database finds recommendations of each status."""
