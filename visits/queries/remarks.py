"""What in a programme cannot work, what is missing, and what to think of. Pure: reads a Programme, asks nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from visits.enums import SLOTS_WITH_PEOPLE, SourceGroup
from visits.queries.programme import minutes_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visits.queries.programme import Group, Programme, ProgrammeSlot

TRAVEL_MINUTES = 15
INTERPRETED_MINUTES = 60
SMALL_GROUP = 5
"""A group of fewer people can be recognised by what was said (docs/method.md)."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about the programme, with the slots that it is about.

    `code` is stable, for tests; `short` is the sentence where the slot's own title and time stand beside it.
    """

    code: str
    text: str
    slots: tuple[int, ...] = ()
    short: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many people of one source group are met, and in how many slots."""

    group: str
    label: str
    people: int
    slots: int

    @property
    def is_small(self) -> bool:
        """Whether so few are met that they can be recognised."""
        return 0 < self.people < SMALL_GROUP


def clashes(programme: Programme) -> list[Remark]:
    """What cannot happen: one person, one group or one room in two slots at the same time."""
    return [found for one, other in _overlaps(programme.slots) for found in _clashes_of(one, other)]


def gaps(programme: Programme) -> list[Remark]:
    """What is missing before the programme can be frozen: in each talk who leads, who notes, and where it is.

    Nothing is led or noted by somebody who has left the team.
    """
    return [found for slot in programme.slots for found in _gaps_of(slot)]


def hints(programme: Programme) -> list[Remark]:
    """What to think of; nothing of it stops the programme."""
    return [
        *(found for slot in programme.slots for found in _hints_of(slot)),
        *_outside(programme),
        *_journeys(programme),
        *_lonely_groups(programme),
        *_small_groups(programme),
    ]


def coverage(programme: Programme) -> list[Coverage]:
    """People and slots of every source group, also of those that nobody meets yet."""
    people: Counter[str] = Counter()
    slots: Counter[str] = Counter()
    for slot in programme.slots:
        for met in slot.people:
            people[met.group] += met.count
            slots[met.group] += 1
    return [Coverage(group.value, group.label, people[group.value], slots[group.value]) for group in SourceGroup]


def _overlaps(slots: Iterable[ProgrammeSlot]) -> Iterator[tuple[ProgrammeSlot, ProgrammeSlot]]:
    """Every two slots that share some time."""
    return (
        (one, other) for one, other in combinations(slots, 2) if one.starts < other.ends and other.starts < one.ends
    )


def _clashes_of(one: ProgrammeSlot, other: ProgrammeSlot) -> Iterator[Remark]:
    both, when = (one.id, other.id), f"{_when(other)}"
    named = f"“{one.title}” and “{other.title}”"
    same_group = one.group_id == other.group_id or one.is_for_all or other.is_for_all
    if same_group:
        who = one.group or other.group or "The team"
        yield Remark(
            "group_twice", f"{who} is in two slots at once, {when}: {named}.", both, f"{who} is in two slots at once"
        )
    for name in sorted(_busy(one) & _busy(other)):
        if not same_group:
            text = f"{name[1]} is in two places at once, {when}: {named}."
            yield Remark("person_twice", text, both, f"{name[1]} is also somewhere else")
    if not same_group and one.where and (one.site_id, _plain(one.place)) == (other.site_id, _plain(other.place)):
        yield Remark("place_twice", f"{one.where} is used twice, {when}: {named}.", both, f"{one.where} is used twice")


def _busy(slot: ProgrammeSlot) -> set[tuple[int, str]]:
    """Who leads or notes: (id, name)."""
    people = ((slot.lead_id, slot.lead), (slot.note_taker_id, slot.note_taker))
    return {(pk, name) for pk, name in people if pk}


def _plain(place: str) -> str:
    return " ".join(place.casefold().split())


def _gaps_of(slot: ProgrammeSlot) -> Iterator[Remark]:
    for name in slot.has_left:
        text = f"“{slot.title}”, {_when(slot)}: {name} is no longer in the team. Choose somebody else."
        yield Remark("left", text, (slot.id,))
    missing = [
        word
        for word, is_there in (
            ("who leads", slot.lead_id),
            ("who takes notes", slot.note_taker_id),
            ("the place", slot.where),
        )
        if not is_there
    ]
    if missing and slot.kind in SLOTS_WITH_PEOPLE:
        yield Remark("unassigned", f"“{slot.title}”, {_when(slot)}: {_listed(missing)} still open.", (slot.id,))


def _hints_of(slot: ProgrammeSlot) -> Iterator[Remark]:
    if slot.kind in SLOTS_WITH_PEOPLE and not slot.people:
        yield Remark("nobody_met", f"“{slot.title}”, {_when(slot)}: say whom you meet, and how many.", (slot.id,))
    if slot.lead_id and slot.lead_id == slot.note_taker_id:
        text = f"“{slot.title}”, {_when(slot)}: {slot.lead} leads and takes notes. A pair hears more."
        yield Remark("alone", text, (slot.id,))
    if slot.is_interpreted and slot.minutes < INTERPRETED_MINUTES:
        text = (
            f"“{slot.title}”, {_when(slot)}: {slot.minutes} minutes with an interpreter. "
            "Interpreting takes about twice the time: plan an hour or more."
        )
        yield Remark("interpreted_short", text, (slot.id,))


def _outside(programme: Programme) -> Iterator[Remark]:
    """Slots on days that do not belong to the visit; the evening before does."""
    start, end = programme.visit_start, programme.visit_end
    if not start or not end:
        return
    for slot in programme.slots:
        if not start - timedelta(days=1) <= slot.day <= end:
            yield Remark("outside", f"“{slot.title}”, {_when(slot)}, is outside the dates of the visit.", (slot.id,))


def _journeys(programme: Programme) -> list[Remark]:
    """Two sites after each other without time to get from one to the other; once for each such pair."""
    found: dict[tuple[int, int], Remark] = {}
    lanes: list[int | None] = [*(group.id for group in programme.groups)] or [None]
    for group in lanes:
        way = [slot for slot in programme.slots if slot.group_id in {group, None} and slot.site_id]
        for one, other in pairwise(way):
            minutes = minutes_between(one.ends, other.starts)
            if one.site_id != other.site_id and 0 <= minutes < TRAVEL_MINUTES:
                text = f"From {one.site} to {other.site} there are {minutes} minutes, {_when(other)}."
                found[one.id, other.id] = Remark("no_travel", text, (one.id, other.id))
    return list(found.values())


def _lonely_groups(programme: Programme) -> Iterator[Remark]:
    for group in programme.groups:
        if not group.members:
            yield Remark("empty_group", f"{group.name} has no members yet.")


def _small_groups(programme: Programme) -> Iterator[Remark]:
    for row in coverage(programme):
        if row.is_small:
            text = (
                f"{row.label}: {row.people} in all. Among fewer than {SMALL_GROUP} people, readers may recognise who "
                "said what: meet more, or write with care."
            )
            yield Remark("small_group", text)


def sites_of_group(programme: Programme, group: Group) -> set[int]:
    """The host sites to which a group goes."""
    return {slot.site_id for slot in programme.slots if slot.site_id and slot.group_id in {group.id, None}}


def _when(slot: ProgrammeSlot) -> str:
    return f"{slot.starts:%A %-d %B, %H:%M}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
