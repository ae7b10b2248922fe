"""A person's own data: a copy of all that is held, and the wish to be removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from people.actions.removal import ask_removal, keep_account
from people.belongings import copy_of

if TYPE_CHECKING:
    from people.models import User


@never_cache
@require_GET
def own_copy(request: HttpRequest) -> HttpResponse:
    """Hand out a copy of all that is held of the person who asks, as JSON."""
    told = copy_of(cast("User", request.user))
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="critical-friend-{timezone.localdate():%Y-%m-%d}.json"'
    return answer


@require_http_methods(["GET", "POST"])
def removal(request: HttpRequest) -> HttpResponse:
    """Say what a removal does; ask for it, or take the wish back."""
    user = cast("User", request.user)
    if request.method != "POST":
        return render(request, "people/removal.html")
    if "keep" in request.POST:
        keep_account(user)
        messages.success(request, "You are not removed: everything stays as it is.")
    else:
        ask_removal(user)
        messages.success(request, "The secretariat has been told. Until it acts you can take this back.")
    return redirect("people:account")
