"""What the library has of one city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from people.errors import NotThere
from people.models import City
from reports.enums import EntryKind
from reports.queries.library import NEWEST, READ, readable

if TYPE_CHECKING:
    from reports.models import LibraryEntry

MOST = 20
MOST_RECOMMENDATIONS = 40


@dataclass(frozen=True, slots=True)
class CityShelf:
    """The newest of each kind, and how many there are."""

    city: City
    reports: list[LibraryEntry]
    practices: list[LibraryEntry]
    recommendations: list[LibraryEntry]
    counts: dict[str, int]


def city_shelf(slug: str, *, members: bool) -> CityShelf:
    """Return what was published of a city. Raises NotThere where nothing was: which cities there are is not told."""
    city = City.objects.filter(slug=slug).first()
    own = readable(members=members).filter(publication__case__host_city=city).order_by()
    counts = dict(own.values_list("kind").annotate(Count("pk"))) if city else {}
    if city is None or not counts:
        raise NotThere("Nothing has been published of this city.")
    rows = own.select_related("publication__case__host_city").only(*READ).order_by(*NEWEST)
    return CityShelf(
        city=city,
        reports=list(rows.filter(kind=EntryKind.REPORT)[:MOST]),
        practices=list(rows.filter(kind=EntryKind.PRACTICE)[:MOST]),
        recommendations=list(rows.filter(kind=EntryKind.RECOMMENDATION)[:MOST_RECOMMENDATIONS]),
        counts={"reports": 0, "practices": 0, "recommendations": 0}
        | {f"{kind}s": count for kind, count in counts.items()},
    )
