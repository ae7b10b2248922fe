"""With which questions a review begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import HOST_ROLES, EventKind, QuestionSetStatus, SelfAssessmentStatus
from reviews.models import Case, CaseEvent, Presence, QuestionSet, SelfAssessment
from reviews.permissions import Ability
from reviews.queries.people import people_in
from reviews.queries.question_choice import is_begun

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def choose_questions(case: Case, question_set: QuestionSet, *, by: User) -> CaseEvent | None:
    """Let a review begin with another published version; None when it does already.

    Effects in order: lock, permit, check that nothing rests on the questions yet, change, event, the host is told.

    Raises NotAllowed, NotReady for a version that is not published, AlreadyDone once the host has begun.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.CHOOSE_QUESTIONS)
    assessment = SelfAssessment.objects.select_for_update(no_key=True).get(case=held)
    if assessment.question_set_id == question_set.pk:
        return None
    if question_set.status != QuestionSetStatus.PUBLISHED:
        raise NotReady("Choose a published version: a draft may still change.")
    if assessment.status != SelfAssessmentStatus.DRAFT or is_begun(assessment):
        message = "The host has begun to work with these questions. A review keeps the version it began with."
        raise AlreadyDone(message, code="begun")
    Presence.objects.filter(self_assessment=assessment).delete()
    assessment.question_set = question_set
    assessment.save(update_fields=["question_set"])
    told = people_in(held, set(HOST_ROLES)).exclude(pk=by.pk)
    notify(told, text=f"{held.title}: the questions are “{question_set}” now", url=held.get_absolute_url())
    return record(held, EventKind.EDITED, f"Questions chosen: {question_set}", by=by, step="questions")
