"""Releasing findings and recommendations to the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotReady
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.queries.findings import under_headings
from reviews.views.answers import see_other
from visits.actions.release import share_findings, withdraw_release
from visits.forms.feedback import ReleaseForm, WithdrawForm
from visits.queries.release import release_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what would go to the host and what stays behind; POST releases it."""
    seat = case_for(request.user, slug, Ability.SHARE_FINDINGS)
    if request.method != "POST":
        return _page(request, seat)
    form = ReleaseForm(request.POST)
    fingerprint = form.cleaned_data.get("fingerprint", "") if form.is_valid() else ""
    confirmed = bool(form.cleaned_data.get("confirmed"))
    try:
        share_findings(seat.case, by=request.user, fingerprint=fingerprint, confirmed=confirmed)
    except NotReady as refused:
        return _page(request, seat, refused)
    messages.success(request, "Released. The host city has been told.")
    return see_other(reverse("visits:findings", args=(slug,)))


@require_POST
def withdraw(request: PersonRequest, slug: str) -> HttpResponse:
    """Take the whole release back."""
    seat = case_for(request.user, slug, Ability.SHARE_FINDINGS)
    form = WithdrawForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    withdraw_release(seat.case, by=request.user, reason=reason)
    messages.success(request, "Taken back. The host no longer sees the findings; all texts are kept as drafts.")
    return see_other(reverse("visits:release", args=(slug,)))


def _page(request: PersonRequest, seat: Seat, refused: NotReady | None = None) -> HttpResponse:
    found = release_of(seat.case)
    context = {"release": found, "headings": under_headings(found.findings), "refused": refused}
    status = 422 if refused else 200
    return render(request, "visits/release.html", {**case_frame(seat, "findings"), **context}, status=status)
