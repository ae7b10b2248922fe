"""The files of a self-assessment: list, add, describe, remove, download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import NotReady
from reviews.access import case_for
from reviews.actions.evidence import add_evidence, describe_evidence, hand_out, remove_evidence, restore_evidence
from reviews.evidence_access import evidence_named
from reviews.evidence_pages import evidence_page, sections_of
from reviews.forms.evidence import EvidenceForm, UploadForm
from reviews.forms.texts import errors_in_words
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other, wants_json, way_back

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

_CREATED = 201


@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the files that this person may read; a writer adds more."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    if request.method == "POST":
        return _add(request, seat)
    form = UploadForm(sections=sections_of(seat), initial={"section": request.GET.get("section")})
    return _page(request, seat, form)


def _page(request: PersonRequest, seat: Seat, form: UploadForm) -> HttpResponse:
    context = {**case_frame(seat, "self_assessment"), "page": evidence_page(seat), "form": form}
    return render(request, "reviews/evidence.html", context, status=422 if form.is_bound else 200)


def _add(request: PersonRequest, seat: Seat) -> HttpResponse:
    """Add one file after the other: what is wrong with one does not stop the next."""
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    form = UploadForm(request.POST, request.FILES, sections=sections_of(seat))
    if not form.is_valid():
        if wants_json(request):
            return JsonResponse({"code": "invalid", "message": errors_in_words(form)}, status=422)
        return _page(request, seat, form)
    if wants_json(request):
        rows = [add_evidence(seat, file, file.name, form.described) for file in form.cleaned_data["file"]]
        return JsonResponse({"id": rows[0].pk, "title": rows[0].title}, status=_CREATED)
    for file in form.cleaned_data["file"]:
        try:
            row = add_evidence(seat, file, file.name, form.described)
        except NotReady as refused:
            messages.error(request, f"{file.name}: {refused.message}")
        else:
            messages.success(request, f"Added: {row.title}.")
    return see_other(request.get_full_path())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is said of one file."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    row = evidence_named(seat, pk)
    sections = sections_of(seat)
    if request.method != "POST":
        form = EvidenceForm.of(row, sections)
    else:
        form = EvidenceForm(request.POST, sections=sections)
        if form.is_valid():
            describe_evidence(seat, pk, form.described)
            messages.success(request, f"Saved: {form.described.title}.")
            return see_other(reverse("reviews:evidence", args=(slug,)))
    context = {**case_frame(seat, "self_assessment"), "evidence": row, "form": form}
    return render(request, "reviews/evidence_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a file; the page that follows offers to bring it back."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    row = remove_evidence(seat, pk)
    messages.success(request, f"Removed: {row.title}. You can bring it back below.")
    return see_other(way_back(request, reverse("reviews:evidence", args=(slug,))))


@require_POST
def restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Bring a removed file back."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    row = restore_evidence(seat, pk)
    messages.success(request, f"Back again: {row.title}.")
    return see_other(way_back(request, reverse("reviews:evidence", args=(slug,))))


@require_safe
def download(request: PersonRequest, slug: str, pk: int) -> FileResponse:
    """Hand a file out: always as an attachment, in the type that its bytes have, and without rights in a browser."""
    seat = case_for(request.user, slug, Ability.VIEW_SELF_ASSESSMENT)
    row = evidence_named(seat, pk)
    answer = FileResponse(
        hand_out(seat, row), as_attachment=True, filename=row.file_name, content_type=row.content_type
    )
    answer["Content-Length"] = str(row.size)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
