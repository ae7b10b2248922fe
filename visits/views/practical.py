"""Practical information and settings of the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from people.asked import wants_json
from reviews.access import case_for
from reviews.permissions import Ability
from reviews.views.answers import see_other
from visits.actions.visits import save_practical, save_settings, visit_of
from visits.forms.places import PracticalForm, SettingsForm
from visits.views.frames import case_page, first_error, page_url

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "POST"])
def practical(request: PersonRequest, slug: str) -> HttpResponse:
    """Write the practical information; it saves as one types."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    if request.method != "POST":
        return _page(request, seat)
    form = PracticalForm(request.POST)
    if not form.is_valid():
        return _refused(request, seat, form)
    cleaned = form.cleaned_data
    saved = save_practical(seat.case, by=request.user, text=cleaned["practical"], version=cleaned["version"])
    if wants_json(request):
        return JsonResponse(saved._asdict())
    return see_other(page_url(seat, anchor="practical"))


@require_POST
def settings(request: PersonRequest, slug: str) -> HttpResponse:
    """Store the working language and the time zone."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    form = SettingsForm(request.POST)
    if not form.is_valid():
        return _page(request, seat, settings_form=form)
    save_settings(seat.case, by=request.user, **form.cleaned_data)
    messages.success(request, "Language and time zone are saved.")
    return see_other(page_url(seat, "practical"))


def _refused(request: PersonRequest, seat: Seat, form: PracticalForm) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": "invalid", "message": first_error(form)}, status=422)
    return _page(request, seat, form=form)


def _page(
    request: PersonRequest, seat: Seat, *, form: PracticalForm | None = None, settings_form: SettingsForm | None = None
) -> HttpResponse:
    visit = visit_of(seat.case)
    status = 422 if form or settings_form else 200
    context = {
        "visit": visit,
        "form": form or PracticalForm(initial={"practical": visit.practical, "version": visit.practical_version}),
        "settings_form": settings_form
        or SettingsForm(initial={"working_language": visit.working_language, "time_zone": visit.time_zone}),
    }
    return case_page(request, "visits/practical.html", seat, "programme", status=status, **context)
