"""Writing the content of a question set: whole sets, and parts that are put back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from reviews.models import Question, QuestionSet, Section

if TYPE_CHECKING:
    from reviews.question_files.plain import PlainQuestion, PlainSection, PlainSet

_KEY_LENGTH = 40


@transaction.atomic
def write_content(question_set: QuestionSet, content: PlainSet) -> None:
    """Fill an empty set with everything that `content` holds: texts, translations, sections, questions."""
    question_set.name, question_set.languages = content.name, list(content.languages)
    question_set.translations, question_set.changes = dict(content.translations), content.changes
    question_set.save()
    taken: set[str] = {question.key for section in content.sections for question in section.questions}
    number = 1
    for position, section in enumerate(content.sections, start=1):
        made = make_section(question_set, section, position=position)
        make_questions(made, section.questions, first=number, taken=taken)
        number += len(section.questions)


def make_section(question_set: QuestionSet, section: PlainSection, *, position: int) -> Section:
    """Write one section, without its questions."""
    return Section.objects.create(
        question_set=question_set,
        position=position,
        title=section.title,
        help_text=section.help_text,
        translations=dict(section.translations),
    )


def make_questions(section: Section, questions: Iterable[PlainQuestion], *, first: int, taken: set[str]) -> None:
    """Write questions, numbered from `first`. One without a key gets one that is not among `taken`."""
    Question.objects.bulk_create(
        Question(
            section=section,
            number=number,
            key=question.key or free_key(question.text, taken),
            text=question.text,
            help_text=question.help_text,
            prompts=question.prompts,
            is_required=question.is_required,
            is_rated=question.is_rated,
            max_words=question.max_words,
            condition=question.condition,
            condition_value=question.condition_value,
            translations=dict(question.translations),
        )
        for number, question in enumerate(questions, start=first)
    )


def free_key(text: str, taken: set[str]) -> str:
    """Return a key for a question: from its words where they have Latin letters, and never one of `taken`."""
    base = slugify(text)[:_KEY_LENGTH].strip("-").replace("-", "_") or "question"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    taken.add(key)
    return key
