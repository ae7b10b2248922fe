"""Who holds a section: a courtesy with a name. Saving never asks for it; versions keep texts safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import NotThere
from reports.actions.section_versions import keep
from reports.models import ReportSection
from reports.permissions import require_to_write
from reports.queries.locks import free_for, other_writer, writer_of

if TYPE_CHECKING:
    from reviews.access import Seat


def sign_of_life(seat: Seat, row: ReportSection) -> None:
    """Note that somebody is writing here, if nobody else is. Not locked, not recorded: gone within a minute.

    Raises NotAllowed.
    """
    require_to_write(seat, row)
    now, is_mine = timezone.now(), writer_of(row) == seat.user
    since = row.locked_since if is_mine and row.locked_since else now
    free = ReportSection.objects.filter(free_for(seat.user), pk=row.pk)
    if free.update(locked_by=seat.user, locked_since=since, locked_at=now):
        row.locked_by, row.locked_since, row.locked_at = seat.user, since, now
    else:
        row.refresh_from_db(fields=("locked_by", "locked_since", "locked_at"))


def leave(seat: Seat, row: ReportSection) -> None:
    """Let the section go, if this person held it. Twice is once."""
    if ReportSection.objects.filter(pk=row.pk, locked_by=seat.user).update(
        locked_by=None, locked_since=None, locked_at=None
    ):
        row.locked_by = row.locked_since = row.locked_at = None


@transaction.atomic
def take_over(seat: Seat, key: str) -> ReportSection:
    """Write where somebody else is writing.

    Effects: hold the section, permit, keep its text, note the new writer, tell the one before. Their page says so at
    its next sign of life; what they have not saved stays with them. Raises NotAllowed, NotThere.
    """
    rows = ReportSection.objects.select_for_update(of=("self",)).filter(report__case=seat.case, key=key)
    row = rows.select_related("locked_by", "updated_by").first()
    if row is None:
        raise NotThere
    require_to_write(seat, row)
    before = other_writer(row, seat.user)
    if before is not None:
        keep([row], note=f"Before {seat.user} took over from {before}")
        url = reverse("reports:section", args=(seat.case.slug, key))
        text = f"{seat.case.title}: {seat.user} goes on writing “{row.title}” in your place"
        notify([before], text=text, url=url)
    if before is not None or writer_of(row) is None:
        row.locked_since = timezone.now()
    row.locked_by, row.locked_at = seat.user, timezone.now()
    row.save(update_fields=("locked_by", "locked_since", "locked_at"))
    return row
