"""How many files a case has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reviews.models import Evidence

MOST_FILES = 15
"""A hint, not a limit: more than that nobody reads."""


def counts_by_section(files: QuerySet[Evidence]) -> dict[int | None, int]:
    """How many of these files each section has. One query."""
    return dict(files.order_by().values_list("section").annotate(Count("pk")))
