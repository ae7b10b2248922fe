"""The team's own words for pieces of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from people.errors import NotThere
from reports.models import PieceText, PieceVersion

if TYPE_CHECKING:
    from reports.models import Report
    from reviews.models import Case


def pieces_of(report: Report) -> list[PieceText]:
    """All words of a report, used or given up, with who wrote them and what was there before. Two queries."""
    versions = Prefetch("versions", queryset=PieceVersion.objects.select_related("by"))
    rows = PieceText.objects.filter(section__report=report).select_related("updated_by").prefetch_related(versions)
    return list(rows)


def pieces_used_in(case: Case) -> list[PieceText]:
    """The words that the report shows, in the order of its sections. One query."""
    rows = PieceText.objects.filter(section__report__case=case, is_used=True)
    return list(rows.select_related("section__owner").order_by("section__position", "pk"))


def words_taken(report: Report) -> dict[str, str]:
    """The words that the report shows, by the key of their piece. One query."""
    rows = PieceText.objects.filter(section__report=report, is_used=True)
    return dict(rows.values_list("key", "text"))


def piece_in(case: Case, section: str, key: str) -> PieceText:
    """The words for one piece, found in any section of the report: a piece has one text. Raises NotThere.

    `section` says where the person is; the words may belong to another section that shows the same piece.
    """
    rows = PieceText.objects.filter(section__report__case=case, key=key).select_related("section", "updated_by")
    row = sorted(rows, key=lambda found: found.section.key != section)[:1]
    if not row:
        raise NotThere
    return row[0]
