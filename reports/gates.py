"""The gates of this app: what is missing before a step, who must act, and where to cure it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from people.errors import Reason
from reports.contents import consent_stands, team_hash
from reports.enums import ReportStatus
from reports.models import Report
from reports.pieces import open_pieces
from reports.queries.approval import approval_of
from reports.queries.outlines import unwritten_sections
from reviews import requirements
from reviews.enums import Role, Stage
from reviews.models import Case
from reviews.queries.findings import OPEN_TO_HOST

TEAM = f"{Role.RAPPORTEUR.label} or {Role.LEAD.label.lower()}"
HOST = Role.HOST_COORDINATOR.label
LISTED = 6  # comments are named by their numbers up to here, and counted beyond
WITH_REPORT = frozenset({Stage.REPORTING, Stage.FOLLOW_UP})


@requirements.gate("start_fact_check")
def the_report_is_due(case: Case) -> Iterator[Reason]:
    """The review has come to its report."""
    if case.stage not in WITH_REPORT:
        yield Reason("The review has not come to its report yet", Role.LEAD.label, case.get_absolute_url())


@requirements.gate("start_fact_check")
def the_needed_sections_are_written(case: Case) -> Iterator[Reason]:
    """The sections that the outline asks for are written: with more than the text that the outline began them with."""
    for row in unwritten_sections(case):
        what = "holds only the text it began with" if row.text.strip() else "is empty"
        yield Reason(f"The section “{row.title}” {what}", TEAM, reverse("reports:section", args=(case.slug, row.key)))


@requirements.gate("start_fact_check")
def the_report_has_findings(case: Case) -> Iterator[Reason]:
    """At least one finding has been released to the host."""
    if not case.findings.filter(status__in=OPEN_TO_HOST).exists():
        yield Reason(
            "No finding has been released to the host", Role.LEAD.label, reverse("visits:findings", args=(case.slug,))
        )


@requirements.gate("start_fact_check", "finalise_report")
def changed_words_have_been_looked_at(case: Case) -> Iterator[Reason]:
    """Where the review has changed under the team’s own words, somebody has looked at it."""
    for found in open_pieces(case):
        what = "does not give any more" if found.is_gone else "changed"
        words = f"The review {what} what the report has your words for: {found.label}"
        yield Reason(words, found.section.owner.name if found.section.owner else TEAM, found.url)


@requirements.gate("finalise_report")
def the_host_has_checked(case: Case) -> Iterator[Reason]:
    """The host has closed the fact check, or its time is over."""
    report: Report = case.report
    due = report.fact_check_due
    if report.fact_check_closed_at is None and due is not None and timezone.localdate() <= due:
        text = f"The host city can comment until {due:%-d %B %Y}, or close the fact check earlier"
        yield Reason(text, HOST, reverse("reports:fact_check", args=(case.slug,)))


@requirements.gate("finalise_report")
def every_comment_has_its_answer(case: Case) -> Iterator[Reason]:
    """Every factual comment of the host is answered."""
    numbers = list(case.report.comments.filter(answer="", withdrawn_at=None).values_list("number", flat=True))
    if numbers:
        listed = f"Comments {', '.join(map(str, numbers))}" if len(numbers) <= LISTED else f"{len(numbers)} comments"
        words = f"Comment {numbers[0]} has no answer" if len(numbers) == 1 else f"{listed} have no answer"
        url = f"{reverse('reports:fact_check', args=(case.slug,))}#comment-{numbers[0]}"
        yield Reason(words, TEAM, url)


@requirements.gate("publish_report")
def the_team_stands_behind_it(case: Case) -> Iterator[Reason]:
    """Everybody of the visiting team stands behind the text, or the lead went on without somebody."""
    approval = approval_of(case.report, team_hash(case))
    if not approval.is_given:
        names = ", ".join(str(voice.user) for voice in approval.missing)
        who = f"They themselves, or the {Role.LEAD.label.lower()}, who can go on with a reason"
        yield Reason(f"Not everybody stands behind the report yet: {names}", who, f"{_report_page(case)}#team")


@requirements.gate("publish_report")
def the_sponsor_knows(case: Case) -> Iterator[Reason]:
    """The host's political sponsor was told of the final text."""
    if case.report.sponsor_informed_at is None:
        who = f"{HOST} or {Role.SECRETARIAT.label.lower()}"
        yield Reason("The host’s political sponsor has not been told of the final report", who, _report_page(case))


@requirements.gate("publish_report")
def it_says_what_changed(case: Case) -> Iterator[Reason]:
    """A new version says what it changes."""
    report: Report = case.report
    if report.version > 1 and not report.erratum.strip():
        url = reverse("reports:erratum", args=(case.slug,))
        yield Reason("The new version does not say what it changes", TEAM, url)


@requirements.gate("publish_report")
def the_host_consents(case: Case) -> Iterator[Reason]:
    """The host city has consented to publication, and to exactly what would be published."""
    who, url = f"{HOST} or {Role.HOST_SPONSOR.label.lower()}", _report_page(case)
    if case.report.consent_at is None:
        yield Reason("The host city has not consented to publication", who, url)
    elif not consent_stands(case):
        yield Reason("What would be published has changed since the host city consented: it consents again", who, url)


@requirements.gate("start_follow_up")
def the_report_is_published(case: Case) -> Iterator[Reason]:
    """The report is published, and not withdrawn since. An older version that still stands is enough."""
    report = getattr(case, "report", None)
    if report is None or report.status != ReportStatus.PUBLISHED:
        yield Reason("The report is not published", Role.SECRETARIAT.label, _report_page(case))
    elif case.published_at is None:  # withdrawal.py takes it away with the last version that stood
        words = "The report was withdrawn: open a new version and publish it"
        yield Reason(words, Role.SECRETARIAT.label, _report_page(case))


def _report_page(case: Case) -> str:
    return reverse("reports:report", args=(case.slug,))
