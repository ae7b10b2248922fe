"""The way of a report to its publication: what is done, by whom and when, and who has to do what next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reports.contents import consent_stands, printed, shown_hash, team_hash
from reports.enums import ReportStatus
from reports.imprint import TERMS
from reports.queries.approval import Approval, approval_of
from reports.queries.publications import publications_of
from reports.queries.reports import newest_draft
from reviews.enums import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from people.models import User
    from reports.models import Publication, Report, SentDraft
    from reports.rendering import DocumentContent
    from reviews.access import Seat

S = ReportStatus
_WRITERS = f"{Role.RAPPORTEUR.label} or {Role.LEAD.label.lower()}"
_HOST = f"{Role.HOST_COORDINATOR.label} or {Role.HOST_SPONSOR.label.lower()}"


@dataclass(frozen=True, slots=True)
class Station:
    """One station of the way. `who` acts while it is not done; `at` and `by` say when it was done. `phase` orders."""

    label: str
    phase: int
    is_done: bool
    who: str = ""
    words: str = ""
    at: datetime | None = None
    by: str = ""
    is_next: bool = False


def standing_of(seat: Seat) -> dict[str, Any]:
    """Return what the page of a report shows of its way to publication. Composes the report while it is final."""
    report: Report = seat.case.report
    content = printed(seat.case) if report.status == S.FINAL else None
    approval = approval_of(report, _digest(report, content)) if report.finalised_at else Approval("", (), None)
    stands = content is not None and consent_stands(seat.case, content)
    publications, draft = publications_of(seat.case), newest_draft(report)
    return {
        "draft": draft,
        "publications": publications,
        "approval": approval,
        "voice": approval.of(seat.user),
        "text_hash": shown_hash(content) if content else "",
        "is_changed": content is not None and report.consent_at is not None and not stands,
        "way": way_of(seat, draft, approval, publications, has_consent=stands or report.status == S.PUBLISHED),
    }


def _digest(report: Report, content: DocumentContent | None) -> str | None:
    """The hash that the team's word must be about; None once it is published: then every word counts."""
    if content is not None:
        return team_hash(report.case, content)
    return None if report.status == S.PUBLISHED else ""


def way_of(
    seat: Seat, draft: SentDraft | None, approval: Approval, publications: list[Publication], *, has_consent: bool
) -> list[Station]:
    """Return the stations in their order; those of the first phase that is not done are next."""
    report: Report = seat.case.report
    found = [*_writing(report, draft), *_agreeing(seat, approval, has_consent=has_consent)]
    found.append(_published(report, publications))
    phase = min((station.phase for station in found if not station.is_done), default=0)
    return [replace(station, is_next=not station.is_done and station.phase == phase) for station in found]


def _writing(report: Report, draft: SentDraft | None) -> Iterator[Station]:
    sent = report.status != S.DRAFTING
    sent_at, sent_by = (draft.sent_at, _name(draft.sent_by)) if draft and sent else (None, "")
    yield Station("Draft sent to the host city", 1, sent, _WRITERS, at=sent_at, by=sent_by)
    stands = report.finalised_at is not None
    closed = report.fact_check_closed_at if sent else None
    due = f"Until {report.fact_check_due:%-d %B %Y}." if report.fact_check_due and sent and not stands else ""
    yield Station("Facts checked", 2, stands or closed is not None, Role.HOST_COORDINATOR.label, due, at=closed)
    yield Station("Text final", 3, stands, _WRITERS, at=report.finalised_at)


def _agreeing(seat: Seat, approval: Approval, *, has_consent: bool) -> Iterator[Station]:
    report: Report = seat.case.report
    given = report.finalised_at is not None and approval.is_given
    yield Station("The team stands behind it", 4, given, "Everybody in the team", _said(seat, approval))
    told = report.sponsor_informed_at
    yield Station(
        "The host’s political sponsor knows of it",
        4,
        told is not None or report.status == S.PUBLISHED,
        f"{Role.HOST_COORDINATOR.label} or {Role.SECRETARIAT.label.lower()}",
        at=told,
        by=_name(report.sponsor_informed_by) if told else "",
    )
    words = f"{report.get_audience_display()} · {TERMS[report.licence].short}" if has_consent else ""
    yield Station(
        "The host city consents to publication",
        4,
        has_consent,
        _HOST,
        words,
        at=report.consent_at if has_consent else None,
        by=_name(report.consent_by) if has_consent else "",
    )


def _said(seat: Seat, approval: Approval) -> str:
    """How many stand behind it; the team reads who does not. The host hears of numbers only."""
    if not approval.digest and approval.digest is not None:
        return ""
    words = f"{approval.confirmed} of {len(approval.voices)}" if approval.voices else ""
    if not seat.is_team:
        return words
    if approval.go_ahead is not None:
        return f"{words}. Goes on without the word of {approval.go_ahead.names}"
    names = ", ".join(str(voice.user) for voice in approval.missing)
    return f"{words}. Not yet: {names}" if names and approval.digest else words


def _published(report: Report, publications: list[Publication]) -> Station:
    row = next((row for row in publications if row.version == report.version), None)
    words = f"{row.get_audience_display()}{', withdrawn' if row.is_withdrawn else ''}" if row else ""
    return Station("Published", 5, row is not None, Role.SECRETARIAT.label, words, at=row.published_at if row else None)


def _name(user: User | None) -> str:
    return str(user) if user else ""
