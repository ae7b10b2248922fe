"""Changing the draft of a question set: its texts, sections and questions; what is removed can be put back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotReady, NotThere
from reviews.actions.question_set_content import free_key, make_questions, make_section
from reviews.actions.question_set_drafts import hold_draft, write
from reviews.actions.question_set_order import renumber
from reviews.models import Question, QuestionSet, Section
from reviews.queries.question_sets import SectionOutline, outline_of, plain_question, plain_section
from reviews.question_files.plain import PlainQuestion, PlainSection
from reviews.question_files.reading import MOST_QUESTIONS, MOST_SECTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was taken out of a draft, and where it stood: a whole section, or questions of a section."""

    section: int | None
    place: int
    content: PlainSection


@transaction.atomic
def save_set(question_set: QuestionSet, fields: Mapping[str, object], *, version: int, by: User) -> QuestionSet:
    """Save a draft's own texts: name, and what is new in this version. Raises StaleText, and what `hold_draft` does."""
    return write(hold_draft(question_set.pk, by=by), fields, version=version)


@transaction.atomic
def save_section(section: Section, fields: Mapping[str, object], *, version: int, by: User) -> Section:
    """Save the title and help of a section. Raises StaleText, NotThere, and what `hold_draft` does."""
    hold_draft(section.question_set_id, by=by)
    found = Section.objects.filter(pk=section.pk).first()
    if found is None:
        raise NotThere
    return write(found, fields, version=version)


@transaction.atomic
def save_question(question: Question, fields: Mapping[str, object], *, version: int, by: User) -> Question:
    """Save a question: its texts, and how it is answered. Raises StaleText, NotThere, and what `hold_draft` does."""
    hold_draft(question.section.question_set_id, by=by)
    found = Question.objects.filter(pk=question.pk).first()
    if found is None:
        raise NotThere
    return write(found, fields, version=version)


@transaction.atomic
def add_section(question_set: QuestionSet, title: str, *, by: User) -> Section:
    """Add a section at the end. Raises NotReady when there are too many, and what `hold_draft` does."""
    held = hold_draft(question_set.pk, by=by)
    count = held.sections.count()
    if count >= MOST_SECTIONS:
        raise NotReady(f"A set can have {MOST_SECTIONS} sections. Put questions that belong together into one.")
    return make_section(held, PlainSection(title=title), position=count + 1)


@transaction.atomic
def add_question(section: Section, text: str, *, by: User) -> Question:
    """Add a question at the end of a section; it gets a key that names it for good.

    Raises NotReady when there are too many, and what `hold_draft` does.
    """
    held = hold_draft(section.question_set_id, by=by)
    keys = _keys(held)
    if len(keys) >= MOST_QUESTIONS:
        raise NotReady(f"A set can have {MOST_QUESTIONS} questions. Nobody answers more than that.")
    plain = PlainQuestion(key=free_key(text, set(keys)), text=text)
    make_questions(section, [plain], first=MOST_QUESTIONS * 2, taken=set(keys))
    renumber(held)
    return section.questions.get(key=plain.key)


def _keys(held: QuestionSet) -> list[str]:
    return list(Question.objects.filter(section__question_set=held).values_list("key", flat=True))


@transaction.atomic
def remove_section(section: Section, *, by: User) -> Removed:
    """Take a section with its questions out of a draft; what comes back can be given to `put_back`."""
    held = hold_draft(section.question_set_id, by=by)
    found = next((part for part in outline_of(held).sections if part.section.pk == section.pk), None)
    if found is None:
        raise NotThere
    removed = Removed(section=None, place=found.section.position, content=plain_section(found))
    found.section.delete()
    renumber(held)
    return removed


@transaction.atomic
def remove_question(question: Question, *, by: User) -> Removed:
    """Take a question out of a draft; what comes back can be given to `put_back`."""
    held = hold_draft(question.section.question_set_id, by=by)
    found = Question.objects.select_related("section").filter(pk=question.pk).first()
    if found is None:
        raise NotThere
    place = found.section.questions.filter(number__lt=found.number).count() + 1
    content = PlainSection(questions=(plain_question(found),))
    removed = Removed(section=found.section_id, place=place, content=content)
    found.delete()
    renumber(held)
    return removed


@transaction.atomic
def put_back(question_set: QuestionSet, removed: Removed, *, by: User) -> Section:
    """Put what was removed where it stood; a key that was given away in between is replaced.

    Raises NotThere when the section of a question is gone, and what `hold_draft` does.
    """
    held = hold_draft(question_set.pk, by=by)
    taken = set(_keys(held))
    questions = [replace(one, key="" if one.key in taken else one.key) for one in removed.content.questions]
    outline = outline_of(held)
    if removed.section is None:
        section = make_section(held, removed.content, position=MOST_SECTIONS * 2)
        make_questions(section, questions, first=MOST_QUESTIONS * 2, taken=taken)
        outline.sections.insert(removed.place - 1, SectionOutline(section, list(section.questions.all())))
    else:
        part = next((part for part in outline.sections if part.section.pk == removed.section), None)
        if part is None:
            raise NotThere("The section in which this question stood has been removed. Put the section back first.")
        section = part.section
        make_questions(section, questions, first=MOST_QUESTIONS * 2, taken=taken)
        back = section.questions.filter(number__gte=MOST_QUESTIONS * 2)
        part.questions[removed.place - 1 : removed.place - 1] = list(back)
    renumber(held, outline)
    return section
