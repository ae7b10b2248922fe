"""Deadlines changed by hand."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady, NotThere
from people.models import User
from people.templatetags.words import dates
from reviews import requirements
from reviews.access import seat_in
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import MARKED_BY_HAND, EventKind, MilestoneKind, MilestoneStatus, Role
from reviews.models import Case, Milestone
from reviews.permissions import Ability
from reviews.queries.people import people_in
from reviews.timeline import PLANNED


def _held(case: Case, kind: str, by: User) -> tuple[Case, Milestone]:
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.EDIT_DEADLINES)
    row = held.milestones.filter(kind=kind).first()
    if row is None:
        raise NotThere
    return held, row


def _require_free(case: Case, kind: str) -> None:
    """Refuse to move a deadline that another page moves, with what follows from it."""
    if reasons := requirements.unmet(case, f"deadline:{kind}"):
        raise NotReady("This date is moved on another page.", reasons=reasons)


@transaction.atomic
def set_deadline(case: Case, kind: str, *, due: date, by: User) -> Milestone:
    """Give a deadline a date of its own; it no longer follows the visit.

    Effects: lock, permit, date, event, the owners are told.

    Raises NotThere for a kind that the case does not have, NotAllowed, AlreadyDone when the work is done, NotReady for
    a date that is moved elsewhere.
    """
    held, row = _held(case, kind, by)
    _require_free(held, kind)
    if row.status == MilestoneStatus.DONE:
        raise AlreadyDone("This is done already: its date can no longer change.")
    if (row.due, row.is_manual) == (due, True):
        return row
    row.due, row.is_manual, row.reminded_at = due, True, None
    row.save(update_fields=["due", "is_manual", "reminded_at"])
    _tell(held, row, f"{row.get_kind_display()}: now due {dates(due)}", by)
    return row


@transaction.atomic
def reset_deadline(case: Case, kind: str, *, by: User) -> Milestone:
    """Let a deadline follow the visit again.

    Effects and refusals as `set_deadline`.
    """
    held, row = _held(case, kind, by)
    _require_free(held, kind)
    if not row.is_manual:
        return row
    row.is_manual = False
    row.save(update_fields=["is_manual"])
    milestones.sync(held)
    row.refresh_from_db()
    words = f"due {dates(row.due)}" if row.due else "without a date until the visit has one"
    _tell(held, row, f"{row.get_kind_display()}: back to its usual date, {words}", by)
    return row


@transaction.atomic
def mark_deadline(case: Case, kind: str, *, done: bool, by: User) -> Milestone:
    """Say that the work of a deadline is done, or not done after all; only for MARKED_BY_HAND.

    Raises NotThere, NotAllowed, NotReady for work that a step of the review completes, AlreadyDone.
    """
    held, row = _held(case, kind, by)
    if row.kind not in MARKED_BY_HAND:
        raise NotReady("A step of the review completes this: take the step on its page.", code="by_step")
    if (row.status == MilestoneStatus.DONE) == done:
        raise AlreadyDone("This has been changed already.")
    row.done_at = timezone.now() if done else None
    row.status = (
        MilestoneStatus.DONE if done else milestones.status_in(held.stage, PLANNED[MilestoneKind(row.kind)].stage)
    )
    row.save(update_fields=["status", "done_at"])
    record(held, EventKind.EDITED, f"{row.get_kind_display()}: {'done' if done else 'open again'}", by=by)
    return row


def _tell(case: Case, row: Milestone, text: str, by: User) -> None:
    record(case, EventKind.EDITED, text, by=by, step="deadline")
    told = people_in(case, {Role(row.owner)}).exclude(pk=by.pk)
    notify(told, text=f"{case.title}: {text}", url=reverse("reviews:deadlines", args=(case.slug,)))
