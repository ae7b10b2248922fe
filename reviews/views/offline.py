"""The self-assessment offline: forms to take along, and forms that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import NotReady, NotThere, StaleText, StorageAway
from people.languages import language_of
from reviews.access import case_for
from reviews.actions import filled_forms as actions
from reviews.file_names import export_name
from reviews.filled_forms import form_named, form_page, forms_for
from reviews.forms.filled_forms import BringForm, DecisionForm, KeepForm, ManyForm
from reviews.frame import case_frame
from reviews.offline.plan import form_for, language_for, languages_of
from reviews.permissions import Ability
from reviews.self_assessment_pages import can_write, self_assessment_of
from reviews.uploads.kinds import Kind
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

_WRITERS = {
    "docx": (Kind.DOCX, "reviews.offline.docx_form.docx_form"),
    "xlsx": (Kind.XLSX, "reviews.offline.xlsx_form.xlsx_form"),
}
"""By name: the libraries are large, and are loaded with the first download."""


@require_http_methods(["GET", "HEAD", "POST"])
def offline(request: PersonRequest, slug: str) -> HttpResponse:
    """Offer the forms, take filled ones in, and list those that came."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    if request.method != "POST":
        return _offline(request, seat, BringForm())
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return see_other(_address(seat, actions.bring_form(seat, file, file.name).pk))
        except NotReady as refused:
            form.add_error("file", refused.message)
    return _offline(request, seat, form)


def _offline(request: PersonRequest, seat: Seat, form: BringForm) -> HttpResponse:
    """The page, with what is wrong with an upload."""
    question_set = self_assessment_of(seat).question_set
    context = {
        "form": form,
        "rows": list(forms_for(seat)),
        "languages": [language_of(code) for code in languages_of(question_set)],
        "chosen": language_for(question_set, seat.case.host_city.language),
        "can_write": can_write(seat),
    }
    page = {**case_frame(seat, "self_assessment"), **context}
    return render(request, "reviews/offline.html", page, status=422 if form.is_bound else 200)


@require_safe
def form_file(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """Hand out a form: `?language=ro`, `?answers=1` with what is written so far."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    if kind not in _WRITERS:
        raise NotThere
    found, write = _WRITERS[kind]
    takes_answers = bool(request.GET.get("answers"))
    wanted = request.GET.get("language") or seat.case.host_city.language
    form = form_for(seat, wanted, on=timezone.localdate() if takes_answers else None)
    name = export_name(seat.case, "form-with-answers" if takes_answers else "form", form.language, kind)
    return attachment(import_string(write)(form), found.content_type, name)


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Answer with a file that was just made."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def filled_form(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show how far a form is read, then every answer beside what is there."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    return _page(request, seat, pk)


def _page(request: PersonRequest, seat: Seat, pk: int, status: int = 200, told: str = "") -> HttpResponse:
    context = {"seat": seat, "page": form_page(seat, pk), "keep": KeepForm(), "told": told}
    if request.headers.get("HX-Request") == "true":
        return render(request, "reviews/filled_form.html#reading", {**context, "is_polled": True})
    return render(
        request, "reviews/filled_form.html", {**case_frame(seat, "self_assessment"), **context}, status=status
    )


@require_safe
def filled_file(request: PersonRequest, slug: str, pk: int) -> FileResponse:
    """Hand the brought file out again, as it came."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    row = form_named(seat, pk)
    try:
        content = row.file.open("rb")
    except StorageAway:
        raise
    except OSError:
        raise NotThere("This file cannot be opened at the moment. Please tell the secretariat.") from None
    answer = FileResponse(content, as_attachment=True, filename=row.file_name, content_type=row.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
def decide(request: PersonRequest, slug: str, pk: int, answer: int) -> HttpResponse:
    """Take one answer over, leave it, or take that back."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    form_named(seat, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise NotReady("Choose what to do with this answer.")
    version, decision = form.cleaned_data["version"], form.cleaned_data["decision"]
    try:
        if decision == "leave":
            actions.leave(seat, pk, answer)
        else:
            act = actions.take_over if decision == "take" else actions.put_back
            act(seat, pk, answer, version=version)
    except StaleText as stale:
        told = f"{stale.by or 'Somebody'} changed this answer in the meantime. Nothing was replaced: look again below."
        return _page(request, seat, pk, status=409, told=told)
    return see_other(f"{_address(seat, pk)}#answer-{answer}")


@require_POST
def decide_many(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take over all that are empty here, all, or leave the rest."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    form_named(seat, pk)
    form = ManyForm(request.POST)
    if not form.is_valid():
        raise NotReady("Choose what to do with the answers.")
    if form.cleaned_data["which"] == "leave":
        left = actions.leave_rest(seat, pk)
        messages.success(request, f"Left as they are: {left}.")
    else:
        taken = actions.take_many(seat, pk, form.chosen)
        messages.success(request, f"Taken over: {taken.done}.")
        if taken.moved_on:
            messages.warning(
                request, f"Changed in the meantime and left as they are: {taken.moved_on}. Look at them below."
            )
    return see_other(_address(seat, pk))


@require_POST
def retry(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let the file be read once more."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    actions.read_again(seat, pk)
    return see_other(_address(seat, pk))


@require_POST
def keep(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Keep a paper that is no form among the files."""
    seat = case_for(request.user, slug, Ability.EDIT_SELF_ASSESSMENT)
    form_named(seat, pk)
    form = KeepForm(request.POST)
    if not form.is_valid():
        raise NotReady("Choose who may read the file.")
    row = actions.keep_as_file(seat, pk, form.cleaned_data["access_class"])
    messages.success(request, f"Kept among the files: {row.title}.")
    return see_other(reverse("reviews:evidence", args=(slug,)))


def _address(seat: Seat, pk: int) -> str:
    return reverse("reviews:filled_form", args=(seat.case.slug, pk))
