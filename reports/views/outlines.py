"""The outlines of reports: whose begins with which, one to read, its file, a copy to change, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import AlreadyDone
from reports.actions import outlines as actions
from reports.forms.outlines import ImportOutlineForm
from reports.outline import built_in
from reports.outline_access import group_for, outline_in, require_keeper
from reports.outline_files import write
from reports.outline_pages import shown_plan
from reports.queries.outlines import groups_of_outlines, places_of_outlines, plain_outline
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from reports.outline_files import OutlinePlan
    from reviews.views.answers import PersonRequest


@require_safe
def outlines(request: PersonRequest) -> HttpResponse:
    """Show whose reports begin with which outline, and how they look."""
    require_keeper(request.user)
    places = places_of_outlines()
    return render(request, "reports/outlines.html", {"places": places, "built_in": built_in()})


@require_safe
def built_in_outline(request: PersonRequest) -> HttpResponse:
    """Show the outline of the product."""
    require_keeper(request.user)
    return render(request, "reports/outline.html", {"outline": None, "plan": shown_plan(built_in())})


@require_safe
def outline(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one outline as a report would follow it."""
    found = outline_in(request.user, pk)
    return render(request, "reports/outline.html", {"outline": found, "plan": shown_plan(plain_outline(found))})


@require_POST
def begin_outline(request: PersonRequest) -> HttpResponse:
    """Copy what a group's reports begin with, to change it; without a group, for all groups."""
    require_keeper(request.user)
    slug = request.POST.get("group", "")
    made = actions.begin_outline(group_for(request.user, slug) if slug else None, by=request.user)
    messages.success(request, "The copy is made. What you change is for reports that are begun from now on.")
    return see_other(reverse("reports:outline_edit", args=(made.pk,)))


@require_http_methods(["GET", "POST"])
def import_outline(request: PersonRequest) -> HttpResponse:
    """Make an outline from a file."""
    require_keeper(request.user)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportOutlineForm(*sent, groups=groups_of_outlines())
    status = 200
    if request.method == "POST" and form.is_valid():
        plan, replaces = form.cleaned_data["file"], form.cleaned_data["replaces"]
        try:
            made = actions.import_outline(form.group, plan, by=request.user, replaces=replaces)
        except AlreadyDone as refused:
            form.add_error("replaces", f"{refused.message} Tick this to replace it, or choose another group.")
        else:
            messages.success(request, f"The file is read: “{made}” is what new reports begin with.")
            return see_other(reverse("reports:outline", args=(made.pk,)))
    if request.method == "POST":
        status = 422
    return render(request, "reports/outline_import.html", {"form": form}, status=status)


@require_safe
def built_in_file(request: PersonRequest) -> HttpResponse:
    """Give the outline of the product as a file."""
    require_keeper(request.user)
    return _file(built_in())


@require_safe
def outline_file(request: PersonRequest, pk: int) -> HttpResponse:
    """Give one outline as a file."""
    return _file(plain_outline(outline_in(request.user, pk)))


@require_http_methods(["GET", "POST"])
def remove_outline(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then remove an outline."""
    found = outline_in(request.user, pk)
    if request.method != "POST":
        return render(request, "reports/outline_remove.html", {"outline": found})
    actions.remove_outline(found, by=request.user)
    messages.success(request, f"“{found}” is removed. Reports that were begun with it keep their sections.")
    return see_other(reverse("reports:outlines"))


def _file(plan: OutlinePlan) -> HttpResponse:
    answer = HttpResponse(write(plan), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(plan.name) or "outline"}.toml"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
