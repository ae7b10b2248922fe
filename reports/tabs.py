"""The pages of reports in the frame of a case: tabs, the rail, deadlines, what somebody can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from reports.contents import consent_stands, team_hash
from reports.enums import ReportStatus
from reports.queries.approval import approval_of, waits_for
from reports.queries.fact_checks import is_over
from reports.queries.publications import publications_of
from reviews import frame
from reviews.enums import MilestoneKind, Stage
from reviews.pages import register_page
from reviews.permissions import Ability
from reviews.queries.tasks import Source, Task, register_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.models import Report
    from reviews.access import Seat

A = Ability
M = MilestoneKind
BEFORE_REPORT = frozenset({Stage.DRAFT, Stage.PLANNING, Stage.SELF_ASSESSMENT})


def _has_report(seat: Seat) -> bool:
    """The report has a tab from the visit on, or once somebody began it."""
    return bool(seat.report_status) or seat.case.effective_stage not in BEFORE_REPORT


def _was_sent(seat: Seat) -> bool:
    """There is a draft to look at: one was sent to the host, now or before it was taken back."""
    sent = seat.report_status not in {"", ReportStatus.DRAFTING}
    return sent or bool(seat.report_status and seat.case.report.fact_check_due)


def next_steps(seat: Seat) -> Iterator[frame.Next]:
    """What somebody can do about the report now. No queries until it is final."""
    status, page = seat.report_status, reverse("reports:report", args=(seat.case.slug,))
    if seat.case.stage == Stage.REPORTING and status in {"", ReportStatus.DRAFTING} and seat.can(A.EDIT_REPORT):
        yield frame.Next(
            "The report is being written. Its findings and recommendations are already in place.",
            "Write the report",
            page,
        )
    is_closed = status == ReportStatus.FACT_CHECK and seat.case.report.fact_check_closed_at is not None
    is_late = status == ReportStatus.FACT_CHECK and is_over(seat.case.report)
    if status == ReportStatus.FACT_CHECK and seat.can(A.COMMENT_FACTS) and not is_closed and not is_late:
        yield frame.Next(_asked(seat), "Check the facts", reverse("reports:fact_check", args=(seat.case.slug,)))
    if status == ReportStatus.FACT_CHECK and seat.can(A.ANSWER_FACTS) and not seat.is_secretariat:
        words = "The host city checks the facts in the draft."
        if is_closed:
            words = "The host city has checked the facts: answer its comments, then make the report final."
        elif is_late:
            words = "The host city's time for comments is over: answer them, then make the report final."
        yield frame.Next(words, "See comments and answer", reverse("reports:fact_check", args=(seat.case.slug,)))
    if status == ReportStatus.FINAL and seat.can(A.CONSENT_PUBLICATION) and not consent_stands(seat.case):
        words = "The report is final. It is published with your consent."
        if seat.case.report.consent_at:
            words = "The report has changed since your city consented to its publication."
        yield frame.Next(words, "Read and consent", page)
    if status == ReportStatus.FINAL and seat.can(A.CONFIRM_REPORT) and _owes_a_word(seat):
        yield frame.Next("The report is final. Say whether you stand behind it.", "Read and say", f"{page}#team")
    if status == ReportStatus.FINAL and seat.can(A.PUBLISH_REPORT) and consent_stands(seat.case):
        yield frame.Next("The host city has consented to publication.", "Publish the report", page)


def _owes_a_word(seat: Seat) -> bool:
    """Whether somebody of the team has said nothing of the text as it is. Of who never spoke, no text is composed."""
    voice = approval_of(seat.case.report, "").of(seat.user)
    return voice is not None and (voice.row is None or voice.row.content_hash != team_hash(seat.case))


def _as_task(report: Report) -> Task:
    page = reverse("reports:report", args=(report.case.slug,))
    if getattr(report, "asks_consent", False):
        words = "Consent to the publication of the final report"
        if report.consent_at:
            words = "Consent again: the final report has changed"
        return Task(report.case, words, None, f"{page}#consent")
    words = "Say whether you stand behind the final report"
    if getattr(report, "said_before", False):
        words = "Say again whether you stand behind the final report: it has changed"
    return Task(report.case, words, None, f"{page}#team")


def report_block(seat: Seat) -> dict[str, Any] | None:
    """Where the report stands, for the overview. One query once something was published."""
    if not seat.report_status:
        return None
    report = seat.case.report
    was_published = report.status == ReportStatus.PUBLISHED or report.version > 1
    published = publications_of(seat.case)[:1] if was_published else []
    return {"seat": seat, "report": report, "publication": published[0] if published else None}


def _asked(seat: Seat) -> str:
    due = seat.case.report.fact_check_due
    until = f" until {due:%-d %B %Y}" if due else ""
    return f"The draft report is with you: say{until} where a fact is wrong."


frame.register_tab(
    frame.Tab(
        key="report", label="Report", url_name="reports:report", ability=A.VIEW_REPORT, position=80, shows=_has_report
    )
)
frame.register_tab(
    frame.Tab(key="documents", label="Documents", url_name="reports:documents", ability=A.VIEW_DOCUMENTS, position=100)
)
frame.register_overview_block(
    frame.Block(
        key="report",
        template="reports/_overview.html",
        context=report_block,
        ability=A.VIEW_REPORT,
        position=50,
        place="aside",
    )
)
frame.register_rail_target("report", "reports:report", A.VIEW_REPORT)
frame.register_door("reports:fact_check", A.VIEW_REPORT, _was_sent)
frame.register_door("reports:share", A.SHARE_REPORT)
frame.register_next(next_steps)
register_tasks(Source(waits_for, _as_task))
register_page(M.REPORT_DRAFT, "reports:report", since=Stage.REPORTING)
register_page(M.FACT_CHECK, "reports:fact_check", since=Stage.REPORTING)
register_page(M.REPORT_FINAL, "reports:report", since=Stage.REPORTING)
register_page(M.REPORT_PUBLISHED, "reports:report", since=Stage.REPORTING)
