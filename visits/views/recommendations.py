"""The recommendations of a review: few, in order, placed by impact and feasibility, traced to their findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import StaleText
from reviews.access import case_for
from reviews.actions.finding_steps import steps_of
from reviews.actions.recommendations import create_recommendation, save_recommendation
from reviews.enums import FindingStatus, Wants
from reviews.forms.findings import RecommendationForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.findings import (
    MOST_RECOMMENDATIONS,
    findings_of,
    recommendation_in,
    recommendations_of,
    under_headings,
)
from reviews.queries.matrix import matrix_of
from reviews.views.answers import saved, see_other, unsaved, wants_json
from visits.forms.recommendations import NewRecommendationForm
from visits.queries.evidence import count_of_notes, trail_of
from visits.queries.notes import sources_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.models import Recommendation
    from reviews.views.answers import PersonRequest


@require_safe
def recommendations(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the recommendations in order, with the matrix."""
    seat = case_for(request.user, slug, Ability.VIEW_FINDINGS)
    rows = list(recommendations_of(seat.case, for_team=seat.is_team))
    kept = [row for row in rows if row.status != FindingStatus.DROPPED]
    context = {
        "rows": kept,
        "dropped": [row for row in rows if row.status == FindingStatus.DROPPED],
        "drafts": sum(row.status == FindingStatus.DRAFT for row in kept),
        "is_too_many": len(kept) > MOST_RECOMMENDATIONS,
        "most": MOST_RECOMMENDATIONS,
        "wants_none": seat.case.wants == Wants.OBSERVATIONS,
        "matrix": matrix_of(kept),
        "note_count": count_of_notes(seat.case),
        "finding_count": findings_of(seat.case, for_team=seat.is_team, bare=True)
        .exclude(status=FindingStatus.DROPPED)
        .count(),
    }
    return render(request, "visits/recommendations.html", {**case_frame(seat, "findings"), **context})


@require_POST
def new_recommendation(request: PersonRequest, slug: str) -> HttpResponse:
    """Make a recommendation that rests on the ticked findings, and go on writing it on its own page."""
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS)
    form = NewRecommendationForm(request.POST)
    findings = form.cleaned_data["findings"] if form.is_valid() else []
    made = create_recommendation(seat.case, by=request.user, findings=findings)
    return see_other(reverse("visits:recommendation", args=(slug, made.pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def recommendation(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show a recommendation; POST saves it, for the page that saves as you type and for the button."""
    is_post = request.method == "POST"
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS if is_post else Ability.VIEW_FINDINGS)
    found = recommendation_in(seat.case, pk, for_team=seat.is_team)
    if not is_post:
        return _page(request, seat, found, RecommendationForm.of(found))
    form = RecommendationForm(request.POST)
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _page(request, seat, found, form)
    version, findings = form.cleaned_data["version"], form.cleaned_data["findings"]
    try:
        row = save_recommendation(found, by=request.user, version=version, wording=form.wording(), findings=findings)
    except StaleText as stale:
        if wants_json(request):
            raise
        return _page(request, seat, found, form, stale)
    if wants_json(request):
        return saved(row.version, row.updated_at)
    messages.success(request, "Saved.")
    return see_other(reverse("visits:recommendation", args=(slug, pk)))


def _page(
    request: PersonRequest,
    seat: Seat,
    found: Recommendation,
    form: RecommendationForm,
    stale: StaleText | None = None,
) -> HttpResponse:
    rests_on = list(found.findings.all())
    is_form = found.status == FindingStatus.DRAFT and seat.can(Ability.EDIT_FINDINGS)
    context = {
        "recommendation": found,
        "form": form,
        "stale": stale,
        "is_form": is_form,
        "rests_on": rests_on,
        "steps": [step for step in steps_of(found) if seat.can(step.ability)],
        **_trail(seat, rests_on),
        **(_choices(seat, form) if is_form else {}),
    }
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "visits/recommendation.html", {**case_frame(seat, "findings"), **context}, status=status)


def _trail(seat: Seat, rests_on: list[Any]) -> dict[str, Any]:
    """The sources of the findings, and for the team the notes themselves."""
    trail: dict[str, Any] = {"sources": sources_of(rests_on), "notes": {}}
    if seat.can(Ability.VIEW_NOTES):
        trail["notes"] = trail_of(rests_on, seat.case)
    return trail


def _choices(seat: Seat, form: RecommendationForm) -> dict[str, Any]:
    """The findings that can be ticked, by heading; those that are ticked now."""
    ticked = {int(value) for value in form["findings"].value() or () if str(value).isdigit()}
    offered = [
        finding
        for finding in findings_of(seat.case, for_team=True)
        if finding.status != FindingStatus.DROPPED or finding.pk in ticked
    ]
    return {"headings": under_headings(offered), "ticked": ticked}
