"""Beginning an answer with what the earlier review left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotThere
from reviews.actions.answers import Written, hold, save_answer
from reviews.models import Answer, Question
from reviews.permissions import Ability
from reviews.queries.earlier import earlier_of

if TYPE_CHECKING:
    from reviews.access import Seat


@transaction.atomic
def start_from(seat: Seat, question_id: int, source: str, *, version: int | None = None) -> Answer | None:
    """Put what the earlier review left into an answer: into an empty one, or below what stands there.

    Nothing is overwritten. Where a text stands, `version` says that the writer saw it and wants the start below it;
    without it nothing is written, and None is returned so that the page can ask.

    Raises NotAllowed, NotThere where the earlier review left nothing, StaleText when the text has moved on.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    held = hold(seat)
    question = Question.objects.filter(pk=question_id, section__question_set=held.question_set_id).first()
    if question is None:
        raise NotThere
    seat.require_to_write(question)
    earlier = earlier_of(seat.case, [question])
    start = earlier.start_of(source, question.key) if earlier else ""
    if not start:
        raise NotThere
    row = Answer.objects.filter(self_assessment=held, question=question).first() or Answer(version=0)
    if row.text.strip() and version is None:
        return None
    text = f"{row.text.rstrip()}\n\n{start}" if row.text.strip() else start
    written = Written(text=text, rating=row.rating, rating_reason=row.rating_reason, trend=row.trend)
    return save_answer(seat, question_id, written, version=row.version if version is None else version)
