"""The network: its cities and working groups, kept by the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from people.actions.network import require_keeper, save_city, save_group
from people.forms.network import CityForm, GroupForm
from people.queries.network import cities, city_at, group_at, groups

if TYPE_CHECKING:
    from people.models import User

_METHODS = ["GET", "POST"]


@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Show all cities and working groups."""
    require_keeper(cast("User", request.user))
    return render(request, "people/network.html", {"cities": cities(), "groups": groups()})


@require_http_methods(_METHODS)
def city(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Add a city, or change the one at an address."""
    user = cast("User", request.user)
    require_keeper(user)
    row = city_at(slug) if slug else None
    form = CityForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        saved = save_city(row, form.cleaned_data, by=user)
        messages.success(request, f"{saved.name} is in the network." if row is None else f"{saved.name} is changed.")
        return redirect("people:network")
    words = {"heading": row.name if row else "Add a city", "submit": "Save" if row else "Add the city"}
    return _ask(request, form, words)


@require_http_methods(_METHODS)
def group(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Add a working group, or change the one at an address."""
    user = cast("User", request.user)
    require_keeper(user)
    row = group_at(slug) if slug else None
    form = GroupForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        saved = save_group(row, form.cleaned_data, by=user)
        messages.success(request, f"{saved.name} is in the network." if row is None else f"{saved.name} is changed.")
        return redirect("people:network")
    words = {"heading": row.name if row else "Add a working group", "submit": "Save" if row else "Add the group"}
    return _ask(request, form, words)


def _ask(request: HttpRequest, form: CityForm | GroupForm, words: dict[str, str]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "people/network_change.html", {"form": form, **words}, status=status)
