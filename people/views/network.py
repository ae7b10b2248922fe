"""The network: its cities and working groups, kept by the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from people.actions.network import require_keeper, save_city, save_group
from people.errors import AlreadyDone
from people.forms.network import CityForm, GroupForm
from people.queries.network import cities, city_at, group_at, groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from people.models import City, User, WorkingGroup

_METHODS = ["GET", "POST"]


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show all cities and working groups."""
    require_keeper(cast("User", request.user))
    return render(request, "people/network.html", {"cities": cities(), "groups": groups()})


@require_http_methods(_METHODS)
def city(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Add a city, or change the one at an address."""
    words = {"heading": "Add a city", "submit": "Add the city"}
    return _change(request, slug, words, at=city_at, form_of=CityForm, save=save_city)


@require_http_methods(_METHODS)
def group(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Add a working group, or change the one at an address."""
    words = {"heading": "Add a working group", "submit": "Add the group"}
    return _change(request, slug, words, at=group_at, form_of=GroupForm, save=save_group)


def _change(
    request: HttpRequest,
    slug: str,
    words: dict[str, str],
    *,
    at: Callable[[str], Any],
    form_of: type[CityForm | GroupForm],
    save: Callable[..., City | WorkingGroup],
) -> HttpResponse:
    """Add a row (without an address) or change one; what somebody else saved at the same moment is shown first."""
    user = cast("User", request.user)
    require_keeper(user)
    row = at(slug) if slug else None
    form = form_of(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save(row, form.values, by=user, seen=form.cleaned_data["seen"])
        except AlreadyDone as refused:
            form = form_of(request.POST, row=at(slug) if slug else None)
            if form.is_valid():
                form.add_error(None, refused.message)
        else:
            done = "is changed" if slug else "is in the network"
            messages.success(request, f"{saved.name} {done}.")
            return redirect("people:network")
    shown = {"heading": row.name, "submit": "Save"} if row else words
    status = 422 if request.method == "POST" else 200
    return render(request, "people/network_change.html", {"form": form, **shown}, status=status)
