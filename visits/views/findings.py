"""The findings board: what the team found, by heading and kind, with the notes that no finding uses yet beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.templatetags.words import counted
from reviews.access import case_for
from reviews.enums import FindingKind, FindingStatus
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.findings import counts_of_kinds, finding_in, findings_of, recommendations_of, under_headings
from reviews.views.answers import see_other
from visits.actions.evidence import link_notes, make_finding
from visits.forms.findings import AddNotesForm, BoardFilterForm, NewFindingForm
from visits.queries.evidence import count_of_notes, narrowed, notes_without_finding
from visits.queries.notes import sources_of

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_safe
def board(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the findings; to the team also the notes that wait, and what can be made of them."""
    seat = case_for(request.user, slug, Ability.VIEW_FINDINGS)
    return _board(request, seat)


@require_POST
def new_finding(request: PersonRequest, slug: str) -> HttpResponse:
    """Make a finding, from the ticked notes if there are any, and go on writing it on its own page."""
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS)
    form = NewFindingForm(request.POST)
    if not form.is_valid():
        return _board(request, seat, refused=form)
    kind, text, notes = FindingKind(form.cleaned_data["kind"]), form.cleaned_data["text"], form.cleaned_data["notes"]
    finding = make_finding(seat.case, by=request.user, kind=kind, text=text, notes=notes)
    return see_other(reverse("visits:finding", args=(slug, finding.pk)))


@require_POST
def add_notes(request: PersonRequest, slug: str) -> HttpResponse:
    """Add the ticked notes to a finding that is there, and come back to the board."""
    seat = case_for(request.user, slug, Ability.EDIT_FINDINGS)
    form = AddNotesForm(request.POST)
    if form.is_valid() and not form.cleaned_data["finding"]:
        form.add_error("finding", "Choose the finding to which the notes belong.")
    if not form.is_valid():
        return _board(request, seat, refused=form)
    finding = finding_in(seat.case, form.cleaned_data["finding"], for_team=True)
    added = link_notes(finding, form.cleaned_data["notes"], by=request.user)
    messages.success(request, f"{counted(added, 'note')} added to the finding.")
    return see_other(f"{reverse('visits:findings', args=(slug,))}#finding-{finding.pk}")


def _board(request: PersonRequest, seat: Seat, refused: Form | None = None) -> HttpResponse:
    """Show the board; with what a form lacked, and what was ticked, when it was refused."""
    case, for_team = seat.case, seat.is_team
    filter_form = BoardFilterForm(request.GET, case=case, with_sites=for_team)
    wanted = filter_form.wanted()
    findings = list(findings_of(case, for_team=for_team))
    shown = list(narrowed(findings_of(case, for_team=for_team), wanted)) if wanted.is_set else findings
    kept = [finding for finding in findings if finding.status != FindingStatus.DROPPED]
    context = {
        "filter_form": filter_form,
        "is_filtered": wanted.is_set,
        "headings": under_headings(shown),
        "sources": sources_of(shown),
        "kinds": counts_of_kinds(findings),
        "finding_count": len(kept),
        "drafts": sum(finding.status == FindingStatus.DRAFT for finding in kept),
        "note_count": count_of_notes(case),
        "recommendation_count": recommendations_of(case, for_team=for_team, bare=True)
        .exclude(status=FindingStatus.DROPPED)
        .count(),
        "choices": kept,
        "kind_choices": FindingKind.choices,
        "refused": refused,
        "ticked": {int(pk) for pk in request.POST.getlist("notes") if pk.isdigit()},
        **_notes_beside(seat, wanted.site),
    }
    status = 422 if refused else 200
    return render(request, "visits/findings.html", {**case_frame(seat, "findings"), **context}, status=status)


def _notes_beside(seat: Seat, site: int | None) -> dict[str, Any]:
    """The notes that no finding uses yet; the host never gets any."""
    if not seat.can(Ability.VIEW_NOTES):
        return {"waiting": []}
    return {"waiting": list(notes_without_finding(seat.case, site=site))}
