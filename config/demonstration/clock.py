"""When things happened: a story is built in a second, and its timeline is then laid over the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone as django_timezone

from reports.models import Report
from reviews.enums import MilestoneKind
from reviews.models import Case, CaseEvent, Milestone, SelfAssessment
from reviews.steps import all_rules
from visits.models import DeskItem, StudyVisit

STEP_DAYS = {
    "": -150,
    "accept_proposal": -130,
    "propose_programme": -84,
    "open_self_assessment": -80,
    "agree_programme": -66,
    "submit_self_assessment": -38,
    "accept_self_assessment": -30,
    "close_desk_review": -12,
    "freeze_programme": -8,
    "start_feedback": -6,
    "mark_visit_held": 3,
    "share_findings": 9,
    "start_report": 11,
    "start_fact_check": 27,
    "finalise_report": 52,
    "publish_report": 86,
    "correct_report": 150,
    "start_follow_up": 87,
    "close": 340,
    "postpone": -20,
    "cancel": -20,
}
"""Days from the first day of the visit, by step."""


CASE_STEPS = frozenset(rule.name for rule in all_rules() if rule.machine == "case")
AFTER_PUBLISHING = frozenset({"publish_report", "start_follow_up", "close"})


def moment(first_day: date, days: int) -> datetime:
    """The working morning so many days from the first day of the visit."""
    return datetime.combine(first_day + timedelta(days=days), time(8, 12), tzinfo=UTC)


def lay_out(case: Case, first_day: date, *, published: date | None = None) -> None:
    """Give every event of a case the time at which it would have happened, in the order of its making.

    What the rows keep of their steps (when submitted, frozen, done ...) is set to the same times.
    """
    now = django_timezone.now()
    days, minute = STEP_DAYS[""], 0
    events = list(CaseEvent.objects.filter(case=case).order_by("pk"))
    for event in events:
        days = max(days, STEP_DAYS.get(event.step, days))
        minute += 7
        latest = now - timedelta(hours=2, minutes=7 * len(events)) + timedelta(minutes=minute)
        event.at = min(moment(first_day, days) + timedelta(minutes=minute), latest)
        if published and event.step in AFTER_PUBLISHING:
            event.at = min(max(event.at, moment(published, 0) + timedelta(minutes=minute)), latest)
    CaseEvent.objects.bulk_update(events, ["at"])
    _date_rows(case, {event.step: event.at for event in events if event.step})


def _date_rows(case: Case, taken: dict[str, datetime]) -> None:
    """Set what the rows keep of their steps to the times of the events."""
    moved = max((at for step, at in taken.items() if step in CASE_STEPS), default=None)
    Case.objects.filter(pk=case.pk).update(
        created_at=CaseEvent.objects.filter(case=case).earliest("at").at,
        scope_confirmed_at=taken.get("accept_proposal"),
        team_confirmed_at=taken.get("open_self_assessment"),
        findings_shared_at=taken.get("share_findings"),
        published_at=taken.get("publish_report"),
        **({"moved_at": moved} if moved else {}),
    )
    SelfAssessment.objects.filter(case=case).update(
        submitted_at=taken.get("submit_self_assessment"), accepted_at=taken.get("accept_self_assessment")
    )
    frozen = taken.get("freeze_programme")
    StudyVisit.objects.filter(case=case).update(
        frozen_at=frozen,
        desk_review_closed_at=taken.get("close_desk_review"),
        held_at=taken.get("mark_visit_held"),
        changed_at=taken.get("propose_programme") or taken.get("accept_proposal") or django_timezone.now(),
    )
    DeskItem.objects.filter(visit__case=case).update(
        created_at=taken.get("accept_self_assessment", django_timezone.now())
    )
    Report.objects.filter(case=case).update(finalised_at=taken.get("finalise_report"))
    for step, at in taken.items():
        Milestone.objects.filter(case=case, kind__in=_fulfilled(step)).exclude(done_at=None).update(done_at=at)


_RULES = {rule.name: rule for rule in all_rules()}
_BESIDE_THE_RULES = {
    "share_findings": (MilestoneKind.FEEDBACK_SHARED,),
    "close_desk_review": (MilestoneKind.DESK_REVIEW,),
}


def _fulfilled(step: str) -> tuple[str, ...]:
    """The milestones that a step completes."""
    return _RULES[step].fulfils if step in _RULES else _BESIDE_THE_RULES.get(step, ())
