"""The programme, slot by slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotThere, StaleText
from reviews.enums import TEAM_ROLES
from reviews.models import Membership
from visits.actions.places import restore_group, restore_site
from visits.actions.visits import OpenProgramme, open_programme, programme_changed
from visits.enums import PRIVATE_SLOTS
from visits.models import Slot, SlotPerson

if TYPE_CHECKING:
    from datetime import date

    from people.models import User
    from reviews.models import Case
    from visits.models import StudyVisit

MOST_DAYS = 800  # a slot or programme is not moved farther


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotValues:
    """What somebody filled in. Times are aware; `met` maps source groups to numbers of people."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    group_id: int | None = None
    site_id: int | None = None
    place: str = ""
    language: str = ""
    is_interpreted: bool = False
    lead_id: int | None = None
    note_taker_id: int | None = None
    remarks: str = ""
    met: tuple[tuple[str, int], ...] = ()


@transaction.atomic
def add_slot(case: Case, *, by: User, values: SlotValues) -> Slot:
    """Put a slot into the programme. The same form sent twice gives one slot.

    Effects: lock, permit, refuse ids of other cases, store with the people met, count the change.
    """
    programme = open_programme(case, by=by)
    _check(programme, values)
    if same := _same(programme.visit, values):
        return same
    slot = Slot(visit=programme.visit)
    _store(slot, values, version=programme_changed(programme.visit, by=by), by=by)
    return slot


@transaction.atomic
def change_slot(case: Case, slot_id: int, *, by: User, values: SlotValues, version: int) -> Slot:
    """Change a slot. Whoever has read that it was removed (its version says so) puts it back by saving.

    Raises NotThere, and StaleText when somebody else saved or removed it since `version`.
    """
    programme = open_programme(case, by=by)
    slot = _slot_in(programme, slot_id, also_removed=True)
    _check(programme, values)
    if slot.version != version:
        if _says_already(slot, values):
            return slot
        raise StaleText(version=slot.version, texts=_told(slot), by=str(slot.changed_by or ""), at=None)
    _store(slot, values, version=programme_changed(programme.visit, by=by), by=by)
    return slot


@transaction.atomic
def move_slot(case: Case, slot_id: int, *, by: User, days: int, version: int) -> Slot:
    """Move a slot by whole days; its hours on the clock stay, also over a change of the clocks.

    Raises AlreadyDone when the slot changed since `version`: a second click moves nothing.
    """
    programme = open_programme(case, by=by)
    slot = _slot_in(programme, slot_id)
    if slot.version != version:
        raise AlreadyDone("This slot has already been moved or changed. The page shows where it stands now.")
    _shift(slot, days, ZoneInfo(programme.visit.time_zone))
    slot.version, slot.changed_by = programme_changed(programme.visit, by=by), by
    slot.save()
    return slot


@transaction.atomic
def move_programme(case: Case, *, by: User, first_day: date) -> int:
    """Move all slots by the same number of days, so that the first one is on `first_day`; returns the days.

    For a review whose visit was postponed: the plan is kept, only the dates change.
    """
    programme = open_programme(case, by=by)
    slots = list(Slot.objects.filter(visit=programme.visit, removed_at=None))
    zone = ZoneInfo(programme.visit.time_zone)
    days = (first_day - min(slot.starts_at for slot in slots).astimezone(zone).date()).days if slots else 0
    if not days:
        return 0
    version = programme_changed(programme.visit, by=by)
    for slot in slots:
        _shift(slot, days, zone)
        slot.version, slot.changed_by = version, by
    Slot.objects.bulk_update(slots, ["starts_at", "ends_at", "version", "changed_by"])
    return days


@transaction.atomic
def remove_slot(case: Case, slot_id: int, *, by: User) -> Slot:
    """Take a slot out of the programme; its notes and people stay with it, and it can be put back."""
    return _set_removed(case, slot_id, by=by, is_removed=True)


@transaction.atomic
def restore_slot(case: Case, slot_id: int, *, by: User) -> Slot:
    """Put a removed slot back, with the site and the group it needs, if those were removed after it."""
    slot = _set_removed(case, slot_id, by=by, is_removed=False)
    if slot.site and slot.site.removed_at:
        restore_site(case, slot.site.pk, by=by)
    if slot.group and slot.group.removed_at:
        restore_group(case, slot.group.pk, by=by)
    return slot


def _set_removed(case: Case, slot_id: int, *, by: User, is_removed: bool) -> Slot:
    programme = open_programme(case, by=by)
    slot = _slot_in(programme, slot_id, also_removed=True)
    if (slot.removed_at is not None) != is_removed:
        slot.removed_at = timezone.now() if is_removed else None
        slot.version, slot.changed_by = programme_changed(programme.visit, by=by), by
        slot.save()
    return slot


def _slot_in(programme: OpenProgramme, slot_id: int, *, also_removed: bool = False) -> Slot:
    """A slot of this programme that this person may change; the team's private ones are not the host's."""
    found = Slot.objects.filter(visit=programme.visit, pk=slot_id).select_related("changed_by").first()
    if found is None or (found.removed_at and not also_removed):
        raise NotThere
    if found.is_private and programme.seat.is_host:
        raise NotThere
    return found


def _check(programme: OpenProgramme, values: SlotValues) -> None:
    """Refuse what belongs to another case, people who are not in the team, and private slots made by the host."""
    visit = programme.visit
    for rows, pk in ((visit.groups, values.group_id), (visit.sites, values.site_id)):
        if pk is not None and not rows.filter(pk=pk, removed_at=None).exists():
            raise NotThere
    people = {pk for pk in (values.lead_id, values.note_taker_id) if pk is not None}
    team = Membership.objects.filter(case=visit.case_id, role__in=TEAM_ROLES, user__in=people)
    if people - set(team.values_list("user_id", flat=True)):
        raise NotThere
    if values.kind in PRIVATE_SLOTS and programme.seat.is_host:
        raise NotThere


def _same(visit: StudyVisit, values: SlotValues) -> Slot | None:
    """The slot that says exactly this already."""
    return Slot.objects.filter(
        visit=visit,
        removed_at=None,
        kind=values.kind,
        title=values.title,
        starts_at=values.starts_at,
        ends_at=values.ends_at,
        group=values.group_id,
    ).first()


def _says_already(slot: Slot, values: SlotValues) -> bool:
    """Whether a slot that stands holds these values: the same form came twice."""
    met = set(slot.people.values_list("source_group", "count"))
    same = all(getattr(slot, name) == getattr(values, name) for name in _FIELDS)
    return slot.removed_at is None and same and met == set(values.met)


def _store(slot: Slot, values: SlotValues, *, version: int, by: User) -> None:
    """Write the slot and the people met in it."""
    for name in _FIELDS:
        setattr(slot, name, getattr(values, name))
    slot.version, slot.changed_by, slot.removed_at = version, by, None
    slot.save()
    slot.people.all().delete()
    SlotPerson.objects.bulk_create(
        SlotPerson(slot=slot, source_group=group, count=count) for group, count in values.met
    )


_FIELDS = (
    *("kind", "title", "starts_at", "ends_at", "group_id", "site_id", "place", "language", "is_interpreted"),
    *("lead_id", "note_taker_id", "remarks"),
)


def _told(slot: Slot) -> dict[str, str]:
    """The stored slot in words, for somebody whose own changes came later."""
    zone = ZoneInfo(slot.visit.time_zone)
    starts, ends = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    return {
        "title": slot.title,
        "date": f"{starts:%-d %B %Y}",
        "time": f"{starts:%H:%M} to {ends:%H:%M}",
        "place": slot.place,
        "remarks": slot.remarks,
    }


def _shift(slot: Slot, days: int, zone: ZoneInfo) -> None:
    """Move by days on the calendar: 09:00 stays 09:00, whatever the clocks did in between."""
    days = max(-MOST_DAYS, min(MOST_DAYS, days))
    slot.starts_at = slot.starts_at.astimezone(zone) + timedelta(days=days)
    slot.ends_at = slot.ends_at.astimezone(zone) + timedelta(days=days)
