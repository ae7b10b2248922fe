"""Which questions a file belongs to. Each link is a small change of its own: two people's links never collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotThere
from reviews.actions.evidence import held_evidence
from reviews.models import Question

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Evidence


@transaction.atomic
def link_question(seat: Seat, pk: int, question: int, *, is_linked: bool) -> Evidence:
    """Link a file to a question, or take the link away; twice is the same as once.

    Effects: permit, hold the row, write. Raises NotAllowed, NotThere for a file or a question of elsewhere.
    """
    row = held_evidence(seat, pk)
    sections = {"section__question_set": seat.case.self_assessment.question_set_id}
    asked = Question.objects.select_related("section").filter(pk=question, **sections).first()
    if asked is None:
        raise NotThere
    seat.require_to_write(asked)
    if is_linked:
        row.questions.add(asked)
    else:
        row.questions.remove(asked)
    return row
