"""Comments and answers of a fact check as rows: for the page, for print, and as a table (CSV)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.templatetags.words import dates
from people.texts import plain
from reports.queries.fact_checks import Attached, files_at
from reports.queries.reports import comments_on
from reviews.evidence_access import evidence_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import FactComment, Report
    from reviews.access import Seat

HEAD = (
    *("No.", "Draft", "Paragraph", "Paragraph as it read", "What it is about", "Comment", "Proposal", "Files", "By"),
    *("On", "Answer", "Reason", "Answered by", "Answered on", "In the text since"),
)
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheet programs take a table for UTF-8 only with it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A comment with the files at it that a person may open."""

    comment: FactComment
    attached: Attached


def rows_of(seat: Seat, report: Report) -> list[Row]:
    """All comments that were not taken back, in order. Three queries."""
    found = comments_on(report)
    files = files_at(found, evidence_for(seat))
    return [Row(comment, files.get(comment.pk, Attached())) for comment in found]


def csv_of(rows: Iterable[Row]) -> str:
    """Write the rows as CSV. A cell that a spreadsheet would reckon with is kept as a text."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    table = csv.writer(out)
    table.writerow(HEAD)
    table.writerows([_safe(cell) for cell in _cells(row)] for row in rows)
    return out.getvalue()


def _cells(row: Row) -> tuple[str, ...]:
    said = row.comment
    return (
        str(said.number),
        str(said.draft.number),
        said.label,
        said.quoted,
        str(said.get_kind_display()),
        plain(said.text),
        plain(said.proposal),
        "; ".join(file.title for file in row.attached.rows),
        said.by.name if said.by else "",
        dates(said.at.date()),
        str(said.get_answer_display()) if said.answer else "",
        plain(said.answer_reason),
        said.answered_by.name if said.answered_by else "",
        dates(said.answered_at.date()) if said.answered_at else "",
        dates(said.applied_at.date()) if said.applied_at else "",
    )


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
