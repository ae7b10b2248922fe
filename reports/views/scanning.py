"""The check before sending: what in the report may tell of a private person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotThere
from reports.actions.scanning import bring_hint_back, set_hints_aside
from reports.forms.scanning import AsideForm, BackForm
from reports.queries.places import keys_by_anchor
from reports.scanning import scan_of, where_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.steps import steps_for
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reports.scanning import Hit, Place, Scan
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

A = Ability
SENDING = frozenset({"start_fact_check", "publish_report"})


@dataclass(frozen=True, slots=True)
class Row:
    """One hint with the place where it is cured."""

    hit: Hit
    place: Place


@dataclass(frozen=True, slots=True)
class Chapter:
    """The hints of one chapter."""

    title: str
    rows: list[Row]


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what should be looked at before the report leaves the team; set hints aside with a reason."""
    seat = case_for(request.user, slug, A.SEND_REPORT if request.method == "POST" else A.VIEW_REPORT)
    if getattr(seat.case, "report", None) is None:
        raise NotThere("The report of this review has not been started.")
    if not seat.is_team:
        return see_other(reverse("reports:report", args=(slug,)))
    scan = scan_of(seat.case)
    form = AsideForm(request.POST if request.method == "POST" else None, keys=[hit.key for hit in scan.open])
    if form.is_valid():
        found = form.cleaned_data
        count = set_hints_aside(seat.case, found["keys"], reason=found["reason"], by=request.user)
        messages.success(request, f"{count} {'hint' if count == 1 else 'hints'} set aside.")
        return see_other(reverse("reports:check", args=(slug,)))
    status = 422 if form.is_bound else 200
    return render(request, "reports/check.html", _context(seat, scan, form), status=status)


@require_POST
def hint_back(request: PersonRequest, slug: str) -> HttpResponse:
    """Let a hint count again."""
    seat = case_for(request.user, slug, A.SEND_REPORT)
    form = BackForm(request.POST)
    if not form.is_valid():
        raise NotThere
    bring_hint_back(seat.case, form.cleaned_data["key"], by=request.user)
    return see_other(reverse("reports:check", args=(slug,)))


def _context(seat: Seat, scan: Scan, form: AsideForm) -> dict[str, Any]:
    keys = keys_by_anchor(seat.case.report)
    rows = [Row(hit, where_of(seat.case, hit, keys)) for hit in scan.open]
    return {
        **case_frame(seat, "report"),
        "report": seat.case.report,
        "form": form,
        "ticked": form["keys"].value() or [],
        "count": len(rows),
        "chapters": [
            Chapter(title, list(group)) for title, group in groupby(rows, key=lambda row: row.hit.passage.chapter)
        ],
        "aside": [(Row(hit, where_of(seat.case, hit, keys)), kept) for hit, kept in scan.aside],
        "offers": [offer for offer in steps_for(seat, "report") if offer.is_open and offer.rule.name in SENDING],
    }
