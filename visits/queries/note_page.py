"""The page of notes: what its form offers, which talk it is about, and which notes it lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.utils import timezone

from reviews.enums import FindingStatus
from visits.enums import PRIVATE_SLOTS, SourceGroup
from visits.models import Note
from visits.queries.name_hints import possible_names
from visits.queries.names import known_names
from visits.queries.notes import notes_visible_to
from visits.queries.programme import Programme, ProgrammeSlot, slots_of_person
from visits.queries.remarks import SMALL_GROUP

if TYPE_CHECKING:
    from people.models import User
    from reviews.access import Seat
    from reviews.models import Case

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class NoteChoices:
    """Lists of (value, words) for the forms. `groups` begins with those whom one meets in the chosen talk."""

    slots: tuple[tuple[int, str], ...]
    sites: tuple[tuple[int, str], ...]
    groups: tuple[tuple[str, str], ...]
    authors: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """What the list is narrowed to; empty values do not narrow."""

    slot: int | None = None
    kind: str = ""
    group: str = ""
    author: int | None = None
    linked: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.slot or self.kind or self.group or self.author or self.linked)


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note with what is to be said about it. `names` are words that may name a person."""

    note: Note
    is_own: bool
    finding_count: int
    names: tuple[str, ...]


def note_choices(programme: Programme, case: Case, user: User, *, slot: ProgrammeSlot | None) -> NoteChoices:
    """The lists for one person's forms. One query."""
    met = {person.group for person in slot.people} if slot else set()
    groups = sorted(SourceGroup, key=lambda group: group.value not in met)
    authors = notes_visible_to(user, case).exclude(author=None).order_by("author__name")
    return NoteChoices(
        slots=tuple((found.id, _slot_words(found)) for found in programme.slots if found.kind not in PRIVATE_SLOTS),
        sites=tuple((site.id, site.name) for site in programme.sites),
        groups=tuple((group.value, group.label) for group in groups),
        authors=tuple(authors.values_list("author_id", "author__name").distinct()),
    )


def _slot_words(slot: ProgrammeSlot) -> str:
    return f"{slot.starts:%a %-d %b, %H:%M} · {slot.title}"


def slot_in(programme: Programme, number: str) -> ProgrammeSlot | None:
    """The slot with this number, of this programme; None for anything else."""
    return next((slot for slot in programme.slots if str(slot.id) == number), None)


def slot_now(programme: Programme, user: User) -> ProgrammeSlot | None:
    """The talk in which this person sits now, or from which they come: the last one that began today."""
    now = timezone.now()
    today = now.astimezone(ZoneInfo(programme.time_zone)).date()
    begun = [
        slot for slot in slots_of_person(programme, user) if slot.people and slot.day == today and slot.starts <= now
    ]
    return begun[-1] if begun else None


def note_initial(slot: ProgrammeSlot | None, *, kind: str, group: str) -> dict[str, Any]:
    """The values with which a new note starts: those of the talk, and of the note before it."""
    start: dict[str, Any] = {"version": 0}
    if kind:
        start["kind"] = kind
    if slot is None:
        return start
    met = [person.group for person in slot.people]
    return {
        **start,
        "slot": slot.id,
        "site": slot.site_id,
        "source_group": group if group in met else met[0] if len(met) == 1 else "",
    }


def small_groups(slot: ProgrammeSlot | None) -> str:
    """The groups of a talk in which people can be recognised, in words; empty when there is none."""
    return ", ".join(met.words for met in slot.people if met.count < SMALL_GROUP) if slot else ""


def note_list(seat: Seat, programme: Programme, wanted: NoteFilter, *, page: str) -> tuple[Page[Note], list[ShownNote]]:
    """One page of the notes that a person may read, newest first. Five queries, however many there are."""
    rows = (
        _narrowed(seat, wanted)
        .select_related("author", "slot", "site")
        .annotate(finding_count=Count("findings", filter=~Q(findings__status=FindingStatus.DROPPED)))
        .order_by("-created_at", "-pk")
    )
    found = Paginator(rows, PER_PAGE).get_page(page)
    names, places = known_names(seat.case), [site.name for site in programme.sites]
    shown = [
        ShownNote(
            note=row,
            is_own=row.author_id == seat.user.pk,
            finding_count=row.finding_count,
            names=tuple(possible_names(row.text, known=names, places=places)) if row.author_id == seat.user.pk else (),
        )
        for row in found
    ]
    return found, shown


def _narrowed(seat: Seat, wanted: NoteFilter) -> Any:
    rows = notes_visible_to(seat.user, seat.case)
    if wanted.slot:
        rows = rows.filter(slot=wanted.slot)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.group:
        rows = rows.filter(source_group=wanted.group)
    if wanted.author:
        rows = rows.filter(author=wanted.author)
    if wanted.linked:
        used = Note.findings.through.objects.exclude(finding__status=FindingStatus.DROPPED).values("note")
        rows = rows.filter(pk__in=used) if wanted.linked == "yes" else rows.exclude(pk__in=used)
    return rows


def removed_note(seat: Seat, number: str) -> Note | None:
    """One's own note that was just taken out, by the number in the address. One query or none."""
    if not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - what a database can count
        return None
    own = Note.objects.filter(visit__case=seat.case, author=seat.user, removed_at__isnull=False)
    return own.filter(pk=int(number)).first()


def values_of(note: Note) -> dict[str, Any]:
    """The values with which the form of a stored note starts."""
    return {
        "text": note.text,
        "kind": note.kind,
        "source_group": note.source_group,
        "confidence": note.confidence,
        "slot": note.slot_id,
        "site": note.site_id,
        "version": note.version,
    }
