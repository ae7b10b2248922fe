"""The question sets that the product brings along."""

from __future__ import annotations

from django.db import transaction

from reviews import question_bank
from reviews.models import Question, QuestionSet, Section


@transaction.atomic
def ensure_builtin_set() -> QuestionSet:
    """Write the built-in set into the database unless this version of it is there already; safe to repeat.

    A new version takes the place of older ones for new reviews; the older ones stay for the reviews that use them.
    """
    found, is_new = QuestionSet.objects.get_or_create(
        slug=question_bank.SLUG,
        version=question_bank.VERSION,
        language=question_bank.LANGUAGE,
        defaults={"name": question_bank.NAME},
    )
    if is_new:
        _fill(found)
        QuestionSet.objects.filter(slug=found.slug, language=found.language).exclude(pk=found.pk).update(
            is_current=False
        )
    return found


def current_question_set(language: str = question_bank.LANGUAGE) -> QuestionSet:
    """The set that a new review begins with: the current one in `language`, else in the built-in language."""
    current = QuestionSet.objects.filter(slug=question_bank.SLUG, is_current=True)
    return (
        current.filter(language=language).first()
        or current.filter(language=question_bank.LANGUAGE).first()
        or ensure_builtin_set()
    )


def _fill(question_set: QuestionSet) -> None:
    """Write the sections and questions of the bank, numbered through the set."""
    sections = Section.objects.bulk_create(
        Section(question_set=question_set, position=position, title=part.title, help_text=part.help_text)
        for position, part in enumerate(question_bank.PARTS, start=1)
    )
    numbered = enumerate(
        (
            (section, asked)
            for section, part in zip(sections, question_bank.PARTS, strict=True)
            for asked in part.questions
        ),
        start=1,
    )
    Question.objects.bulk_create(
        Question(
            section=section,
            number=number,
            key=asked.key,
            text=asked.text,
            help_text=asked.help_text,
            is_required=asked.required,
            is_rated=asked.rated,
            max_words=asked.words,
            condition=asked.condition,
        )
        for number, (section, asked) in numbered
    )
