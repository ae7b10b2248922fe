"""How much room for files a case has left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Sum

from reviews.models import Evidence, EvidenceVersion, Upload

if TYPE_CHECKING:
    from reviews.models import Case


@dataclass(frozen=True, slots=True)
class Room:
    """Rows and bytes that still fit."""

    rows: int
    size: int


def room_left(case: Case) -> Room:
    """What still fits: old versions and removed files count, and so do files on their way. Three queries."""
    found = Evidence.objects.filter(case=case).order_by().aggregate(rows=Count("pk"), size=Sum("size", default=0))
    old = EvidenceVersion.objects.filter(evidence__case=case).aggregate(size=Sum("size", default=0))
    coming = Upload.objects.filter(case=case, finished_at__isnull=True)
    size = found["size"] + old["size"] + coming.aggregate(size=Sum("size", default=0))["size"]
    return Room(settings.EVIDENCE_MAX_FILES - found["rows"], settings.EVIDENCE_CASE_BYTES - size)
