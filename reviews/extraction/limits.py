"""How much a file may ask for, and what passes between child and parent."""

from __future__ import annotations

from typing import Final, NamedTuple

MOST_PAGES: Final = 3000
MOST_SIGNS_A_PAGE: Final = 60_000
MOST_SIGNS: Final = 12_000_000
"""A thousand closely printed pages have four million."""
PART_SIGNS: Final = 3000
"""A file without pages is told in parts of about a page each."""

READ_SECONDS: Final = 200
"""Below the time limit of a task (settings.DOCUMENT_SECONDS), so that the child ends first and its reason is told."""
SILENT_SECONDS: Final = 20
"""Between two pages; below the time after which a sweeper takes a worker for dead."""
PICTURE_SECONDS: Final = 12
MEMORY: Final = 1024 * 1024 * 1024
"""Address space of the child, in bytes."""
MOST_LINE: Final = 1024 * 1024
"""Bytes of one message of the child."""

PICTURE_WIDTH: Final = 1000
"""Pixels: a page of A4 that can be read on a phone and beside a form."""
PICTURE_HEIGHT: Final = 2000
MOST_PICTURE: Final = 4 * 1024 * 1024

NO_TEXT: Final = "There is no text in this file."
SCANNED: Final = (
    "These pages are scanned: they are pictures without text. You can look at them here, but not search or quote "
    "them. Scan the paper with text recognition (OCR) and add the new file to change that."
)
UNREADABLE: Final = "The text of this file could not be read. The file itself is kept: download it to read it."
TOO_LONG: Final = (
    "Reading this file took too long, so it was ended. The file itself is kept: download it, or add a smaller part."
)
TOO_BIG: Final = "This file needs more memory than it may have. The file itself is kept: save it as PDF and add that."
CUT: Final = "Only the beginning of this file was read: it is longer than can be shown here."


class Part(NamedTuple):
    """The text of one page or part; `number` 1 is the first, `total` is 0 while unknown."""

    number: int
    text: str
    total: int = 0


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """The file has no text or cannot be read; the message is for people."""
