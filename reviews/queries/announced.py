"""Files that somebody promised and that are not here yet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from reviews.enums import HOST_ROLES, STAGES_AT_REST
from reviews.models import Evidence, Membership

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from people.models import User

AHEAD = timedelta(days=7)
OLD_NEWS = timedelta(days=30)


def announced() -> QuerySet[Evidence]:
    """Files still to come, in reviews that go on, whose owner is still one of the host's people."""
    still_there = Membership.objects.filter(case=OuterRef("case"), user=OuterRef("owner"), role__in=HOST_ROLES)
    return Evidence.objects.filter(
        Exists(still_there), ~Q(case__stage__in=STAGES_AT_REST), file="", removed_at__isnull=True
    )


def promised_by(user: User) -> QuerySet[Evidence]:
    """Files that a person has to bring within a week, and late ones, by date."""
    soon = timezone.localdate() + AHEAD
    return announced().filter(owner=user, due__lte=soon).order_by(F("due").asc(), "pk")


def announced_to_remind() -> Iterator[Evidence]:
    """Files due within a week whose owner was not told, and late ones whose owner was not told since they are late.

    What is late by more than a month is old news: it stands in the task list, but nobody is mailed.
    """
    today = timezone.localdate()
    rows = announced().filter(due__range=(today - OLD_NEWS, today + AHEAD)).select_related("case", "owner")
    for row in rows.filter(Q(reminded_at=None) | Q(due__lt=today)).order_by("due", "pk"):
        if row.due and (row.reminded_at is None or (row.due < today and row.reminded_at < _after(row.due))):
            yield row


def _after(day: date) -> datetime:
    """The first moment after a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
