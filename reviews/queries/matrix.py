"""The matrix of impact and feasibility, as a picture and as a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.enums import FindingStatus, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reviews.models import Recommendation

LEFT, TOP, WIDE, HIGH = 92, 8, 116, 66
"""Where the first cell stands, and how large each is, in units of the picture."""

_MARK, _IN_A_ROW = 24, 4
_IMPACTS = (Level.HIGH, Level.MEDIUM, Level.LOW)
_FEASIBILITIES = (Level.LOW, Level.MEDIUM, Level.HIGH)


@dataclass(frozen=True, slots=True)
class Mark:
    """One recommendation on the matrix: its number, and the middle of its circle."""

    number: int
    recommendation: Recommendation
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the nine fields. `weight` 0 to 4: how soon one should begin here."""

    impact: Level
    feasibility: Level
    x: int
    y: int
    weight: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The nine fields, row by row from high impact down, and the numbers of those that are not placed yet."""

    rows: tuple[tuple[Cell, ...], ...]
    unplaced: tuple[int, ...]
    words: str

    @property
    def has_marks(self) -> bool:
        """Whether there is anything to draw."""
        return any(cell.marks for row in self.rows for cell in row)


def matrix_of(recommendations: Iterable[Recommendation]) -> Matrix:
    """Place the recommendations that are not dropped; they are numbered in the order given."""
    kept = [found for found in recommendations if found.status != FindingStatus.DROPPED]
    placed: dict[tuple[str, str], list[tuple[int, Recommendation]]] = defaultdict(list)
    unplaced = []
    for number, found in enumerate(kept, start=1):
        if found.impact and found.feasibility:
            placed[found.impact, found.feasibility].append((number, found))
        else:
            unplaced.append(number)
    rows = tuple(
        tuple(_cell(down, across, placed[impact, feasibility]) for across, feasibility in enumerate(_FEASIBILITIES))
        for down, impact in enumerate(_IMPACTS)
    )
    return Matrix(rows, tuple(unplaced), _words(rows))


def _cell(down: int, across: int, found: Sequence[tuple[int, Recommendation]]) -> Cell:
    x, y = LEFT + across * WIDE, TOP + down * HIGH
    marks = tuple(_mark(number, rec, x, y, place, len(found)) for place, (number, rec) in enumerate(found))
    return Cell(_IMPACTS[down], _FEASIBILITIES[across], x, y, (2 - down) + across, marks)


def _mark(number: int, rec: Recommendation, x: int, y: int, place: int, among: int) -> Mark:
    """Set circles in lines of four around the middle of their field."""
    line, column = divmod(place, _IN_A_ROW)
    lines = -(-among // _IN_A_ROW)
    in_line = min(among - line * _IN_A_ROW, _IN_A_ROW)
    return Mark(
        number,
        rec,
        x + WIDE / 2 + (column - (in_line - 1) / 2) * (_MARK + 3),
        y + HIGH / 2 + (line - (lines - 1) / 2) * (_MARK + 3),
    )


def _words(rows: Sequence[Sequence[Cell]]) -> str:
    """The picture in a sentence."""
    said = [
        f"{cell.impact.label} impact and {cell.feasibility.label.lower()} feasibility: "
        + ", ".join(str(mark.number) for mark in cell.marks)
        for row in rows
        for cell in row
        if cell.marks
    ]
    return "; ".join(said)
