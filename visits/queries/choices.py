"""What the forms of one visit offer: its groups, sites and people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.enums import TEAM_ROLES, VISITING_ROLES, Role
from reviews.models import Membership
from visits.languages import name_of

if TYPE_CHECKING:
    from visits.models import StudyVisit

Choice = tuple[int, str]


@dataclass(frozen=True, slots=True)
class ProgrammeChoices:
    """Lists of (id, words). `people` lead and note; `team` also holds observers, who go along."""

    time_zone: str
    working_language: str
    groups: tuple[Choice, ...]
    sites: tuple[Choice, ...]
    people: tuple[Choice, ...]
    team: tuple[Choice, ...]
    for_host: bool


def programme_choices(visit: StudyVisit, *, for_host: bool) -> ProgrammeChoices:
    """The lists for the forms of one visit. Three queries."""
    members = (
        Membership.objects.filter(case=visit.case_id, role__in=TEAM_ROLES)
        .select_related("user__city")
        .order_by("user__name", "user_id")
    )
    roles: dict[Choice, set[str]] = {}
    for row in members:
        city = f", {row.user.city.name}" if row.user.city else ""
        roles.setdefault((row.user_id, f"{row.user.name}{city}"), set()).add(Role(row.role))
    return ProgrammeChoices(
        time_zone=visit.time_zone,
        working_language=name_of(visit.working_language),
        groups=tuple(visit.groups.filter(removed_at=None).values_list("pk", "name")),
        sites=tuple(visit.sites.filter(removed_at=None).values_list("pk", "name")),
        people=tuple(person for person, held in roles.items() if held & VISITING_ROLES),
        team=tuple(roles),
        for_host=for_host,
    )
