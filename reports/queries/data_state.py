"""When open data last changed, and the entries of one report."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Sum

from people.errors import NotThere
from reports.enums import Audience, EntryKind
from reports.models import LibraryEntry, Publication, Shelf
from reports.queries.publications import NOT_PUBLISHED, public_now
from reports.queries.statuses import Status, statuses
from reviews.models import Action, Case, HostResponse

if TYPE_CHECKING:
    from datetime import datetime

_TURNS = {EntryKind.REPORT: 0, EntryKind.PRACTICE: 1, EntryKind.RECOMMENDATION: 2}


def state_of(what: str) -> str:
    """Return a word that is another one whenever the list says something else. At most four queries."""
    parts: list[object] = [what, _shelf_changed()]
    if what == "recommendations":
        parts += HostResponse.objects.aggregate(Max("at"), Sum("version"), Count("pk")).values()
        parts += Action.objects.aggregate(Max("updated_at"), Sum("version"), Count("removed_at"), Count("pk")).values()
        parts += Case.objects.aggregate(Max("moved_at")).values()
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def changed_at(what: str) -> datetime | None:
    """Return when the library changed, or what is told of its recommendations."""
    moments = [_shelf_changed()]
    if what == "recommendations":
        moments.append(HostResponse.objects.aggregate(at=Max("at"))["at"])
        moments.append(Action.objects.aggregate(at=Max("updated_at"))["at"])
        moments.append(Case.objects.aggregate(at=Max("moved_at"))["at"])
    return max((moment for moment in moments if moment), default=None)


def entries_of(slug: str) -> tuple[Publication, list[tuple[LibraryEntry, list[Status]]]]:
    """Return a public report and what can be found in it, the report first. Raises NotThere."""
    found = public_now().filter(slug=slug).first()
    rows = LibraryEntry.objects.filter(publication=found).select_related("publication__case", "text")
    entries = sorted(
        rows.prefetch_related("publication__subjects") if found else (),
        key=lambda row: (_TURNS[EntryKind(row.kind)], row.position),
    )
    if found is None or not entries:
        raise NotThere(NOT_PUBLISHED)
    known = statuses(entries)
    return found, [(row, known.get(row.pk, [])) for row in entries]


def _shelf_changed() -> datetime | None:
    return Shelf.objects.filter(audience=Audience.PUBLIC).values_list("changed_at", flat=True).first()
