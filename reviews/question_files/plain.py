"""A question set as plain values: what a file holds, what a new version copies, what a removed part leaves behind.

`translations` are as in the rows: by language, the fields by name, and under `of` the source text that each of them
translates, so that a translation of an older text is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Translations = Mapping[str, Mapping[str, Any]]

SET_TEXTS = ("name",)
SECTION_TEXTS = ("title", "help_text")
QUESTION_TEXTS = ("text", "help_text", "prompts")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainQuestion:
    """One question. `prompts` holds one guiding question a line; `max_words` 0 means no limit."""

    key: str = ""
    text: str = ""
    help_text: str = ""
    prompts: str = ""
    is_required: bool = True
    is_rated: bool = False
    max_words: int = 120
    condition: str = "always"
    condition_value: str = ""
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSection:
    """One section with its questions, in order."""

    title: str = ""
    help_text: str = ""
    translations: Translations = field(default_factory=dict)
    questions: tuple[PlainQuestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSet:
    """One version of one set. `languages` are those it is translated into."""

    slug: str
    name: str
    version: int = 1
    language: str = "en"
    languages: tuple[str, ...] = ()
    changes: str = ""
    translations: Translations = field(default_factory=dict)
    sections: tuple[PlainSection, ...] = ()
