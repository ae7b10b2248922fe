"""How many files a case has, and which of them are photos for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F

from reviews.enums import EvidenceClass, EvidenceKind
from reviews.models import Evidence
from reviews.queries.evidence_text import PICTURES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reviews.models import Case

MOST_FILES = 15
"""A hint, not a limit: more than that nobody reads."""


def counts_by_section(files: QuerySet[Evidence]) -> dict[int | None, int]:
    """How many of these files each section has. One query."""
    return dict(files.order_by().values_list("section").annotate(Count("pk")))


def public_photos(case: Case) -> QuerySet[Evidence]:
    """The photos of a case that everybody may see, by their day. Whether they were released is asked elsewhere."""
    rows = Evidence.objects.filter(case=case, removed_at=None, access_class=EvidenceClass.PUBLIC)
    rows = rows.filter(kind=EvidenceKind.PHOTO, content_type__in=PICTURES)
    return rows.exclude(file="").order_by(F("dated").asc(nulls_last=True), "title", "pk")
