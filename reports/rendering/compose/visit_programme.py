"""The programme as a document of its own: the days, then the way of each group. Nobody who is met is named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from people.templatetags.words import dates
from reports.enums import DocumentKind, Edition
from reports.rendering.compose import parts
from reports.rendering.compose.programme import at_a_glance, timetables
from reports.rendering.errors import NothingToShow
from reports.rendering.model import Block, Chapter, Column, DocumentContent, Fact, Lead, Table
from visits.enums import VisitStatus
from visits.queries.programme import programme, visit_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.models import Case
    from visits.models import StudyVisit
    from visits.queries.programme import Group, Programme

_LEADS = {
    Edition.TEAM.value: "The days of the visit, and who leads and who takes notes. Nobody whom you meet is named.",
    Edition.HOST.value: "The days of the visit, for everybody in the host city who receives the critical friends.",
}


def compose(case_id: int, edition: str) -> DocumentContent:
    """Compose the programme for the team, with names and tasks of the team, or for the host, without private slots.

    Raises `NothingToShow` while nothing is planned.
    """
    case = parts.case_of(case_id)
    visit = visit_in(case)
    plan = programme(visit, for_host=edition != Edition.TEAM) if visit else None
    if visit is None or plan is None or not plan.slots:
        raise NothingToShow("The programme is empty. Plan the visit first.")
    for_host = edition != Edition.TEAM
    return DocumentContent(
        kind=DocumentKind.PROGRAMME,
        edition=edition,
        kind_label="Programme of the visit",
        title=case.host_city.name,
        subtitle=case.title,
        language=case.language,
        look=parts.look_of(case),
        dated=parts.day_of(visit.changed_at),
        edition_label="Host edition" if for_host else "Team edition",
        version=_version(visit),
        confidentiality=parts.FOR_BOTH if for_host else parts.FOR_TEAM,
        cover_facts=(Fact("Study visit", parts.visit_dates(case)), Fact("Times", f"{_zone(plan)} time")),
        running_title=f"Programme · {case.host_city.name}{parts.year_of(case)}",
        authors=(case.working_group.name,),
        keywords=("programme", "study visit", str(case.get_theme_display())),
        description=f"Programme of the critical friends’ visit to {case.host_city.name}.",
        chapters=tuple(_chapters(case, plan, edition)),
    )


def _version(visit: StudyVisit) -> str:
    is_firm = visit.status in {VisitStatus.FROZEN, VisitStatus.HELD}
    state = "frozen" if is_firm else "can still change"
    return f"Version {visit.version} of {dates(parts.day_of(visit.changed_at))}, {state}"


def _zone(plan: Programme) -> str:
    return plan.time_zone.rpartition("/")[2].replace("_", " ")


def _chapters(case: Case, plan: Programme, edition: str) -> Iterator[Chapter]:
    yield Chapter("The visit at a glance", tuple(_glance(case, plan, edition)), "glance")
    shown = plan if edition == Edition.TEAM else _without_team_names(plan)
    for place, day in enumerate(timetables(shown, anchor="day"), start=1):
        yield Chapter(day.label, (replace(day, label=""),), f"day-{place}")
    for group in plan.groups:
        yield Chapter(f"The way of {group.name}", tuple(_way(shown, group)), f"group-{group.id}")


def _without_team_names(plan: Programme) -> Programme:
    """Leave out who leads and who notes: that is the team's own affair."""
    days = (replace(day, slots=tuple(replace(slot, lead="", note_taker="") for slot in day.slots)) for day in plan.days)
    return replace(plan, days=tuple(days))


def _glance(case: Case, plan: Programme, edition: str) -> Iterator[Block]:
    yield Lead(_LEADS[edition])
    yield from at_a_glance(plan)
    if plan.groups:
        rows = tuple((group.name, group.names) for group in plan.groups)
        yield Table((Column("Group", 25), Column("Who goes together")), rows, "The groups of the visit")
    if edition == Edition.TEAM:
        team = (person for person in parts.team_of(case) if person.in_team)
        yield from parts.people_block(team, caption="The review team", with_profile=False)
    if sites := tuple((site.name, site.address or "Address to follow") for site in plan.sites):
        yield Table((Column("Host site", 45), Column("Address")), sites, "Where the visit goes")


def _way(plan: Programme, group: Group) -> Iterator[Block]:
    """Yield the days as one group lives them: what all do, and what is its own."""
    own = [slot for slot in plan.slots if slot.is_for_all or slot.group_id == group.id]
    if group.names:
        yield Lead(group.names)
    yield from timetables(plan.only(own), anchor=f"group-{group.id}")
