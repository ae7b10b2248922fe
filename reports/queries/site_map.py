"""Which pages everybody may read, for search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.models import City
from reports.queries.publications import public_now

if TYPE_CHECKING:
    from datetime import datetime

MOST = 45_000
"""A site map may have 50,000 addresses."""


def publications_there() -> list[tuple[str, datetime]]:
    """The permanent parts of the addresses, newest first, each with when it was published."""
    rows = public_now().order_by("-published_at", "-pk").values_list("slug", "published_at")
    return list(rows[:MOST])


def cities_there() -> list[str]:
    """The cities of which something was published."""
    own = public_now().order_by().values("case__host_city_id")
    return list(City.objects.filter(pk__in=own).order_by("slug").values_list("slug", flat=True))
