"""Reading and downloading leave a line on the timeline: once a person and day, so that it stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from reviews.actions.events import record
from reviews.enums import EventKind
from reviews.models import CaseEvent

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Evidence


@transaction.atomic
def record_daily(
    seat: Seat, kind: EventKind, text: str, *, team_only: bool = False, evidence: Evidence | None = None
) -> CaseEvent | None:
    """Add a line for what this person did, unless the same line is there from today; then return None."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    today = CaseEvent.objects.filter(
        case=seat.case, actor=seat.user, kind=kind, text=text, evidence=evidence, at__gte=midnight
    )
    if today.exists():
        return None
    return record(seat.case, kind, text, by=seat.user, team_only=team_only, evidence=evidence)


def record_read(seat: Seat) -> None:
    """Note that somebody who is not of the host city read the self-assessment."""
    if not seat.is_host:
        record_daily(seat, EventKind.READ, "read the self-assessment")


def record_download(seat: Seat, version: str) -> None:
    """Note that somebody who is not of the host city took the self-assessment along as a file."""
    if not seat.is_host:
        record_daily(seat, EventKind.DOWNLOADED, f"downloaded the self-assessment ({version})")
