"""Which section a place of the report belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.models import Report


def keys_by_anchor(report: Report) -> dict[str, str]:
    """The keys of the sections by the anchor of their chapter. One query."""
    return {f"s{position}": key for position, key in report.sections.values_list("position", "key")}


def anchor_of(place: str) -> str:
    """The chapter of a place: `s3` of `s3-p2`."""
    return place.partition("-")[0]
