"""What the host adds after the release. Never changed, never removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from people.actions.notifications import notify
from people.errors import NotThere
from reviews.actions.answers import hold
from reviews.actions.events import record
from reviews.enums import TEAM_ROLES, EventKind
from reviews.models import Addendum, Question
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from uuid import UUID

    from reviews.access import Seat


@transaction.atomic
def add_addendum(seat: Seat, question_id: int | None, text: str, *, client_id: UUID | None = None) -> Addendum:
    """Add something to one question, or to the whole, for the team to read.

    Effects in order: permit; hold the self-assessment; write; record; tell the team. The same `client_id` sent twice
    is one addendum. Raises NotAllowed before the release, NotThere for a question of another set.
    """
    held = hold(seat)
    seat.case.self_assessment = held
    seat.require(Ability.ADD_ADDENDUM)
    question = None
    if question_id is not None:
        question = Question.objects.filter(pk=question_id, section__question_set=held.question_set_id).first()
        if question is None:
            raise NotThere
    if client_id and (same := Addendum.objects.filter(self_assessment=held, client_id=client_id).first()):
        return same
    row = Addendum.objects.create(self_assessment=held, question=question, text=text, client_id=client_id, by=seat.user)
    about = f", question {question.number}" if question else ""
    record(seat.case, EventKind.ADDED, f"added something to the self-assessment{about}", by=seat.user)
    page = reverse("reviews:self_assessment_reading", args=(seat.case.slug,))
    url = f"{page}#addendum-{row.pk}"
    words = f"{seat.case.title}: the host added something to its self-assessment{about}"
    notify(people_in(seat.case, TEAM_ROLES), text=words, url=url)
    return row
