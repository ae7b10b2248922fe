"""When things happened: a story is built in a second, and its timeline is then laid over the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone as django_timezone

from reviews.models import Case, CaseEvent

STEP_DAYS = {
    "": -150,
    "accept_proposal": -130,
    "propose_programme": -84,
    "open_self_assessment": -80,
    "agree_programme": -66,
    "submit_self_assessment": -38,
    "accept_self_assessment": -30,
    "freeze_programme": -8,
    "start_feedback": -6,
    "mark_visit_held": 3,
    "start_report": 11,
    "start_fact_check": 27,
    "finalise_report": 52,
    "publish_report": 86,
    "start_follow_up": 87,
    "close": 340,
    "postpone": -20,
    "cancel": -20,
}
"""Days from the first day of the visit, by step."""


def moment(first_day: date, days: int, *, latest: datetime, hour: int = 10) -> datetime:
    """A working hour so many days from the first day of the visit, and never in the future."""
    at = datetime.combine(first_day + timedelta(days=days), time(hour, 12), tzinfo=UTC)
    return min(at, latest)


def lay_out(case: Case, first_day: date, *, published: date | None = None) -> None:
    """Give every event of a case the time at which it would have happened, in the order of its making."""
    now = django_timezone.now()
    days, minute = STEP_DAYS[""], 0
    events = list(CaseEvent.objects.filter(case=case).order_by("pk"))
    for event in events:
        days = max(days, STEP_DAYS.get(event.step, days))
        minute += 7
        latest = now - timedelta(hours=2, minutes=7 * len(events)) + timedelta(minutes=minute)
        event.at = moment(first_day, days, latest=latest) + timedelta(minutes=minute if days else 0)
        if published and event.step in {"publish_report", "start_follow_up", "close"}:
            event.at = max(event.at, datetime.combine(published, time(9, minute % 60), tzinfo=UTC))
        event.at = min(event.at, latest)
    CaseEvent.objects.bulk_update(events, ["at"])
