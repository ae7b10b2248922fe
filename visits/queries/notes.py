"""Notes: who may read which, and on how many independent sources a finding rests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from visits.enums import NoteKind, SourceGroup
from visits.models import Note

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User
    from reviews.models import Case, Finding

_HEARD = frozenset({NoteKind.HEARD, NoteKind.QUOTE})
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Sources:
    """On what a finding rests, counted so that one talk that three people noted stays one source.

    `interviews`: talks in which it was heard; `sites`: places where it was seen; `documents`: papers read;
    `numbers`: figures; `groups`: labels of the source groups that spoke, sorted; `notes`: all notes linked, also
    the team's own questions and ideas, which are no source.
    """

    interviews: int = 0
    sites: int = 0
    documents: int = 0
    numbers: int = 0
    groups: tuple[str, ...] = ()
    notes: int = 0

    @property
    def total(self) -> int:
        """How many independent sources there are."""
        return self.interviews + self.sites + self.documents + self.numbers

    @property
    def is_single_source(self) -> bool:
        """Whether it rests on fewer than two sources: then the report has to say so."""
        return self.total < _ENOUGH

    @property
    def words(self) -> str:
        """The badge in words: `3 interviews, 1 site`, `no source yet`."""
        parts = (
            _counted(self.interviews, "interview"),
            _counted(self.sites, "site"),
            _counted(self.documents, "document"),
            _counted(self.numbers, "figure"),
        )
        return ", ".join(part for part in parts if part) or "no source yet"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def notes_visible_to(user: User, case: Case) -> QuerySet[Note]:
    """The notes of a case that one person of its team may read: the team's, and their own private ones.

    Asks nothing about roles: the caller holds a seat with VIEW_NOTES.
    """
    return Note.objects.filter(Q(is_private=False) | Q(author=user), visit__case=case, removed_at=None)


def sources_of(findings: Iterable[Finding]) -> dict[int, Sources]:
    """The sources of each finding, by its id; every finding given has an entry. One query, however many there are.

    Removed notes and the private notes of observers do not count.
    """
    wanted = [finding.pk for finding in findings]
    links = (
        Note.findings.through.objects.filter(finding__in=wanted, note__removed_at=None, note__is_private=False)
        .order_by("note_id")
        .values_list("finding_id", "note_id", "note__kind", "note__slot_id", "note__site_id", "note__source_group")
    )
    rows: dict[int, list[_Linked]] = defaultdict(list)
    for finding, note, kind, slot, site, group in links:
        rows[finding].append(_Linked(note, kind, slot, site, group))
    return {finding: _sources(rows[finding]) for finding in wanted}


class _Linked(NamedTuple):
    """What one linked note adds to a finding."""

    note: int
    kind: str
    slot: int | None
    site: int | None
    group: str

    @property
    def talk(self) -> tuple[str, int | str]:
        """What makes two heard notes the same source: the same slot; without a slot, the same group."""
        return ("slot", self.slot) if self.slot else ("group", self.group)

    @property
    def place(self) -> tuple[str, int]:
        """What makes two seen notes the same source: the same site, else the same slot."""
        if self.site:
            return ("site", self.site)
        return ("slot", self.slot) if self.slot else ("note", self.note)


def _sources(notes: list[_Linked]) -> Sources:
    """Count one finding's notes."""
    heard = [note for note in notes if note.kind in _HEARD]
    return Sources(
        interviews=len({note.talk for note in heard}),
        sites=len({note.place for note in notes if note.kind == NoteKind.SEEN}),
        documents=sum(note.kind == NoteKind.READ for note in notes),
        numbers=sum(note.kind == NoteKind.NUMBER for note in notes),
        groups=tuple(sorted({SourceGroup(note.group).label for note in heard if note.group})),
        notes=len(notes),
    )
