"""Filling an empty programme from a template."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse

from people.errors import AlreadyDone, NotReady, NotThere, Reason
from visits.actions.visits import open_programme, programme_changed
from visits.agendas import AGENDAS, Entry
from visits.models import Slot

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case
    from visits.models import HostSite, StudyVisit, VisitGroup


@transaction.atomic
def fill_programme(case: Case, key: str, *, by: User) -> int:
    """Fill an empty programme with the slots of an agenda, from the first day of the visit; returns how many.

    Each group gets its own slots where the agenda has them, and its sites in turn.

    Raises NotThere for an unknown agenda, AlreadyDone when the programme has slots, NotReady without visit dates.
    """
    if key not in AGENDAS:
        raise NotThere
    visit = open_programme(case, by=by).visit
    if visit.slots.filter(removed_at=None).exists():
        raise AlreadyDone("The programme has slots already. A template fills only an empty programme.")
    first = visit.case.visit_start
    if first is None:
        url = reverse("reviews:deadlines", args=(case.slug,))
        raise NotReady(
            "A template needs the dates of the visit.", reasons=[Reason("Set the dates of the visit", "", url)]
        )
    groups = list(visit.groups.filter(removed_at=None))
    sites = list(visit.sites.filter(removed_at=None))
    version = programme_changed(visit, by=by)
    slots = [
        _slot(visit, entry, first, group=group, site=_site(sites, groups, group, entry.turn), version=version, by=by)
        for entry in AGENDAS[key].entries
        for group in (groups if entry.each and groups else [None])
    ]
    return len(Slot.objects.bulk_create(slots))


def _site(sites: list[HostSite], groups: list[VisitGroup], group: VisitGroup | None, turn: int) -> HostSite | None:
    """The site of a group's first, second … turn: the sites are dealt out like cards."""
    if not sites or not turn:
        return None
    place = groups.index(group) if group else 0
    return sites[(place + (turn - 1) * max(len(groups), 1)) % len(sites)]


def _slot(
    visit: StudyVisit,
    entry: Entry,
    first: date,
    *,
    group: VisitGroup | None,
    site: HostSite | None,
    version: int,
    by: User,
) -> Slot:
    day, zone = first + timedelta(days=entry.day - 1), ZoneInfo(visit.time_zone)
    title = f"{entry.title}: {site.name}" if site and entry.kind == "site_visit" else entry.title
    return Slot(
        visit=visit,
        group=group,
        site=site,
        kind=entry.kind,
        title=title[:200],
        starts_at=datetime.combine(day, time.fromisoformat(entry.start), zone),
        ends_at=datetime.combine(day, time.fromisoformat(entry.end), zone),
        version=version,
        changed_by=by,
    )
