"""What is missing before a version of a question set can be published."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.urls import reverse

from people.errors import Reason
from reviews.conditions import Condition
from reviews.enums import QuestionCondition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.models import Question
    from reviews.queries.question_sets import SectionOutline, SetOutline


def missing(outline: SetOutline) -> list[Reason]:
    """Everything that stands against publishing, each with the page that cures it."""
    edit = reverse("reviews:question_set_edit", args=(outline.question_set.pk,))
    found = [] if outline.question_set.name.strip() else [Reason("Give the set a name", url=edit)]
    if not outline.sections:
        found.append(Reason("Add at least one section", url=edit))
    for section in outline.sections:
        found += _of_section(section)
    return found + list(_of_questions(outline))


def _of_section(outline: SectionOutline) -> Iterator[Reason]:
    section = outline.section
    url = reverse("reviews:question_set_section", args=(section.question_set_id, section.pk))
    if not section.title.strip():
        yield Reason(f"Section {section.position} has no title", url=url)
    if not outline.questions:
        yield Reason(f"Section {section.position} has no question: add one, or remove the section", url=url)


def _of_questions(outline: SetOutline) -> Iterator[Reason]:
    times = Counter(question.key for question in outline.questions)
    before: dict[str, Question] = {}
    for question in outline.questions:
        for sentence in _of_question(question, before, outline.numbers):
            page = reverse("reviews:question_set_section", args=(outline.question_set.pk, question.section_id))
            url = f"{page}?open={question.pk}#question-{question.pk}"
            yield Reason(f"Question {question.number}: {sentence}", url=url)
        if not question.key or times[question.key] > 1:
            yield Reason(f"Question {question.number}: its key “{question.key}” is not its own", url="")
        before.setdefault(question.key, question)


def _of_question(question: Question, before: dict[str, Question], numbers: dict[str, int]) -> Iterator[str]:
    """What is wrong with one question. `before` are the questions that come earlier, by key."""
    if not question.text.strip():
        yield "its text is missing"
    condition = Condition.of(question.condition, question.condition_value)
    if condition.kind == QuestionCondition.THEME and not condition.themes:
        yield "choose the themes for which it is asked"
    if not condition.needs_question:
        return
    other = before.get(condition.key)
    if other is None:
        later = numbers.get(condition.key)
        yield f"it waits for question {later}, which comes later" if later else "choose the question that it waits for"
    elif condition.kind == QuestionCondition.RATED and not other.is_rated:
        yield f"it waits for a rating of question {other.number}, which is not rated"
    elif condition.kind == QuestionCondition.RATED and not condition.ratings:
        yield "choose the ratings for which it is asked"
