"""The visit itself: making it, opening its programme for a change, its settings and practical information."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from people.errors import NotAllowed, StaleText
from reviews.access import Seat, seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind
from reviews.permissions import Ability
from visits.models import ProgrammeLook, StudyVisit
from visits.queries.programme import visit_in, who_opens_again

if TYPE_CHECKING:
    from datetime import datetime

    from people.models import User
    from reviews.models import Case

_ONE_SITTING = timedelta(minutes=30)


class OpenProgramme(NamedTuple):
    """A programme that somebody may change now, held until the transaction ends."""

    seat: Seat
    visit: StudyVisit


class Saved(NamedTuple):
    """The answer to a text that saves as one types."""

    version: int
    saved_at: datetime | None


def visit_of(case: Case) -> StudyVisit:
    """The study visit of a case; made on first use, in the zone of the host city. The case is its `visit.case`.

    No query for a case that came with it, as those of `case_for` do.
    """
    if visit := visit_in(case):
        return visit
    visit, _ = StudyVisit.objects.get_or_create(
        case=case, defaults={"time_zone": case.host_city.time_zone, "working_language": case.language}
    )
    visit.case = case
    return visit


def open_programme(case: Case, *, by: User) -> OpenProgramme:
    """Lock a case and its programme for a change. Every action that changes the programme begins so.

    Raises NotAllowed, also while the programme is frozen: then it says who can open it again.
    """
    held = locked_case(case.pk)
    seat = seat_in(by, held)
    seat.require(Ability.EDIT_PROGRAMME)
    visit = visit_of(held)
    if visit.is_frozen:
        raise NotAllowed(who_opens_again(visit), code="programme_frozen")
    return OpenProgramme(seat, visit)


def programme_changed(visit: StudyVisit, *, by: User) -> int:
    """Count a change and return the new version. The timeline gets one line for one sitting of one person.

    Who had seen everything up to their own change has seen that too: it is news for the others only.
    """
    ProgrammeLook.objects.filter(visit=visit, user=by, version=visit.version).update(version=visit.version + 1)
    visit.version += 1
    visit.changed_at = timezone.now()
    visit.save(update_fields=["version", "changed_at"])
    said = visit.case.events.filter(
        kind=EventKind.EDITED, actor=by, text=_CHANGED, at__gte=visit.changed_at - _ONE_SITTING
    )
    if not said.exists():
        record(visit.case, EventKind.EDITED, _CHANGED, by=by)
    return visit.version


_CHANGED = "Programme of the visit changed"


@transaction.atomic
def save_settings(case: Case, *, by: User, working_language: str, time_zone: str) -> StudyVisit:
    """Store the working language and the zone of the visit. Slots keep their moments; clocks show the new zone."""
    visit = open_programme(case, by=by).visit
    if (visit.working_language, visit.time_zone) == (working_language, time_zone):
        return visit
    visit.working_language, visit.time_zone = working_language, time_zone
    visit.save(update_fields=["working_language", "time_zone"])
    programme_changed(visit, by=by)
    return visit


@transaction.atomic
def save_practical(case: Case, *, by: User, text: str, version: int) -> Saved:
    """Store the practical information as it is typed. It stays open after the programme is frozen: trains change.

    Raises StaleText when somebody else saved it since `version`.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.EDIT_PROGRAMME)
    visit = visit_of(held)
    if visit.practical == text:
        return Saved(visit.practical_version, visit.practical_at)
    if visit.practical_version != version:
        raise StaleText(
            version=visit.practical_version,
            texts={"practical": visit.practical},
            by=str(visit.practical_by or ""),
            at=visit.practical_at,
        )
    visit.practical, visit.practical_by, visit.practical_at = text, by, timezone.now()
    visit.practical_version += 1
    visit.save(update_fields=["practical", "practical_by", "practical_at", "practical_version"])
    return Saved(visit.practical_version, visit.practical_at)


def first_look(visit: StudyVisit, user: User) -> int:
    """The version of the programme that a person has seen; on their first look it is the present one."""
    look, _ = ProgrammeLook.objects.get_or_create(visit=visit, user=user, defaults={"version": visit.version})
    return look.version


def mark_seen(visit: StudyVisit, user: User, *, version: int) -> None:
    """Remember that a person has seen the programme up to `version`, the one their page showed."""
    seen = min(version, visit.version)
    ProgrammeLook.objects.update_or_create(visit=visit, user=user, defaults={"version": seen, "at": timezone.now()})
