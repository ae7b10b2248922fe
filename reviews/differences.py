"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = re.compile(r"\s+|[^\s]+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MANY_WORDS = 3000
"""Comparing grows with the square of the length: above this, unchanged lines are set aside first."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is in both (`same`), only in the new one (`added`) or only in the old one (`removed`)."""

    state: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """Return the pieces that lead from `old` to `new`; joined without the added ones they are `old`, and so on."""
    if old == new:
        return [Piece("same", old)] if old else []
    if len(_WORDS.findall(old)) + len(_WORDS.findall(new)) <= _MANY_WORDS:
        return list(_compare(old, new, _WORDS))
    return [piece for coarse in _pairs(list(_compare(old, new, _LINES))) for piece in coarse]


def _pairs(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Look closer at a removed run of lines that is followed by an added one, if both are short enough."""
    at = 0
    while at < len(pieces):
        pair = pieces[at : at + 2]
        if [piece.state for piece in pair] == ["removed", "added"] and len(
            _WORDS.findall(pair[0].text + pair[1].text)
        ) <= _MANY_WORDS:
            yield list(_compare(pair[0].text, pair[1].text, _WORDS))
            at += 2
        else:
            yield [pieces[at]]
            at += 1


def _compare(old: str, new: str, tokens: re.Pattern[str]) -> Iterator[Piece]:
    """Yield what stayed, and each change as one removed and one added run: spaces between changes belong to them."""
    before, after = tokens.findall(old), tokens.findall(new)
    removed = added = ""
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for at, (tag, i, j, k, m) in enumerate(opcodes):
        same = "".join(before[i:j])
        if tag == "equal" and (same.strip() or not 0 < at < len(opcodes) - 1):
            yield from _run(removed, added)
            yield Piece("same", same)
            removed = added = ""
        else:
            removed, added = removed + same, added + "".join(after[k:m])
    yield from _run(removed, added)


def _run(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
