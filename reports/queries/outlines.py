"""Outlines of reports: which there are, which one a report begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from reports.models import Outline
from reports.outline import built_in
from reports.outline_files import OutlinePlan, SectionPlan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import WorkingGroup
    from reports.models import OutlineSection, ReportSection


def outline_for(group: WorkingGroup) -> Outline | None:
    """Return the outline that reports of a group begin with: its own, or that of all groups. Two queries at most.

    Nothing where only the built-in one is there.
    """
    rows = Outline.objects.filter(Q(working_group=group) | Q(working_group=None)).prefetch_related("sections")
    return min(rows, key=lambda row: (row.working_group_id is None, row.pk), default=None)


def plan_for(group: WorkingGroup) -> OutlinePlan:
    """Return in plain values what reports of a group begin with. Two queries at most."""
    found = outline_for(group)
    return plain_outline(found) if found is not None else built_in()


def plain_section(row: OutlineSection | ReportSection) -> SectionPlan:
    """Return a row in plain values. Sections of a report have no opening text any more."""
    return SectionPlan(
        key=row.key,
        title=row.title,
        purpose=row.purpose,
        opening=getattr(row, "opening", ""),
        draws=tuple(row.draws),
        words=row.words,
        is_required=row.is_required,
        is_annex=row.is_annex,
        starts_page=row.starts_page,
    )


def plain_outline(outline: Outline, sections: Iterable[OutlineSection] | None = None) -> OutlinePlan:
    """Return an outline in plain values."""
    rows = outline.sections.all() if sections is None else sections
    return OutlinePlan(outline.name, tuple(plain_section(row) for row in rows))
