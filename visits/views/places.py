"""Host sites and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotReady
from reviews.access import case_for
from reviews.permissions import Ability
from reviews.views.answers import see_other
from visits.actions import places
from visits.actions.visits import visit_of
from visits.forms.places import GroupForm, SiteForm
from visits.queries.choices import programme_choices
from visits.queries.places import group_of, groups_of, site_of, site_values, sites_of
from visits.queries.programme_page import removed_thing
from visits.views.frames import case_page, page_url

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.views.answers import PersonRequest
    from visits.models import VisitGroup


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
    """Change a host site."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    found = site_of(visit_of(seat.case), site_id)
    form = SiteForm(request.POST or None, initial=site_values(found))
    if request.method == "POST" and form.is_valid():
        places.save_site(seat.case, by=request.user, values=form.values(), site_id=found.pk)
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return see_other(page_url(seat, "sites"))
    status = 422 if form.is_bound else 200
    return case_page(request, "visits/site.html", seat, "programme", status=status, form=form, site=found)


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
    """Change a group."""
    seat = case_for(request.user, slug, Ability.EDIT_PROGRAMME)
    visit = visit_of(seat.case)
    found = group_of(visit, group_id)
    start = {"name": found.name, "members": [member.pk for member in found.members.all()]}
    form = GroupForm(request.POST or None, choices=programme_choices(visit, for_host=seat.is_host), initial=start)
    if request.method == "POST" and form.is_valid() and _save_group(request, seat, form, found):
        return see_other(page_url(seat, "groups"))
    status = 422 if form.is_bound else 200
    return case_page(request, "visits/group.html", seat, "programme", status=status, form=form, group=found)


def _save_group(request: PersonRequest, seat: Seat, form: GroupForm, group: VisitGroup | None = None) -> bool:
    """Save, or put the reason why not into the form."""
    members = frozenset(form.cleaned_data["members"])
    name = form.cleaned_data["name"]
    try:
        places.save_group(seat.case, by=request.user, name=name, members=members, group_id=group.pk if group else None)
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
