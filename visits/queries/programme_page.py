"""All that the programme page shows, for one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from reviews.permissions import Ability
from visits.languages import name_of
from visits.models import HostSite, Slot, StudyVisit, VisitGroup
from visits.queries import remarks
from visits.queries.programme import Programme, programme, who_opens_again
from visits.queries.timetable import DayTable, day_tables

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Case


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """The programme as a timetable, and what is to be said about it.

    `clashes`, `gaps` and `hints` are empty for readers who cannot change anything about them now. `changed` counts the
    slots that are new or different since the reader last looked; `frozen` is the sentence about a frozen programme.
    """

    programme: Programme
    days: tuple[DayTable, ...]
    language: str
    clashes: tuple[remarks.Remark, ...]
    gaps: tuple[remarks.Remark, ...]
    hints: tuple[remarks.Remark, ...]
    coverage: tuple[remarks.Coverage, ...]
    most_people: int
    changed: int
    gone: int
    frozen: str
    may_edit: bool

    @property
    def is_elsewhere(self) -> bool:
        """Whether the visit has dates, and no slot is on one of them or on the evening before."""
        return bool(self.days) and all(day.is_outside and day.number != 0 for day in self.days)

    @property
    def people_met(self) -> int:
        """How many people are met in all; somebody who is met twice counts twice."""
        return sum(row.people for row in self.coverage)


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was just taken out, and the address that puts it back."""

    name: str
    url: str


def programme_page(visit: StudyVisit, seat: Seat, *, seen: int) -> ProgrammePage:
    """The page for one person; `seen` is the version that they have seen.

    Six queries, seven for a frozen programme, however long it is.
    """
    plan = programme(visit, for_host=seat.is_host)
    helps = seat.can(Ability.EDIT_PROGRAMME) and not visit.is_frozen
    clashes = remarks.clashes(plan) if helps else []
    gaps = remarks.gaps(plan) if helps else []
    covered = remarks.coverage(plan)
    return ProgrammePage(
        programme=plan,
        days=tuple(day_tables(plan, clashes=clashes, gaps=gaps, seen=seen)),
        language=name_of(plan.working_language),
        clashes=tuple(clashes),
        gaps=tuple(gaps),
        hints=tuple(remarks.hints(plan) if helps else []),
        coverage=tuple(covered),
        most_people=max(row.people for row in covered),
        changed=sum(slot.version > seen for slot in plan.slots),
        gone=_gone(visit, seat, seen),
        frozen=who_opens_again(visit) if visit.is_frozen else "",
        may_edit=helps,
    )


def _gone(visit: StudyVisit, seat: Seat, seen: int) -> int:
    """How many slots were taken out since a version. One query."""
    gone = Slot.objects.filter(visit=visit, removed_at__isnull=False, version__gt=seen)
    return sum(not (slot.is_private and seat.is_host) for slot in gone.only("kind"))


_THINGS: dict[str, tuple[type[Slot | HostSite | VisitGroup], str]] = {
    "slot": (Slot, "visits:slot_restore"),
    "site": (HostSite, "visits:site_restore"),
    "group": (VisitGroup, "visits:group_restore"),
}


def removed_thing(case: Case, visit: StudyVisit, key: str) -> Removed | None:
    """What a key such as `slot-12` in the address stands for, if it is removed and of this visit. One query or none."""
    kind, _, number = key.partition("-")
    if kind not in _THINGS or not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - what a database can count
        return None
    model, url_name = _THINGS[kind]
    found = model._default_manager.filter(visit=visit, pk=int(number), removed_at__isnull=False).first()
    return Removed(str(found), reverse(url_name, args=(case.slug, found.pk))) if found else None
