"""Writing the report: its row, and the host's statement. Sections are saved in sections.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import StaleText
from reports.actions.saving import Saved, note_edit
from reports.models import Report, ReportSection
from reports.queries.outlines import plan_for
from reviews import steps
from reviews.access import seat_in
from reviews.actions.steps import locked_case
from reviews.models import Case
from reviews.permissions import Ability

if TYPE_CHECKING:
    from people.models import User
    from reports.outline_files import SectionPlan


@transaction.atomic
def report_of(case: Case) -> Report:
    """Return the report of a case, made at the first call with the sections of its group's outline.

    From then on the report has its own sections: a later change of the outline does not reach it.
    """
    report, _ = Report.objects.get_or_create(case=case)
    if not report.sections.exists():
        plans = enumerate(plan_for(case.working_group).sections, start=1)
        begun = (begun_section(report, position, plan) for position, plan in plans)
        ReportSection.objects.bulk_create(begun, ignore_conflicts=True)
    return report


def begun_section(report: Report, position: int, plan: SectionPlan) -> ReportSection:
    """Return a section as its outline has it; the opening text is its first version. Not saved."""
    return ReportSection(
        report=report,
        position=position,
        key=plan.key,
        title=plan.title,
        text=plan.opening,
        purpose=plan.purpose,
        draws=list(plan.draws),
        words=plan.words,
        is_required=plan.is_required,
        is_annex=plan.is_annex,
        starts_page=plan.starts_page,
    )


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
    note_edit(case, "Statement of the host changed", by)
    return Saved(row.host_statement_version, row.host_statement_at)
