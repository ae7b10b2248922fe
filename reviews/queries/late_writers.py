"""Who of the host cities should be reminded of what they were given to write."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from reviews.queries.assignments import open_assignments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.models import Assignment

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WritingReminder:
    """What one person has to write in one review, all late or all due tomorrow."""

    rows: tuple[Assignment, ...]
    is_late: bool

    @property
    def first(self) -> date | None:
        """The earliest day among them."""
        return min((row.due for row in self.rows if row.due), default=None)


def writing_reminders() -> Iterator[WritingReminder]:
    """Open assignments to remind of: once the day before, once when late, then every week; one mail a person.

    What is due today and was never reminded of counts as due tomorrow.
    """
    found = open_assignments().filter(due__lte=timezone.localdate() + _DAY)
    rows = found.select_related("self_assessment__case", "user").order_by("due", "pk")
    groups: dict[tuple[int, int, bool], list[Assignment]] = defaultdict(list)
    for row in rows:
        if row.due is not None and is_time_to_remind(row.reminded_at, row.due):
            groups[row.self_assessment_id, row.user_id, row.due < timezone.localdate()].append(row)
    for (_, _, is_late), group in groups.items():
        yield WritingReminder(tuple(group), is_late)


def is_time_to_remind(last: datetime | None, due: date) -> bool:
    """Whether nothing was said since it came near, or since it is late, or for a week."""
    if last is None:
        return True
    if due >= timezone.localdate():
        return last < _start_of(due - _DAY)
    return last < _start_of(due + _DAY) or timezone.now() - last >= _WEEK


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
