"""Question sets: the list, one set with all it holds, and the set as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from reviews.enums import QuestionSetStatus
from reviews.models import Question, QuestionSet, Section, SelfAssessment
from reviews.question_files.plain import (
    QUESTION_TEXTS,
    SECTION_TEXTS,
    SET_TEXTS,
    PlainQuestion,
    PlainSection,
    PlainSet,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(slots=True)
class SectionOutline:
    """One section with its questions, in order."""

    section: Section
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class SetOutline:
    """One version of a set with everything in it."""

    question_set: QuestionSet
    sections: list[SectionOutline]

    @property
    def questions(self) -> list[Question]:
        """All questions in the order in which they are asked."""
        return [question for section in self.sections for question in section.questions]

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers of the questions by their keys."""
        return {question.key: question.number for question in self.questions if question.key}


def question_set_rows() -> QuerySet[QuestionSet]:
    """All versions of all sets, with the numbers of their questions and of the reviews that use them. One query."""
    return QuestionSet.objects.select_related("made_by").annotate(
        question_count=_count(Question.objects.filter(section__question_set=OuterRef("pk")), "section__question_set"),
        use_count=_count(SelfAssessment.objects.filter(question_set=OuterRef("pk")), "question_set"),
    )


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def published_sets() -> QuerySet[QuestionSet]:
    """The versions that a new review can begin with."""
    return QuestionSet.objects.filter(status=QuestionSetStatus.PUBLISHED)


def use_count(question_set: QuestionSet) -> int:
    """How many reviews use this version. One query."""
    return SelfAssessment.objects.filter(question_set=question_set).count()


def outline_of(question_set: QuestionSet) -> SetOutline:
    """Everything in a version. Two queries."""
    sections = {section.pk: SectionOutline(section) for section in Section.objects.filter(question_set=question_set)}
    for question in Question.objects.filter(section__question_set=question_set).order_by("number"):
        sections[question.section_id].questions.append(question)
    return SetOutline(question_set, list(sections.values()))


def plain_of(question_set: QuestionSet) -> PlainSet:
    """Everything in a version as plain values. Two queries."""
    outline = outline_of(question_set)
    return PlainSet(
        slug=question_set.slug,
        name=question_set.name,
        version=question_set.version,
        language=question_set.language,
        languages=tuple(question_set.languages),
        changes=question_set.changes,
        translations=_translations(question_set, SET_TEXTS),
        sections=tuple(plain_section(part) for part in outline.sections),
    )


def plain_section(part: SectionOutline) -> PlainSection:
    """One section with its questions as plain values."""
    return PlainSection(
        title=part.section.title,
        help_text=part.section.help_text,
        translations=_translations(part.section, SECTION_TEXTS),
        questions=tuple(plain_question(question) for question in part.questions),
    )


def plain_question(question: Question) -> PlainQuestion:
    """One question as plain values."""
    return PlainQuestion(
        key=question.key,
        text=question.text,
        help_text=question.help_text,
        prompts=question.prompts,
        is_required=question.is_required,
        is_rated=question.is_rated,
        max_words=question.max_words,
        condition=question.condition,
        condition_value=question.condition_value,
        translations=_translations(question, QUESTION_TEXTS),
    )


def _translations(row: QuestionSet | Section | Question, fields: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """What is translated, and from which source text; without what only the rows need."""
    made: dict[str, dict[str, Any]] = {}
    stored: Mapping[str, Mapping[str, Any]] = row.translations
    for code, found in stored.items():
        texts = {name: found[name] for name in fields if found.get(name)}
        if texts:
            of = {name: found.get("of", {}).get(name, getattr(row, name)) for name in texts}
            made[code] = {**texts, "of": of}
    return made
