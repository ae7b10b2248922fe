"""Text as it comes out of files, made fit to be stored and shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reviews.extraction.limits import MOST_SIGNS_A_PAGE, PART_SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BROKEN_WORD = re.compile("[\x02\ufffe\u00ad]\\s*\n?")
"""What a PDF has at the end of a line in the middle of a word."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLANK = re.compile(r"[ \t\u00a0]+")
_WRAPPED = re.compile(r"([^\W\d_]|[,;:)»”’])\n(?=[^\W\d_])(\w)")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*")


def clean(text: str) -> str:
    """Return text with plain line ends, without signs that a database or a page cannot take."""
    plain = _BROKEN_WORD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (_BLANK.sub(" ", line).strip() for line in _CONTROL.sub("", plain).split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()[:MOST_SIGNS_A_PAGE]


def unwrapped(text: str) -> str:
    """Join the lines of a printed paragraph: a line that begins in lower case goes on with the one before it."""
    return _WRAPPED.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    return f"{found[1]} {found[2]}" if found[2].islower() else found[0]


def in_parts(paragraphs: Iterable[str]) -> Iterator[str]:
    """Yield texts of about a page each, cut between paragraphs."""
    held: list[str] = []
    size = 0
    for paragraph in paragraphs:
        for piece in _pieces(clean(paragraph)):
            if held and size + len(piece) > PART_SIGNS:
                yield "\n\n".join(held)
                held, size = [], 0
            held.append(piece)
            size += len(piece)
    if held:
        yield "\n\n".join(held)


def _pieces(paragraph: str) -> Iterator[str]:
    """Yield a paragraph; one that is far too long in pieces, cut between words where there are any."""
    while len(paragraph) > 2 * PART_SIGNS:
        cut = paragraph.rfind(" ", PART_SIGNS, 2 * PART_SIGNS)
        cut = cut if cut > 0 else PART_SIGNS
        yield paragraph[:cut]
        paragraph = paragraph[cut:].strip()
    if paragraph:
        yield paragraph
