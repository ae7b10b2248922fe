"""Forms that were filled in offline: bringing one, and deciding answer by answer what is taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotReady, NotThere, StaleText
from reviews.actions.answers import Written, hold, require_open, save_answer
from reviews.actions.events import record
from reviews.actions.evidence import Described, add_evidence
from reviews.actions.evidence_files import receive
from reviews.enums import EventKind, ReadingStatus, TakeOver
from reviews.filled_forms import form_named, forms_for, merged
from reviews.models import Answer, Evidence, FilledAnswer, FilledForm
from reviews.permissions import Ability
from reviews.tasks import read_filled_form
from reviews.uploads.kinds import Kind

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.uploads import CheckedFile

FORM_KINDS = frozenset({Kind.DOCX, Kind.XLSX})
NOT_A_FORM = (
    "This is no form: only Word (.docx) and Excel (.xlsx) files can be read into answers. Any other paper can be kept "
    "among the files, and read beside the form."
)
_SAVE_AS = (
    "This is a LibreOffice file of its own kind. Open it there, choose File, Save As, {kind}, and bring that file."
)
_OPEN_DOCUMENTS = {Kind.ODT: "Word (.docx)", Kind.ODS: "Excel (.xlsx)"}
MOST_FORMS = 100
"""Of one self-assessment: far more than a host city sends, far less than fills a disk."""
TEXTS = ("text", "rating", "rating_reason", "trend")


def bring_form(seat: Seat, file: BinaryIO, name: str) -> FilledForm:
    """Take a filled form in, and let a worker read it. The same file twice is one form.

    Effects in order: permit; check the content by its bytes and let it be scanned; then, in one transaction, hold the
    self-assessment, store file, row and event; after commit hand it to a worker.

    Raises NotAllowed, NotReady (code `file_...`) with what to do instead, NotNow when the scanner does not answer.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    found = receive(file, name).found
    if found.kind not in FORM_KINDS:
        known_as = _OPEN_DOCUMENTS.get(found.kind)
        raise NotReady(_SAVE_AS.format(kind=known_as) if known_as else NOT_A_FORM, code="file_no_form")
    return _store(seat, found)


@transaction.atomic
def _store(seat: Seat, found: CheckedFile) -> FilledForm:
    held = hold(seat)
    require_open(held)
    same = forms_for(seat).filter(sha256=found.sha256).first()
    if same:
        return same
    if held.filled_forms.count() >= MOST_FORMS:
        raise NotReady(f"This review has {MOST_FORMS} forms: no more can be brought.", code="file_no_room")
    row = FilledForm(
        self_assessment=held,
        file_name=found.name,
        content_type=found.kind.content_type,
        size=found.size,
        sha256=found.sha256,
        uploaded_by=seat.user,
    )
    field = FilledForm._meta.get_field("file")
    path = field.generate_filename(row, row.file_name)
    storage = row.file.storage
    row.file.name = path if storage.exists(path) else storage.save(path, File(found.content))
    row.save()
    record(seat.case, EventKind.UPLOADED, "brought a form that was filled in offline", by=seat.user)
    _send(row)
    return row


def _send(row: FilledForm) -> None:
    transaction.on_commit(lambda: read_filled_form.delay(row.pk), robust=True)


@transaction.atomic
def read_again(seat: Seat, pk: int) -> FilledForm:
    """Let a worker read a form once more that it could not read.

    Raises NotThere, and AlreadyDone when it is under way or read.
    """
    row = _held(seat, pk)
    if row.status != ReadingStatus.FAILED:
        raise AlreadyDone("This form is already being read, or it was read in the meantime.")
    row.status, row.problem, row.message, row.attempts = ReadingStatus.QUEUED, "", "", 0
    row.queued_at = timezone.now()
    row.save()
    _send(row)
    return row


def keep_as_file(seat: Seat, pk: int, access_class: str) -> Evidence:
    """Keep a paper that is no form among the files, and put the form away.

    Raises NotThere, NotAllowed, NotReady (code `file_twice` for a file that is there already).
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    row = form_named(seat, pk)
    if row.status != ReadingStatus.FAILED:
        raise AlreadyDone("This form was read: its answers wait below. Nothing was changed.")
    with row.file.open("rb") as file:
        kept = add_evidence(seat, file, row.file_name, Described(access_class=access_class))  # type: ignore[arg-type]  # it reads like a file
    FilledForm.objects.filter(pk=row.pk).update(closed_at=timezone.now())
    return kept


@transaction.atomic
def take_over(seat: Seat, pk: int, answer_id: int, *, version: int) -> FilledAnswer:
    """Put one answer of a form into the self-assessment. What the form leaves empty stays as it is.

    `version` is the number that the page had of the answer that is there. Effects in order: permit, hold the form,
    save the answer by the rules of every save, keep the earlier one, note the decision.

    Raises NotThere, NotAllowed, AlreadyDone, StaleText with the newer text when somebody wrote in between.
    """
    form, row = _to_decide(seat, pk, answer_id)
    here = Answer.objects.filter(self_assessment=form.self_assessment_id, question=row.question_id).first()
    here = here or Answer(version=0)
    after = merged(row, here)
    earlier = {name: getattr(here, name) for name in TEXTS}
    saved = save_answer(seat, row.question_id, _written(after), version=version)
    row.earlier = {**earlier, "version": saved.version}
    return _decide(form, row, TakeOver.TAKEN, seat)


@transaction.atomic
def leave(seat: Seat, pk: int, answer_id: int) -> FilledAnswer:
    """Leave what is there, and note it. Raises NotThere, NotAllowed, AlreadyDone."""
    form, row = _to_decide(seat, pk, answer_id)
    return _decide(form, row, TakeOver.LEFT, seat)


@transaction.atomic
def put_back(seat: Seat, pk: int, answer_id: int, *, version: int) -> FilledAnswer:
    """Take a decision back: the earlier answer stands there again, and the form's waits once more.

    Raises NotThere, NotAllowed, AlreadyDone, StaleText with the newer text when somebody wrote in between.
    """
    form = _held(seat, pk)
    row = _answer(seat, form, answer_id)
    if row.decision not in {TakeOver.TAKEN, TakeOver.LEFT}:
        raise AlreadyDone("This answer is open already. Nothing was changed a second time.")
    if row.decision == TakeOver.TAKEN:
        earlier = Written(**{name: row.earlier.get(name, "") for name in TEXTS})
        save_answer(seat, row.question_id, earlier, version=version)
    row.earlier = {}
    return _decide(form, row, TakeOver.OPEN, seat)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of many answers at once."""

    done: int
    moved_on: int


def take_many(seat: Seat, pk: int, chosen: Iterable[tuple[int, int]]) -> Taken:
    """Take over several answers, each by itself: `chosen` are their ids, and the versions that the page had.

    An answer that somebody changed in between is left open, and told. Raises NotThere, NotAllowed.
    """
    done = moved_on = 0
    for answer_id, version in chosen:
        try:
            take_over(seat, pk, answer_id, version=version)
        except (StaleText, AlreadyDone):
            moved_on += 1
        else:
            done += 1
    return Taken(done, moved_on)


@transaction.atomic
def leave_rest(seat: Seat, pk: int) -> int:
    """Leave everything that is still open and this person's; returns how many. Raises NotThere, NotAllowed."""
    form = _held(seat, pk)
    rows = [row for row in _open(form) if seat.writes.covers(row.question)]
    for row in rows:
        _decide(form, row, TakeOver.LEFT, seat)
    _close(form)
    return len(rows)


# --- shared ---------------------------------------------------------------------------------------
def _held(seat: Seat, pk: int) -> FilledForm:
    """Fetch a form and hold it: two people decide one after the other."""
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    found = forms_for(seat).select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def _answer(seat: Seat, form: FilledForm, answer_id: int) -> FilledAnswer:
    found = form.answers.select_related("question").filter(pk=answer_id).first()
    if found is None:
        raise NotThere
    seat.require_to_write(found.question)
    return found


def _to_decide(seat: Seat, pk: int, answer_id: int) -> tuple[FilledForm, FilledAnswer]:
    form = _held(seat, pk)
    row = _answer(seat, form, answer_id)
    if row.decision != TakeOver.OPEN:
        who = f" by {row.decided_by}" if row.decided_by else ""
        raise AlreadyDone(f"This answer was already decided{who}: {row.get_decision_display().lower()}.")
    return form, row


def _decide(form: FilledForm, row: FilledAnswer, decision: TakeOver, seat: Seat) -> FilledAnswer:
    row.decision = decision
    is_open = decision == TakeOver.OPEN
    row.decided_by, row.decided_at = (None, None) if is_open else (seat.user, timezone.now())
    row.save(update_fields=("decision", "decided_by", "decided_at", "earlier"))
    _close(form)
    return row


def _open(form: FilledForm) -> list[FilledAnswer]:
    return list(form.answers.select_related("question").filter(decision=TakeOver.OPEN))


def _close(form: FilledForm) -> None:
    """Note when nothing was left to decide, or that something is open again."""
    closed = None if form.answers.filter(decision=TakeOver.OPEN).exists() else form.closed_at or timezone.now()
    FilledForm.objects.filter(pk=form.pk).update(closed_at=closed)


def _written(answer: Answer) -> Written:
    return Written(**{name: getattr(answer, name) for name in TEXTS})
