"""The programme of a visit in a document: the picture of all days, the timetable of each, and without any name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.rendering import charts
from reports.rendering.compose.parts import language_words
from reports.rendering.model import Chart, Column, Day, Fact, Facts, Slot, Table
from visits.enums import SLOTS_WITH_PEOPLE, SlotKind, SourceGroup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visits.queries.programme import Day as ProgrammeDay
    from visits.queries.programme import Programme, ProgrammeSlot

MOST_STRIPS = 14
_LABEL = 17
"""Signs that fit before a strip."""


def at_a_glance(programme: Programme) -> tuple[Chart, ...]:
    """Draw the visit as strips, one a day, or one a day and group while that stays readable."""
    if not programme.slots:
        return ()
    strips = list(_strips(programme))
    if len(strips) > MOST_STRIPS:
        strips = [charts.Strip(_day_label(day), tuple(map(_span, day.slots))) for day in programme.days]
    words = [(kind.value, kind.label) for kind in SlotKind]
    return (Chart(charts.timetable(strips, words=words), "The visit at a glance."),)


def _strips(programme: Programme) -> Iterator[charts.Strip]:
    for day in programme.days:
        if not programme.groups:
            yield charts.Strip(_day_label(day), tuple(map(_span, day.slots)))
            continue
        for group in programme.groups:
            own = tuple(_span(slot) for slot in day.slots if slot.group_id in {None, group.id})
            if own:
                yield charts.Strip(f"{_day_label(day)} {group.name}"[:_LABEL], own)


def _day_label(day: ProgrammeDay) -> str:
    return f"{day.date:%a %-d %b}"


def _span(slot: ProgrammeSlot) -> charts.Span:
    starts = slot.starts.hour * 60 + slot.starts.minute
    return charts.Span(starts, min(starts + slot.minutes, 24 * 60), slot.kind, slot.title)


def timetables(programme: Programme, *, anchor: str) -> tuple[Day, ...]:
    """Return one timetable a day. Whoever may not see the private slots gets a programme that masks them."""
    return tuple(
        Day(
            label=f"{day.date:%A %-d %B %Y}",
            slots=tuple(_slot(slot, has_groups=bool(programme.groups)) for slot in day.slots),
            zone=programme.time_zone.rpartition("/")[2].replace("_", " "),
            anchor=f"{anchor}-d{place}",
        )
        for place, day in enumerate(programme.days, start=1)
    )


def _slot(slot: ProgrammeSlot, *, has_groups: bool) -> Slot:
    return Slot(
        starts=f"{slot.starts:%H:%M}",
        ends=f"{slot.ends:%H:%M}",
        title=slot.title,
        kind=slot.kind,
        place=slot.where,
        groups=(slot.group or "Everybody") if has_groups else "",
        people=people_words(slot),
        lead=slot.lead,
        note_taker=slot.note_taker,
        language=language_words(slot.language, is_interpreted=slot.is_interpreted),
        remark=slot.remarks,
        is_private=slot.is_private,
    )


def people_words(slot: ProgrammeSlot) -> str:
    """Say who is met, by group, one line each: `Parents and families: 6`."""
    return "\n".join(f"{met.label}: {met.count}" for met in slot.people)


def without_names(programme: Programme) -> tuple[Table, ...]:
    """Return the programme as the report prints it: what and with which groups, never who led or where exactly."""
    columns = (Column("Time", 15), Column("What", 40), Column("Whom the team met"))
    return tuple(
        Table(
            columns,
            tuple((f"{slot.starts:%H:%M}", _public_title(slot), people_words(slot)) for slot in day.slots),
            f"{day.date:%A %-d %B %Y}",
        )
        for day in programme.days
    )


def _public_title(slot: ProgrammeSlot) -> str:
    return "\n".join(part for part in (slot.title, slot.site) if part)


def numbers_of(programme: Programme) -> Facts:
    """Count the visit: days, sites, talks, people met."""
    talks = [slot for slot in programme.slots if slot.kind in SLOTS_WITH_PEOPLE]
    counted = (
        ("Days", len(programme.days)),
        ("Host sites", len(programme.sites)),
        ("Talks and site visits", len(talks)),
        ("People met", sum(slot.people_met for slot in programme.slots)),
    )
    return Facts(tuple(Fact(term, str(number)) for term, number in counted if number))


def people_met_in(programme: Programme) -> tuple[charts.Counted, ...]:
    """Count the people met by source group, in the order of the groups."""
    counts = dict.fromkeys(SourceGroup, 0)
    for slot in programme.slots:
        for met in slot.people:
            counts[SourceGroup(met.group)] += met.count
    return tuple(charts.Counted(group.value, str(group.label), count) for group, count in counts.items() if count)
