"""Host sites and groups of the visit."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from people.errors import NotReady, NotThere, Reason, StaleText
from reviews.enums import TEAM_ROLES
from reviews.models import Membership
from visits.actions.visits import open_programme, programme_changed
from visits.models import HostSite, VisitGroup
from visits.queries.places import group_values, mark_of_place, site_values
from visits.queries.programme import slot_url

if TYPE_CHECKING:
    from datetime import datetime

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
def save_site(case: Case, *, by: User, values: SiteValues, site_id: int | None = None, seen: str = "") -> HostSite:
    """Add a host site, or change one. The same site sent twice is one, and saving one that was removed puts it back.

    Raises StaleText when a site says something else than when it was `seen` (`mark_of_place`).
    """
    visit = open_programme(case, by=by).visit
    if site_id:
        site = _site_in(visit, site_id, also_removed=bool(seen))
        _require_seen(site_values(site), asdict(values), seen, removed=site.removed_at)
    elif twin := visit.sites.filter(removed_at=None, **asdict(values)).first():
        return twin
    else:
        site = HostSite(visit=visit)
    site.removed_at = None
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
def save_group(
    case: Case, *, by: User, name: str, members: frozenset[int], group_id: int | None = None, seen: str = ""
) -> VisitGroup:
    """Add a group, or change one. A person goes with one group: they leave the group they were in before.

    Raises NotThere for people who are not in the team, NotReady for a name that another group has, StaleText as
    `save_site`.
    """
    visit = open_programme(case, by=by).visit
    team = Membership.objects.filter(case=visit.case_id, role__in=TEAM_ROLES, user__in=members)
    if members - set(team.values_list("user_id", flat=True)):
        raise NotThere
    group = _group_in(visit, group_id, also_removed=bool(seen)) if group_id else VisitGroup(visit=visit)
    if group_id:
        wanted = {"name": name, "members": sorted(members)}
        _require_seen(group_values(group), wanted, seen, removed=group.removed_at)
    same_name = visit.groups.filter(removed_at=None, name__iexact=name).exclude(pk=group.pk)
    if same_name.exists():
        raise NotReady(f"There is already a group called {name}.", code="group_name_taken")
    group.name, group.removed_at = name, None
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


def _require_seen(now: dict[str, Any], wanted: dict[str, Any], seen: str, *, removed: datetime | None) -> None:
    """Refuse to save over what the writer has not seen. What says the same already is no loss."""
    if seen and seen != mark_of_place(now, removed=removed) and (removed or now != wanted):
        raise StaleText(version=0, texts={}, by="", at=None)


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
