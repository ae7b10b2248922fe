"""Notes: a quick form and a list. Never for the host."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.asked import wants_json
from reviews.access import case_for
from reviews.permissions import Ability
from reviews.views.answers import see_other
from visits.actions import notes as actions
from visits.actions.visits import visit_of
from visits.forms.notes import NewNoteForm, NoteFilterForm, NoteForm
from visits.queries import note_page as page
from visits.queries.name_hints import possible_names
from visits.queries.names import known_names
from visits.queries.programme import programme
from visits.views.frames import case_page, first_error, page_url

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest
    from visits.queries.programme import Programme


@require_safe
def show(request: PersonRequest, slug: str) -> HttpResponse:
    """The notes of a case, with a form for the talk in `?slot=`, or for the one that takes place now."""
    seat = case_for(request.user, slug, Ability.VIEW_NOTES)
    plan = programme(visit_of(seat.case), for_host=False)
    return _page(request, seat, plan)


def _page(request: PersonRequest, seat: Seat, plan: Programme, form: NewNoteForm | None = None) -> HttpResponse:
    asked = request.GET
    slot = page.slot_in(plan, asked.get("slot", "")) if "slot" in asked else page.slot_now(plan, request.user)
    choices = page.note_choices(plan, seat.case, request.user, slot=slot)
    if form is None:
        start = page.note_initial(slot, kind=asked.get("kind_next", ""), group=asked.get("group_next", ""))
        form = NewNoteForm(choices=choices, initial={**start, "client_id": uuid.uuid4()})
    filters = NoteFilterForm({**asked.dict(), "slot": str(slot.id) if slot else ""}, choices=choices)
    wanted = page.NoteFilter(**filters.cleaned_data) if filters.is_valid() else page.NoteFilter()
    found, notes = page.note_list(seat, plan, wanted, page=asked.get("page", ""))
    context: dict[str, Any] = {
        "programme": plan,
        "slot": slot,
        "small_groups": page.small_groups(slot),
        "form": form,
        "filters": filters,
        "wanted": wanted,
        "page": found,
        "notes": notes,
        "query": _without_page(request),
        "removed": page.removed_note(seat, asked.get("removed", "")),
        "is_private": actions.is_only_observer(seat),
    }
    return case_page(request, "visits/notes.html", seat, "notes", status=422 if form.errors else 200, **context)


def _without_page(request: PersonRequest) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    kept.pop("removed", None)
    return f"{kept.urlencode()}&" if kept else ""


@require_POST
def write(request: PersonRequest, slug: str) -> HttpResponse:
    """Store a new note as it is typed; the button stores it and gives an empty form for the next one."""
    seat = case_for(request.user, slug, Ability.WRITE_NOTE)
    plan = programme(visit_of(seat.case), for_host=False)
    choices = page.note_choices(plan, seat.case, request.user, slot=None)
    form = NewNoteForm(request.POST, choices=choices)
    if not form.is_valid():
        return _invalid(form) if wants_json(request) else _page(request, seat, plan, form)
    values = form.values()
    client_id, version = form.cleaned_data["client_id"] or uuid.uuid4(), form.cleaned_data["version"] or 0
    saved = actions.write_note(seat.case, client_id, by=request.user, values=values, version=version)
    if wants_json(request):
        return JsonResponse({**saved._asdict(), "names": _names(seat, plan, values.text)})
    going_on = {"slot": str(values.slot_id or ""), "kind_next": values.kind, "group_next": values.source_group}
    return see_other(page_url(seat, "notes", **going_on))


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, slug: str, note_id: int) -> HttpResponse:
    """Change one's own note, saved as it is typed."""
    seat = case_for(request.user, slug, Ability.WRITE_NOTE)
    visit = visit_of(seat.case)
    note = actions.own_note(visit, note_id, request.user)
    plan = programme(visit, for_host=False)
    choices = page.note_choices(plan, seat.case, request.user, slot=page.slot_in(plan, str(note.slot_id)))
    start = page.values_of(note)
    form = NoteForm(request.POST or None, choices=choices, initial=start)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        saved = actions.change_note(seat.case, note.pk, by=request.user, values=form.values(), version=version)
        if wants_json(request):
            return JsonResponse({**saved._asdict(), "names": _names(seat, plan, form.cleaned_data["text"])})
        return see_other(page_url(seat, "notes", slot=str(note.slot_id or ""), anchor=f"note-{note.pk}"))
    if form.is_bound and wants_json(request):
        return _invalid(form)
    context: dict[str, Any] = {"form": form, "note": note, "names": _names(seat, plan, note.text)}
    return case_page(request, "visits/note.html", seat, "notes", status=422 if form.is_bound else 200, **context)


@require_POST
def remove(request: PersonRequest, slug: str, note_id: int) -> HttpResponse:
    """Take one's own note back; the page offers to put it back."""
    seat = case_for(request.user, slug, Ability.WRITE_NOTE)
    note = actions.remove_note(seat.case, note_id, by=request.user)
    return see_other(page_url(seat, "notes", slot=str(note.slot_id or ""), removed=str(note.pk)))


@require_POST
def restore(request: PersonRequest, slug: str, note_id: int) -> HttpResponse:
    """Put one's own note back."""
    seat = case_for(request.user, slug, Ability.WRITE_NOTE)
    note = actions.restore_note(seat.case, note_id, by=request.user)
    return see_other(page_url(seat, "notes", slot=str(note.slot_id or ""), anchor=f"note-{note.pk}"))


def _names(seat: Seat, plan: Programme, text: str) -> list[str]:
    """What in a note may name a person, for the hint beside the form."""
    return possible_names(text, known=known_names(seat.case), places=[site.name for site in plan.sites])


def _invalid(form: NoteForm) -> HttpResponse:
    return JsonResponse({"code": "invalid", "message": first_error(form)}, status=422)
