"""Adding, describing, removing and handing out files."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotReady, NotThere, Reason
from reviews.actions.events import record
from reviews.actions.reading import record_daily
from reviews.enums import EventKind, EvidenceClass, EvidenceKind
from reviews.models import Case, Evidence, Section
from reviews.permissions import Ability
from reviews.uploads import checked

if TYPE_CHECKING:
    from datetime import date

    from reviews.access import Seat
    from reviews.uploads import CheckedFile

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the host says of a file. An empty title is made from the file's name."""

    title: str = ""
    section: Section | None = None
    kind: str = EvidenceKind.OTHER
    access_class: str = EvidenceClass.TEAM
    language: str = ""
    dated: date | None = None


def add_evidence(seat: Seat, file: BinaryIO, name: str, described: Described) -> Evidence:
    """Keep a file of the host city.

    Effects in order: permit; check the content by its bytes; then, in one transaction, look for the same file, write
    the file under its hash, the row and the event.

    Raises NotAllowed, NotReady (code `file_...`) with what to do instead, NotReady `file_twice` with a link.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    found = checked(file, name, most_bytes=settings.EVIDENCE_MAX_BYTES)
    return _keep(seat, found, described)


@transaction.atomic
def _keep(seat: Seat, found: CheckedFile, described: Described) -> Evidence:
    case = Case.objects.select_for_update(no_key=True).get(pk=seat.case.pk)
    _is_new(seat, found)
    row = Evidence(
        case=case,
        title=described.title.strip()[:200] or found.title[:200],
        section=_section(seat, described.section),
        kind=described.kind,
        access_class=described.access_class,
        language=described.language,
        dated=described.dated,
        file_name=found.name,
        content_type=found.kind.content_type,
        size=found.size,
        sha256=found.sha256,
        uploaded_by=seat.user,
    )
    _store(row, found.content)
    row.save()
    record(case, EventKind.UPLOADED, f"added {_named(row)}", by=seat.user)
    return row


def _is_new(seat: Seat, found: CheckedFile) -> None:
    """Refuse the same bytes a second time."""
    same = Evidence.objects.filter(case=seat.case, sha256=found.sha256, removed_at__isnull=True).first()
    if same:
        raise NotReady(
            f"This file is here already, as “{same.title}”.", code="file_twice", reasons=[Reason(f"“{same.title}”")]
        )


def _store(row: Evidence, content: BinaryIO) -> None:
    """Write the bytes once: a file that was removed and comes back is still there under its hash."""
    field = Evidence._meta.get_field("file")
    path = field.generate_filename(row, row.file_name)
    storage = row.file.storage
    row.file.name = path if storage.exists(path) else storage.save(path, File(content))


def _section(seat: Seat, section: Section | None) -> Section | None:
    """Return the section if it belongs to this case's questions.

    Raises NotThere.
    """
    if section and section.question_set_id != seat.case.self_assessment.question_set_id:
        raise NotThere
    return section


def _named(row: Evidence) -> str:
    """Say which file, on a timeline that the team reads too: nothing of what is for the host only."""
    return "a file for the host city only" if row.access_class == EvidenceClass.HOST else f"the file “{row.title}”"


@transaction.atomic
def describe_evidence(seat: Seat, pk: int, described: Described) -> Evidence:
    """Change what is said of a file.

    Effects: permit, hold the row, write, record. Raises NotAllowed, NotThere.
    """
    row = _held(seat, pk)
    before = row.access_class
    row.title = described.title.strip()[:200] or row.title
    row.section = _section(seat, described.section)
    row.kind, row.access_class = described.kind, described.access_class
    row.language, row.dated = described.language, described.dated
    row.save(update_fields=("title", "section", "kind", "access_class", "language", "dated"))
    if before != row.access_class:
        text = f"changed who may read {_named(row)}: {row.get_access_class_display().lower()}"
        record(row.case, EventKind.EDITED, text, by=seat.user)
    return row


@transaction.atomic
def remove_evidence(seat: Seat, pk: int) -> Evidence:
    """Take a file out of sight. Nothing is deleted: `restore_evidence` brings it back.

    Effects: permit, hold the row, write, record. Raises NotAllowed, NotThere, AlreadyDone.
    """
    row = _held(seat, pk)
    if row.removed_at:
        raise AlreadyDone(f"“{row.title}” is already removed.")
    row.removed_at = timezone.now()
    row.save(update_fields=("removed_at",))
    record(row.case, EventKind.REMOVED, f"removed {_named(row)}", by=seat.user)
    return row


@transaction.atomic
def restore_evidence(seat: Seat, pk: int) -> Evidence:
    """Bring a removed file back.

    Effects: permit, hold the row, write, record. Raises NotAllowed, NotThere, AlreadyDone.
    """
    row = _held(seat, pk)
    if row.removed_at is None:
        raise AlreadyDone(f"“{row.title}” is already back.")
    row.removed_at = None
    row.save(update_fields=("removed_at",))
    record(row.case, EventKind.RESTORED, f"brought back {_named(row)}", by=seat.user)
    return row


def _held(seat: Seat, pk: int) -> Evidence:
    """Fetch a file of this case, removed or not, for writing."""
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    row = Evidence.objects.select_for_update(of=("self",)).select_related("case").filter(case=seat.case, pk=pk).first()
    if row is None:
        raise NotThere
    return row


def hand_out(seat: Seat, row: Evidence) -> BinaryIO:
    """Open a file that somebody may read, and note it on the timeline.

    Raises NotThere, and logs an error, when the storage has lost it.
    """
    try:
        content: BinaryIO = row.file.storage.open(str(row.file.name), "rb")  # type: ignore[assignment]  # reads like one
    except OSError:
        logger.exception("evidence %s is not in the storage", row.pk)
        raise NotThere("This file cannot be opened at the moment. Please tell the secretariat.") from None
    if not seat.is_host:
        record_daily(seat, EventKind.DOWNLOADED, f"downloaded {_named(row)}")
    return content
