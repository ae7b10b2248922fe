"""The words of the form in several languages, and what somebody meant who wrote one of them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

_FILE = Path(__file__).with_name("words.toml")
FALLBACK = "en"
FIELDS = ("answer", "rating", "reason", "trend")
"""The fields of one question, in the order in which the form asks them."""
_FIXED = ("optional", "reason_help", "write", "choose", "long", "how_sheet", "about", "secrecy", "empty")
_FRONT = ("title", "filled", "deadline", "contact")
_CHOICE_MARK = " · "
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; `language` is the code under which they stand."""

    language: str
    table: dict[str, Any]

    def __getitem__(self, name: str) -> str:
        return str(self.table[name])

    def say(self, name: str, **values: object) -> str:
        """Return a sentence with its gaps filled."""
        return self[name].format(**values)

    def many(self, name: str) -> list[str]:
        """Return sentences that belong together."""
        return list(self.table[name])

    def rating(self, value: str) -> str:
        """Return the label of a stored rating; empty without one."""
        return str(self.table["ratings"].get(value, ""))

    def trend(self, value: str) -> str:
        """Return the label of a stored trend; empty without one."""
        return str(self.table["trends"].get(value, ""))

    @property
    def rating_labels(self) -> list[str]:
        """All ratings, the lowest first, then `not applicable`."""
        return list(self.table["ratings"].values())

    @property
    def trend_labels(self) -> list[str]:
        """All trends, the best first."""
        return list(self.table["trends"].values())

    def choices(self, labels: list[str]) -> str:
        """Return the sentence that lists what can be chosen."""
        return self.say("choices", choices=_CHOICE_MARK.join(labels))

    def day(self, day: date) -> str:
        """Return a date as this language writes it."""
        with translation.override(self.language):
            return date_format(day, "DATE_FORMAT")


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text())


def words_in(language: str) -> Words:
    """Return the words of a language, or the English ones while nobody has translated them."""
    short = language.split("-", maxsplit=1)[0]
    code = short if short in _tables() else FALLBACK
    return Words(code, _tables()[code])


class _Kept(dict[int, int | None]):
    """Signs that count when texts are compared: letters, numbers and spaces. Each sign is looked up once."""

    def __missing__(self, code: int) -> int | None:
        sign = chr(code)
        self[code] = code if unicodedata.category(sign)[0] in "LNZ" or sign.isspace() else None
        return self[code]


_KEPT = _Kept()


def folded(text: str) -> str:
    """Return a text as it is compared: without marks, accents, case and spaces that people change without noticing."""
    return " ".join(unicodedata.normalize("NFKD", text.casefold()).translate(_KEPT).split())


@cache
def _labels() -> dict[str, str]:
    """Every label of a field in every language, and the field that it names."""
    found = {folded(table[field]): field for table in _tables().values() for field in FIELDS}
    return found | {folded(label): "answer" for table in _tables().values() for label in table["known"]}


@cache
def _values(name: str) -> dict[str, str]:
    return {folded(label): value for table in _tables().values() for value, label in table[name].items()}


@cache
def _said() -> frozenset[str]:
    """What the form itself says around the fields, in every language."""
    found: set[str] = set()
    for code, table in _tables().items():
        words = Words(code, table)
        found.update(words[name] for name in _FIXED)
        found.update(line for name in ("how", "secret") for line in words.many(name))
        found.update(words.choices(labels) for labels in (words.rating_labels, words.trend_labels))
    return frozenset(folded(text) for text in found)


@cache
def _gapped(*names: str) -> re.Pattern[str]:
    """What the form says with something in its gaps."""
    sentences = (
        re.escape(table[name]).replace(r"\{number\}", r"\d+") for table in _tables().values() for name in names
    )
    return re.compile("|".join(re.sub(r"\\\{\w+\\\}", ".+", sentence) for sentence in sentences))


def field_named(label: str) -> str:
    """Return the field that a label of the form names, in whatever language; empty for any other text."""
    return _labels().get(folded(label), "")


def column_named(head: str) -> str:
    """Return the column of a spreadsheet form that a head names, in whatever language; empty for any other text."""
    if field := field_named(head):
        return field
    names = ("number", "question", "help")
    return next((name for name in names for table in _tables().values() if head and table[name] == head), "")


def label_at(text: str) -> tuple[str, str]:
    """Return the field whose label stands at the beginning of a line, and what was written behind it."""
    for table in _tables().values():
        for field in FIELDS:
            if text.startswith(table[field]):
                return field, text.removeprefix(table[field]).lstrip(" :").strip()
    return "", ""


def rating_meant(text: str) -> str:
    """Return the rating that a label names, in whatever language; empty for any other text."""
    return _values("ratings").get(folded(text), "")


def trend_meant(text: str) -> str:
    """Return the trend that a label names, in whatever language; empty for any other text."""
    return _values("trends").get(folded(text), "")


def is_ours(text: str, *, at_front: bool = False) -> bool:
    """Whether the form itself says this, whole, in one of its languages; `at_front` before the first question."""
    plain = " ".join(text.split())
    names = ("most_words", *_FRONT) if at_front else ("most_words",)
    return folded(plain) in _said() or bool(len(plain) < _LONGEST and _gapped(*names).fullmatch(plain))


def without_invitation(text: str) -> str:
    """Return what was written without the invitation to write that stood there before, if it was left standing."""
    for table in _tables().values():
        if text.startswith(table["write"]):
            return text.removeprefix(table["write"]).lstrip()
    return text
