"""A newer version of a file, and the file that was announced."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction

from people.errors import AlreadyDone, NotReady, NotThere
from reviews.actions.events import record
from reviews.actions.evidence_files import (
    Received,
    hold_case,
    place,
    receive,
    require_new,
    require_room,
)
from reviews.actions.evidence_text import have_read
from reviews.enums import EventKind
from reviews.evidence_access import require_to_bring
from reviews.models import Evidence, EvidenceVersion

if TYPE_CHECKING:
    from reviews.access import Seat


def add_version(seat: Seat, pk: int, file: BinaryIO, name: str) -> Evidence:
    """Put a newer version in the place of a file, or bring the file that was announced.

    Effects in order: permit; check and scan; then, in one transaction, hold the case and the row, keep the version
    that was there, write the file, the row and the event.

    Raises NotAllowed, NotThere, AlreadyDone for a removed file, NotReady (code `file_...`), NotNow.
    """
    bringable(seat, pk)
    received = receive(file, name)
    with transaction.atomic():
        hold_case(seat.case)
        return keep_version(seat, pk, received)


def bringable(seat: Seat, pk: int) -> Evidence:
    """Return a file of this case of which the person may bring the bytes.

    Raises NotThere, NotAllowed, and AlreadyDone for a removed one.
    """
    row = Evidence.objects.select_related("section").filter(case=seat.case, pk=pk).first()
    if row is None:
        raise NotThere
    require_to_bring(seat, row)
    if row.removed_at:
        raise AlreadyDone(f"“{row.title}” is removed. Bring it back first.")
    return row


def keep_version(seat: Seat, pk: int, received: Received) -> Evidence:
    """Keep a file that was received as the newest version of a row. Hold the case before, in the same transaction.

    Raises NotReady for the same file again and where there is no room.
    """
    rows = Evidence.objects.select_for_update(of=("self",)).filter(case=seat.case, pk=pk)
    list(rows)  # whoever describes it waits, or is read
    row = bringable(seat, pk)
    if row.sha256 == received.found.sha256:
        raise NotReady("This is the version that is here already.", code="file_twice")
    require_new(seat.case, received.found)
    require_room(seat.case, received.found.size, rows=0)
    text = "added {file}, announced before"
    if not row.is_announced:
        _keep_old(row)
        row.number += 1
        text = f"added version {row.number} of {{file}}"
    place(row, received, by=seat.user)
    row.save()
    have_read(row)
    record(seat.case, EventKind.UPLOADED, text, by=seat.user, evidence=row)
    return row


def _keep_old(row: Evidence) -> None:
    EvidenceVersion.objects.create(
        evidence=row,
        number=row.number,
        file=row.file.name,
        file_name=row.file_name,
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
        scan=row.scan,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
    )
