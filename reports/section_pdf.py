"""Which pages of a finished working draft show a section: the anchors of its chapters say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from people.errors import NotThere, StorageAway

if TYPE_CHECKING:
    from reports.models import Document, ReportSection

_CHAPTER = re.compile(r"s\d+")
_TOP = 0.8
"""A chapter that begins higher than this part of the page has the page for itself."""


@dataclass(frozen=True, slots=True)
class SectionPages:
    """The pages to show, and how many the whole draft has. `is_whole` also when the section is not in it."""

    numbers: range
    total: int
    is_whole: bool


class _Start(NamedTuple):
    """Where a chapter begins: page from 1, and how far down (0 top, 1 bottom)."""

    page: int
    depth: float
    anchor: str


def pages_of(document: Document, row: ReportSection, *, whole: bool = False) -> SectionPages:
    """Return the pages of a section in a finished draft; all of them when it is not in the draft.

    Raises NotThere when the storage has lost the file.
    """
    try:
        with document.file.open("rb") as file, pikepdf.open(BytesIO(file.read())) as pdf:
            starts, total = _starts(pdf), len(pdf.pages)
    except StorageAway:
        raise
    except (OSError, ValueError, pikepdf.PdfError) as problem:
        raise NotThere("The file of this draft is gone. Ask for the pages again.") from problem
    here = next((at for at, start in enumerate(starts) if start.anchor == f"s{row.position}"), None)
    if whole or here is None:
        return SectionPages(range(1, total + 1), total, is_whole=True)
    first, last = starts[here].page, total
    if here + 1 < len(starts):
        after = starts[here + 1]
        last = after.page if after.depth > 1 - _TOP else after.page - 1
    return SectionPages(range(first, max(first, last) + 1), total, is_whole=False)


def _starts(pdf: pikepdf.Pdf) -> list[_Start]:
    """The places of all chapters, in their order."""
    numbers = {page.obj.objgen: (number, float(page.MediaBox[3])) for number, page in enumerate(pdf.pages, start=1)}
    found = []
    for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items():
        anchor = str(name)
        if _CHAPTER.fullmatch(anchor):
            number, high = numbers[place[0].objgen]
            found.append(_Start(number, 1 - float(place[3]) / high, anchor))
    return sorted(found)
