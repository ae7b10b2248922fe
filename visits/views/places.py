"""Host sites and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotReady, StaleText
from reviews.access import case_for
from reviews.permissions import Ability
from reviews.views.answers import see_other
from visits.actions import places
from visits.actions.visits import visit_of
from visits.forms.places import GroupForm, SiteForm
from visits.queries.choices import programme_choices
from visits.queries.places import group_of, group_values, groups_of, mark_of_place, site_of, site_values, sites_of
from visits.queries.programme_page import removed_thing
from visits.views.frames import case_page, page_url

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest
    from visits.forms.compared import ComparedForm
    from visits.models import HostSite, VisitGroup


@require_http_methods(["GET", "POST"])
def sites(request: PersonRequest, slug: str) -> HttpResponse:
    """All host sites, and a form for one more."""
    is_post = request.method == "POST"
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME if is_post else Ability.VIEW_PROGRAMME)
    form = SiteForm(request.POST if is_post else None)
    if request.method == "POST" and form.is_valid():
        site = places.save_site(seat.case, by=request.user, values=form.values())
        messages.success(request, f"{site.name} is a host site.")
        return see_other(page_url(seat, "sites"))
    return _sites_page(request, seat, form)


def _sites_page(request: PersonRequest, seat: Seat, form: SiteForm) -> HttpResponse:
    visit = visit_of(seat.case)
    context = {
        "visit": visit,
        "sites": sites_of(visit),
        "form": form,
        "removed": removed_thing(seat.case, visit, request.GET.get("removed", "")),
        "may_edit": seat.can(Ability.EDIT_PROGRAMME) and not visit.is_frozen,
    }
    return case_page(request, "visits/sites.html", seat, "programme", status=422 if form.is_bound else 200, **context)


@require_http_methods(["GET", "POST"])
def site(request: PersonRequest, slug: str, site_id: int) -> HttpResponse:
    """Change a host site. What somebody else did to it meanwhile is shown beside what was typed."""
    seat, is_post = case_for(request.user, slug, Ability.EDIT_PROGRAMME), request.method == "POST"
    visit = visit_of(seat.case)
    found = site_of(visit, site_id, also_removed=is_post)
    form = SiteForm(request.POST if is_post else None, initial=_with_mark(site_values(found)))
    context: dict[str, Any] = {"site": found, "theirs": None, "who": "", "is_frozen": visit.is_frozen}
    if is_post and not visit.is_frozen and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            places.save_site(seat.case, by=request.user, values=form.values(), site_id=found.pk, seen=seen)
        except StaleText:
            context |= _beside(form, found, site_values(found))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is saved.")
            return see_other(page_url(seat, "sites"))
    context["form"] = form
    return case_page(request, "visits/site.html", seat, "programme", status=_status(form, context), **context)


def _with_mark(values: dict[str, Any]) -> dict[str, Any]:
    """The values with which the form of something that stands starts."""
    return {**values, "seen": mark_of_place(values, removed=False)}


def _beside(form: ComparedForm, found: HostSite | VisitGroup, values: dict[str, Any]) -> dict[str, Any]:
    """What somebody else saved, for the page; the form then carries the mark of that."""
    form.with_mark(mark_of_place(values, removed=found.removed_at))
    return {"theirs": form.theirs(values)}


def _status(form: ComparedForm, context: dict[str, Any]) -> int:
    """Which answer a page with a form is: 409 for what somebody else changed, 422 for mistakes."""
    if form.is_bound and (context["is_frozen"] or context["theirs"] is not None):
        return 409
    return 422 if form.is_bound else 200


@require_POST
def site_remove(request: PersonRequest, slug: str, site_id: int) -> HttpResponse:
    """Take a host site out; the page offers to put it back."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    found = places.remove_site(seat.case, site_id, by=request.user)
    return see_other(page_url(seat, "sites", removed=f"site-{found.pk}"))


@require_POST
def site_restore(request: PersonRequest, slug: str, site_id: int) -> HttpResponse:
    """Put a removed host site back."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    messages.success(request, f"{places.restore_site(seat.case, site_id, by=request.user).name} is back.")
    return see_other(page_url(seat, "sites"))


@require_http_methods(["GET", "POST"])
def groups(request: PersonRequest, slug: str) -> HttpResponse:
    """All groups, and a form for one more."""
    is_post = request.method == "POST"
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME if is_post else Ability.VIEW_PROGRAMME)
    visit = visit_of(seat.case)
    form = GroupForm(request.POST if is_post else None, choices=programme_choices(visit, for_host=seat.is_host))
    if request.method == "POST" and form.is_valid() and _save_group(request, seat, form):
        return see_other(page_url(seat, "groups"))
    context = {
        "visit": visit,
        "groups": groups_of(visit),
        "form": form,
        "removed": removed_thing(seat.case, visit, request.GET.get("removed", "")),
        "may_edit": seat.can(Ability.EDIT_PROGRAMME) and not visit.is_frozen,
    }
    return case_page(request, "visits/groups.html", seat, "programme", status=422 if form.is_bound else 200, **context)


@require_http_methods(["GET", "POST"])
def group(request: PersonRequest, slug: str, group_id: int) -> HttpResponse:
    """Change a group. What somebody else did to it meanwhile is shown beside what was typed."""
    seat, is_post = case_for(request.user, slug, Ability.EDIT_PROGRAMME), request.method == "POST"
    visit = visit_of(seat.case)
    found = group_of(visit, group_id, also_removed=is_post)
    start = _with_mark(group_values(found))
    choices = programme_choices(visit, for_host=seat.is_host)
    form = GroupForm(request.POST if is_post else None, choices=choices, initial=start)
    context: dict[str, Any] = {"group": found, "theirs": None, "who": "", "is_frozen": visit.is_frozen}
    if is_post and not visit.is_frozen and form.is_valid():
        try:
            if _save_group(request, seat, form, found):
                return see_other(page_url(seat, "groups"))
        except StaleText:
            context |= _beside(form, found, group_values(found))
    context["form"] = form
    return case_page(request, "visits/group.html", seat, "programme", status=_status(form, context), **context)


def _save_group(request: PersonRequest, seat: Seat, form: GroupForm, group: VisitGroup | None = None) -> bool:
    """Save, or put the reason why not into the form."""
    members = frozenset(form.cleaned_data["members"])
    name, seen, pk = form.cleaned_data["name"], form.cleaned_data["seen"], group.pk if group else None
    try:
        places.save_group(seat.case, by=request.user, name=name, members=members, group_id=pk, seen=seen)
    except NotReady as refusal:
        form.add_error("name", refusal.message)
        return False
    messages.success(request, f"{name} is saved.")
    return True


@require_POST
def group_remove(request: PersonRequest, slug: str, group_id: int) -> HttpResponse:
    """Take a group out; the page offers to put it back."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    found = places.remove_group(seat.case, group_id, by=request.user)
    return see_other(page_url(seat, "groups", removed=f"group-{found.pk}"))


@require_POST
def group_restore(request: PersonRequest, slug: str, group_id: int) -> HttpResponse:
    """Put a removed group back."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    messages.success(request, f"{places.restore_group(seat.case, group_id, by=request.user).name} is back.")
    return see_other(page_url(seat, "groups"))
