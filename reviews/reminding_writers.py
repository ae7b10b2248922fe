"""Reminding those who were given something to write, when it is due tomorrow or late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.actions.notifications import notify
from people.templatetags.words import dates
from reviews.models import Assignment
from reviews.pages import address_of

if TYPE_CHECKING:
    from reviews.queries.late_writers import WritingReminder


@transaction.atomic
def remind_writer(reminder: WritingReminder) -> bool:
    """Tell somebody what they still have to write; False when another worker was quicker.

    Effects: the moment is kept on every row, the person is told once. The sentence holds no content.
    """
    claimed = 0
    for row in reminder.rows:
        waiting = Assignment.objects.filter(pk=row.pk, reminded_at=row.reminded_at)
        claimed += waiting.update(reminded_at=timezone.now())
    if not claimed:
        return False
    first = reminder.rows[0]
    case = first.self_assessment.case
    when = f"was due {dates(reminder.first)}" if reminder.is_late else f"is due {dates(reminder.first)}"
    text = f"{case.title}: your part of the self-assessment {when}"
    notify([first.user], text=text, url=address_of("reviews:self_assessment", case.slug))
    return True
