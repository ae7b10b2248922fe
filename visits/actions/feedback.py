"""Recording the feedback session: when it was held, how many came, what the host answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import StaleText
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.enums import EventKind
from reviews.permissions import Ability
from visits.models import StudyVisit

if TYPE_CHECKING:
    from datetime import date

    from people.models import User


@transaction.atomic
def record_feedback(
    visit: StudyVisit, *, by: User, version: int, held_on: date | None, attendance: int | None, reply: str
) -> StudyVisit:
    """Save what is known of the feedback session so far; nothing is demanded.

    Effects in order: hold the row, permit (record_feedback), check the version, save, record the first time that a
    day is given.

    Raises StaleText when somebody else saved in between.
    """
    held = StudyVisit.objects.select_for_update(of=("self",)).select_related("case", "feedback_by").get(pk=visit.pk)
    seat_in(by, held.case).require(Ability.RECORD_FEEDBACK)
    new = {"feedback_held_on": held_on, "feedback_attendance": attendance, "feedback_reply": reply}
    changed = {name: value for name, value in new.items() if getattr(held, name) != value}
    if not changed:
        return held
    if version != held.feedback_version:
        raise _stale(held)
    is_first_day = held.feedback_held_on is None and held_on is not None
    for name, value in changed.items():
        setattr(held, name, value)
    held.feedback_version += 1
    held.feedback_by, held.feedback_at = by, timezone.now()
    held.save(update_fields=[*changed, "feedback_version", "feedback_by", "feedback_at"])
    if is_first_day:
        record(held.case, EventKind.EDITED, f"Feedback session held on {held_on:%-d %B %Y}", by=by)
    return held


def _stale(held: StudyVisit) -> StaleText:
    texts = {
        "held_on": held.feedback_held_on.isoformat() if held.feedback_held_on else "",
        "attendance": "" if held.feedback_attendance is None else str(held.feedback_attendance),
        "reply": held.feedback_reply,
    }
    return StaleText(version=held.feedback_version, texts=texts, by=str(held.feedback_by or ""), at=held.feedback_at)
