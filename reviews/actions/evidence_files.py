"""The bytes of a file: checked and scanned before anything is kept, stored once under their hash, never without a row.

Bytes are written before the row that names them is committed. What a web process leaves behind that dies in between
is found by `reviews.sweeping`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils import timezone

from people.errors import NotReady, Reason
from reviews.enums import ScanResult
from reviews.models import Case, Evidence
from reviews.queries.evidence_room import room_left
from reviews.uploads import checked, scan

if TYPE_CHECKING:
    from people.models import User
    from reviews.uploads import CheckedFile


@dataclass(frozen=True, slots=True)
class Received:
    """A file that may be kept, and what the virus scanner said of it."""

    found: CheckedFile
    scan: ScanResult
    scanned_at: datetime | None


def receive(file: BinaryIO, name: str) -> Received:
    """Check a file by its bytes and let it be scanned. Call it outside of a transaction: it takes its time.

    Raises NotReady (code `file_...`) with what to do instead, NotNow when the scanner does not answer.
    """
    found = checked(file, name, most_bytes=settings.EVIDENCE_MAX_BYTES)
    said = scan(file)
    found.content.seek(0)
    return Received(found, said, timezone.now() if said != ScanResult.NOT_SCANNED else None)


def hold_case(case: Case) -> Case:
    """Hold the case: whoever adds a file to it, or sweeps its folder, waits."""
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def require_room(case: Case, size: int, *, rows: int) -> None:
    """Refuse what a case has no room for. `rows` is 0 for a new version of a file that is there.

    Raises NotReady `file_no_room`.
    """
    room = room_left(case)
    if room.rows < rows:
        raise NotReady(
            f"This review has {settings.EVIDENCE_MAX_FILES} files: no more can be added.", code="file_no_room"
        )
    if room.size < size:
        most = settings.EVIDENCE_CASE_BYTES // (1024 * 1024)
        raise NotReady(f"The files of this review are full: at most {most} MB in all.", code="file_no_room")


def require_new(case: Case, found: CheckedFile) -> None:
    """Refuse the same bytes a second time. Raises NotReady `file_twice`."""
    same = Evidence.objects.filter(case=case, sha256=found.sha256, removed_at__isnull=True).first()
    if same:
        raise NotReady(
            f"This file is here already, as “{same.title}”.", code="file_twice", reasons=[Reason(f"“{same.title}”")]
        )


def place(row: Evidence, received: Received, *, by: User) -> None:
    """Write the bytes, and into the row what they are. Hold the case; save the row yourself."""
    found = received.found
    row.file_name, row.content_type = found.name, found.kind.content_type
    row.size, row.sha256 = found.size, found.sha256
    row.scan, row.scanned_at = received.scan, received.scanned_at
    row.uploaded_by, row.uploaded_at = by, timezone.now()
    path = Evidence._meta.get_field("file").generate_filename(row, row.file_name)
    # A file that was removed and comes back is still there under its hash.
    row.file.name = path if default_storage.exists(path) else default_storage.save(path, File(found.content))
