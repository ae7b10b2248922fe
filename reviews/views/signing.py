"""Signing: a section by those who wrote it, the submitted version by the political sponsor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reviews.access import case_for
from reviews.actions.signing import decline_version, sign_section, sign_version
from reviews.forms.signing import DeclineForm, SectionSignForm, SignForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.signing_pages import section_to_sign, signing_of, waits_for_signature
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: PersonRequest, slug: str, position: int) -> HttpResponse:
    """Read a section once more, and sign it off."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    page = section_to_sign(seat, position)
    form = SectionSignForm(request.POST or None, user=request.user, initial={"sha256": page.sha256})
    if form.is_valid():
        sign_section(seat, position, form.cleaned_data["sha256"], form.signed)
        messages.success(request, f"Signed off: {page.part.section.title}.")
        return see_other(reverse("reviews:self_assessment", args=(slug,)))
    context = {**case_frame(seat, "self_assessment"), "page": page, "form": form}
    return render(request, "reviews/section_sign.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sponsor(request: PersonRequest, slug: str) -> HttpResponse:
    """The political sponsor signs the submitted version."""
    seat = case_for(request.user, slug, Ability.SIGN_SELF_ASSESSMENT)
    form = SignForm(request.POST or None, user=request.user)
    if form.is_valid():
        row = sign_version(seat, form.cleaned_data["sha256"], form.signed)
        messages.success(request, f"You signed version {row.version}. The review lead can accept it now.")
        return see_other(reverse("reviews:self_assessment", args=(slug,)))
    return _page(request, seat, form, DeclineForm(auto_id="decline-%s"))


@require_POST
def decline(request: PersonRequest, slug: str) -> HttpResponse:
    """The political sponsor says why they do not sign."""
    seat = case_for(request.user, slug, Ability.SIGN_SELF_ASSESSMENT)
    form = DeclineForm(request.POST, auto_id="decline-%s")
    if not form.is_valid():
        return _page(request, seat, SignForm(user=request.user), form)
    decline_version(seat, form.cleaned_data["message"])
    messages.success(request, "Your host coordinator reads your message.")
    return see_other(reverse("reviews:self_assessment", args=(slug,)))


def _page(request: PersonRequest, seat: Seat, form: SignForm, refusal: DeclineForm) -> HttpResponse:
    page = signing_of(seat)
    if page.version is not None:
        form.fields["sha256"].initial = page.version.sha256
    context = {"page": page, "form": form, "refusal": refusal, "waits": waits_for_signature(seat)}
    status = 422 if form.is_bound or refusal.is_bound else 200
    return render(
        request, "reviews/self_assessment_sign.html", {**case_frame(seat, "self_assessment"), **context}, status=status
    )
