"""What every save of a text has in common: its answer, and one line on the timeline an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from reviews.actions.events import record
from reviews.enums import EventKind
from reviews.models import CaseEvent

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case

EDIT_EVENTS_EVERY = timedelta(hours=1)
"""Somebody who writes for an hour leaves one line on the timeline, not one for each save."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a page that saves as you type needs to know: the number and the moment of what is stored now.

    `status` is that of a section of the report, which a first word or a change moves.
    """

    version: int
    at: datetime
    status: str = ""


def note_edit(case: Case, text: str, by: User, *, team_only: bool = False) -> None:
    """Leave a line on the timeline, unless this person left the same one within the hour."""
    since = timezone.now() - EDIT_EVENTS_EVERY
    if not CaseEvent.objects.filter(case=case, kind=EventKind.EDITED, text=text, actor=by, at__gt=since).exists():
        record(case, EventKind.EDITED, text, by=by, team_only=team_only)
