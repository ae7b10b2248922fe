"""How many files a case has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from reviews.enums import EvidenceClass
from reviews.models import Evidence

if TYPE_CHECKING:
    from reviews.models import Case

MOST_FILES = 15
"""A hint, not a limit: more than that nobody reads."""


def counts_by_section(case: Case, *, counts_host_only: bool) -> dict[int | None, int]:
    """How many files each section has. One query."""
    found = Evidence.objects.filter(case=case, removed_at__isnull=True)
    if not counts_host_only:
        found = found.exclude(access_class=EvidenceClass.HOST)
    return dict(found.order_by().values_list("section").annotate(Count("pk")))
