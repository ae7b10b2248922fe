"""Writing the report: its row, its sections, the host's statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import NotThere, StaleText
from reports.models import Report, ReportSection
from reports.outline import OUTLINE
from reviews import steps
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind
from reviews.models import Case, CaseEvent
from reviews.permissions import Ability

if TYPE_CHECKING:
    from people.models import User

EDIT_EVENTS_EVERY = timedelta(hours=1)
"""Somebody who writes for an hour leaves one line on the timeline, not one for each save."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a page that saves as you type needs to know: the number and the moment of what is stored now."""

    version: int
    at: datetime


@transaction.atomic
def report_of(case: Case) -> Report:
    """Return the report of a case, made with its sections at the first call."""
    report, _ = Report.objects.get_or_create(case=case)
    there = set(report.sections.values_list("key", flat=True))
    ReportSection.objects.bulk_create(
        (
            ReportSection(report=report, key=plan.key, position=plan.position, title=plan.title)
            for plan in OUTLINE
            if plan.key not in there
        ),
        ignore_conflicts=True,
    )
    return report


@transaction.atomic
def begin_report(case: Case, *, by: User) -> Report:
    """Make the report, so that sections can be written before the feedback is given.

    Raises NotAllowed.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.EDIT_REPORT)
    return report_of(case)


@steps.effect("start_report")
def open_report(move: steps.Move) -> None:
    """The report is there with all its sections."""
    report_of(move.case)


@transaction.atomic
def save_section(case: Case, key: str, *, by: User, text: str, version: int) -> Saved:
    """Store the text of one section.

    Effects: lock the case, permit, refuse an older version, store, and leave one line on the timeline an hour.
    Raises NotAllowed, NotThere for an unknown section, StaleText when somebody else saved in between.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.EDIT_REPORT)
    row = ReportSection.objects.filter(report__case=case, key=key).first()
    if row is None:
        raise NotThere
    if row.text == text:
        return Saved(row.version, row.updated_at)
    if row.version != version:
        raise StaleText(version=row.version, texts={"text": row.text}, by=str(row.updated_by or ""), at=row.updated_at)
    row.text, row.version, row.updated_by, row.updated_at = text, version + 1, by, timezone.now()
    row.save()
    _note_edit(case, f"Section “{row.title}” of the report changed", by, team_only=True)
    return Saved(row.version, row.updated_at)


@transaction.atomic
def save_statement(case: Case, *, by: User, text: str, version: int) -> Saved:
    """Store the host's own words, which are printed with the report.

    Raises NotAllowed, StaleText, and NotThere without a report.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.WRITE_HOST_STATEMENT)
    row: Report = case.report
    if row.host_statement == text:
        return Saved(row.host_statement_version, row.host_statement_at or timezone.now())
    if row.host_statement_version != version:
        raise StaleText(
            version=row.host_statement_version,
            texts={"text": row.host_statement},
            by=str(row.host_statement_by or ""),
            at=row.host_statement_at,
        )
    row.host_statement, row.host_statement_version = text, version + 1
    row.host_statement_by, row.host_statement_at = by, timezone.now()
    row.forget_consent()
    row.save()
    _note_edit(case, "Statement of the host changed", by)
    return Saved(row.host_statement_version, row.host_statement_at)


def _note_edit(case: Case, text: str, by: User, *, team_only: bool = False) -> None:
    since = timezone.now() - EDIT_EVENTS_EVERY
    if not CaseEvent.objects.filter(case=case, kind=EventKind.EDITED, text=text, actor=by, at__gt=since).exists():
        record(case, EventKind.EDITED, text, by=by, team_only=team_only)
