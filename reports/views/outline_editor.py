"""Changing an outline: its name and sections, saved while people type; their order and what they draw, by buttons."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotReady, NotThere, StaleText
from reports.actions import outline_editing as editing
from reports.forms.outlines import AddDrawForm, AddOutlineSectionForm, OutlineForm, OutlineSectionForm
from reports.outline_access import outline_in, section_in_outline
from reports.outline_files import SectionPlan
from reports.queries.outlines import draws_left, sections_of_outline
from reviews.views.answers import saved, see_other, unsaved, wants_json

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reports.models import Outline, OutlineSection
    from reviews.views.answers import PersonRequest

REMOVED = "removed_from_outline"
"""Where the session keeps the section that was removed last, so that it can be put back."""


# --- The outline ------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """GET shows the name and the sections in their order; POST saves the name."""
    found = outline_in(request.user, pk)
    if request.method != "POST":
        return _outline_page(request, found)
    form = OutlineForm(request.POST)
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _outline_page(request, found, status=422, form=form)
    try:
        row = editing.save_outline(found, form.to_save, version=form.cleaned_data["version"], by=request.user)
    except StaleText as stale:
        if wants_json(request):
            raise
        return _outline_page(request, found, status=409, form=OutlineForm(_again(request, stale)), stale=stale)
    return saved(row.version, timezone.now()) if wants_json(request) else see_other(_edit_url(pk))


def _outline_page(request: PersonRequest, found: Outline, *, status: int = 200, **context: Any) -> HttpResponse:
    page = {
        "outline": found,
        "sections": sections_of_outline(found),
        "form": OutlineForm(initial={"version": found.version, "name": found.name}),
        "add_form": AddOutlineSectionForm(),
        "removed": _removed(request, found.pk),
        "stale": None,
        **context,
    }
    return render(request, "reports/outline_edit.html", page, status=status)


# --- One section ------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def section(request: PersonRequest, pk: int, section: int) -> HttpResponse:
    """GET shows a section with its texts and what it draws; POST saves texts and settings."""
    found = section_in_outline(request.user, pk, section)
    if request.method != "POST":
        return _section_page(request, found)
    form = OutlineSectionForm(request.POST)
    if not form.is_valid():
        return unsaved(form) if wants_json(request) else _section_page(request, found, status=422, form=form)
    try:
        row = editing.save_section(found, form.to_save, version=form.cleaned_data["version"], by=request.user)
    except StaleText as stale:
        stale.texts = {name: stale.texts[name] for name in ("title", "purpose", "opening")}
        if wants_json(request):
            raise
        return _section_page(request, found, status=409, form=OutlineSectionForm(_again(request, stale)), stale=stale)
    return saved(row.version, timezone.now()) if wants_json(request) else see_other(_section_url(found))


def _section_page(request: PersonRequest, found: OutlineSection, *, status: int = 200, **context: Any) -> HttpResponse:
    sections = sections_of_outline(found.outline)
    here = next((at for at, row in enumerate(sections) if row.pk == found.pk), 0)
    page = {
        "outline": found.outline,
        "sections": sections,
        "section": found,
        "before": sections[here - 1] if here else None,
        "after": sections[here + 1] if here + 1 < len(sections) else None,
        "form": OutlineSectionForm.of(found),
        "left": draws_left(sections, found),
        "stale": None,
        **context,
    }
    page.setdefault("draw_form", AddDrawForm(left=page["left"]))
    return render(request, "reports/outline_section.html", page, status=status)


# --- Adding, moving, removing -----------------------------------------------------------------------
@require_POST
def add_section(request: PersonRequest, pk: int) -> HttpResponse:
    """Add a section, and open it."""
    found = outline_in(request.user, pk)
    form = AddOutlineSectionForm(request.POST)
    if not form.is_valid():
        return _outline_page(request, found, status=422, add_form=form)
    return see_other(_section_url(editing.add_section(found, form.cleaned_data["title"], by=request.user)))


@require_POST
def move_section(request: PersonRequest, pk: int, section: int, way: Literal["up", "down"]) -> HttpResponse:
    """Move a section one place."""
    found = section_in_outline(request.user, pk, section)
    editing.move_section(found, way, by=request.user)
    return see_other(f"{_edit_url(pk)}#section-{found.pk}")


@require_POST
def remove_section(request: PersonRequest, pk: int, section: int) -> HttpResponse:
    """Take a section out; it can be put back."""
    removed = editing.remove_section(section_in_outline(request.user, pk, section), by=request.user)
    request.session[REMOVED] = {"outline": pk, "position": removed.position, "plan": asdict(removed.plan)}
    return see_other(f"{_edit_url(pk)}#notices")


@require_POST
def restore(request: PersonRequest, pk: int) -> HttpResponse:
    """Put back the section that was removed last."""
    found = outline_in(request.user, pk)
    removed = _removed(request, pk)
    if removed is None:
        raise NotThere("There is nothing to put back.")
    section = editing.put_back(found, removed, by=request.user)
    del request.session[REMOVED]
    messages.success(request, f"“{section}” is back where it stood.")
    return see_other(f"{_edit_url(pk)}#section-{section.pk}")


@require_POST
def add_draw(request: PersonRequest, pk: int, section: int) -> HttpResponse:
    """Let the review add one thing more to a section."""
    found = section_in_outline(request.user, pk, section)
    form = AddDrawForm(request.POST, left=draws_left(sections_of_outline(found.outline), found))
    if not form.is_valid():
        return _section_page(request, found, status=422, draw_form=form)
    try:
        editing.add_draw(found, form.cleaned_data["draw"], by=request.user)
    except NotReady as refused:
        form.add_error("draw", refused.message)
        return _section_page(request, found, status=422, draw_form=form)
    return see_other(f"{_section_url(found)}#draws")


@require_POST
def move_draw(request: PersonRequest, pk: int, section: int, draw: str, way: Literal["up", "down"]) -> HttpResponse:
    """Move what the review adds one place."""
    found = section_in_outline(request.user, pk, section)
    editing.move_draw(found, draw, way, by=request.user)
    return see_other(f"{_section_url(found)}#draws")


@require_POST
def remove_draw(request: PersonRequest, pk: int, section: int, draw: str) -> HttpResponse:
    """Let the review add one thing less."""
    found = section_in_outline(request.user, pk, section)
    editing.remove_draw(found, draw, by=request.user)
    return see_other(f"{_section_url(found)}#draws")


def _removed(request: PersonRequest, pk: int) -> editing.Removed | None:
    """The section that was removed last from this outline."""
    kept = request.session.get(REMOVED)
    if not kept or kept["outline"] != pk:
        return None
    plan = {**kept["plan"], "draws": tuple(kept["plan"]["draws"])}
    return editing.Removed(kept["position"], SectionPlan(**plan))


def _again(request: PersonRequest, stale: StaleText) -> dict[str, Any]:
    """What was typed, on top of the version that is stored now."""
    return {**request.POST.dict(), "version": str(stale.version)}


def _edit_url(pk: int) -> str:
    return reverse("reports:outline_edit", args=(pk,))


def _section_url(found: OutlineSection) -> str:
    return reverse("reports:outline_section", args=(found.outline_id, found.pk))
