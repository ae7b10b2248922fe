"""What the pages of the question sets show, put together from queries and checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.conditions import Condition
from reviews.enums import QuestionSetStatus
from reviews.question_set_checks import missing
from reviews.question_translations import Progress, progress_of
from reviews.wordings import FormLanguage, form_language

if TYPE_CHECKING:
    from people.errors import Reason
    from reviews.models import Question, QuestionSet, Section
    from reviews.queries.question_sets import SetOutline


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question as the secretariat reads it."""

    question: Question
    condition: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section as the secretariat reads it."""

    section: Section
    questions: list[ShownQuestion]


@dataclass(frozen=True, slots=True)
class SetPage:
    """One version of a set to read."""

    question_set: QuestionSet
    sections: list[ShownSection]
    used_by: int
    missing: list[Reason]
    translations: list[Progress]
    language: FormLanguage
    question_count: int
    words: int

    @property
    def is_draft(self) -> bool:
        """Whether it can change."""
        return self.question_set.status == QuestionSetStatus.DRAFT


def shown_sections(outline: SetOutline) -> list[ShownSection]:
    """The sections with their questions, each with its condition in words."""
    numbers = outline.numbers
    return [
        ShownSection(
            part.section,
            [
                ShownQuestion(one, Condition.of(one.condition, one.condition_value).in_words(numbers))
                for one in part.questions
            ],
        )
        for part in outline.sections
    ]


def set_page(outline: SetOutline, used_by: int, wanted: str) -> SetPage:
    """Put the page of one version together. No query."""
    found = outline.question_set
    return SetPage(
        question_set=found,
        sections=shown_sections(outline),
        used_by=used_by,
        missing=missing(outline) if found.status == QuestionSetStatus.DRAFT else [],
        translations=progress_of(outline),
        language=form_language(found, "", wanted),
        question_count=len(outline.questions),
        words=sum(question.max_words for question in outline.questions),
    )
