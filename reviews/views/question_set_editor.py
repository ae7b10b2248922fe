"""Changing a draft: its sections and questions, saved while people type."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotThere, StaleText
from reviews.actions import question_set_editing as editing
from reviews.actions import question_set_order as order
from reviews.enums import QuestionSetStatus
from reviews.forms.question_sets import (
    AddQuestionForm,
    AddSectionForm,
    LanguageForm,
    SectionForm,
    SetForm,
)
from reviews.forms.questions import QuestionForm, question_as_sent
from reviews.queries.question_sets import outline_of
from reviews.question_files.plain import PlainQuestion, PlainSection
from reviews.question_set_access import question_for, question_set_for, section_for
from reviews.question_set_pages import set_page
from reviews.views.answers import saved, see_other, unsaved, wants_json

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.models import Question, QuestionSet, Section
    from reviews.views.answers import PersonRequest

REMOVED = "removed_from_question_set"
"""Where the session keeps what was removed last, so that it can be put back."""


# --- The draft ------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """GET shows the draft's own texts and its sections; POST saves the texts."""
    found = question_set_for(request.user, pk)
    if request.method != "POST":
        if found.status != QuestionSetStatus.DRAFT:
            return see_other(reverse("reviews:question_set", args=(pk,)))
        return _set_page(request, found)
    form = SetForm(request.POST)
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _set_page(request, found, status=422, form=form)
    try:
        row = editing.save_set(found, form.to_save, version=form.cleaned_data["version"], by=request.user)
    except StaleText as stale:
        if wants_json(request):
            raise
        return _set_page(request, found, status=409, form=SetForm(_again(request, stale)), stale=stale)
    return saved(row.saves, timezone.now()) if wants_json(request) else see_other(_edit_url(pk))


def _set_page(request: PersonRequest, found: QuestionSet, *, status: int = 200, **context: Any) -> HttpResponse:
    initial = {"version": found.saves, "name": found.name, "changes": found.changes}
    page = {
        "page": set_page(outline_of(found), 0, ""),
        "form": SetForm(initial=initial),
        "add_form": AddSectionForm(),
        "language_form": LanguageForm(without=(found.language, *found.languages)),
        "removed": _removed(request, found.pk),
        "stale": None,
        **context,
    }
    return render(request, "reviews/question_set_edit.html", page, status=status)


# --- One section ----------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def section(request: PersonRequest, pk: int, section: int) -> HttpResponse:
    """GET shows a section with its questions as forms; POST saves the section's own texts."""
    found = section_for(request.user, pk, section)
    if request.method != "POST":
        if found.question_set.status != QuestionSetStatus.DRAFT:
            return see_other(f"{reverse('reviews:question_set', args=(pk,))}#section-{found.position}")
        return _section_page(request, found)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _section_page(request, found, status=422, form=form)
    try:
        row = editing.save_section(found, form.to_save, version=form.cleaned_data["version"], by=request.user)
    except StaleText as stale:
        if wants_json(request):
            raise
        return _section_page(request, found, status=409, form=SectionForm(_again(request, stale)), stale=stale)
    return saved(row.saves, timezone.now()) if wants_json(request) else see_other(_section_url(found))


@require_POST
def question(request: PersonRequest, pk: int, question: int) -> HttpResponse:
    """Save one question."""
    found = question_for(request.user, pk, question)
    earlier = outline_of(found.section.question_set).questions
    form = QuestionForm(request.POST, question=found, earlier=earlier)
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _section_page(request, found.section, status=422, bound=form)
    try:
        row = editing.save_question(found, form.to_save, version=form.cleaned_data["version"], by=request.user)
    except StaleText as stale:
        stale.texts = question_as_sent(stale.texts)
        if wants_json(request):
            raise
        bound = QuestionForm(_again(request, stale), question=found, earlier=earlier)
        stale.texts = {name: stale.texts[name] for name in ("text", "help_text", "prompts")}
        return _section_page(request, found.section, status=409, bound=bound, stale=stale)
    return saved(row.saves, timezone.now()) if wants_json(request) else see_other(_question_url(row))


def _section_page(
    request: PersonRequest, found: Section, *, status: int = 200, bound: QuestionForm | None = None, **context: Any
) -> HttpResponse:
    """The page of one section; `bound` is a question's form that comes back with what was typed."""
    outline = outline_of(found.question_set)
    page = set_page(outline, 0, "")
    at = next((part for part in page.sections if part.section.pk == found.pk), None)
    if at is None:
        raise NotThere
    forms = [
        bound if bound and bound.question.pk == one.question.pk else QuestionForm.of(one.question, outline.questions)
        for one in at.questions
    ]
    opened = request.GET.get("open", "")
    shown = {
        "page": page,
        "part": at,
        "rows": list(zip(at.questions, forms, strict=True)),
        "opened": bound.question.pk if bound else int(opened) if opened.isdecimal() else 0,
        "refused": bound if bound and bound.errors else None,
        "form": SectionForm.of(found),
        "add_form": AddQuestionForm(),
        "removed": _removed(request, found.question_set_id),
        "stale": None,
        **context,
    }
    return render(request, "reviews/question_set_section.html", shown, status=status)


# --- Adding, moving, removing ---------------------------------------------------------------------
@require_POST
def add_section(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a section, and open it."""
    found = question_set_for(request.user, pk)
    form = AddSectionForm(request.POST)
    if not form.is_valid():
        return _set_page(request, found, status=422, add_form=form)
    return see_other(_section_url(editing.add_section(found, form.cleaned_data["title"], by=request.user)))


@require_POST
def add_question(request: PersonRequest, pk: int, section: int) -> HttpResponse:
    """Add a question, and open it."""
    found = section_for(request.user, pk, section)
    form = AddQuestionForm(request.POST)
    if not form.is_valid():
        return _section_page(request, found, status=422, add_form=form)
    return see_other(_question_url(editing.add_question(found, form.cleaned_data["text"], by=request.user)))


@require_POST
def move_section(request: PersonRequest, pk: int, section: int, way: Literal["up", "down"]) -> HttpResponse:
    """Move a section one place."""
    found = section_for(request.user, pk, section)
    order.move_section(found, way, by=request.user)
    return see_other(f"{_edit_url(pk)}#section-{found.pk}")


@require_POST
def move_question(request: PersonRequest, pk: int, question: int, way: Literal["up", "down"]) -> HttpResponse:
    """Move a question one place, from the edge of its section into the next one."""
    found = question_for(request.user, pk, question)
    now_in = order.move_question(found, way, by=request.user)
    if now_in.pk != found.section_id:
        messages.info(request, f"The question is in “{now_in.title}” now.")
    return see_other(f"{_section_url(now_in)}#question-{found.pk}")


@require_POST
def remove_section(request: PersonRequest, pk: int, section: int) -> HttpResponse:
    """Take a section out of the draft; it can be put back."""
    removed = editing.remove_section(section_for(request.user, pk, section), by=request.user)
    _remember(request, pk, removed)
    return see_other(f"{_edit_url(pk)}#notices")


@require_POST
def remove_question(request: PersonRequest, pk: int, question: int) -> HttpResponse:
    """Take a question out of the draft; it can be put back."""
    found = question_for(request.user, pk, question)
    _remember(request, pk, editing.remove_question(found, by=request.user))
    return see_other(f"{_section_url(found.section)}#notices")


@require_POST
def restore(request: PersonRequest, pk: int) -> HttpResponse:
    """Put back what was removed last."""
    found = question_set_for(request.user, pk)
    removed = _removed(request, pk)
    if removed is None:
        raise NotThere("There is nothing to put back.")
    section = editing.put_back(found, removed, by=request.user)
    del request.session[REMOVED]
    messages.success(request, "It is back where it stood.")
    return see_other(_section_url(section))


def _remember(request: PersonRequest, pk: int, removed: editing.Removed) -> None:
    request.session[REMOVED] = {"set": pk, **asdict(removed)}


def _removed(request: PersonRequest, pk: int) -> editing.Removed | None:
    """What was removed last from this draft."""
    kept = request.session.get(REMOVED)
    if not kept or kept["set"] != pk:
        return None
    content = kept["content"]
    questions = tuple(PlainQuestion(**one) for one in content["questions"])
    return editing.Removed(
        section=kept["section"], place=kept["place"], content=PlainSection(**{**content, "questions": questions})
    )


# --- Addresses ------------------------------------------------------------------------------------
def _again(request: PersonRequest, stale: StaleText) -> dict[str, Any]:
    """What was typed, on top of the version that is stored now."""
    return {**request.POST.dict(), "version": str(stale.version)}


def _edit_url(pk: int) -> str:
    return reverse("reviews:question_set_edit", args=(pk,))


def _section_url(found: Section) -> str:
    return reverse("reviews:question_set_section", args=(found.question_set_id, found.pk))


def _question_url(found: Question) -> str:
    return f"{_section_url(found.section)}?open={found.pk}#question-{found.pk}"
