"""The form of a slot, and what can be done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import StaleText
from reviews.access import case_for
from reviews.permissions import Ability
from reviews.views.answers import see_other
from visits.actions.slots import add_slot, change_slot, move_slot, remove_slot, restore_slot
from visits.actions.visits import visit_of
from visits.forms.slots import MoveForm, SlotForm
from visits.queries.choices import programme_choices
from visits.queries.slots import slot_initial, slot_of, suggested_slot
from visits.views.frames import case_page, page_url

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest
    from visits.models import Slot, StudyVisit


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest, slug: str) -> HttpResponse:
    """A new slot; `?copy=<id>` starts from another one, `?day=<date>` on a day."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    visit = visit_of(seat.case)
    if request.method != "POST":
        start = suggested_slot(visit, copy=request.GET.get("copy", ""), day=request.GET.get("day", ""), seat=seat)
        return _page(request, seat, _form(visit, seat, initial=start))
    form = _form(visit, seat, data=request.POST)
    if visit.is_frozen:
        return _page(request, seat, form, status=409)
    if not form.is_valid():
        return _page(request, seat, form, status=422)
    slot = add_slot(seat.case, by=request.user, values=form.values())
    messages.success(request, f"“{slot.title}” is in the programme.")
    return see_other(page_url(seat, anchor=f"slot-{slot.pk}"))


@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, slug: str, slot_id: int) -> HttpResponse:
    """Change a slot. When somebody else saved it meanwhile, the page says what they wrote and keeps this text."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    visit = visit_of(seat.case)
    slot = slot_of(visit, slot_id, seat=seat, also_removed=request.method == "POST")
    if request.method != "POST":
        return _page(request, seat, _form(visit, seat, initial=slot_initial(slot)), slot=slot)
    form = _form(visit, seat, data=request.POST)
    if visit.is_frozen:
        return _page(request, seat, form, slot=slot, status=409)
    if not form.is_valid():
        return _page(request, seat, form, slot=slot, status=422)
    version = form.cleaned_data["version"] or 0
    try:
        change_slot(seat.case, slot.pk, by=request.user, values=form.values(), version=version)
    except StaleText as stale:
        slot = slot_of(visit, slot_id, seat=seat, also_removed=True)
        form = form.with_mark(stale.version)
        return _page(request, seat, form, slot=slot, theirs=form.theirs(slot_initial(slot)), status=409)
    messages.success(request, f"“{form.cleaned_data['title']}” is saved.")
    return see_other(page_url(seat, anchor=f"slot-{slot.pk}"))


@require_POST
def move(request: PersonRequest, slug: str, slot_id: int) -> HttpResponse:
    """Move a slot by a day."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    form = MoveForm(request.POST)
    if form.is_valid():
        slot = move_slot(seat.case, slot_id, by=request.user, **form.cleaned_data)
        messages.success(request, f"“{slot.title}” is now on {slot.starts_at:%A %-d %B}.")
    return see_other(page_url(seat, anchor=f"slot-{slot_id}"))


@require_POST
def remove(request: PersonRequest, slug: str, slot_id: int) -> HttpResponse:
    """Take a slot out; the page offers to put it back."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    slot = remove_slot(seat.case, slot_id, by=request.user)
    return see_other(page_url(seat, removed=f"slot-{slot.pk}"))


@require_POST
def restore(request: PersonRequest, slug: str, slot_id: int) -> HttpResponse:
    """Put a removed slot back."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    slot = restore_slot(seat.case, slot_id, by=request.user)
    messages.success(request, f"“{slot.title}” is back in the programme.")
    return see_other(page_url(seat, anchor=f"slot-{slot.pk}"))


def _form(visit: StudyVisit, seat: Seat, **given: object) -> SlotForm:
    return SlotForm(choices=programme_choices(visit, for_host=seat.is_host), **given)


def _page(
    request: PersonRequest,
    seat: Seat,
    form: SlotForm,
    *,
    slot: Slot | None = None,
    status: int = 200,
    theirs: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """The form; `theirs` is what somebody else saved meanwhile, None where nobody did."""
    by = slot.changed_by if slot else None
    who = "You, in another window," if by == request.user else by
    context = {"form": form, "slot": slot, "theirs": theirs, "who": who, "visit": visit_of(seat.case)}
    return case_page(request, "visits/slot.html", seat, "programme", status=status, **context)
