"""The files of a self-assessment: the list, adding several, announcing one, taking away and bringing back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotNow, NotReady
from people.uploading import files_too_large
from reviews.access import case_for
from reviews.actions.announcing import announce_evidence
from reviews.actions.evidence import add_evidence, remove_evidence, restore_evidence
from reviews.evidence_access import sees_host_only
from reviews.evidence_pages import evidence_page, places_of, question_named
from reviews.forms.evidence import AnnounceForm, FilterForm, UploadForm
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
    asked = {"section": request.GET.get("section"), "question": request.GET.get("question")}
    return _page(request, seat, UploadForm(places=places_of(seat), initial=asked))


def _page(request: PersonRequest, seat: Seat, form: UploadForm) -> HttpResponse:
    places = places_of(seat)
    filters = FilterForm(request.GET, places=places, sees_host_only=sees_host_only(seat))
    page = evidence_page(seat, filters.wanted)
    asked = question_named(places, form["question"].value())
    context = {**case_frame(seat, "self_assessment"), "page": page, "form": form, "filters": filters, "asked": asked}
    return render(request, "reviews/evidence.html", context, status=422 if form.is_bound else 200)


def _add(request: PersonRequest, seat: Seat) -> HttpResponse:
    """Add one file after the other: what is wrong with one does not stop the next."""
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    form = UploadForm(request.POST, request.FILES, places=places_of(seat))
    too_large = files_too_large(request)
    tell_too_large(request, too_large)
    if not form.is_valid():
        if too_large and set(form.errors) == {"file"}:
            return see_other(request.get_full_path())
        if wants_json(request):
            return JsonResponse({"code": "invalid", "message": errors_in_words(form)}, status=422)
        return _page(request, seat, form)
    if wants_json(request):
        rows = [add_evidence(seat, file, file.name, form.described) for file in form.cleaned_data["file"]]
        return JsonResponse({"id": rows[0].pk, "title": rows[0].title}, status=_CREATED)
    for file in form.cleaned_data["file"]:
        try:
            row = add_evidence(seat, file, file.name, form.described)
        except (NotReady, NotNow) as refused:
            messages.error(request, f"{file.name}: {refused.message}")
        else:
            messages.success(request, f"Added: {row.title}.")
    return see_other(request.get_full_path())


def tell_too_large(request: PersonRequest, names: list[str]) -> None:
    """Name the files of a form that were dropped because of their size."""
    most = settings.EVIDENCE_MAX_BYTES // (1024 * 1024)
    for name in names:
        messages.error(request, f"{name}: This file is too large: at most {most} MB.")


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: PersonRequest, slug: str) -> HttpResponse:
    """Say that a file is still to come: what, from whom, and by when."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    asked = {"section": request.GET.get("section"), "question": request.GET.get("question"), "owner": request.user.pk}
    sent = request.POST if request.method == "POST" else None
    form = AnnounceForm(sent, places=places_of(seat), initial=asked)
    if form.is_valid() and form.promise:
        row = announce_evidence(seat, form.described, form.promise)
        messages.success(request, f"Announced: {row.title}.")
        return see_other(f"{reverse('reviews:evidence', args=(slug,))}#file-{row.pk}")
    context = {**case_frame(seat, "self_assessment"), "form": form}
    return render(request, "reviews/evidence_announce.html", context, status=422 if form.is_bound else 200)


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
