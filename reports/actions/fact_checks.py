"""The fact check as a whole: the draft is sent and does not move, the host has its time, and closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady
from people.templatetags.words import dates
from reports.calendar import add_working_days
from reports.contents import to_send
from reports.enums import ReportStatus
from reports.models import Report, SentDraft
from reports.queries.fact_checks import CHIEFS, REPORTERS
from reports.rendering import content_hash, serialise
from reviews import steps
from reviews.access import seat_in
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, MilestoneKind
from reviews.models import Milestone
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from datetime import date

    from people.models import User
    from reviews.models import Case

WORKING_DAYS = 10


@steps.effect("start_fact_check")
def send_draft(move: steps.Move) -> None:
    """The draft is kept as it is sent, and the host gets ten working days."""
    report, today = move.row, timezone.localdate()
    content = to_send(move.case)
    number = (report.sent_drafts.aggregate(last=Max("number"))["last"] or 0) + 1
    SentDraft.objects.create(
        report=report, number=number, content=serialise(content), sha256=content_hash(content), sent_by=move.by
    )
    report.fact_check_due = add_working_days(today, WORKING_DAYS)
    report.save()
    deadline = Milestone.objects.filter(case=move.case, kind=MilestoneKind.FACT_CHECK)
    deadline.update(due=report.fact_check_due, is_manual=True, reminded_at=None)


@transaction.atomic
def close_fact_check(case: Case, *, by: User) -> None:
    """The host has no more comments: its deadline is kept, and the team need not wait for it.

    Raises NotAllowed, AlreadyDone.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.COMMENT_FACTS)
    report: Report = case.report
    if report.fact_check_closed_at:
        raise AlreadyDone("The fact check is already closed.")
    report.fact_check_closed_at = timezone.now()
    report.save()
    milestones.sync(case, done=(MilestoneKind.FACT_CHECK,))
    count = report.comments.filter(withdrawn_at=None).count()
    text = f"Fact check closed by the host with {count} {'comment' if count == 1 else 'comments'}"
    record(case, EventKind.COMMENTED, text, by=by)
    url = reverse("reports:fact_check", args=(case.slug,))
    notify(people_in(case, REPORTERS).exclude(pk=by.pk), text=f"{case.title}: {text}", url=url)


@transaction.atomic
def extend_fact_check(case: Case, *, by: User, due: date, reason: str) -> None:
    """Give the host more time for its comments.

    Effects: lock the case, permit, store the day, record with the reason, tell the host's chiefs and who reports.
    Raises NotAllowed, NotReady for a day that gives no more time, and while the host has no draft.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.EDIT_DEADLINES)
    report: Report | None = getattr(case, "report", None)
    if report is None or report.status != ReportStatus.FACT_CHECK or report.fact_check_due is None:
        raise NotReady("The draft is not with the host.")
    if due <= report.fact_check_due or due < timezone.localdate():
        raise NotReady(f"Choose a day after {dates(report.fact_check_due)} that is still to come.", code="no_more_time")
    report.fact_check_due = due
    report.save()
    Milestone.objects.filter(case=case, kind=MilestoneKind.FACT_CHECK).update(due=due, is_manual=True, reminded_at=None)
    text = f"More time for comments on the draft: until {dates(due)}"
    record(case, EventKind.EDITED, text, by=by, reason=reason.strip())
    told = people_in(case, (*CHIEFS, *REPORTERS)).exclude(pk=by.pk)
    url = reverse("reports:fact_check", args=(case.slug,))
    notify(told, text=f"{case.title}: {text}", url=url, detail=reason.strip())
