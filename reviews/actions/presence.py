"""Who is writing where: told by the page every few seconds, and forgotten soon after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from people.errors import NotThere
from reviews.actions.answers import require_open
from reviews.models import Presence, Question
from reviews.permissions import Ability

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import SelfAssessment


def tell_presence(seat: Seat, held: SelfAssessment, question_id: int | None) -> None:
    """Note at which question somebody is, or that they are at none. Two queries, or one.

    Raises NotAllowed when the self-assessment is not open or the question is not theirs to write, NotThere for a
    question of another set. Nothing is recorded: it is gone within a minute.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    require_open(held)
    if question_id is None:
        Presence.objects.filter(self_assessment=held, user=seat.user).delete()
        return
    question = Question.objects.filter(pk=question_id, section__question_set=held.question_set_id).first()
    if question is None:
        raise NotThere
    seat.require_to_write(question)
    Presence.objects.bulk_create(
        [Presence(self_assessment=held, user=seat.user, question=question, at=timezone.now())],
        update_conflicts=True,
        unique_fields=("self_assessment", "user"),
        update_fields=("question", "at"),
    )
