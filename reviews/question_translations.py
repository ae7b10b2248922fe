"""Translations of a question set: what is there, what is missing, and what translates an older text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.question_files.plain import QUESTION_TEXTS, SECTION_TEXTS, SET_TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.models import Question, QuestionSet, Section
    from reviews.queries.question_sets import SetOutline

LABELS = {
    "name": "Name",
    "title": "Title",
    "text": "Question",
    "help_text": "Help",
    "prompts": "Guiding questions, one a line",
}


@dataclass(frozen=True, slots=True)
class Translated:
    """One text of the source with its translation. `of` is the source text that the translation was made from."""

    name: str
    source: str
    text: str
    of: str

    @property
    def label(self) -> str:
        """What kind of text it is."""
        return LABELS[self.name]

    @property
    def is_missing(self) -> bool:
        """Whether the source says something and the translation does not."""
        return bool(self.source.strip()) and not self.text.strip()

    @property
    def is_outdated(self) -> bool:
        """Whether the source has changed since it was translated."""
        return bool(self.text.strip()) and self.of != self.source


@dataclass(frozen=True, slots=True)
class TranslatedRow:
    """One row of the set with its texts in one language. `kind` and `pk` are its address; `saves` counts the saves."""

    kind: str
    row: QuestionSet | Section | Question
    texts: list[Translated]
    saves: int

    @property
    def missing(self) -> int:
        """How many of its texts are not translated."""
        return sum(text.is_missing for text in self.texts)

    @property
    def outdated(self) -> int:
        """How many of its translations are of an older text."""
        return sum(text.is_outdated for text in self.texts)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a translation is."""

    language: str
    texts: int
    missing: int
    outdated: int

    @property
    def is_complete(self) -> bool:
        """Whether everything is translated, and from the text as it stands."""
        return not (self.missing or self.outdated)


FIELDS = {"set": SET_TEXTS, "section": SECTION_TEXTS, "question": QUESTION_TEXTS}


def translated_row(kind: str, row: QuestionSet | Section | Question, language: str) -> TranslatedRow:
    """The texts of one row beside their translations; texts that the source does not have are left out."""
    found = row.translations.get(language, {})
    texts = [
        Translated(name, getattr(row, name), found.get(name, ""), found.get("of", {}).get(name, getattr(row, name)))
        for name in FIELDS[kind]
        if getattr(row, name).strip() or found.get(name)
    ]
    return TranslatedRow(kind, row, texts, found.get("saves", 0))


def translated_rows(outline: SetOutline, language: str) -> Iterator[TranslatedRow]:
    """Every row of a set in one language, in the order of the form."""
    yield translated_row("set", outline.question_set, language)
    for part in outline.sections:
        yield translated_row("section", part.section, language)
        for question in part.questions:
            yield translated_row("question", question, language)


def progress_of(outline: SetOutline) -> list[Progress]:
    """How far each language of a set is. No query."""
    return [_progress(outline, language) for language in outline.question_set.languages]


def _progress(outline: SetOutline, language: str) -> Progress:
    rows = list(translated_rows(outline, language))
    return Progress(
        language,
        sum(bool(text.source.strip()) for row in rows for text in row.texts),
        sum(row.missing for row in rows),
        sum(row.outdated for row in rows),
    )
