"""Host sites and groups of one visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q

from people.errors import NotThere
from people.models import User
from people.queries.network import mark_of
from reviews.enums import TEAM_ROLES
from reviews.models import Membership
from visits.enums import VisitStatus
from visits.models import HostSite, VisitGroup

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from visits.models import StudyVisit

_STANDING = Count("slots", filter=Q(slots__removed_at=None))


def sites_of(visit: StudyVisit) -> QuerySet[HostSite]:
    """The host sites of a visit, each with `slot_count`. One query."""
    return HostSite.objects.filter(visit=visit, removed_at=None).annotate(slot_count=_STANDING)


def groups_of(visit: StudyVisit) -> QuerySet[VisitGroup]:
    """The groups of a visit with the members who are in the team, each with `slot_count`. Two queries."""
    groups = VisitGroup.objects.filter(visit=visit, removed_at=None).annotate(slot_count=_STANDING)
    members = User.objects.select_related("city")
    if visit.status != VisitStatus.HELD:
        team = Membership.objects.filter(case=visit.case_id, role__in=TEAM_ROLES)
        members = members.filter(pk__in=team.values("user"))
    return groups.prefetch_related(Prefetch("members", queryset=members))


def site_of(visit: StudyVisit, site_id: int, *, also_removed: bool = False) -> HostSite:
    """One host site. Raises NotThere for another visit's and for a removed one.

    `also_removed` is for somebody who has typed into it while it was taken out; so it is with a group.
    """
    found = HostSite.objects.filter(visit=visit, pk=site_id).first()
    if found is None or (found.removed_at and not also_removed):
        raise NotThere
    return found


def group_of(visit: StudyVisit, group_id: int, *, also_removed: bool = False) -> VisitGroup:
    """One group. Raises NotThere for another visit's and for a removed one."""
    found = VisitGroup.objects.filter(visit=visit, pk=group_id).first()
    if found is None or (found.removed_at and not also_removed):
        raise NotThere
    return found


def site_values(site: HostSite) -> dict[str, str]:
    """What a site says: the values with which its form starts, but for the mark."""
    return {name: getattr(site, name) for name in ("name", "address", "description", "contact", "access_note")}


def group_values(group: VisitGroup) -> dict[str, Any]:
    """What a group says: its name and its members by id. One query."""
    return {"name": group.name, "members": sorted(group.members.values_list("pk", flat=True))}


def mark_of_place(values: dict[str, Any], *, removed: object) -> str:
    """A mark of what a site or group says, and of whether it stands: it tells that somebody changed it meanwhile."""
    return mark_of({**values, "removed": bool(removed)})
