"""The programme of a visit as plain, frozen values: read by the page, the handbook and the calendars."""

from __future__ import annotations

import zoneinfo
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, starmap
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from reviews.enums import TEAM_ROLES, Role
from reviews.models import Membership
from visits.enums import ONE_OF, PRIVATE_SLOTS, SlotKind, SourceGroup, VisitStatus
from visits.models import Slot, SlotPerson, StudyVisit, VisitGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import User
    from reviews.models import Case


def minutes_between(first: datetime, last: datetime) -> int:
    """The real minutes between two moments.

    Python subtracts two times of one zone by the clock on the wall: wrong when the clocks change in between.
    """
    return int((last.astimezone(UTC) - first.astimezone(UTC)) / timedelta(minutes=1))


MASKED_TITLE = "Team, private"


@dataclass(frozen=True, slots=True)
class Met:
    """People met in a slot: the group they speak for, never names. `group` is a SourceGroup value."""

    group: str
    label: str
    count: int

    @property
    def words(self) -> str:
        """`8 parents and families`, `1 politician`; abbreviations such as NGOs stay as they are."""
        if self.count == 1:
            return f"1 {ONE_OF[self.group]}"
        label = self.label if self.label[1:2].isupper() else f"{self.label[:1].lower()}{self.label[1:]}"
        return f"{self.count} {label}"


@dataclass(frozen=True, slots=True)
class Site:
    """A host site."""

    id: int
    name: str
    address: str = ""
    description: str = ""
    contact: str = ""
    access_note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of critical friends that goes together; `members` are (id, name)."""

    id: int
    name: str
    members: tuple[tuple[int, str], ...]

    @property
    def names(self) -> str:
        """The members in one line."""
        return ", ".join(name for _, name in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeSlot:
    """One entry. `starts` and `ends` are aware, in the visit's zone. `group` is empty for everybody.

    `is_masked`: the reader only learns that the team is busy and where (the host books the room).
    `version` is the programme's version in which it last changed. `has_left` names who leads or notes, but is no
    longer in the team; a visit that was held keeps them as they were.
    """

    id: int
    kind: str
    kind_label: str
    title: str
    starts: datetime
    ends: datetime
    group_id: int | None = None
    group: str = ""
    site_id: int | None = None
    site: str = ""
    address: str = ""
    place: str = ""
    language: str = ""
    is_interpreted: bool = False
    lead_id: int | None = None
    lead: str = ""
    note_taker_id: int | None = None
    note_taker: str = ""
    remarks: str = ""
    people: tuple[Met, ...] = ()
    has_left: tuple[str, ...] = ()
    version: int = 1
    is_private: bool = False
    is_masked: bool = False

    @property
    def day(self) -> date:
        """The day on which it starts, in the visit's zone."""
        return self.starts.date()

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return minutes_between(self.starts, self.ends)

    @property
    def is_for_all(self) -> bool:
        """Whether the whole team takes part."""
        return self.group_id is None

    @property
    def people_met(self) -> int:
        """How many people are met."""
        return sum(met.count for met in self.people)

    @property
    def met_words(self) -> str:
        """Whom one meets, in one line."""
        return "; ".join(met.words for met in self.people)

    @property
    def where(self) -> str:
        """Site and place in one line."""
        return ", ".join(part for part in (self.site, self.place) if part)


@dataclass(frozen=True, slots=True)
class Day:
    """One day. `number` counts from 1 on the first day of the visit, and is 0 on the day before.

    It is None on days that are farther before, and without visit dates.
    """

    date: date
    number: int | None
    is_outside: bool
    slots: tuple[ProgrammeSlot, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole programme, as one reader may see it."""

    visit_id: int
    status: str
    status_label: str
    time_zone: str
    working_language: str
    practical: str
    version: int
    changed_at: datetime
    visit_start: date | None
    visit_end: date | None
    days: tuple[Day, ...]
    groups: tuple[Group, ...]
    sites: tuple[Site, ...]

    @property
    def slots(self) -> tuple[ProgrammeSlot, ...]:
        """All slots, in order of time."""
        return tuple(slot for day in self.days for slot in day.slots)

    def only(self, slots: Iterable[ProgrammeSlot]) -> Programme:
        """The same programme with only these slots, as a list for one reader: without columns for groups."""
        kept = {slot.id for slot in slots}
        days = (replace(day, slots=tuple(slot for slot in day.slots if slot.id in kept)) for day in self.days)
        return replace(self, days=tuple(day for day in days if day.slots), groups=())


def visit_in(case: Case) -> StudyVisit | None:
    """The study visit of a case, whose `visit.case` is this case; None before the proposal was accepted."""
    found: StudyVisit | None = getattr(case, "study_visit", None)
    return found


def programme(visit: StudyVisit, *, for_host: bool) -> Programme:
    """The programme of a visit in its own time zone; `for_host` masks what the team keeps to itself.

    Five queries, however long it is, if `visit.case` is loaded.
    """
    zone = zoneinfo.ZoneInfo(visit.time_zone)
    slots = _slots(visit, zone, for_host=for_host)
    start, end = visit.case.visit_start, visit.case.visit_end
    return Programme(
        visit_id=visit.pk,
        status=visit.status,
        status_label=visit.get_status_display(),
        time_zone=visit.time_zone,
        working_language=visit.working_language,
        practical=visit.practical,
        version=visit.version,
        changed_at=visit.changed_at,
        visit_start=start,
        visit_end=end,
        days=tuple(_day(day, tuple(found), start, end) for day, found in groupby(slots, key=lambda slot: slot.day)),
        groups=_groups(visit),
        sites=tuple(starmap(Site, visit.sites.filter(removed_at=None).values_list(*_OF_SITE))),
    )


def slots_of_person(programme: Programme, user: User) -> tuple[ProgrammeSlot, ...]:
    """One person's own way through the visit: what they lead or note, what their group does, and what all do.

    In a visit without groups, or for somebody in none, that is everything that all do and what they lead or note.
    """
    mine = {group.id for group in programme.groups if user.pk in {member for member, _ in group.members}}
    return tuple(
        slot
        for slot in programme.slots
        if slot.is_for_all or slot.group_id in mine or user.pk in {slot.lead_id, slot.note_taker_id}
    )


_OF_SITE = ("pk", "name", "address", "description", "contact", "access_note")
_OF_SLOT = (
    *("pk", "kind", "title", "starts_at", "ends_at", "place", "language", "is_interpreted", "remarks", "version"),
    *("group_id", "group__name", "site_id", "site__name", "site__address"),
    *("lead_id", "lead__name", "note_taker_id", "note_taker__name"),
)


def _slots(visit: StudyVisit, zone: zoneinfo.ZoneInfo, *, for_host: bool) -> list[ProgrammeSlot]:
    """The slots that stand, for one reader. Two queries, of values: models would take five times as long."""
    team = Membership.objects.filter(case=visit.case_id, role__in=TEAM_ROLES)
    found = Slot.objects.filter(visit=visit, removed_at=None).annotate(
        lead_stays=Exists(team.filter(user=OuterRef("lead"))),
        note_taker_stays=Exists(team.filter(user=OuterRef("note_taker"))),
    )
    rows = list(found.values(*_OF_SLOT, "lead_stays", "note_taker_stays"))
    met: dict[int, list[Met]] = defaultdict(list)
    people = SlotPerson.objects.filter(slot__visit=visit) if rows else SlotPerson.objects.none()
    for slot_id, group, count in people.values_list("slot_id", "source_group", "count"):
        met[slot_id].append(Met(group, SourceGroup(group).label, count))
    is_held = visit.status == VisitStatus.HELD
    slots = [_slot(row, tuple(met[row["pk"]]), zone, is_held=is_held) for row in rows]
    return [_masked(slot) if for_host and slot.is_private else slot for slot in slots]


def _slot(row: dict[str, Any], people: tuple[Met, ...], zone: zoneinfo.ZoneInfo, *, is_held: bool) -> ProgrammeSlot:
    return ProgrammeSlot(
        id=row["pk"],
        kind=row["kind"],
        kind_label=SlotKind(row["kind"]).label,
        title=row["title"],
        starts=row["starts_at"].astimezone(zone),
        ends=row["ends_at"].astimezone(zone),
        group_id=row["group_id"],
        group=row["group__name"] or "",
        site_id=row["site_id"],
        site=row["site__name"] or "",
        address=row["site__address"] or "",
        place=row["place"],
        language=row["language"],
        is_interpreted=row["is_interpreted"],
        lead_id=row["lead_id"],
        lead=row["lead__name"] or "",
        note_taker_id=row["note_taker_id"],
        note_taker=row["note_taker__name"] or "",
        remarks=row["remarks"],
        people=people,
        has_left=() if is_held else _has_left(row),
        version=row["version"],
        is_private=row["kind"] in PRIVATE_SLOTS,
    )


def _has_left(row: dict[str, Any]) -> tuple[str, ...]:
    """Who leads or notes without being in the team any more, each once."""
    left = (row[f"{part}__name"] for part in ("lead", "note_taker") if row[f"{part}_id"] and not row[f"{part}_stays"])
    return tuple(dict.fromkeys(left))


def _masked(slot: ProgrammeSlot) -> ProgrammeSlot:
    """What the host learns of a private slot: when, where and which group."""
    return replace(
        slot,
        kind=SlotKind.TEAM,
        kind_label=SlotKind.TEAM.label,
        title=MASKED_TITLE,
        language="",
        is_interpreted=False,
        lead_id=None,
        lead="",
        note_taker_id=None,
        note_taker="",
        remarks="",
        people=(),
        has_left=(),
        is_masked=True,
    )


def _day(day: date, slots: tuple[ProgrammeSlot, ...], start: date | None, end: date | None) -> Day:
    """One day with its number in the visit."""
    number = (day - start).days + 1 if start else -1
    return Day(day, number if number >= 0 else None, bool(start and end and not start <= day <= end), slots)


def _groups(visit: StudyVisit) -> tuple[Group, ...]:
    """The groups that stand, each with its members by name, without those who have left the team. Two queries."""
    rows = list(visit.groups.filter(removed_at=None).values_list("pk", "name"))
    members: dict[int, list[tuple[str, int]]] = defaultdict(list)
    within = VisitGroup.members.through.objects.filter(visitgroup__in=[pk for pk, _ in rows])
    if visit.status != VisitStatus.HELD:
        team = Membership.objects.filter(case=visit.case_id, role__in=TEAM_ROLES)
        within = within.filter(user__in=team.values("user"))
    for group_id, name, user_id in within.values_list("visitgroup_id", "user__name", "user_id"):
        members[group_id].append((name, user_id))
    return tuple(Group(pk, name, tuple((user, who) for who, user in sorted(members[pk]))) for pk, name in rows)


def who_opens_again(visit: StudyVisit) -> str:
    """The sentence for everybody who would like to change a frozen programme. One query at most."""
    if visit.status == VisitStatus.HELD:
        return "The visit has taken place: the programme stays as it was."
    lead = Membership.objects.filter(case=visit.case_id, role=Role.LEAD).select_related("user").first()
    who = f"{lead.user.name}, the review lead," if lead else "The review lead"
    return f"The programme is frozen, so that everybody has the same plan. {who} or the secretariat can open it again."


def slot_url(case: Case, slot_id: int) -> str:
    """The address of a slot's form."""
    return reverse("visits:slot", args=(case.slug, slot_id))
