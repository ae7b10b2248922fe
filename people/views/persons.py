"""The people of the network, kept by the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from people.actions.network import require_keeper
from people.actions.persons import say_city
from people.actions.removal import remove_account
from people.belongings import reasons_against
from people.forms.network import PersonForm
from people.queries.persons import person_at, persons

if TYPE_CHECKING:
    from people.models import User


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show who is in the network, or those whom somebody looks for."""
    require_keeper(cast("User", request.user))
    text = request.GET.get("text", "")[:100]
    query = f"{urlencode({'text': text})}&" if text else ""
    context = {"page": persons(text, request.GET.get("page", "1")), "text": text, "query": query}
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person, and say to which city they belong."""
    user = cast("User", request.user)
    require_keeper(user)
    found = person_at(pk)
    form = PersonForm(request.POST if request.method == "POST" else None, initial={"city": found.city_id})
    if request.method == "POST" and form.is_valid():
        saved = say_city(found, form.cleaned_data["city"], by=user)
        said = f"belongs to {saved.city}" if saved.city else "belongs to no city"
        messages.success(request, f"{saved.name} {said}.")
        return redirect("people:people")
    context = {"person": found, "form": form}
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a removal does and what stands against it; remove the account."""
    user = cast("User", request.user)
    require_keeper(user)
    found = person_at(pk)
    if request.method == "POST":
        name = found.name
        remove_account(found, by=user)
        messages.success(request, f"The account of {name} is removed.")
        return redirect("people:people")
    context = {"person": found, "reasons": reasons_against(found), "is_own": found == user}
    return render(request, "people/person_remove.html", context)
