"""Names of files that leave the product: what it is, of which city, in plain letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify

if TYPE_CHECKING:
    from reviews.models import Case


def export_name(case: Case, what: str, language: str, extension: str) -> str:
    """Return a name as it should stand on somebody's desk: `timisoara-2018-self-assessment-form-ro.docx`."""
    year = f"-{case.visit_start.year}" if case.visit_start else ""
    parts = [f"{slugify(case.host_city.name) or 'city'}{year}", "self-assessment", what, language]
    return f"{'-'.join(filter(None, parts))}.{extension}"
