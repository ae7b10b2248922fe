"""Who writes what: the page of the host coordinator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import NotReady
from reviews.access import case_for
from reviews.actions.assignments import assign, change_due, take_back
from reviews.forms.assignments import AssignForm, DueForm
from reviews.forms.texts import errors_in_words
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.sharing_pages import who_writes
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: PersonRequest, slug: str) -> HttpResponse:
    """Show who writes what; give something to somebody."""
    seat = case_for(request.user, slug, Ability.SHARE_WORK)
    page = who_writes(seat)
    form = AssignForm(request.POST or None, writers=page.writers)
    if form.is_valid():
        new = assign(seat, form.cleaned_data["person"], form.given)
        messages.success(request, "Given, and told by e-mail." if new else "They had this already. The date is set.")
        return see_other(reverse("reviews:who_writes", args=(slug,)))
    context = {**case_frame(seat, "self_assessment"), "page": page, "form": form}
    return render(request, "reviews/who_writes.html", context, status=422 if form.is_bound else 200)


@require_POST
def due(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Change the day by which something is due."""
    seat = case_for(request.user, slug, Ability.SHARE_WORK)
    form = DueForm(request.POST)
    if not form.is_valid():
        raise NotReady(errors_in_words(form), code="invalid")
    row = change_due(seat, pk, form.cleaned_data["due"])
    messages.success(request, f"The date for {row.user.name} is changed.")
    return see_other(f"{reverse('reviews:who_writes', args=(slug,))}#person-{row.user_id}")


@require_POST
def remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take something back from somebody."""
    seat = case_for(request.user, slug, Ability.SHARE_WORK)
    row = take_back(seat, pk)
    messages.success(request, f"Taken back from {row.user.name}. What they wrote stays.")
    return see_other(f"{reverse('reviews:who_writes', args=(slug,))}#person-{row.user_id}")
