"""Host sites and groups of one visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from people.errors import NotThere
from visits.models import HostSite, VisitGroup

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from visits.models import StudyVisit

_STANDING = Count("slots", filter=Q(slots__removed_at=None))


def sites_of(visit: StudyVisit) -> QuerySet[HostSite]:
    """The host sites of a visit, each with `slot_count`. One query."""
    return HostSite.objects.filter(visit=visit, removed_at=None).annotate(slot_count=_STANDING)


def groups_of(visit: StudyVisit) -> QuerySet[VisitGroup]:
    """The groups of a visit with their members, each with `slot_count`. Two queries."""
    groups = VisitGroup.objects.filter(visit=visit, removed_at=None).annotate(slot_count=_STANDING)
    return groups.prefetch_related("members__city")


def site_of(visit: StudyVisit, site_id: int) -> HostSite:
    """One host site. Raises NotThere for another visit's and for a removed one."""
    found = sites_of(visit).filter(pk=site_id).first()
    if found is None:
        raise NotThere
    return found


def group_of(visit: StudyVisit, group_id: int) -> VisitGroup:
    """One group. Raises NotThere for another visit's and for a removed one."""
    found = groups_of(visit).filter(pk=group_id).first()
    if found is None:
        raise NotThere
    return found


def site_values(site: HostSite) -> dict[str, str]:
    """The values with which the form of a site starts."""
    return {name: getattr(site, name) for name in ("name", "address", "description", "contact", "access_note")}
