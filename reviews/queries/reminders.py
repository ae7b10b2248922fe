"""Which deadlines somebody should be reminded of now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from reviews.enums import MilestoneStatus
from reviews.models import Milestone

AHEAD = timedelta(days=7)
OLD_NEWS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A deadline and whether it is late. The row's `reminded_at` is what it was when this was found."""

    milestone: Milestone
    is_late: bool


def due_reminders() -> Iterator[Reminder]:
    """Deadlines of the coming week without a reminder, and late ones without one since they are late.

    What is late by more than a month is old news: it stands in the task lists, but nobody is mailed.
    """
    today = timezone.localdate()
    rows = Milestone.objects.filter(
        status=MilestoneStatus.OPEN, due__range=(today - OLD_NEWS, today + AHEAD)
    ).select_related("case")
    for row in rows.filter(Q(reminded_at=None) | Q(due__lt=today)).order_by("due", "pk"):
        if row.due is None:
            continue
        is_late = row.due < today
        if row.reminded_at is None or (is_late and row.reminded_at < _start_of(row.due + timedelta(days=1))):
            yield Reminder(row, is_late)


def _start_of(day: date) -> datetime:
    """The first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))
