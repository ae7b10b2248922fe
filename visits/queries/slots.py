"""One slot, as its form starts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from people.errors import NotThere
from visits.models import Slot

if TYPE_CHECKING:
    from reviews.access import Seat
    from visits.models import StudyVisit


def slot_of(visit: StudyVisit, slot_id: int, *, seat: Seat, also_removed: bool = False) -> Slot:
    """A slot of this visit that this person may see whole.

    Raises NotThere for another visit's, a removed one, and the team's private ones when the host asks.
    `also_removed` is for somebody who has typed into it while it was taken out.
    """
    found = (
        Slot.objects.filter(visit=visit, pk=slot_id)
        .select_related("group", "site", "lead", "note_taker", "changed_by")
        .prefetch_related("people")
        .first()
    )
    if found is None or (found.removed_at and not also_removed) or (found.is_private and seat.is_host):
        raise NotThere
    return found


def slot_initial(slot: Slot) -> dict[str, Any]:
    """The values with which the form of a slot starts."""
    zone = ZoneInfo(slot.visit.time_zone)
    starts, ends = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    met = {f"met_{met.source_group}": met.count for met in slot.people.all()}
    return {
        "kind": slot.kind,
        "title": slot.title,
        "date": starts.date(),
        "start": starts.time(),
        "end": ends.time(),
        "group": slot.group_id,
        "site": slot.site_id,
        "place": slot.place,
        "language": slot.language,
        "is_interpreted": slot.is_interpreted,
        "lead": slot.lead_id,
        "note_taker": slot.note_taker_id,
        "remarks": slot.remarks,
        "version": slot.version,
        **met,
    }


def suggested_slot(visit: StudyVisit, *, copy: str, day: str, seat: Seat) -> dict[str, Any]:
    """The values with which the form of a new slot starts: a copy, or three quarters of an hour on a day."""
    if copy.isdecimal():
        return slot_initial(slot_of(visit, int(copy), seat=seat))
    on = _day(day) or visit.case.visit_start
    zone = ZoneInfo(visit.time_zone)
    last = _last_of(visit, on, zone) if on else None
    start = _after(last, zone) if last else dt.time(9)
    end = (dt.datetime.combine(dt.date.min, start) + dt.timedelta(minutes=45)).time()
    return {"date": on, "start": start, "end": end, "kind": "interview"}


def _day(words: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        return None


def _last_of(visit: StudyVisit, day: dt.date, zone: ZoneInfo) -> Slot | None:
    """The slot that ends last on a day of the visit's own calendar."""
    begins = dt.datetime.combine(day, dt.time(), zone)
    whole_day = (begins, begins + dt.timedelta(days=1, microseconds=-1))
    found = Slot.objects.filter(visit=visit, removed_at=None, starts_at__range=whole_day)
    return found.order_by("-ends_at").first()


def _after(last: Slot, zone: ZoneInfo) -> dt.time:
    """A quarter of an hour after the day's last slot, or nine o'clock where that would be night."""
    free = last.ends_at.astimezone(zone) + dt.timedelta(minutes=15)
    return free.time() if 7 <= free.hour < 22 else dt.time(9)  # noqa: PLR2004 - the waking hours
