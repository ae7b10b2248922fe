"""What in a composed report may tell of a private person, each hit with its place, and a name for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reports.scanning.passages import passages_of
from reviews.hints import Around, Hint, hints_in_plain, singled_out_in
from reviews.hints.persons import BIRTH, FUNCTION, GROUP, KNOWN, MAIL, NAME, NUMBER, PHONE, QUOTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.rendering import DocumentContent
    from reports.scanning.passages import Passage

LABELS = {
    NAME: "Likely a name",
    KNOWN: "A known name",
    FUNCTION: "A function at a place",
    QUOTE: "Somebody’s own words",
    GROUP: "Very few people",
    MAIL: "E-mail address",
    PHONE: "Phone number",
    BIRTH: "Date of birth",
    NUMBER: "Personal number",
}
_SHOWN_AROUND = 240
_ELLIPSIS = " …"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, marked or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing to look at. `key` stands for the words in this passage: when the passage changes, it is another hit."""

    hint: Hint
    passage: Passage
    key: str

    @property
    def label(self) -> str:
        """What kind of thing it is."""
        return LABELS[self.hint.kind]

    @property
    def pieces(self) -> list[Piece]:
        """The passage around the words, with the words marked."""
        text, words = self.passage.text, self.hint.words
        at = text.find(words)
        if at < 0:
            return [Piece(_begin(text, 2 * _SHOWN_AROUND), is_marked=False)]
        end = at + len(words)
        return [
            Piece(_end(text[:at]), is_marked=False),
            Piece(words, is_marked=True),
            Piece(_begin(text[end:]), is_marked=False),
        ]


def hits_in(content: DocumentContent, known: frozenset[str], around: Around) -> list[Hit]:
    """Return what the document should not say, each once, in the order of the document."""
    found = {hit.key: hit for passage in passages_of(content) for hit in _hits(passage, known, around)}
    return list(_without_echoes(list(found.values())))


def _hits(passage: Passage, known: frozenset[str], around: Around) -> Iterator[Hit]:
    for hint in _hints(passage.text, known, around):
        named = f"{hint.kind}|{hint.words}|{passage.text}"
        yield Hit(hint, passage, hashlib.sha256(named.encode()).hexdigest())


@lru_cache(maxsize=4096)
def _hints(text: str, known: frozenset[str], around: Around) -> tuple[Hint, ...]:
    """The same passage is read once, however often the page is looked at."""
    found = [*hints_in_plain(text, known), *singled_out_in(text, around)]
    named = " ".join(hint.words for hint in found if hint.kind == NAME)
    return tuple(hint for hint in found if hint.kind != KNOWN or hint.words not in named)


def _without_echoes(hits: list[Hit]) -> Iterator[Hit]:
    """Leave out a passage that only repeats the beginning of another, as lists of recommendations do."""
    for hit in hits:
        core = hit.passage.text.removesuffix(_ELLIPSIS)
        longer = (
            other.passage.text
            for other in hits
            if other.hint == hit.hint and len(other.passage.text) > len(hit.passage.text)
        )
        if not any(core in text for text in longer):
            yield hit


def words_of_kinds(hits: Iterable[Hit]) -> str:
    """Count hits by kind in words: `likely a name (2), phone number (1)`."""
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.hint.kind] = counts.get(hit.hint.kind, 0) + 1
    return ", ".join(f"{LABELS[kind].lower()} ({count})" for kind, count in counts.items())


def _begin(text: str, most: int = _SHOWN_AROUND) -> str:
    """The beginning of a text, up to a whole word."""
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + _ELLIPSIS


def _end(text: str) -> str:
    """The end of a text, from a whole word on."""
    return text if len(text) <= _SHOWN_AROUND else "… " + text[-_SHOWN_AROUND:].split(" ", 1)[-1]
