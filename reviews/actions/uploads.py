"""Files that come in pieces: over a bad line, with pauses, and taken up again another day.

The page asks in the order begin, append…, finish. Each may be asked again when its answer got lost: `begin` finds the
upload that is there, `append` says where to go on, `finish` gives the file that it kept before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotReady, NotThere
from reviews.actions.evidence import Described, begun, keep
from reviews.actions.evidence_files import hold_case, receive, require_room
from reviews.actions.evidence_versions import bringable, keep_version
from reviews.models import Question, Section, Upload
from reviews.permissions import Ability
from reviews.uploads import pieces
from reviews.uploads.kinds import refusal

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Evidence

MOST_OPEN = 100
"""Uploads that one person may have begun in a case at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What a browser says of a file before it sends it. `mark` tells the same file on the same device again."""

    name: str
    size: int
    mark: str = ""


class WrongOffset(AlreadyDone):
    """The piece does not follow on what is here; `received` says where to go on."""

    code = "wrong_offset"

    def __init__(self, received: int) -> None:
        super().__init__(f"This piece does not fit: {received} bytes are here.")
        self.received = received


@transaction.atomic
def begin_upload(seat: Seat, coming: Coming, described: Described | None, *, evidence: int | None = None) -> Upload:
    """Make room for a file, or find the upload of the same file that was begun before.

    Give `described` for a new file, `evidence` for a newer version of one (or for one that was announced).
    Effects in order: permit; hold the case; look for room; write the row.

    Raises NotAllowed, NotThere, NotReady `file_empty`, `file_too_large`, `file_no_room`, `too_many_uploads`.
    """
    _permit(seat, described, evidence)
    _require_size(coming.size)
    hold_case(seat.case)
    mine = Upload.objects.filter(case=seat.case, by=seat.user, finished_at__isnull=True)
    same = mine.filter(file_name=coming.name[:255], size=coming.size, evidence=evidence, described__mark=coming.mark)
    if coming.mark and (found := same.first()):
        found.described = _plain(described, coming.mark)
        found.save(update_fields=("described",))
        return found
    if mine.count() >= MOST_OPEN:
        raise NotReady("Finish or give up some of your unfinished files first.", code="too_many_uploads")
    require_room(seat.case, coming.size, rows=0 if evidence else 1)
    return Upload.objects.create(
        case=seat.case,
        by=seat.user,
        file_name=coming.name[:255],
        size=coming.size,
        evidence_id=evidence,
        described=_plain(described, coming.mark),
    )


def _permit(seat: Seat, described: Described | None, evidence: int | None) -> None:
    if evidence is not None:
        bringable(seat, evidence)
        return
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    if described:
        begun(seat, described, title="")  # refuses a section or question that is not theirs, before anything is sent


def _require_size(size: int) -> None:
    if size < 1:
        raise refusal("empty", "This file is empty. Save it again and try once more.")
    if size > settings.EVIDENCE_MAX_BYTES:
        most = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
        raise refusal("too_large", f"This file is too large: at most {most} MB.")


def upload_of(seat: Seat, pk: UUID) -> Upload:
    """Return an upload of this person in this case.

    Raises NotThere: also for everybody else's.
    """
    found = Upload.objects.filter(pk=pk, case=seat.case, by=seat.user).first()
    if found is None:
        raise NotThere("This upload is not there any more. Choose the file again.")
    return found


@transaction.atomic
def append_piece(seat: Seat, pk: UUID, piece: bytes, *, offset: int) -> Upload:
    """Add the next bytes. Effects: hold the row, store the piece, count it.

    Raises NotThere, WrongOffset, and NotReady `file_too_large` for more bytes than were announced.
    """
    upload_of(seat, pk)
    row = Upload.objects.select_for_update().get(pk=pk)
    if offset != row.received:
        raise WrongOffset(row.received)
    if row.received + len(piece) > row.size:
        raise refusal("too_large", "More came than this file has. Choose it again.")
    if piece:
        pieces.put(pk, offset, piece)
    row.received += len(piece)
    row.touched_at = timezone.now()
    row.save(update_fields=("received", "touched_at"))
    return row


def finish_upload(seat: Seat, pk: UUID) -> Evidence:
    """Make a file of the pieces. Asked again, it gives the same file.

    Effects in order: permit; put together, check and scan; then, in one transaction, hold the case and the row, keep
    the file, mark the upload as finished; delete the pieces. A refused file is forgotten with its pieces; when the
    virus scanner does not answer they stay, and the same is asked again later.

    Raises NotThere, NotAllowed, WrongOffset while bytes are missing, NotReady, NotNow.
    """
    row = upload_of(seat, pk)
    if row.finished_at and row.evidence:
        return row.evidence
    if row.received < row.size:
        raise WrongOffset(row.received)
    try:
        kept = _finish(seat, row)
    except NotReady:
        discard_upload(seat, pk)
        raise
    pieces.drop(pk)
    return kept


def _finish(seat: Seat, row: Upload) -> Evidence:
    try:
        with pieces.whole(row.pk, row.size) as file:
            received = receive(file, row.file_name)
            with transaction.atomic():
                hold_case(seat.case)
                return _keep(seat, row, received)
    except FileNotFoundError:
        raise NotReady("A part of this file got lost on the way. Choose it again.", code="file_lost") from None


def _keep(seat: Seat, row: Upload, received: Any) -> Evidence:
    held = Upload.objects.select_for_update().filter(pk=row.pk).first()
    if held is None:
        raise NotThere("This upload is not there any more. Choose the file again.")
    if held.finished_at and held.evidence:
        return held.evidence
    held.finished_at = held.touched_at = timezone.now()
    held.save(update_fields=("finished_at", "touched_at"))  # from here on it takes no room of its own
    if held.evidence_id:
        return keep_version(seat, held.evidence_id, received)
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    held.evidence = keep(seat, received, _described(held))
    held.save(update_fields=("evidence",))
    return held.evidence


@transaction.atomic
def discard_upload(seat: Seat, pk: UUID) -> None:
    """Give an unfinished upload up. Effects: delete the row and its pieces. Raises NotThere."""
    upload_of(seat, pk).delete()
    transaction.on_commit(lambda: pieces.drop(pk))


def _plain(described: Described | None, mark: str) -> dict[str, Any]:
    """What was said of a file, as the row keeps it."""
    if described is None:
        return {"mark": mark}
    return {
        "mark": mark,
        "section": described.section.pk if described.section else None,
        "question": described.question.pk if described.question else None,
        "kind": described.kind,
        "access_class": described.access_class,
    }


def _described(row: Upload) -> Described:
    said = row.described
    return Described(
        section=Section.objects.filter(pk=said["section"]).first(),
        question=Question.objects.select_related("section").filter(pk=said["question"]).first(),
        kind=said["kind"],
        access_class=said["access_class"],
    )
