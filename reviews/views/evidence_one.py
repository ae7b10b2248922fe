"""One file: what is said of it, its versions, its questions, and handing it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import NotThere, StaleText
from people.uploading import files_too_large
from reviews.access import case_for
from reviews.actions.evidence import describe_evidence, hand_out
from reviews.actions.evidence_links import link_question
from reviews.actions.evidence_versions import add_version
from reviews.evidence_access import evidence_named, require_to_bring, version_named
from reviews.evidence_pages import one_file, places_of
from reviews.forms.evidence import AnnouncedForm, EvidenceForm, VersionForm
from reviews.forms.texts import errors_in_words
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import saved, see_other, wants_json
from reviews.views.evidence import tell_too_large

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.models import Evidence, EvidenceVersion
    from reviews.views.answers import PersonRequest

_CREATED, _STALE, _INVALID = 201, 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show one file; who may change it changes what is said of it, saved as they type."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    row = evidence_named(seat, pk)
    if request.method != "POST":
        return _page(request, seat, row)
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    form = _form_of(row)(request.POST, places=places_of(seat))
    if not form.is_valid():
        if wants_json(request):
            return JsonResponse({"code": "invalid", "message": errors_in_words(form)}, status=_INVALID)
        return _page(request, seat, row, form=form, status=_INVALID)
    version = form.cleaned_data["version"]
    try:
        row = describe_evidence(seat, pk, form.described, version=version, promise=form.promise)
    except StaleText as stale:
        if wants_json(request):
            raise
        mine = _form_of(row)({**request.POST.dict(), "version": str(stale.version)}, places=places_of(seat))
        return _page(request, seat, row, form=mine, stale=stale, status=_STALE)
    if wants_json(request):
        return saved(row.saves, timezone.now())
    messages.success(request, f"Saved: {row.title}.")
    return see_other(reverse("reviews:evidence_edit", args=(slug, pk)))


def _form_of(row: Evidence) -> type[EvidenceForm]:
    return AnnouncedForm if row.is_announced else EvidenceForm


def _page(
    request: PersonRequest,
    seat: Seat,
    row: Evidence,
    *,
    form: EvidenceForm | None = None,
    stale: StaleText | None = None,
    sending: VersionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    file = one_file(seat, row)
    if file.can_change and form is None:
        form = _form_of(row).of(row, places=places_of(seat))
    context = {"file": file, "evidence": row, "form": form, "stale": stale, "sending": sending or VersionForm()}
    page = {**case_frame(seat, "self_assessment"), **context}
    return render(request, "reviews/evidence_edit.html", page, status=status)


@require_POST
def bring(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Add a newer version of a file, or the file that was announced."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    row = evidence_named(seat, pk)
    require_to_bring(seat, row)
    form = VersionForm(request.POST, request.FILES)
    too_large = files_too_large(request)
    tell_too_large(request, too_large)
    if too_large:
        return see_other(reverse("reviews:evidence_edit", args=(slug, pk)))
    if not form.is_valid():
        return _page(request, seat, row, sending=form, status=_INVALID)
    file = form.cleaned_data["file"]
    kept = add_version(seat, pk, file, file.name)
    if wants_json(request):
        return JsonResponse({"id": kept.pk, "title": kept.title}, status=_CREATED)
    messages.success(request, f"Added: version {kept.number} of {kept.title}.")
    return see_other(reverse("reviews:evidence_edit", args=(slug, pk)))


@require_POST
def link(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Link a file to a question, or take the link away."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    wanted = request.POST.get("question", "")
    if wanted.isdecimal():
        link_question(seat, pk, int(wanted), is_linked=request.POST.get("linked") == "yes")
    else:
        messages.error(request, "Choose a question first.")
    return see_other(f"{reverse('reviews:evidence_edit', args=(slug, pk))}#questions")


@require_safe
def download(request: PersonRequest, slug: str, pk: int) -> FileResponse:
    """Hand a file out."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    row = evidence_named(seat, pk)
    if row.is_announced:
        raise NotThere("This file is still to come.")
    return _handed_out(seat, row)


@require_safe
def download_version(request: PersonRequest, slug: str, pk: int, number: int) -> FileResponse:
    """Hand an older version of a file out to those who may read it."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    row = evidence_named(seat, pk)
    return _handed_out(seat, row, version_named(seat, row, number))


def _handed_out(seat: Seat, row: Evidence, version: EvidenceVersion | None = None) -> FileResponse:
    """Answer always as an attachment, in the type that the bytes have, and without rights in a browser."""
    file = version or row
    content = hand_out(seat, row, version)
    answer = FileResponse(content, as_attachment=True, filename=file.file_name, content_type=file.content_type)
    answer["Content-Length"] = str(file.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
