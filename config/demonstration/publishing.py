"""The last part of a report's story: approved, published, corrected, withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from config.demonstration.clock import STEP_DAYS, moment
from reports.actions.approval import confirm_report, go_ahead
from reports.actions.consent import give_consent
from reports.actions.fact_checks import close_fact_check
from reports.actions.reports import save_statement
from reports.actions.scanning import set_hints_aside
from reports.actions.sections import save_section
from reports.actions.shelving import reshelve
from reports.actions.withdrawal import withdraw_publication
from reports.contents import team_hash
from reports.models import Confirmation, GoAhead, Publication, Report, ReportSection
from reports.scanning import scan_of
from reviews.actions.steps import take_step
from reviews.models import CaseEvent

if TYPE_CHECKING:
    from config.demonstration.stories import Story
    from people.models import User
    from reviews.models import Case

WITHDRAWN_AFTER = timedelta(days=60)


def finalise(case: Case, story: Story, people: dict[str, User], *, step: str = "finalise_report") -> None:
    """The text stands, dated with the day of `step` in the story, and the team says that it stands behind it."""
    report: Report = case.report
    if story.statement:
        version = report.host_statement_version
        save_statement(case, by=people[story.coordinator], text=story.statement, version=version)
    take_step(case, "finalise_report", by=people[story.lead])
    if case.visit_start:
        stands = min(moment(case.visit_start, STEP_DAYS[step]), timezone.now())
        Report.objects.filter(case=case).update(finalised_at=stands)
    case.refresh_from_db()
    for key in story.team:
        if key not in story.silent:
            confirm_report(case, by=people[key], seen=team_hash(case))
    for reason in filter(None, story.silent.values()):
        go_ahead(case, by=people[story.lead], seen=team_hash(case), reason=reason)


def publish(case: Case, story: Story, people: dict[str, User]) -> None:
    """The host consents, for its readers and on its terms: the report is out, and once more if it was corrected."""
    _publish(case, story, people)
    if story.erratum:
        take_step(case, "correct_report", by=people["secretariat"], reason=story.erratum)
        for key, (old, new) in story.corrected.items():
            row = ReportSection.objects.get(report__case=case, key=key)
            text = row.text.replace(old, new)
            save_section(case, key, by=people[story.rapporteur], text=text, version=row.version)
        take_step(case, "start_fact_check", by=people[story.lead])
        close_fact_check(case, by=people[story.coordinator])
        finalise(case, story, people, step="correct_report")
        _publish(case, story, people)


def _publish(case: Case, story: Story, people: dict[str, User]) -> None:
    if hints := [hit.key for hit in scan_of(case).open]:
        set_hints_aside(case, hints, reason="Read by two of us: nobody can be recognised.", by=people[story.lead])
    give_consent(case, by=people[story.sponsor], audience=story.audience, licence=story.licence)
    take_step(case, "publish_report", by=people["secretariat"])
    case.refresh_from_db()


def withdraw(case: Case, story: Story, people: dict[str, User]) -> None:
    """What was published is withdrawn, if the story says so."""
    if story.withdrawn:
        withdraw_publication(case, case.report.version, by=people["secretariat"], reason=story.withdrawn, earlier=True)


def date_publications(case: Case, published: date | None) -> None:
    """Give approval and publications the days on which they would have come."""
    stands = Report.objects.filter(case=case).values_list("finalised_at", flat=True).first()
    if stands is None:
        return
    report = Report.objects.filter(case=case)
    report.update(sponsor_informed_at=stands)
    report.exclude(fact_check_closed_at=None).update(fact_check_closed_at=stands - timedelta(days=2))
    last = stands + timedelta(days=12)
    out = CaseEvent.objects.filter(case=case, step="publish_report").order_by("pk").values_list("at", flat=True)
    for row, at in zip(Publication.objects.filter(case=case).order_by("version"), out, strict=True):
        first = published if row.version == 1 else None
        last = max(at, datetime.combine(first, time(9), tzinfo=UTC)) if first else at
        Publication.objects.filter(pk=row.pk).update(published_at=last)
        report.update(consent_at=max(stands, last - timedelta(days=2)))
        if row.is_withdrawn:
            withdrawn = min(last + WITHDRAWN_AFTER, timezone.now())
            Publication.objects.filter(pk=row.pk).update(withdrawn_at=withdrawn)
    reshelve(case)
    Confirmation.objects.filter(report__case=case).update(at=min(stands + timedelta(days=3), last))
    GoAhead.objects.filter(report__case=case).update(at=min(stands + timedelta(days=10), last))
