"""The order of sections and questions in a draft; questions are numbered through the whole set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.db import transaction
from django.db.models import F

from people.errors import NotThere
from reviews.actions.question_set_drafts import hold_draft
from reviews.models import Question, QuestionSet, Section
from reviews.queries.question_sets import SetOutline, outline_of

if TYPE_CHECKING:
    from people.models import User

Way = Literal["up", "down"]
_OUT_OF_THE_WAY = 10_000


@transaction.atomic
def move_section(section: Section, way: Way, *, by: User) -> None:
    """Move a section one place up or down; at the end of the list it stays. Raises what `hold_draft` raises."""
    held = hold_draft(section.question_set_id, by=by)
    outline = outline_of(held)
    here = _place([part.section.pk for part in outline.sections], section.pk)
    there = max(0, min(len(outline.sections) - 1, here + (-1 if way == "up" else 1)))
    outline.sections.insert(there, outline.sections.pop(here))
    renumber(held, outline)


@transaction.atomic
def move_question(question: Question, way: Way, *, by: User) -> Section:
    """Move a question one place up or down; from the edge of its section into the next one. Return its section.

    Raises what `hold_draft` raises, and NotThere.
    """
    held = hold_draft(question.section.question_set_id, by=by)
    outline = outline_of(held)
    at = _place([part.section.pk for part in outline.sections], question.section_id)
    part = outline.sections[at]
    here = _place([one.pk for one in part.questions], question.pk)
    moved = part.questions.pop(here)
    there = here + (-1 if way == "up" else 1)
    target = at + (-1 if there < 0 else 1 if there > len(part.questions) else 0)
    if not 0 <= target < len(outline.sections):
        part.questions.insert(here, moved)
    elif target == at:
        part.questions.insert(there, moved)
    else:
        other = outline.sections[target].questions
        other.insert(len(other) if there < 0 else 0, moved)
        part = outline.sections[target]
    renumber(held, outline)
    return part.section


def _place(ids: list[int], pk: int) -> int:
    """Where a row stands in its list. Raises NotThere when somebody removed it."""
    if pk not in ids:
        raise NotThere
    return ids.index(pk)


def renumber(held: QuestionSet, outline: SetOutline | None = None) -> None:
    """Give every section and question its place from 1 on, as in `outline`, or as they stand now.

    Everything first steps out of the way, because no two may have the same place even for a moment.
    """
    outline = outline or outline_of(held)
    questions = Question.objects.filter(section__question_set=held)
    held.sections.update(position=F("position") + _OUT_OF_THE_WAY)
    questions.update(number=F("number") + _OUT_OF_THE_WAY)
    ordered: list[Question] = []
    for position, part in enumerate(outline.sections, start=1):
        part.section.position = position
        for question in part.questions:
            question.section = part.section
            ordered.append(question)
    for number, question in enumerate(ordered, start=1):
        question.number = number
    Section.objects.bulk_update([part.section for part in outline.sections], ["position"])
    Question.objects.bulk_update(ordered, ["number", "section"])
