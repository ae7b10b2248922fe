"""How views answer: redirects after a POST, and where to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme

from people.asked import wants_json

if TYPE_CHECKING:
    from datetime import datetime

    from django.forms import BaseForm

    from people.models import User


__all__ = ["PersonRequest", "SeeOther", "saved", "see_other", "unsaved", "wants_json", "way_back"]


class PersonRequest(HttpRequest):
    """A request of somebody who is logged in: the middleware lets nobody else through."""

    user: User


class SeeOther(HttpResponseRedirect):
    """303: the POST is done, now GET this page."""

    status_code = 303


def see_other(url: str) -> HttpResponse:
    """Answer a POST that succeeded."""
    return SeeOther(url)


def way_back(request: HttpRequest, fallback: str) -> str:
    """Return the page of ours named by `next` in the form or the address; `fallback` without one."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if is_ours else fallback


def saved(version: int, at: datetime | None) -> JsonResponse:
    """Tell a form that saves as one types that its text is stored, and under which version."""
    return JsonResponse({"version": version, "saved_at": at})


def unsaved(form: BaseForm) -> JsonResponse:
    """Tell a form that saves as one types why its text was not taken."""
    message = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return JsonResponse({"code": "invalid", "message": message}, status=422)
