"""The feedback session: its record, and the page for the projector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from people.errors import StaleText
from reviews.access import case_for
from reviews.enums import FindingStatus
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.findings import findings_of, recommendations_of, under_headings
from reviews.views.answers import saved, see_other, unsaved, wants_json
from visits.actions.feedback import record_feedback
from visits.actions.visits import visit_of
from visits.forms.feedback import FeedbackForm
from visits.gates_findings import feedback_session_is_recorded, findings_are_released
from visits.queries.notes import sources_of
from visits.queries.presentation import slides_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the feedback session; POST saves its record, for the page that saves as you type and for the button."""
    is_post = request.method == "POST"
    seat = case_for(request.user, slug, Ability.RECORD_FEEDBACK if is_post else Ability.VIEW_FINDINGS)
    visit = visit_of(seat.case)
    if not is_post:
        return _page(request, seat, FeedbackForm.of(visit))
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _page(request, seat, form)
    try:
        row = record_feedback(visit, by=request.user, **form.cleaned_data)
    except StaleText as stale:
        if wants_json(request):
            raise
        return _page(request, seat, form, stale)
    if wants_json(request):
        return saved(row.feedback_version, row.feedback_at)
    messages.success(request, "Saved.")
    return see_other(reverse("visits:feedback", args=(slug,)))


@require_safe
def presentation(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what was released, large and without anything around it, for the projector and for print."""
    seat = case_for(request.user, slug, Ability.VIEW_FINDINGS)
    context = {"seat": seat, "visit": visit_of(seat.case), "slides": slides_of(seat.case)}
    return render(request, "visits/presentation.html", context)


def _page(request: PersonRequest, seat: Seat, form: FeedbackForm, stale: StaleText | None = None) -> HttpResponse:
    case = seat.case
    findings = list(findings_of(case, for_team=False))
    recommendations = list(recommendations_of(case, for_team=False))
    released = [*findings, *recommendations]
    context = {
        "visit": visit_of(case),
        "form": form,
        "stale": stale,
        "is_form": seat.can(Ability.RECORD_FEEDBACK),
        "headings": under_headings(findings),
        "recommendations": recommendations,
        "sources": sources_of(findings),
        "missing": [*findings_are_released(case), *feedback_session_is_recorded(case)] if seat.is_team else [],
        "agreed": sum(row.status == FindingStatus.AGREED for row in released),
        "released": len(released),
    }
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "visits/feedback.html", {**case_frame(seat, "findings"), **context}, status=status)
