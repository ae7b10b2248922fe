"""What the clock does about fact checks: a last reminder before the end, and a word when the time is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.templatetags.words import dates
from reports.calendar import add_working_days
from reports.enums import ReportStatus
from reports.models import Report
from reports.queries.fact_checks import CHIEFS, REPORTERS
from reviews.actions.events import record
from reviews.enums import STAGES_AT_REST, EventKind
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

REMIND_BEFORE = 2
"""Working days before the end."""
OLD_NEWS = timedelta(days=30)


def mind_fact_checks() -> int:
    """Remind hosts whose time ends soon, and tell everybody where it is over; returns how many fact checks.

    Safe to run at any time and twice at once: each word is claimed by an update, for one last day.
    """
    today = timezone.localdate()
    soon = add_working_days(today, REMIND_BEFORE)
    coming = _open().filter(fact_check_closed_at=None, fact_check_due__range=(today, soon))
    over = _open().filter(fact_check_due__range=(today - OLD_NEWS, today - timedelta(days=1)))
    reminded = sum(_remind(report) for report in _unsaid(coming, "fact_check_reminded"))
    return reminded + sum(_tell_end(report) for report in _unsaid(over, "fact_check_told"))


def _open() -> QuerySet[Report]:
    rows = Report.objects.filter(status=ReportStatus.FACT_CHECK).exclude(case__stage__in=STAGES_AT_REST)
    return rows.select_related("case").order_by("pk")


def _unsaid(rows: QuerySet[Report], field: str) -> list[Report]:
    return list(rows.filter(Q(**{field: None}) | ~Q(**{field: F("fact_check_due")})))


def _claim(report: Report, field: str) -> bool:
    """Whether nobody else has said it for this last day."""
    before: date | None = getattr(report, field)
    rows = Report.objects.filter(pk=report.pk, fact_check_due=report.fact_check_due, **{field: before})
    return bool(rows.update(**{field: report.fact_check_due}))


@transaction.atomic
def _remind(report: Report) -> bool:
    if not _claim(report, "fact_check_reminded"):
        return False
    case = report.case
    text = f"{case.title}: you can comment on the draft report until {dates(report.fact_check_due)}"
    notify(people_in(case, CHIEFS), text=text, url=_page(report))
    return True


@transaction.atomic
def _tell_end(report: Report) -> bool:
    if not _claim(report, "fact_check_told"):
        return False
    if report.fact_check_closed_at:
        return False
    case, count = report.case, report.comments.filter(withdrawn_at=None).count()
    said = f"{count} {'comment' if count == 1 else 'comments'}"
    record(case, EventKind.COMMENTED, f"Time for comments on the draft over, with {said}", by=None)
    url = _page(report)
    notify(people_in(case, CHIEFS), text=f"{case.title}: the time for comments on the draft is over, {said}", url=url)
    ahead = "answer them, then make the report final" if count else "make the report final"
    text = f"{case.title}: the host's time for comments is over, {said}: {ahead}"
    notify(people_in(case, REPORTERS), text=text, url=url)
    return True


def _page(report: Report) -> str:
    return reverse("reports:fact_check", args=(report.case.slug,))
