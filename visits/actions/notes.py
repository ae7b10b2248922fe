"""Notes of the critical friends: one is written by one person, and the host never reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import NotAllowed, NotThere, StaleText
from reviews.access import seat_in
from reviews.actions.steps import locked_case
from reviews.enums import VISITING_ROLES
from reviews.permissions import Ability
from visits.actions.visits import Saved, visit_of
from visits.models import Note

if TYPE_CHECKING:
    from uuid import UUID

    from people.models import User
    from reviews.access import Seat
    from reviews.models import Case
    from visits.models import StudyVisit

NOTHING_YET = Saved(0, None)
"""The answer to an empty note: nothing was stored, and nothing is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteValues:
    """What somebody noted. `source_group` says who spoke, never by name."""

    kind: str
    text: str
    source_group: str = ""
    confidence: str = "sure"
    slot_id: int | None = None
    site_id: int | None = None


@transaction.atomic
def write_note(case: Case, client_id: UUID, *, by: User, values: NoteValues, version: int) -> Saved:
    """Store a note under the id that the writer's device gave it: however often it is sent, it is one note.

    An observer's note is private. Empty words make no note; words taken out of a stored note are stored so.

    Raises NotThere for slots and sites of other cases, StaleText when the note was changed elsewhere since `version`.
    """
    held = locked_case(case.pk)
    seat = seat_in(by, held)
    seat.require(Ability.WRITE_NOTE)
    visit = visit_of(held)
    _check(visit, values)
    note = visit.notes.filter(client_id=client_id).first()
    if note is None:
        if not values.text.strip():
            return NOTHING_YET
        note = Note(visit=visit, client_id=client_id, author=by, is_private=is_only_observer(seat), version=0)
        return _store(note, values)
    if note.author_id != by.pk or note.removed_at:
        raise NotThere
    if _is_next(note, values, version):
        return _store(note, values)
    raise _stale(note)


@transaction.atomic
def change_note(case: Case, note_id: int, *, by: User, values: NoteValues, version: int) -> Saved:
    """Change one's own note.

    Raises NotThere, NotAllowed for somebody else's note, StaleText when it was changed elsewhere since `version`.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.WRITE_NOTE)
    visit = visit_of(held)
    note = own_note(visit, note_id, by)
    _check(visit, values)
    if note.version != version and _differs(note, values):
        raise _stale(note)
    return _store(note, values)


@transaction.atomic
def remove_note(case: Case, note_id: int, *, by: User) -> Note:
    """Take one's own note back; findings no longer rest on it. It can be put back."""
    return _set_removed(case, note_id, by=by, is_removed=True)


@transaction.atomic
def restore_note(case: Case, note_id: int, *, by: User) -> Note:
    """Put one's own note back."""
    return _set_removed(case, note_id, by=by, is_removed=False)


def is_only_observer(seat: Seat) -> bool:
    """Whether a person only watches: then their notes are their own."""
    return not (seat.is_secretariat or seat.roles & VISITING_ROLES)


def own_note(visit: StudyVisit, note_id: int, user: User, *, also_removed: bool = False) -> Note:
    """One's own note.

    Raises NotThere for what one may not know of, NotAllowed for a note of somebody else in the team.
    """
    note = visit.notes.filter(pk=note_id).select_related("author", "slot", "site").first()
    if note is None or (note.removed_at and not also_removed) or (note.is_private and note.author_id != user.pk):
        raise NotThere
    if note.author_id != user.pk:
        who = note.author.name if note.author else "the person who wrote it"
        raise NotAllowed(f"Only {who} can change this note. Write one of your own beside it.")
    return note


def _set_removed(case: Case, note_id: int, *, by: User, is_removed: bool) -> Note:
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.WRITE_NOTE)
    note = own_note(visit_of(held), note_id, by, also_removed=True)
    note.removed_at = timezone.now() if is_removed else None
    note.save(update_fields=["removed_at"])
    return note


def _check(visit: StudyVisit, values: NoteValues) -> None:
    """Refuse slots and sites of other cases."""
    for rows, pk in ((visit.slots, values.slot_id), (visit.sites, values.site_id)):
        if pk is not None and not rows.filter(pk=pk).exists():
            raise NotThere


_FIELDS = ("kind", "text", "source_group", "confidence", "slot_id", "site_id")


def _differs(note: Note, values: NoteValues) -> bool:
    return any(getattr(note, name) != getattr(values, name) for name in _FIELDS)


def _is_next(note: Note, values: NoteValues, version: int) -> bool:
    """Whether this is the next save from the form that made the note.

    Its last answer may have been lost on the way: then the stored text is the beginning of what comes now.
    """
    return note.version == version or not _differs(note, values) or values.text.startswith(note.text)


def _store(note: Note, values: NoteValues) -> Saved:
    """Write what is new; the same words again change nothing."""
    if not note.version or _differs(note, values):
        for name in _FIELDS:
            setattr(note, name, getattr(values, name))
        note.version += 1
        note.save()
    return Saved(note.version, note.updated_at)


def _stale(note: Note) -> StaleText:
    return StaleText(version=note.version, texts={"text": note.text}, by="another window of yours", at=note.updated_at)
