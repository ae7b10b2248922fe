"""Host sites and groups of the visit."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import NotReady, NotThere, Reason
from reviews.enums import TEAM_ROLES
from reviews.models import Membership
from visits.actions.visits import open_programme, programme_changed
from visits.models import HostSite, VisitGroup
from visits.queries.programme import slot_url

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User
    from reviews.models import Case
    from visits.models import Slot, StudyVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteValues:
    """What somebody filled in about a host site."""

    name: str
    address: str = ""
    description: str = ""
    contact: str = ""
    access_note: str = ""


@transaction.atomic
def save_site(case: Case, *, by: User, values: SiteValues, site_id: int | None = None) -> HostSite:
    """Add a host site, or change one. The same new site sent twice gives one."""
    visit = open_programme(case, by=by).visit
    site = _site_in(visit, site_id) if site_id else visit.sites.filter(removed_at=None, **asdict(values)).first()
    if site and not site_id:
        return site
    site = site or HostSite(visit=visit)
    for name, value in asdict(values).items():
        setattr(site, name, value)
    site.save()
    programme_changed(visit, by=by)
    return site


@transaction.atomic
def remove_site(case: Case, site_id: int, *, by: User) -> HostSite:
    """Take a site out of the programme. It can be put back.

    Raises NotReady while slots take place there, with a link to each.
    """
    visit = open_programme(case, by=by).visit
    site = _site_in(visit, site_id)
    _require_unused(case, site.slots.filter(removed_at=None), "Slots still take place at this site.")
    site.removed_at = timezone.now()
    site.save(update_fields=["removed_at"])
    programme_changed(visit, by=by)
    return site


@transaction.atomic
def restore_site(case: Case, site_id: int, *, by: User) -> HostSite:
    """Put a removed site back."""
    visit = open_programme(case, by=by).visit
    site = _site_in(visit, site_id, also_removed=True)
    site.removed_at = None
    site.save(update_fields=["removed_at"])
    programme_changed(visit, by=by)
    return site


@transaction.atomic
def save_group(case: Case, *, by: User, name: str, members: frozenset[int], group_id: int | None = None) -> VisitGroup:
    """Add a group, or change one. A person goes with one group: they leave the group they were in before.

    Raises NotThere for people who are not in the team, NotReady for a name that another group has.
    """
    visit = open_programme(case, by=by).visit
    team = Membership.objects.filter(case=visit.case_id, role__in=TEAM_ROLES, user__in=members)
    if members - set(team.values_list("user_id", flat=True)):
        raise NotThere
    group = _group_in(visit, group_id) if group_id else VisitGroup(visit=visit)
    same_name = visit.groups.filter(removed_at=None, name__iexact=name).exclude(pk=group.pk)
    if same_name.exists():
        raise NotReady(f"There is already a group called {name}.", code="group_name_taken")
    group.name = name
    group.save()
    VisitGroup.members.through.objects.filter(visitgroup__visit=visit, user__in=members).exclude(
        visitgroup=group
    ).delete()
    group.members.set(members)
    programme_changed(visit, by=by)
    return group


@transaction.atomic
def remove_group(case: Case, group_id: int, *, by: User) -> VisitGroup:
    """Take a group out of the visit. It can be put back.

    Raises NotReady while slots are planned for it, with a link to each.
    """
    visit = open_programme(case, by=by).visit
    group = _group_in(visit, group_id)
    _require_unused(case, group.slots.filter(removed_at=None), "Slots are still planned for this group.")
    group.removed_at = timezone.now()
    group.save(update_fields=["removed_at"])
    programme_changed(visit, by=by)
    return group


@transaction.atomic
def restore_group(case: Case, group_id: int, *, by: User) -> VisitGroup:
    """Put a removed group back; where its name was given away meanwhile it gets a number."""
    visit = open_programme(case, by=by).visit
    group = _group_in(visit, group_id, also_removed=True)
    others = {name.lower() for name in visit.groups.filter(removed_at=None).values_list("name", flat=True)}
    if group.removed_at and group.name.lower() in others:
        group.name = next(name for n in range(2, 99) if (name := f"{group.name[:55]} {n}").lower() not in others)
    group.removed_at = None
    group.save(update_fields=["removed_at", "name"])
    programme_changed(visit, by=by)
    return group


def _require_unused(case: Case, slots: QuerySet[Slot], sentence: str) -> None:
    reasons = [Reason(f"“{slot.title}”", "", slot_url(case, slot.pk)) for slot in slots]
    if reasons:
        raise NotReady(f"{sentence} Move or remove them first.", reasons=reasons, code="still_used")


def _site_in(visit: StudyVisit, site_id: int, *, also_removed: bool = False) -> HostSite:
    found = visit.sites.filter(pk=site_id).first()
    if found is None or (found.removed_at and not also_removed):
        raise NotThere
    return found


def _group_in(visit: StudyVisit, group_id: int, *, also_removed: bool = False) -> VisitGroup:
    found = visit.groups.filter(pk=group_id).first()
    if found is None or (found.removed_at and not also_removed):
        raise NotThere
    return found
