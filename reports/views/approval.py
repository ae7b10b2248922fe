"""The way to publication: the team's word, the sponsor, the host's consent, what a new version changes, withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import AlreadyDone, NotThere
from reports.actions import approval as actions
from reports.actions.consent import give_consent, withdraw_consent
from reports.actions.withdrawal import withdraw_publication
from reports.contents import printed, shown_hash, team_hash
from reports.forms.approval import ConsentForm, GoAheadForm, ObjectionForm, SeenForm, WithdrawForm
from reports.forms.texts import TextForm
from reports.queries.approval import approval_of
from reports.queries.publications import publications_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import saved, see_other, unsaved, wants_json

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from reports.models import Report
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

A = Ability


@require_POST
def confirm(request: PersonRequest, slug: str) -> HttpResponse:
    """Say that one stands behind the report as it was shown."""
    seat = case_for(request.user, slug, A.CONFIRM_REPORT)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    actions.confirm_report(seat.case, by=request.user, seen=seen)
    messages.success(request, "You stand behind the report.")
    return _to_report(slug)


@require_http_methods(["GET", "POST"])
def objection(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask what stands against the report, and pass it on to the lead."""
    seat = case_for(request.user, slug, A.CONFIRM_REPORT)
    shown = {} if request.method == "POST" else {"seen": team_hash(seat.case)}
    form = ObjectionForm(_posted(request), initial=shown)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, seat, form, "reports/objection.html")
    try:
        actions.object_to_report(seat.case, by=request.user, **form.cleaned_data)
    except AlreadyDone as refused:
        _again(form, refused, seen=team_hash(seat.case))
        return _ask(request, seat, form, "reports/objection.html", status=refused.status)
    messages.success(request, "The lead has been told.")
    return _to_report(slug)


@require_http_methods(["GET", "POST"])
def go_ahead(request: PersonRequest, slug: str) -> HttpResponse:
    """Ask why the report goes on without somebody's word, and record it."""
    seat = case_for(request.user, slug, A.GO_AHEAD)
    form = GoAheadForm(_posted(request))
    if request.method != "POST" or not form.is_valid():
        return _ask_to_go_ahead(request, seat, form)
    try:
        actions.go_ahead(seat.case, by=request.user, **form.cleaned_data)
    except AlreadyDone as refused:
        _again(form, refused, seen=team_hash(seat.case))
        return _ask_to_go_ahead(request, seat, form, status=refused.status)
    messages.success(request, "The report goes on.")
    return _to_report(slug)


def _ask_to_go_ahead(request: PersonRequest, seat: Seat, form: forms.Form, *, status: int = 422) -> HttpResponse:
    form.initial["seen"] = digest = team_hash(seat.case)
    approval = approval_of(_report(seat), digest)
    return _ask(request, seat, form, "reports/go_ahead.html", status=status, approval=approval)


@require_POST
def sponsor(request: PersonRequest, slug: str) -> HttpResponse:
    """Tell the host's political sponsor of the final text."""
    seat = case_for(request.user, slug, A.INFORM_SPONSOR)
    actions.inform_sponsor(seat.case, by=request.user)
    messages.success(request, "The political sponsor has been told.")
    return _to_report(slug)


@require_http_methods(["GET", "POST"])
def consent(request: PersonRequest, slug: str) -> HttpResponse:
    """Let the host consent to publication, for readers and on terms, or take its consent back."""
    seat = case_for(request.user, slug, A.CONSENT_PUBLICATION)
    if "withdraw" in request.POST:
        withdraw_consent(seat.case, by=request.user)
        messages.success(request, "Your city’s consent is taken back. The report cannot be published without it.")
        return _to_report(slug)
    shown = "" if request.method == "POST" else shown_hash(printed(seat.case))
    form = consent_form(seat, shown, _posted(request))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, seat, form, "reports/consent.html")
    try:
        give_consent(seat.case, by=request.user, **form.cleaned_data)
    except AlreadyDone as refused:
        if refused.code not in {"another_text", "another_consent"}:
            raise
        seat.case.report.refresh_from_db()
        _again(form, refused, seen=shown_hash(printed(seat.case)), before=seat.case.report.consent_mark)
        return _ask(request, seat, form, "reports/consent.html", status=refused.status)
    messages.success(request, "Your city consents to the publication.")
    return _to_report(slug)


def consent_form(seat: Seat, text_hash: str, posted: Any = None) -> ConsentForm:
    """Return the form of the host's consent to the text with this hash; one that was `posted` says it itself."""
    report = _report(seat)
    shown = {"seen": text_hash, "before": report.consent_mark}
    initial = {**shown, "audience": report.audience, "licence": report.licence}
    return ConsentForm(posted, initial=initial)


@require_http_methods(["GET", "POST"])
def erratum(request: PersonRequest, slug: str) -> HttpResponse:
    """Let the team say what a new version changes; saves as one types."""
    seat = case_for(request.user, slug, A.EDIT_ERRATUM)
    report = _report(seat)
    form = TextForm(_posted(request), initial={"text": report.erratum, "version": report.erratum_version})
    if request.method != "POST":
        return _ask(request, seat, form, "reports/erratum.html")
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _ask(request, seat, form, "reports/erratum.html")
    version = actions.save_erratum(seat.case, by=request.user, **form.cleaned_data)
    if wants_json(request):
        return saved(version, timezone.now())
    return see_other(reverse("reports:erratum", args=(slug,)))


@require_http_methods(["GET", "POST"])
def withdraw(request: PersonRequest, slug: str, version: int) -> HttpResponse:
    """Ask before a published version is withdrawn, and withdraw it."""
    seat = case_for(request.user, slug, A.WITHDRAW_PUBLICATION)
    found = {row.version: row for row in publications_of(seat.case)}
    if version not in found:
        raise NotThere
    if found[version].is_withdrawn:
        raise AlreadyDone("This version is withdrawn already.")
    has_earlier = any(row.version < version and not row.is_withdrawn for row in found.values())
    form = WithdrawForm(_posted(request), has_earlier=has_earlier)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, seat, form, "reports/withdraw.html", publication=found[version])
    withdraw_publication(seat.case, version, by=request.user, **form.cleaned_data)
    messages.success(request, "Only a notice stands at the address now.")
    return _to_report(slug)


def _posted(request: PersonRequest) -> Any:
    """What was sent, be it nothing; None for a look at the page."""
    return request.POST if request.method == "POST" else None


def _ask(
    request: PersonRequest, seat: Seat, form: forms.Form, template: str, *, status: int = 422, **more: Any
) -> HttpResponse:
    context = {**case_frame(seat, "report"), "report": seat.case.report, "form": form, **more}
    return render(request, template, context, status=status if form.is_bound else 200)


def _again(form: forms.Form, refused: AlreadyDone, **shown: str) -> None:
    """Let the form come back with what was typed, why nothing was recorded, and what it is about now (`shown`)."""
    form.data = {**dict(form.data.items()), **shown}
    form.add_error(None, refused.message)


def _report(seat: Seat) -> Report:
    found: Report | None = getattr(seat.case, "report", None)
    if found is None:
        raise NotThere("The report of this review has not been started.")
    return found


def _to_report(slug: str) -> HttpResponse:
    return see_other(reverse("reports:report", args=(slug,)))
