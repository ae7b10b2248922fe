"""Approved pages: what somebody looked at and found right, kept as a coarse grid of darkness, one sign a cell.

A cell is 7 mm of an A4 page. Its darkness from 0 to 35, by its root so that grey words on white paper count, is
written as one of `0-9a-z`. That is enough to see that a block has moved or gone, and too little to see how a machine
smooths the edges of letters.

`APPROVE=1 python -m pytest tests/reports/rendering/test_approved.py` approves what is rendered now.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

FOLDER = Path(__file__).parent / "approved"
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
DARKEST = len(SIGNS) - 1
COLUMNS = 30
FINE = 8
"""Pixels of a cell's side while the page is drawn."""
NOTICED = 5
"""Levels by which a cell has to differ to count: smoothing makes up to four at the edges of cells, a line of text that is gone seven."""
MOST_CHANGED = 6
"""Cells of a page that may differ."""


@dataclass(frozen=True)
class Grid:
    """One page as rows of darkness."""

    rows: tuple[str, ...]

    def changed(self, other: Grid) -> list[tuple[int, int]]:
        """Return the cells (column, row) that differ; all when the size does."""
        if [len(row) for row in self.rows] != [len(row) for row in other.rows]:
            return [(x, y) for y, row in enumerate(other.rows) for x in range(len(row))]
        return [
            (x, y)
            for y, (before, after) in enumerate(zip(self.rows, other.rows, strict=True))
            for x, (one, two) in enumerate(zip(before, after, strict=True))
            if abs(SIGNS.index(one) - SIGNS.index(two)) >= NOTICED
        ]


def pictures_of(pdf: bytes, *, fine: int = FINE) -> list[Image.Image]:
    """Draw the pages in grey, with `fine` pixels for a cell."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            page.render(scale=COLUMNS * fine / page.get_width(), grayscale=True).to_pil().convert("L")
            for page in document
        ]


def grid_of(picture: Image.Image) -> Grid:
    """Return the darkness of a page."""
    rows = round(COLUMNS * picture.height / picture.width)
    small = picture.resize((COLUMNS, rows), Image.Resampling.BOX)
    cells = [SIGNS[round(math.sqrt(1 - value / 255) * DARKEST)] for value in small.tobytes()]
    return Grid(tuple("".join(cells[at : at + COLUMNS]) for at in range(0, len(cells), COLUMNS)))


def read(name: str) -> list[Grid]:
    """Return the approved pages of a document."""
    file = FOLDER / f"{name}.txt"
    pages = file.read_text().strip().split("\n\n") if file.exists() else []
    return [Grid(tuple(page.split("\n"))) for page in pages]


def approve(name: str, grids: list[Grid]) -> None:
    """Keep these pages as the approved ones."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.txt").write_text("\n\n".join("\n".join(grid.rows) for grid in grids) + "\n")


def faults(approved: list[Grid], grids: list[Grid]) -> dict[int, list[tuple[int, int]]]:
    """Return the pages (from 1) that differ, each with its cells; page 0 when their number does."""
    if len(approved) != len(grids):
        return {0: []}
    found = {page: one.changed(two) for page, (one, two) in enumerate(zip(approved, grids, strict=True), start=1)}
    return {page: cells for page, cells in found.items() if len(cells) > MOST_CHANGED}


def show(file: Path, approved: Grid | None, picture: Image.Image, cells: list[tuple[int, int]]) -> None:
    """Draw what was approved beside what is there now, with the cells that differ."""
    now = picture.convert("RGB")
    side = now.width / COLUMNS
    pen = ImageDraw.Draw(now)
    for x, y in cells:
        pen.rectangle((x * side, y * side, (x + 1) * side, (y + 1) * side), outline="#c00000", width=2)
    both = Image.new("RGB", (now.width * 2 + 20, now.height), "#808080")
    if approved is not None:
        values = bytes(round(255 * (1 - (SIGNS.index(sign) / DARKEST) ** 2)) for row in approved.rows for sign in row)
        before = Image.frombytes("L", (COLUMNS, len(approved.rows)), values)
        both.paste(before.resize(now.size, Image.Resampling.NEAREST).convert("RGB"), (0, 0))
    both.paste(now, (now.width + 20, 0))
    both.save(file)
