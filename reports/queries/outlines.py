"""Outlines of reports: which there are, which one a report begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from people.models import WorkingGroup
from reports.draws import DRAWS, Draw
from reports.models import Outline
from reports.outline import built_in
from reports.outline_files import OutlinePlan, SectionPlan
from reports.outline_rules import mixes_voices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import OutlineSection, ReportSection
    from reviews.models import Case


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


def unwritten_sections(case: Case) -> list[ReportSection]:
    """Return the required sections in which the team has written nothing. One query; two more with opening texts."""
    rows = [row for row in case.report.sections.filter(is_required=True) if not row.text.strip() or _is_untouched(row)]
    untouched = any(row.text.strip() for row in rows)
    openings = {plan.key: plan.opening for plan in plan_for(case.working_group).sections} if untouched else {}
    return [row for row in rows if not row.text.strip() or row.text == openings.get(row.key)]


def summary_first(sections: Iterable[ReportSection]) -> list[ReportSection]:
    """Return the sections with the one that is called summary first: outlines of others may have none."""
    return sorted(sections, key=lambda row: (row.key != "summary", row.position))


def _is_untouched(row: ReportSection) -> bool:
    return row.version == 1 and row.updated_by_id is None


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


# --- Lists ------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Place:
    """Whose reports begin with which outline. `group` is empty for all groups; `own` where it has one of its own."""

    group: WorkingGroup | None
    own: Outline | None
    begins_with: str
    reviews: int = 0


def places_of_outlines() -> list[Place]:
    """All groups together, then each group, with what its reports begin with. Two queries."""
    rows = Outline.objects.select_related("updated_by").annotate(section_count=Count("sections"))
    outlines = {row.working_group_id: row for row in rows.order_by("-pk")}
    everybodys = outlines.get(None)
    usual = everybodys.name if everybodys else built_in().name
    groups = WorkingGroup.objects.annotate(review_count=Count("cases"))
    places = [Place(None, everybodys, usual)]
    for group in groups:
        own = outlines.get(group.pk)
        places.append(Place(group, own, own.name if own else usual, group.review_count))
    return places


def groups_of_outlines() -> list[WorkingGroup]:
    """Every working group, by name. One query."""
    return list(WorkingGroup.objects.all())


def sections_of_outline(outline: Outline) -> list[OutlineSection]:
    """The sections in their order. One query."""
    return list(outline.sections.all())


def draws_left(sections: Iterable[OutlineSection], section: OutlineSection) -> list[Draw]:
    """What this section could draw as well: no section of the outline draws it, and it fits what is there."""
    taken = {key for row in sections for key in row.draws}
    return [draw for draw in DRAWS.values() if draw.key not in taken and not mixes_voices([*section.draws, draw.key])]
