"""How the reports of a working group look: the page to change it, and what other pages load for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from people.errors import NotThere, StaleText
from reports.actions.looks import save_look
from reports.forms.looks import LookForm
from reports.outline_access import group_for
from reports.rendering.colours import OURS, on_screen, palette
from reports.rendering.model import Look
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from people.models import WorkingGroup
    from reviews.views.answers import PersonRequest

Answer = TypeVar("Answer", bound="HttpResponseBase")
FOR_GOOD = "public, max-age=31536000, immutable"


@require_http_methods(["GET", "POST"])
def look(request: PersonRequest, group: str) -> HttpResponse:
    """Show and change the look of a group."""
    found = group_for(request.user, group)
    if request.method != "POST":
        return _page(request, found, LookForm(group=found))
    form = LookForm(request.POST, request.FILES, group=found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        save_look(found, form.said, by=request.user)
    except StaleText as stale:
        again = LookForm({**request.POST.dict(), "seen": LookForm(group=found).initial["seen"]}, group=found)
        return _page(request, found, again, status=409, stale=stale, lost_file=bool(request.FILES))
    messages.success(request, "Saved. Documents that are made from now on look like this; published ones stay.")
    return see_other(reverse("reports:group_look", args=(group,)))


def _page(
    request: PersonRequest, group: WorkingGroup, form: LookForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    shown = Look(colour=group.colour or OURS, logo=group.logo.name or "", alt=group.logo_alt)
    tones = palette(shown.colour)
    cover = {"ground": tones[OURS], "shape": tones["#175f64"], "line": tones["#3d8385"], "words": tones["#e1efed"]}
    context = {"group": group, "form": form, "look": shown, "cover": cover, "stale": None, "lost_file": False, **more}
    return render(request, "reports/group_look.html", context, status=status)


@login_not_required
@require_safe
def stylesheet(_request: HttpRequest, colour: str) -> HttpResponse:
    """Give the style of documents in one colour: a function of six digits, and of nothing else."""
    answer = HttpResponse(on_screen(f"#{colour}"), content_type="text/css; charset=utf-8")
    return _kept(answer)


@login_not_required
@require_safe
def logo(_request: HttpRequest, group: str, picture: str) -> HttpResponseBase:
    """Give a logo, also one that the group does not use any more: published reports keep theirs."""
    name = f"logos/{group}/{picture}"
    if not default_storage.exists(name):
        raise NotThere
    return _kept(FileResponse(default_storage.open(name), content_type="image/png"))


def _kept(answer: Answer) -> Answer:
    """Its address says what it holds, so that nobody has to ask twice."""
    answer["Cache-Control"] = FOR_GOOD
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
