"""What the team does with comments: answers them, and puts what it accepted into the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotReady, StaleText
from reports.actions.fact_comments import held_comment
from reports.actions.sections import save_section
from reports.enums import FactAnswer
from reports.fact_texts import paragraph_of
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind
from reviews.permissions import Ability

if TYPE_CHECKING:
    from people.models import User
    from reports.forms.fact_checks import AnswerInput
    from reports.models import FactComment
    from reviews.models import Case


@transaction.atomic
def answer_comment(case: Case, number: int, *, by: User, said: AnswerInput) -> FactComment:
    """Answer a comment, or change the answer while the report is not final.

    Effects: lock the case, permit, refuse when somebody answered since the page was shown, store, record.
    Raises NotAllowed, NotThere, AlreadyDone.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.ANSWER_FACTS)
    comment = held_comment(case, number)
    if comment.seen != said.seen:
        raise AlreadyDone(
            f"{comment.answered_by or 'Somebody'} has answered comment {number} in between. Nothing was overwritten.",
            code="answered",
        )
    comment.answer, comment.answer_reason = said.answer, said.reason
    comment.answered_by, comment.answered_at = by, timezone.now()
    comment.save()
    record(case, EventKind.ANSWERED, f"Comment {number} answered: {FactAnswer(said.answer).label.lower()}", by=by)
    return comment


@transaction.atomic
def apply_comment(case: Case, number: int, *, by: User, text: str, version: int) -> FactComment:
    """Put what was accepted into the text: the paragraph that still reads as quoted is replaced by `text`.

    Effects: lock the case, permit, find the paragraph, save the section as its editor does, mark the comment, record.
    Raises NotAllowed, NotThere, AlreadyDone when it was done before, NotReady when the paragraph reads otherwise now,
    StaleText when the section was saved in between. Nothing is ever overwritten that was not quoted.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.ANSWER_FACTS)
    comment = _to_apply(case, number)
    found = paragraph_of(comment)
    if found is None:
        raise NotReady("The paragraph does not read any more as it was quoted. Change it in the section.")
    if found.section.version != version:
        raise StaleText(
            version=found.section.version,
            texts={"text": found.source},
            by=str(found.section.updated_by or ""),
            at=found.section.updated_at,
        )
    save_section(case, found.section.key, by=by, text=found.replaced(text), version=version)
    return _mark(case, comment, by)


@transaction.atomic
def mark_applied(case: Case, number: int, *, by: User) -> FactComment:
    """Say that what was accepted is in the text, where it was changed by hand.

    Effects: lock the case, permit, mark, record. Raises NotAllowed, NotThere, AlreadyDone.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.ANSWER_FACTS)
    return _mark(case, _to_apply(case, number), by)


def _to_apply(case: Case, number: int) -> FactComment:
    comment = held_comment(case, number)
    if comment.applied_at:
        raise AlreadyDone(f"Comment {number} is in the text already.")
    if not comment.is_to_apply:
        raise NotReady("Only what was accepted is put into the text.")
    return comment


def _mark(case: Case, comment: FactComment, by: User) -> FactComment:
    comment.applied_at = timezone.now()
    comment.save(update_fields=("applied_at",))
    text = f"Comment {comment.number} on the draft put into the text"
    record(case, EventKind.EDITED, text, by=by, team_only=True)
    return comment
