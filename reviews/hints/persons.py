"""Likely names of private persons in a text, e-mail addresses, phone numbers, dates of birth, personal numbers.

Few false alarms come first: a name is two capitalised words of which the first is a common first name, or a title with
a word behind it, or two capitalised words in the middle of a sentence that are no place, no office and nobody known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from people.texts import plain
from reviews.hints.words import fold, is_first_name, words

NAME, MAIL, PHONE, BIRTH, NUMBER = "name", "mail", "phone", "birth", "number"
KNOWN, FUNCTION, QUOTE, GROUP = "known", "function", "quote", "group"
WHY = {
    KNOWN: "Somebody of the host has this name. Nobody who was met is named in a report.",
    FUNCTION: "One person holds this function at this place: everybody there knows who it is.",
    QUOTE: "These are somebody’s own words, and the sentence tells who spoke. Say it in your words, or leave out who.",
    GROUP: "Fewer than five people of this group were met: readers may recognise who said it.",
    NAME: "This looks like a person’s name. Say what they do instead, unless they hold a public office.",
    MAIL: "An e-mail address leads to a person.",
    PHONE: "This looks like a phone number.",
    BIRTH: "A date of birth identifies a person.",
    NUMBER: "This looks like a personal number.",
}

_WORD = re.compile(r"[^\W\d_]\.(?=\s)|[^\W\d_][\w’'-]*")
_ENDS = '.!?…:;\n•“"(«'
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PUBLIC_BOXES = frozenset(("info", "office", "contact", "kontakt", "mail", "hello", "press", "service", "support"))
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+|00)\d(?:[ ()./-]*\d){7,13}(?!\d)|(?<![\w.,])0\d{1,4}[ /-]\d(?:[ ./-]?\d){4,9}(?!\d)"
)
_BIRTH = re.compile(
    r"\b(?:born (?:on|in)|date of birth|d\.?o\.?b\.?|née? le|geboren am|născută? (?:la|pe|în)|nacid[oa] el|nat[oa] il"
    r"|született|urodzon[ya]|γεννήθηκε|γεννημέν\w+|ημερομηνία γέννησης|родена? (?:на|през)|дата на раждане)"
    r"\W{0,3}(?:\w{1,4}\s)?\d[\d\s./-]*(?:\w+\s\d{4})?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,/-])\d{10,13}(?!\w|[.,/-]\d)")
_MOST_WORDS = 4
_TWO = 2


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing in a text: what kind, and the words as they stand there."""

    kind: str
    words: str

    @property
    def why(self) -> str:
        """Why it was noticed."""
        return WHY[self.kind]


def hints_in(text: str, *, known: Iterable[str] = ()) -> list[Hint]:
    """Return what may tell of a private person, each once, in order.

    `known` are names of places, bodies, and people whose office is public.
    """
    return hints_in_plain(plain(text), folded_names(known))


def hints_in_plain(shown: str, known: frozenset[str]) -> list[Hint]:
    """Return the same of a text without marks. `known` comes from `folded_names`, folded once for many texts."""
    found = [Hint(NAME, name) for name in _names(shown, known)]
    found += [Hint(MAIL, m.group()) for m in _MAIL.finditer(shown) if m.group().split("@")[0] not in _PUBLIC_BOXES]
    for kind, pattern in ((PHONE, _PHONE), (BIRTH, _BIRTH), (NUMBER, _NUMBER)):
        found += [Hint(kind, match.group().strip()) for match in pattern.finditer(shown)]
    return list(dict.fromkeys(found))


def folded_names(known: Iterable[str]) -> frozenset[str]:
    """The single words of all known names."""
    found = [fold(match.group()) for name in known for match in _WORD.finditer(name)]
    return frozenset(part for word in found for part in (word, *word.split("-")))


def _names(text: str, known: frozenset[str]) -> Iterator[str]:
    in_german = sum(fold(match.group()) in words("german") for match in _WORD.finditer(text)) > _TWO
    for before, run in _runs(text):
        is_title = fold(run[0].rstrip(".")) in words("titles")
        name = _without_first_word(run[1:] if is_title else run)
        if _is_person(name, before, known, titled=is_title or _follows_title(before), in_german=in_german):
            yield " ".join(run if is_title else name)


def _is_person(name: list[str], before: str, known: frozenset[str], *, titled: bool, in_german: bool) -> bool:
    folded = [fold(word) for word in name]
    if not name or len(name) > _MOST_WORDS or words("institutions") & set(folded) or known.issuperset(folded):
        return False
    if known & set(folded) and not is_first_name(name[0]):
        return False
    if titled:
        return True
    if len(name) < _TWO or words("no_names") & set(folded):
        return False
    return is_first_name(name[0]) or not (in_german or _begins_sentence(before) or _follows_article(before))


def _without_first_word(run: list[str]) -> list[str]:
    """Leave out a word that is capitalised only because a sentence begins with it: `In`, `Our`, `Proiectul Mariei`."""
    if len(run) > 1 and (fold(run[0]) in words("no_names") or (_is_later_name(run) and not is_first_name(run[0]))):
        return run[1:]
    return run


def _is_later_name(run: list[str]) -> bool:
    return len(run) > _TWO and is_first_name(run[1])


def _runs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each run of capitalised words, particles among them, with the text before it."""
    run: list[str] = []
    start = end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        follows = (
            bool(run)
            and text[end : match.start()] in {" ", ". "}
            and (len(run[-1].rstrip(".")) <= _TWO or text[end] != ".")
        )
        if follows and (_is_name_word(word) or (fold(word) in words("particles") and len(run) < _MOST_WORDS)):
            run.append(word)
        else:
            yield from _closed(text, start, run)
            run, start = ([word], match.start()) if _is_name_word(word) else ([], 0)
        end = match.end()
    yield from _closed(text, start, run)


def _closed(text: str, start: int, run: list[str]) -> Iterator[tuple[str, list[str]]]:
    while run and fold(run[-1]) in words("particles") and not run[-1][0].isupper():
        run = run[:-1]
    if run:
        yield text[:start], run


def _is_name_word(word: str) -> bool:
    """Written as a name: a capital in front and small letters behind, or an initial with its dot."""
    if len(word) == _TWO and word[1] == ".":
        return word[0].isupper()
    return word[0].isupper() and (not word.isupper() or fold(word) in words("titles")) and len(word) > 1


def _begins_sentence(before: str) -> bool:
    kept = before.rstrip(" \t*-–—#>“\"'(«")
    return not kept or kept[-1] in _ENDS


def _follows_article(before: str) -> bool:
    """“The Kuncz Gate” is a place: people have no article, but in Greek, where first names decide."""
    return _word_before(before) in words("articles")


def _follows_title(before: str) -> bool:
    """A title in small letters, as Romanian, Greek and Bulgarian write it: domnul Popescu."""
    return _word_before(before) in words("titles")


def _word_before(before: str) -> str:
    last = before.rstrip().rpartition(" ")[2]
    return fold(last.strip("(«\"'.")) if before.endswith(" ") else ""
