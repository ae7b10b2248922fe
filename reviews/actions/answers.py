"""Writing answers: saved while people type, never overwritten."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import NotAllowed, NotThere, StaleText
from reviews.enums import SelfAssessmentStatus
from reviews.models import Answer, Question, SelfAssessment
from reviews.permissions import Ability

if TYPE_CHECKING:
    from reviews.access import Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody wrote into one answer: Markdown texts, and the stored values of rating and trend."""

    text: str = ""
    rating: str = ""
    rating_reason: str = ""
    trend: str = ""


_CLOSED = {
    SelfAssessmentStatus.SUBMITTED: "The self-assessment has been submitted: its answers stay as they are. "
    "The host coordinator can take the submission back.",
    SelfAssessmentStatus.ACCEPTED: "The self-assessment has been accepted and released: its answers stay as they are.",
}


@transaction.atomic
def save_answer(seat: Seat, question_id: int, written: Written, *, version: int) -> Answer:
    """Save one answer. `version` is the number that the writer's page had, 0 for an answer that was not there.

    Effects in order: permit; hold the self-assessment (so that a submission waits for this save or this save for
    it); compare the version; write. Drafts demand nothing. The same text sent twice is one save.

    Raises NotAllowed when the self-assessment is not open or the question is not the writer's, NotThere for a
    question of another set, StaleText with the stored texts when somebody else saved in between.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    held = hold(seat)
    require_open(held)
    question = Question.objects.filter(pk=question_id, section__question_set=held.question_set_id).first()
    if question is None:
        raise NotThere
    seat.require_to_write(question)
    if not question.is_rated:
        written = Written(text=written.text)
    row = held.answers.filter(question=question).select_related("updated_by").first()
    row = row or Answer(self_assessment=held, question=question, version=0)
    return _write(row, written, seat=seat, version=version)


def require_open(held: SelfAssessment) -> None:
    """Refuse where answers stay as they are. Raises NotAllowed with the reason."""
    if not held.is_open:
        raise NotAllowed(_CLOSED[SelfAssessmentStatus(held.status)], code="not_open")


def hold(seat: Seat) -> SelfAssessment:
    """Fetch the self-assessment of a case and hold it until the transaction ends.

    Raises NotThere for a case without one.
    """
    held = SelfAssessment.objects.select_for_update(no_key=True).filter(case=seat.case).first()
    if held is None:
        raise NotThere
    return held


def _write(row: Answer, written: Written, *, seat: Seat, version: int) -> Answer:
    """Write into the row unless it moved on since the writer's page was made."""
    stored = Written(text=row.text, rating=row.rating, rating_reason=row.rating_reason, trend=row.trend)
    if written == stored:
        return row
    if version != row.version:
        raise StaleText(version=row.version, texts=asdict(stored), by=str(row.updated_by or ""), at=row.updated_at)
    for name, value in asdict(written).items():
        setattr(row, name, value)
    row.version += 1
    row.updated_by, row.updated_at = seat.user, timezone.now()
    row.save()
    return row
