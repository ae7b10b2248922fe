"""The rows and cells of an HTML table. Ours have no cells that span others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FACTS = (0.3, 0.7)
"""Terms and values."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cells, and how many rows head it."""

    rows: tuple[tuple[HtmlElement, ...], ...]
    heads: int
    caption: HtmlElement | None

    @property
    def shares(self) -> list[float]:
        """How much of the width each column takes, in parts of one: as its head says, and what is left is shared."""
        told = [_share(cell) for cell in self.rows[0]] + [0.0] * (self.width - len(self.rows[0]))
        if not self.heads and self.width == len(_FACTS):
            return list(_FACTS)
        free = max(1 - sum(told), 0.1) / max(told.count(0.0), 1)
        shares = [share or free for share in told]
        return [share / sum(shares) for share in shares]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max(len(row) for row in self.rows)


def _share(cell: HtmlElement) -> float:
    """Read the class that gives a column its width: `doc-w-22`."""
    numbers = [name.removeprefix("doc-w-") for name in (cell.get("class") or "").split() if name.startswith("doc-w-")]
    return next((int(number) / 100 for number in numbers if number.isdecimal()), 0.0)


def grid_of(element: HtmlElement) -> Grid:
    """Read a table."""
    rows = [row for row in element.iter("tr") if next(row.iterancestors("table")) is element]
    heads = sum(row.getparent() is not None and row.getparent().tag == "thead" for row in rows)
    cells = tuple(tuple(row.iterchildren("th", "td")) for row in rows)
    return Grid(tuple(row for row in cells if row), heads, next(element.iterchildren("caption"), None))
