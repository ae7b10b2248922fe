"""Sharing the writing out: who of the host city writes what, by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from people.actions.notifications import notify
from people.errors import NotThere
from people.templatetags.words import counted, dates
from reviews.actions.answers import hold
from reviews.models import Assignment, Question, Section
from reviews.pages import address_of
from reviews.permissions import Ability
from reviews.queries.assignments import WRITERS
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from datetime import date

    from people.models import User
    from reviews.access import Seat
    from reviews.models import SelfAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is given to somebody: ids of sections and of single questions, or everything."""

    everything: bool = False
    sections: tuple[int, ...] = ()
    questions: tuple[int, ...] = ()
    due: date | None = None


@transaction.atomic
def assign(seat: Seat, user_id: int, given: Given) -> list[Assignment]:
    """Give parts of the self-assessment to somebody of the host city; returns what is new.

    Effects in order: permit; hold the self-assessment; write, a question only where its section is not given too;
    tell the person what is new. What they had already gets the new date, and nobody is told twice.

    Raises NotAllowed, NotThere for a person without a role of the host, or for parts of another set of questions.
    """
    seat.require(Ability.SHARE_WORK)
    held = hold(seat)
    user = people_in(seat.case, WRITERS).filter(pk=user_id).distinct().first()
    if user is None:
        raise NotThere
    rows = [_give(seat, held, user, target, given.due) for target in _targets(held, given)]
    new = [row for row, is_new in rows if is_new]
    if new and user.pk != seat.user.pk:
        by_when = f", by {dates(given.due)}" if given.due else ""
        text = f"{seat.case.title}: you are asked to write {_in_words(new)} of the self-assessment{by_when}"
        notify([user], text=text, url=address_of("reviews:self_assessment", seat.case.slug))
    return new


def _targets(held: SelfAssessment, given: Given) -> list[dict[str, Section | Question]]:
    """What the new rows are about. Raises NotThere for parts of another set."""
    if given.everything:
        return [{}]
    sections = list(Section.objects.filter(question_set=held.question_set_id, pk__in=given.sections))
    asked = Question.objects.filter(section__question_set=held.question_set_id, pk__in=given.questions)
    questions = list(asked.select_related("section"))
    if len(sections) != len(set(given.sections)) or len(questions) != len(set(given.questions)):
        raise NotThere
    whole = {section.pk for section in sections}
    found: list[dict[str, Section | Question]] = [{"section": section} for section in sections]
    return found + [{"question": question} for question in questions if question.section_id not in whole]


def _give(
    seat: Seat, held: SelfAssessment, user: User, target: dict[str, Section | Question], due: date | None
) -> tuple[Assignment, bool]:
    about = {"section": target.get("section"), "question": target.get("question")}
    row = Assignment.objects.filter(self_assessment=held, user=user, **about).first()
    if row is None:
        return Assignment.objects.create(self_assessment=held, user=user, due=due, by=seat.user, **about), True
    _set_due(row, due)
    return row, False


def _in_words(rows: list[Assignment]) -> str:
    """`everything`, `2 sections and 1 question`."""
    sections, questions = sum(bool(row.section_id) for row in rows), sum(bool(row.question_id) for row in rows)
    if not sections and not questions:
        return "everything"
    parts = [counted(number, word) for number, word in ((sections, "section"), (questions, "question")) if number]
    return " and ".join(parts)


@transaction.atomic
def change_due(seat: Seat, pk: int, due: date | None) -> Assignment:
    """Change the day by which something is due. Raises NotAllowed, NotThere."""
    row = _held(seat, pk)
    _set_due(row, due)
    return row


def _set_due(row: Assignment, due: date | None) -> None:
    """A new day is reminded of anew."""
    if row.due != due:
        row.due, row.reminded_at = due, None
        row.save(update_fields=("due", "reminded_at"))


@transaction.atomic
def take_back(seat: Seat, pk: int) -> Assignment:
    """Take something back that was given to somebody: what they wrote stays. Raises NotAllowed, NotThere."""
    row = _held(seat, pk)
    row.delete()
    return row


def _held(seat: Seat, pk: int) -> Assignment:
    seat.require(Ability.SHARE_WORK)
    row = Assignment.objects.select_for_update(of=("self",)).filter(self_assessment__case=seat.case, pk=pk)
    found = row.select_related("user", "section", "question").first()
    if found is None:
        raise NotThere
    return found
