"""The page "PDF check": what a finished file holds, as it was counted when it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.errors import NotReady
from reports.access import document_for
from reports.enums import DocumentStatus, Format
from reports.pdf_check import points_of, sample_of, tags_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_GET
def document_check(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show the figures of one finished PDF to whoever may have it."""
    seat = case_for(request.user, slug, Ability.VIEW_DOCUMENTS)
    found = document_for(seat, pk)
    if found.status != DocumentStatus.READY or found.format != Format.PDF:
        raise NotReady("There is a check for every finished PDF. The documents page shows how far this one is.")
    context = {
        "document": found,
        "figures": found.figures,
        "points": points_of(found.figures) if found.figures else [],
        "tags": tags_of(found.figures),
        "sample": sample_of(found.figures),
    }
    return render(request, "reports/document_check.html", {**case_frame(seat, "documents"), **context})
