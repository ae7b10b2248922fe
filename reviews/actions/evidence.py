"""Adding, describing, removing and handing out files."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed, NotThere, StaleText, StorageAway
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
from reviews.actions.reading import record_daily
from reviews.enums import EventKind, EvidenceClass, EvidenceKind
from reviews.evidence_access import require_to_change
from reviews.models import Evidence, Question, Section
from reviews.permissions import Ability
from reviews.queries.shares import NOT_YOURS

if TYPE_CHECKING:
    from datetime import date

    from people.models import User
    from reviews.access import Seat
    from reviews.models import EvidenceVersion

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the host says of a file. An empty title is made from the file's name; `question` becomes its first link."""

    title: str = ""
    section: Section | None = None
    kind: str = EvidenceKind.OTHER
    access_class: str = EvidenceClass.TEAM
    language: str = ""
    dated: date | None = None
    note: str = ""
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """Who of the host brings a file, and by when."""

    owner: User
    due: date


def add_evidence(seat: Seat, file: BinaryIO, name: str, described: Described) -> Evidence:
    """Keep a file of the host city.

    Effects in order: permit; check the content by its bytes and let it be scanned; then, in one transaction, hold the
    case, look for the same file and for room, write the file under its hash, the row and the event.

    Raises NotAllowed, NotReady (code `file_...`) with what to do instead, NotReady `file_twice` with a link, NotNow
    when the virus scanner does not answer.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    received = receive(file, name)
    with transaction.atomic():
        hold_case(seat.case)
        return keep(seat, received, described)


def keep(seat: Seat, received: Received, described: Described) -> Evidence:
    """Keep a file that was received, as a row of its own. Hold the case before, in the same transaction.

    Raises NotReady for the same file again and where there is no room.
    """
    require_new(seat.case, received.found)
    require_room(seat.case, received.found.size, rows=1)
    row = begun(seat, described, title=described.title.strip()[:200] or received.found.title[:200])
    place(row, received, by=seat.user)
    row.save()
    have_read(row)
    if described.question:
        row.questions.add(described.question)
    record(seat.case, EventKind.UPLOADED, "added {file}", by=seat.user, evidence=row)
    return row


def begun(seat: Seat, described: Described, *, title: str) -> Evidence:
    """Return a row with what is said of a file that is not there yet.

    Raises NotThere and NotAllowed for a section or a question that is not this person's.
    """
    section = described.section
    if question := described.question:
        if question.section.question_set_id != seat.case.self_assessment.question_set_id:
            raise NotThere
        seat.require_to_write(question)
        section = section or question.section
    return Evidence(
        case=seat.case,
        title=title,
        section=_section(seat, section),
        kind=described.kind,
        access_class=described.access_class,
        language=described.language,
        dated=described.dated,
        note=described.note,
        uploaded_by=seat.user,
    )


def _section(seat: Seat, section: Section | None) -> Section | None:
    """Return the section if it belongs to this case's questions.

    Raises NotThere, and NotAllowed for a section in which nothing is the writer's.
    """
    if section and section.question_set_id != seat.case.self_assessment.question_set_id:
        raise NotThere
    if section and not seat.writes.touches(section.pk):
        raise NotAllowed(NOT_YOURS, code="not_assigned")
    return section


@transaction.atomic
def describe_evidence(
    seat: Seat, pk: int, described: Described, *, version: int, promise: Promise | None = None
) -> Evidence:
    """Change what is said of a file. `version` is the number of saves that the writer's page had.

    Effects: permit, hold the row, compare the version, write, record a change of who may read it. The same words sent
    twice are one save. `promise` changes who brings an announced file. Raises NotAllowed, NotThere, StaleText.
    """
    row = held_evidence(seat, pk)
    before, access_class = _said(row), row.access_class
    row.title = described.title.strip()[:200] or row.title
    row.section = described.section if described.section == row.section else _section(seat, described.section)
    row.kind, row.access_class = described.kind, described.access_class
    row.language, row.dated = described.language, described.dated
    row.note = described.note if described.note.strip() else ""
    if promise and row.is_announced:
        row.owner, row.due = promise.owner, promise.due
    if _said(row) == before:
        return row
    if version != row.saves:
        raise StaleText(version=row.saves, texts=before, by="", at=None)
    row.saves += 1
    row.save()
    if access_class != row.access_class:
        text = f"changed who may read {{file}}: {row.get_access_class_display().lower()}"
        record(row.case, EventKind.EDITED, text, by=seat.user, evidence=row)
    return row


def _said(row: Evidence) -> dict[str, str]:
    """What is said of a file, as the fields of its form hold it."""
    said = {
        "title": row.title,
        "section": row.section_id,
        "kind": row.kind,
        "access_class": row.access_class,
        "language": row.language,
        "dated": row.dated,
        "note": row.note,
    }
    if row.is_announced:
        said |= {"owner": row.owner_id, "due": row.due}
    return {name: str(value or "") for name, value in said.items()}


@transaction.atomic
def remove_evidence(seat: Seat, pk: int) -> Evidence:
    """Take a file out of sight. Nothing is deleted: `restore_evidence` brings it back.

    Effects: permit, hold the row, write, record. Raises NotAllowed, NotThere, AlreadyDone.
    """
    row = held_evidence(seat, pk)
    if row.removed_at:
        raise AlreadyDone(f"“{row.title}” is already removed.")
    row.removed_at = timezone.now()
    row.save(update_fields=("removed_at",))
    record(row.case, EventKind.REMOVED, "removed {file}", by=seat.user, evidence=row)
    return row


@transaction.atomic
def restore_evidence(seat: Seat, pk: int) -> Evidence:
    """Bring a removed file back.

    Effects: permit, hold the row, write, record. Raises NotAllowed, NotThere, AlreadyDone.
    """
    row = held_evidence(seat, pk)
    if row.removed_at is None:
        raise AlreadyDone(f"“{row.title}” is already back.")
    row.removed_at = None
    row.save(update_fields=("removed_at",))
    record(row.case, EventKind.RESTORED, "brought back {file}", by=seat.user, evidence=row)
    return row


def held_evidence(seat: Seat, pk: int) -> Evidence:
    """Fetch a file of this case, removed or not, for writing.

    Raises NotAllowed, NotThere.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    rows = Evidence.objects.select_for_update(of=("self",)).select_related("case", "section")
    row = rows.filter(case=seat.case, pk=pk).first()
    if row is None:
        raise NotThere
    if not seat.writes.everything:
        require_to_change(seat, row)
    return row


def hand_out(seat: Seat, row: Evidence, version: EvidenceVersion | None = None) -> BinaryIO:
    """Open a file that somebody may read, or an older version of it, and note it on the timeline.

    Raises NotThere, and logs an error, when the storage has lost it.
    """
    file = (version or row).file
    try:
        content: BinaryIO = file.storage.open(str(file.name), "rb")  # type: ignore[assignment]  # reads like one
    except StorageAway:
        raise
    except OSError:
        logger.exception("evidence %s is not in the storage", row.pk)
        raise NotThere("This file cannot be opened at the moment. Please tell the secretariat.") from None
    if not seat.is_host:
        of = f"version {version.number} of " if version else ""
        record_daily(seat, EventKind.DOWNLOADED, f"downloaded {of}{{file}}", evidence=row)
    return content
