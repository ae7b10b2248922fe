"""What leads to one person without a name: a function at a place, somebody's own words, a group of very few people."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reviews.hints.persons import FUNCTION, GROUP, KNOWN, QUOTE, Hint
from reviews.hints.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r"[^\W_][\w’'-]*")
_QUOTED = re.compile(r"“([^“”]{12,600})”|„([^„“”]{12,600})[“”]|«([^«»]{12,600})»|\"([^\"]{12,600})\"")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…;·])\s+|\n+")
_MOST_LINKS = 4
_WIDE = 5
_NEAR = 90
_WORDS_OF_A_QUOTE = 4
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around the texts of a case, folded once.

    `people` are the names nobody should read, `places` those of the places that were visited, `small` the words for
    groups of which very few people were met.
    """

    people: tuple[tuple[str, ...], ...] = ()
    places: frozenset[tuple[str, ...]] = frozenset()
    small: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *, people: Iterable[str] = (), places: Iterable[str] = (), small: Iterable[str] = ()) -> Around:
        """Fold the names. `small` are values of `visits.enums.SourceGroup`."""
        sites = {part for name in places for part in (_folds(name), _folds(name.partition(",")[0])) if part}
        groups = (word for group in small for word in _groups_by_name().get(group, "").split())
        named = tuple(found for found in map(_folds, people) if found)
        return cls(named, frozenset(sites), frozenset(map(fold, groups)))


class _Token(NamedTuple):
    fold: str
    start: int
    end: int
    is_name: bool


def singled_out_in(shown: str, around: Around) -> list[Hint]:
    """Return what in a text without marks leads to one person, each once, in order of kinds."""
    tokens = [_token(match) for match in _TOKEN.finditer(shown)]
    found = [Hint(KNOWN, words_) for words_ in _known(shown, tokens, around)]
    found += [Hint(FUNCTION, words_) for words_ in _functions(shown, tokens, around)]
    found += [Hint(QUOTE, words_) for words_ in _quotes(shown)]
    if around.small:
        found += [Hint(GROUP, words_) for words_ in _groups(shown, around)]
    return list(dict.fromkeys(found))


def _known(shown: str, tokens: list[_Token], around: Around) -> Iterator[str]:
    """Known names: in full, or the last one alone, written as a name."""
    folds = [token.fold for token in tokens]
    for name in around.people:
        for part in (name, name[-1:]):
            size = len(part)
            if size == 1 and len(part[0]) < _SHORTEST_NAME:
                continue
            at = next(
                (i for i, token in enumerate(tokens) if token.is_name and tuple(folds[i : i + size]) == part), None
            )
            if at is not None:
                yield shown[tokens[at].start : tokens[at + size - 1].end]
                break


def _functions(shown: str, tokens: list[_Token], around: Around) -> Iterator[str]:
    """A function and the place behind it: `the head of School no. 5`."""
    functions, links = _words("functions"), _words("links")
    for at, token in enumerate(tokens):
        if token.fold not in functions:
            continue
        after = at + 1
        while after < len(tokens) and after - at <= _MOST_LINKS and tokens[after].fold in links | functions:
            after += 1
        if after == len(tokens) or _breaks(shown, tokens, at, after):
            continue
        if after == at + 1 and not _is_institution(tokens[after]):
            continue
        if (end := _place(shown, tokens, after, around)) is not None:
            yield shown[token.start : tokens[end].end]


def _place(shown: str, tokens: list[_Token], at: int, around: Around) -> int | None:
    """Return the last word of the place that begins at a word: a site of the visit, or an institution with its name."""
    ahead = tokens[at : at + _WIDE]
    for size in range(len(ahead), 0, -1):
        if tuple(token.fold for token in ahead[:size]) in around.places:
            return at + size - 1
    is_institution = is_named = False
    end = None
    for place, token in enumerate(ahead, start=at):
        if place > at and _breaks(shown, tokens, place - 1, place):
            break
        if _is_institution(token):
            is_institution = True
        elif token.is_name or token.fold[0].isdigit():
            is_named = True
        elif token.fold in _words("numbered") or token.fold in _words("links"):
            continue
        else:
            break
        end = place if is_institution and is_named else end
    return end


def _is_institution(token: _Token) -> bool:
    return token.fold in words("institutions") or token.fold in _words("places")


def _breaks(shown: str, tokens: list[_Token], first: int, last: int) -> bool:
    """Whether a sentence or a part of it ends between two words; the dot of `no.` does not."""
    for one, other in zip(tokens[first:last], tokens[first + 1 : last + 1], strict=False):
        between = shown[one.end : other.start]
        if one.fold in _words("numbered") and between.strip() == ".":
            continue
        if any(sign in between for sign in ".!?;:,\n"):
            return True
    return False


def _quotes(shown: str) -> Iterator[str]:
    """Somebody's own words, with a word of speaking before or behind them in the same paragraph."""
    for match in _QUOTED.finditer(shown):
        said = next(group for group in match.groups() if group)
        near = f"{shown[max(0, match.start() - _NEAR) : match.start()]} {shown[match.end() : match.end() + _NEAR]}"
        if len(said.split()) >= _WORDS_OF_A_QUOTE and _speaks(near) and not _has(near, _words("papers")):
            yield match.group()


def _groups(shown: str, around: Around) -> Iterator[str]:
    """A group of very few people that speaks in a sentence."""
    for sentence in _SENTENCE_ENDS.split(shown):
        found = next((m.group() for m in _TOKEN.finditer(sentence) if fold(m.group()) in around.small), None)
        if found and _speaks(sentence):
            yield found


def _speaks(text: str) -> bool:
    return _has(text, _words("speaking"))


def _has(text: str, wanted: frozenset[str]) -> bool:
    return any(fold(match.group()) in wanted for match in _TOKEN.finditer(text))


def _token(match: re.Match[str]) -> _Token:
    word = match.group()
    return _Token(fold(word), match.start(), match.end(), word[0].isupper())


def _folds(name: str) -> tuple[str, ...]:
    return tuple(fold(match.group()) for match in _TOKEN.finditer(name))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for word in str(_lists()[kind]).split())


def _groups_by_name() -> dict[str, str]:
    found: dict[str, str] = _lists()["groups"]
    return found


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
