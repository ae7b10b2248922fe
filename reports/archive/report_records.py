"""The report as data: its text, the fact check, and what was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.archive.records import Values, named, told
from reports.models import FactComment, Publication, ReportSection, SentDraft
from reviews.permissions import Ability

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviews.access import Seat

_REPORT = (
    "status",
    "version",
    "fact_check_due",
    "fact_check_closed_at",
    "consent_at",
    "finalised_at",
    "host_statement",
)
_COMMENT = ("number", "place", "label", "quoted", "kind", "text", "proposal", "at")
_ANSWER = ("answer", "answer_reason", "answered_at")
_SECTION = ("key", "position", "title", "text", "status", "version", "updated_at")
_PUBLICATION = ("version", "slug", "title", "sha256", "erratum", "licence", "audience", "published_at", "is_current")


def report(reader: Seat) -> Values | None:
    """The report: the team has its sections as they are written, the host the draft that was sent last."""
    held = getattr(reader.case, "report", None)
    if held is None or not reader.can(Ability.VIEW_REPORT):
        return None
    if reader.is_team:
        sections = ReportSection.objects.filter(report=held).prefetch_related("pieces")
        text: dict[str, object] = {"sections": [_section(row) for row in sections]}
    else:
        draft = SentDraft.objects.filter(report=held).first()
        text = {"sent_draft": told(draft, ("number", "sent_at", "sha256", "content")) if draft else None}
    return {**told(held, _REPORT), **text}


def _section(row: ReportSection) -> dict[str, object]:
    return {**told(row, _SECTION), "pieces": [told(piece, ("key", "text")) for piece in row.pieces.all()]}


def fact_check(reader: Seat) -> Values | None:
    """The host's comments with the team's answers; withdrawn ones are left out."""
    held = getattr(reader.case, "report", None)
    if held is None or not reader.can(Ability.VIEW_REPORT):
        return None
    rows = FactComment.objects.filter(report=held, withdrawn_at=None).select_related("by", "answered_by", "draft")
    return [
        {
            **told(row, _COMMENT),
            "by": named(row.by),
            "draft": row.draft.number,
            **told(row, _ANSWER),
            "answered_by": named(row.answered_by),
        }
        for row in rows
    ]


def publications(reader: Seat) -> Values | None:
    """What was published, oldest first; of a withdrawn version only that it was there, and why it is gone."""
    rows = Publication.objects.filter(case=reader.case).order_by("version")
    return [
        {
            **told(row, _PUBLICATION),
            "withdrawn_at": row.withdrawn_at,
            "withdrawal_reason": row.withdrawal_reason,
            "content": None if row.withdrawn_at else row.content,
        }
        for row in rows
    ]


REPORT_RECORDS: dict[str, Callable[[Seat], Values | None]] = {
    "report.json": report,
    "fact-check.json": fact_check,
    "publications.json": publications,
}
