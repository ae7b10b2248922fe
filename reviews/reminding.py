"""Reminding the owners of one deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.actions.notifications import notify
from people.templatetags.words import dates, due
from reviews.enums import Role
from reviews.models import Milestone
from reviews.pages import page_of
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from reviews.queries.reminders import Reminder


@transaction.atomic
def remind(reminder: Reminder) -> bool:
    """Tell the owners of a deadline; False when another worker was quicker.

    Effects: the moment is kept on the row, the owners are told.
    """
    row = reminder.milestone
    claimed = Milestone.objects.filter(pk=row.pk, reminded_at=row.reminded_at).update(reminded_at=timezone.now())
    if not claimed:
        return False
    when = f"was due {dates(row.due)}" if reminder.is_late else f"is due {due(row.due)}, {dates(row.due)}"
    owners = people_in(row.case, {Role(row.owner)})
    notify(owners, text=f"{row.case.title}: “{row.get_kind_display()}” {when}", url=page_of(row.kind, row.case))
    return True
