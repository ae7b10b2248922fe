"""A question in the language in which somebody reads it: its translation, else its source, text by text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.languages import Language, language_of

if TYPE_CHECKING:
    from reviews.models import Question, QuestionSet, Section


@dataclass(frozen=True, slots=True)
class FormLanguage:
    """The language in which a form is read. `source` is that of the set, `offered` all that it has, source first."""

    code: str
    source: str
    offered: tuple[Language, ...]

    @property
    def language(self) -> Language:
        """The language itself."""
        return language_of(self.code)


@dataclass(frozen=True, slots=True)
class Said:
    """One text, and the language that it is really in."""

    text: str
    language: Language

    @property
    def lines(self) -> list[str]:
        """The text line by line."""
        return [line for line in self.text.split("\n") if line.strip()]


def form_language(question_set: QuestionSet, case_language: str, wanted: str) -> FormLanguage:
    """The language that somebody wants if the set has it, else that of the review, else the source."""
    codes = (question_set.language, *question_set.languages)
    code = next((one for one in (wanted, case_language) if one in codes), question_set.language)
    return FormLanguage(code, question_set.language, tuple(language_of(one) for one in codes))


def said(row: QuestionSet | Section | Question, name: str, language: FormLanguage | None) -> Said:
    """One text of a row in a language; without a translation, or without a language, as it was written."""
    source: str = getattr(row, name)
    if language is None:
        return Said(source, language_of("en"))
    translated = row.translations.get(language.code, {}).get(name, "") if source.strip() else ""
    is_translated = language.code != language.source and bool(translated)
    return Said(translated, language.language) if is_translated else Said(source, language_of(language.source))
