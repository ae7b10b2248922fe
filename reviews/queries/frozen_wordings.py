"""The questions of a frozen content in another language. The answers stay as they were written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviews.models import Question, QuestionSet, Section
    from reviews.queries.frozen import ReadAnswer, ReadSection


def in_language(sections: list[ReadSection], question_set: QuestionSet, language: str) -> list[ReadSection]:
    """Return the sections with titles and questions translated, where the set has them in that language.

    What was frozen in other words than the set has now stays as it is. Two queries, none without a translation.
    """
    if language == question_set.language or language not in question_set.languages:
        return sections
    rows = {row.position: row for row in question_set.sections.prefetch_related("questions")}
    return [_section(found, rows.get(found.position), language) for found in sections]


def _section(found: ReadSection, row: Section | None, language: str) -> ReadSection:
    if row is None:
        return found
    questions = {question.number: question for question in row.questions.all()}
    answers = tuple(_answer(answer, questions.get(answer.number), language) for answer in found.answers)
    title = _translated(row, "title", found.title, language)
    return replace(found, title=title or found.title, answers=answers, language=language if title else "")


def _answer(found: ReadAnswer, row: Question | None, language: str) -> ReadAnswer:
    words = _translated(row, "text", found.question, language) if row else ""
    return replace(found, question=words, language=language) if words else found


def _translated(row: Section | Question, name: str, frozen: str, language: str) -> str:
    """Return the translation of what was frozen; empty without one."""
    return str(row.translations.get(language, {}).get(name, "")) if getattr(row, name) == frozen else ""
