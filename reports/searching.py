"""How the library reads words, the same for every database.

Texts and searches are folded (people/folding.py) and cut into words here, before a database sees them: SQLite's FTS5
and PostgreSQL's text search are both given finished words and compare them as they are. A word of three letters or
more finds every word that begins with it; a shorter one, and what stands in quotation marks, is found as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from people.folding import folded, folded_with_places
from reviews.hits import Run

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r'(?:^|(?<=\s))(-?)(?:"([^"]*)"?|(\S+))')
LONGEST_QUERY = 200
MOST_PIECES = 12
LONGEST_WORD = 64
MOST_BYTES = 900_000
"""Of different words in one text: PostgreSQL takes no more than a megabyte of them."""
BEGINS_AT = 3
BETWEEN = " \n "


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to look for: a word, or several that stand side by side. `begins`: the last may go on."""

    words: tuple[str, ...]
    begins: bool

    @property
    def pattern(self) -> str:
        """What a text contains that has it."""
        return f" {' '.join(self.words)}{'' if self.begins else ' '}"


@dataclass(frozen=True, slots=True)
class Search:
    """What a text must have, and what it must not have."""

    wanted: tuple[Piece, ...] = ()
    unwanted: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.wanted or self.unwanted)


def search_for(query: str) -> Search:
    """Read what somebody typed: words, "phrases", and -words that must not be there. Everything can be read."""
    wanted: list[Piece] = []
    unwanted: list[Piece] = []
    for minus, phrase, word in _PIECE.findall(folded(query[:LONGEST_QUERY])):
        words = tuple(words_of(phrase or word))
        if words:
            piece = Piece(words, begins=not phrase and len("".join(words)) >= BEGINS_AT)
            (unwanted if minus else wanted).append(piece)
    return Search(tuple(dict.fromkeys(wanted))[:MOST_PIECES], tuple(dict.fromkeys(unwanted))[:MOST_PIECES])


@lru_cache(maxsize=256)
def words_of(text: str) -> tuple[str, ...]:
    """Cut a text into its words, folded. A word that never ends is cut."""
    return tuple(word[:LONGEST_WORD] for word in _WORD.findall(folded(text)))


def told(paragraphs: Iterable[str]) -> tuple[str, str]:
    """Return what is kept of a text: its paragraphs, one a line, and the same paragraphs as words.

    A paragraph without words is left out of both, so that the lines of one are those of the other. Once there are more
    different words than an index takes, new ones are left out.
    """
    said: list[str] = []
    lines: list[str] = []
    known: set[str] = set()
    left = MOST_BYTES
    for paragraph in paragraphs:
        line = " ".join(paragraph.split())
        words = words_of(line)
        for word in words:
            if word not in known and (left := left - len(word.encode())) >= 0:
                known.add(word)
        if words := words if left >= 0 else tuple(word for word in words if word in known):
            said.append(line)
            lines.append(" ".join(words))
    return "\n".join(said), f" {BETWEEN.join(lines)} " if lines else ""


def in_line(text: str) -> str:
    """Return the words of a short text as they are kept."""
    words = words_of(text)
    return f" {' '.join(words)} " if words else ""


def snippet(said: str, words: str, search: Search, *, before: int = 80, after: int = 180) -> list[Run]:
    """Return the lines around the first paragraph that has most of what was looked for, hits marked."""
    patterns = [piece.pattern for piece in search.wanted]
    best, most = -1, 0
    for place, line in enumerate(words.split(BETWEEN)):
        found = sum(pattern in f" {line.strip()} " for pattern in patterns)
        if found > most:
            best, most = place, found
        if most == len(patterns):
            break
    if best < 0:
        return []
    text = said.split("\n")[best]
    spans = spans_in(text, search)
    if not spans:
        return []
    first = _word_start(text, max(0, spans[0][0] - before))
    last = _word_end(text, min(len(text), spans[0][1] + after))
    runs = _cut(text, [span for span in spans if span[1] <= last], first, last)
    return [*([Run("… ")] if first else []), *runs, *([Run(" …")] if last < len(text) else [])]


def marked(text: str, search: Search) -> list[Run]:
    """Cut a short text into runs, hits marked."""
    return _cut(text, spans_in(text, search), 0, len(text))


def spans_in(text: str, search: Search) -> list[tuple[int, int]]:
    """Return start and end of the words that were looked for, in order, without overlap."""
    plain, places = folded_with_places(text)
    words = [(found.group()[:LONGEST_WORD], found.start(), found.end()) for found in _WORD.finditer(plain)]
    spans: list[tuple[int, int]] = []
    for at in range(len(words)):
        length = max((len(piece.words) for piece in search.wanted if _stands(piece, words, at)), default=0)
        if length:
            start, end = places[words[at][1]], places[words[at + length - 1][2] - 1] + 1
            if spans and start < spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
    return spans


def _stands(piece: Piece, words: list[tuple[str, int, int]], at: int) -> bool:
    here = [word for word, _, _ in words[at : at + len(piece.words)]]
    if len(here) < len(piece.words) or tuple(here[:-1]) != piece.words[:-1]:
        return False
    return here[-1].startswith(piece.words[-1]) if piece.begins else here[-1] == piece.words[-1]


def _cut(text: str, spans: list[tuple[int, int]], first: int, last: int) -> list[Run]:
    runs: list[Run] = []
    at = first
    for start, end in spans:
        runs += [Run(text[at:start]), Run(text[start:end], is_hit=True)]
        at = end
    runs.append(Run(text[at:last]))
    return [run for run in runs if run.text]


def _word_start(text: str, at: int) -> int:
    return at if at == 0 else text.rfind(" ", 0, at) + 1


def _word_end(text: str, at: int) -> int:
    found = text.find(" ", at)
    return len(text) if found < 0 else found
