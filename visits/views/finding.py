"""One finding: its text, the notes it rests on, and the recommendations that rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import StaleText
from people.templatetags.words import counted
from reviews.access import case_for
from reviews.actions.finding_steps import steps_of
from reviews.actions.findings import save_finding
from reviews.enums import FindingStatus
from reviews.forms.findings import FindingForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.findings import finding_in, headings_used
from reviews.views.answers import saved, see_other, unsaved, wants_json
from reviews.wording import hints_for
from visits.actions.evidence import link_notes, unlink_note
from visits.forms.findings import AddNotesForm
from visits.queries.evidence import notes_of, team_notes_of
from visits.queries.notes import sources_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.models import Finding
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show a finding; POST saves its text, for the page that saves as you type and for the button."""
    is_post = request.method == "POST"
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS if is_post else Ability.VIEW_FINDINGS)
    found = finding_in(seat.case, pk, for_team=seat.is_team)
    if not is_post:
        return _page(request, seat, found, FindingForm.of(found))
    form = FindingForm(request.POST, case=seat.case)
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _page(request, seat, found, form)
    try:
        row = save_finding(found, by=request.user, **form.said())
    except StaleText as stale:
        if wants_json(request):
            raise
        return _page(request, seat, found, form, stale)
    if wants_json(request):
        return saved(row.version, row.updated_at)
    messages.success(request, "Saved.")
    return see_other(reverse("visits:finding", args=(slug, pk)))


@require_POST
def add_notes(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let the finding rest on the ticked notes, too."""
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS)
    found = finding_in(seat.case, pk, for_team=True)
    form = AddNotesForm(request.POST)
    if form.is_valid():
        added = link_notes(found, form.cleaned_data["notes"], by=request.user)
        messages.success(request, f"{counted(added, 'note')} added.")
    else:
        messages.error(request, "Tick the notes first.")
    return see_other(f"{reverse('visits:finding', args=(slug, pk))}#notes")


@require_POST
def remove_note(request: PersonRequest, slug: str, pk: int, note: int) -> HttpResponse:
    """Let the finding no longer rest on a note; the note stays, and can be added again below."""
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS)
    unlink_note(finding_in(seat.case, pk, for_team=True), note, by=request.user)
    messages.success(request, "The finding no longer rests on this note. The note is kept: you can add it again below.")
    return see_other(f"{reverse('visits:finding', args=(slug, pk))}#notes")


def _page(
    request: PersonRequest, seat: Seat, found: Finding, form: FindingForm, stale: StaleText | None = None
) -> HttpResponse:
    sources = sources_of([found])[found.pk]
    context = {
        "finding": found,
        "form": form,
        "stale": stale,
        "sources": sources,
        "hints": hints_for(found, is_single_source=sources.is_single_source) if seat.is_team else (),
        "is_form": found.status == FindingStatus.DRAFT and seat.can(Ability.EDIT_FINDINGS),
        "steps": [step for step in steps_of(found) if seat.can(step.ability)],
        "headings": headings_used(seat.case),
        **_trail(seat, found),
    }
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "visits/finding.html", {**case_frame(seat, "findings"), **context}, status=status)


def _trail(seat: Seat, found: Finding) -> dict[str, Any]:
    """The notes behind the finding, and those that could be added; the host gets none of them."""
    if not seat.can(Ability.VIEW_NOTES):
        return {"shows_notes": False}
    notes = list(notes_of(found))
    trail: dict[str, Any] = {"shows_notes": True, "notes": notes}
    if seat.can(Ability.EDIT_FINDINGS) and found.status != FindingStatus.DROPPED:
        trail["other_notes"] = list(team_notes_of(seat.case).exclude(pk__in=[note.pk for note in notes]))
    return trail
