"""A day of the programme as a timetable: a column for each group, a row for each time at which something changes.

Pure. Slots that overlap stand in one cell, so that a clash is seen and nothing is hidden.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from visits.queries.programme import Day, Programme, ProgrammeSlot
    from visits.queries.remarks import Remark


@dataclass(frozen=True, slots=True)
class ShownSlot:
    """A slot with what is to be said about it. `is_changed`: since the reader last looked."""

    slot: ProgrammeSlot
    clashes: tuple[str, ...] = ()
    is_incomplete: bool = False
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the table; no slots means free time."""

    slots: tuple[ShownSlot, ...] = ()
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """What begins at one time."""

    time: datetime
    cells: tuple[Cell, ...]

    @property
    def is_end(self) -> bool:
        """Whether something only ends here."""
        return not any(cell.slots for cell in self.cells)


@dataclass(frozen=True, slots=True)
class DayTable:
    """One day. `rows` is empty in a visit without groups: then `slots` is read as a list."""

    date: date
    number: int | None
    is_outside: bool
    slots: tuple[ShownSlot, ...]
    rows: tuple[Row, ...]


def day_tables(
    programme: Programme, *, clashes: Iterable[Remark] = (), gaps: Iterable[Remark] = (), seen: int | None = None
) -> list[DayTable]:
    """All days of a programme. `seen` is the version that the reader has seen; None marks nothing as changed."""
    said: dict[int, dict[str, None]] = defaultdict(dict)  # each sentence once, in order
    for remark in clashes:
        for slot in remark.slots:
            said[slot][remark.short] = None
    open_slots = {slot for remark in gaps for slot in remark.slots}
    shown = {
        slot.id: ShownSlot(slot, tuple(said[slot.id]), slot.id in open_slots, seen is not None and slot.version > seen)
        for slot in programme.slots
    }
    lanes = [group.id for group in programme.groups]
    return [_day(day, shown, lanes) for day in programme.days]


def _day(day: Day, shown: dict[int, ShownSlot], lanes: Sequence[int]) -> DayTable:
    slots = tuple(shown[slot.id] for slot in day.slots)
    return DayTable(day.date, day.number, day.is_outside, slots, tuple(_rows(slots, lanes)) if lanes else ())


def _rows(slots: tuple[ShownSlot, ...], lanes: Sequence[int]) -> list[Row]:
    """The table's rows: one for each stretch between two times at which something begins or ends."""
    blocks = _blocks(slots, lanes)
    times = sorted({time for block in blocks for time in (block.starts, block.ends)})
    busy = [time for time in times[:-1] if any(block.starts <= time < block.ends for block in blocks)]
    return [Row(time, tuple(_cells(time, busy, blocks, lanes))) for time in busy]


@dataclass(slots=True)
class _Block:
    """Slots that overlap, in one lane or (lane None) across all of them."""

    lane: int | None
    slots: list[ShownSlot]

    @property
    def starts(self) -> datetime:
        return min(shown.slot.starts for shown in self.slots)

    @property
    def ends(self) -> datetime:
        return max(shown.slot.ends for shown in self.slots)

    def touches(self, other: _Block) -> bool:
        """Whether both would need the same fields of the table."""
        same_lane = self.lane == other.lane or self.lane is None or other.lane is None
        return same_lane and self.starts < other.ends and other.starts < self.ends


def _blocks(slots: Iterable[ShownSlot], lanes: Sequence[int]) -> list[_Block]:
    """Join what overlaps until every block has its fields for itself. A slot of a removed group goes across."""
    blocks = [_Block(shown.slot.group_id if shown.slot.group_id in lanes else None, [shown]) for shown in slots]
    while pair := _touching(blocks):
        one, other = pair
        one.slots += other.slots
        one.lane = one.lane if one.lane == other.lane else None
        blocks.remove(other)
    return blocks


def _touching(blocks: list[_Block]) -> tuple[_Block, _Block] | None:
    """The first two blocks that are in each other's way."""
    return next(
        ((one, other) for place, one in enumerate(blocks) for other in blocks[place + 1 :] if one.touches(other)), None
    )


def _cells(time: datetime, busy: list[datetime], blocks: list[_Block], lanes: Sequence[int]) -> Iterable[Cell]:
    """The fields that begin in one row; a block that began earlier reaches down into it."""
    across = next((block for block in blocks if block.lane is None and block.starts <= time < block.ends), None)
    if across:
        if across.starts == time:
            yield _cell(across, busy, columns=len(lanes))
        return
    for lane in lanes:
        block = next((found for found in blocks if found.lane == lane and found.starts <= time < found.ends), None)
        if block is None:
            yield Cell()
        elif block.starts == time:
            yield _cell(block, busy, columns=1)


def _cell(block: _Block, busy: list[datetime], *, columns: int) -> Cell:
    rows = sum(block.starts <= time < block.ends for time in busy)
    order = sorted(block.slots, key=lambda shown: (shown.slot.starts, shown.slot.id))
    return Cell(tuple(order), columns, rows)
