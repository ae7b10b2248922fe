"""Issuing certificates of participation to the people of a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from people.templatetags.words import counted
from reports.actions.certificates import NOT_HELD, issue_certificates
from reports.forms.certificates import CertificatesForm
from reports.queries.certificates import holders_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other
from visits.enums import VisitStatus
from visits.queries.programme import visit_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: PersonRequest, slug: str) -> HttpResponse:
    """Show who gets a certificate for how many hours; issue them."""
    seat = case_for(request.user, slug, Ability.ISSUE_CERTIFICATES)
    form = CertificatesForm(request.POST or None, holders=holders_of(seat.case))
    if request.method == "POST" and form.is_valid():
        issued = issue_certificates(seat.case, form.hours(), by=request.user)
        words = counted(len(issued), "certificate")
        messages.success(request, f"{words} issued. Each person is told when the paper is ready.")
        return see_other(reverse("reports:certificates", args=(slug,)))
    visit = visit_in(seat.case)
    refused = "" if visit is not None and visit.status == VisitStatus.HELD else NOT_HELD
    context = {**case_frame(seat, "documents"), "form": form, "refused": refused}
    return render(request, "reports/certificates.html", context, status=422 if form.errors else 200)
