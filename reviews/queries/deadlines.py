"""The deadlines of one case, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from reviews.enums import MARKED_BY_HAND, MilestoneKind, MilestoneStatus
from reviews.pages import page_of
from reviews.timeline import PLANNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviews.models import Case, Milestone

WEEK = 7


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline with what a page says about it. `usual` is the date that follows from the visit, or None."""

    kind: str
    label: str
    milestone: Milestone
    offset: str
    usual: date | None
    url: str
    by_hand: bool

    @property
    def is_late(self) -> bool:
        """Whether its day has passed while it counts."""
        row = self.milestone
        return row.status == MilestoneStatus.OPEN and row.due is not None and row.due < timezone.localdate()

    @property
    def is_done(self) -> bool:
        """Whether its work is done."""
        return self.milestone.status == MilestoneStatus.DONE


def deadline_rows(case: Case, deadlines: Mapping[str, Milestone]) -> list[DeadlineRow]:
    """All deadlines of a case: late ones first, then by date, those without one last, done ones after all."""
    rows = [_row(case, deadlines[kind]) for kind in PLANNED if kind in deadlines]
    return sorted(rows, key=lambda row: (row.is_done, not row.is_late, row.milestone.due or date.max))


def coming_deadlines(case: Case, deadlines: Mapping[str, Milestone], most: int = 4) -> list[DeadlineRow]:
    """The next few deadlines with a date that are not done, late ones first."""
    ahead = {MilestoneStatus.OPEN, MilestoneStatus.WAITING}
    rows = deadline_rows(case, deadlines)
    return [row for row in rows if row.milestone.due and row.milestone.status in ahead][:most]


def _row(case: Case, milestone: Milestone) -> DeadlineRow:
    days = PLANNED[MilestoneKind(milestone.kind)].days
    return DeadlineRow(
        kind=milestone.kind,
        label=milestone.get_kind_display(),
        milestone=milestone,
        offset=offset_words(days),
        usual=case.visit_start + timedelta(days=days) if case.visit_start else None,
        url=page_of(milestone.kind, case),
        by_hand=milestone.kind in MARKED_BY_HAND,
    )


def offset_words(days: int) -> str:
    """`5 weeks before the visit`, `10 days after the visit`, `first day of the visit`."""
    if days == 0:
        return "first day of the visit"
    size = abs(days)
    weeks, rest = divmod(size, WEEK)
    number, unit = (size, "day") if rest else (weeks, "week")
    return f"{number} {unit}{'' if number == 1 else 's'} {'before' if days < 0 else 'after'} the visit"
