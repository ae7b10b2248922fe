"""The report of a case: its sections and how far they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotThere
from people.texts import word_count
from reports.models import FactComment, ReportSection

if TYPE_CHECKING:
    from reports.models import Report, SentDraft


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section: its row, how much is written, and how many comments on it wait for an answer."""

    row: ReportSection
    words: int
    waiting: int

    @property
    def is_missing(self) -> bool:
        """Whether the draft cannot be sent without it."""
        return self.row.is_required and not self.words

    @property
    def is_composed_only(self) -> bool:
        """Whether the case fills it and nobody wrote anything."""
        return bool(self.row.draws) and not self.words


def sections_of(report: Report) -> list[SectionState]:
    """The sections in their order, with who wrote last. Two queries."""
    places = report.comments.filter(answer="", withdrawn_at=None).values_list("place", flat=True)
    waiting = Counter(place.partition("-")[0] for place in places)
    return [
        SectionState(row, word_count(row.text), waiting[row.anchor])
        for row in report.sections.select_related("updated_by", "owner", "locked_by")
    ]


def section_in(report: Report, key: str) -> ReportSection:
    """One section with who wrote last. Raises NotThere."""
    found = report.sections.filter(key=key).select_related("updated_by", "owner", "locked_by").first()
    if found is None:
        raise NotThere
    return found


def comments_on(report: Report) -> list[FactComment]:
    """All comments that were not taken back, with who wrote and who answered. One query."""
    rows = report.comments.filter(withdrawn_at=None)
    return list(rows.select_related("by", "answered_by", "draft"))


def comments_in_section(report: Report, section: ReportSection) -> list[FactComment]:
    """The comments on one section, open ones first. One query."""
    rows = report.comments.filter(withdrawn_at=None, place__startswith=f"{section.anchor}-")
    return sorted(rows.select_related("by", "answered_by"), key=lambda row: (bool(row.answer), row.number))


def newest_draft(report: Report) -> SentDraft | None:
    """The draft that the host has, or had last."""
    return report.sent_drafts.select_related("sent_by").first()
