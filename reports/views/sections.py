"""Writing the report together: who writes what, how far it is, who is writing now, comments of the team, versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.errors import NotThere
from people.templatetags.words import counted
from reports.actions import section_comments as talk
from reports.actions.section_locks import leave, sign_of_life, take_over
from reports.actions.section_owners import share_out
from reports.actions.section_status import set_status
from reports.actions.section_versions import restore
from reports.forms.sections import PresenceForm, SectionCommentForm, ShareForm
from reports.queries.writing import lines_of, writers_in
from reports.section_pages import beside_section, desk_of, presence_of, section_of_team, versions_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from reports.models import SectionComment
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

A = Ability


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: PersonRequest, slug: str) -> HttpResponse:
    """Give the sections to members of the team."""
    seat = case_for(request.user, slug, A.SHARE_REPORT)
    report = getattr(seat.case, "report", None)
    if report is None:
        raise NotThere("The report of this review has not been started.")
    lines, writers = lines_of(report), list(writers_in(seat.case))
    form = ShareForm([line.row for line in lines], writers, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changed = share_out(seat.case, form.given, by=request.user)
        said = (
            f"{counted(len(changed), 'section')} changed. New owners are told." if changed else "Nothing was changed."
        )
        messages.success(request, said)
        return see_other(reverse("reports:report", args=(slug,)))
    rows = list(zip(lines, form.rows, strict=True))
    context = {**case_frame(seat, "report"), "rows": rows, "writers": writers}
    return render(request, "reports/share.html", context, status=422 if request.method == "POST" else 200)


@require_safe
def desk(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Show how far a section is, anew, in the page."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    row = section_of_team(seat, key)
    context = desk_of(seat, row, was=request.GET.get("was", ""))
    return render(request, "reports/_section_desk.html", context)


@require_POST
def status(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Say how far a section is."""
    seat = case_for(request.user, slug, A.WRITE_SECTION)
    row = set_status(seat.case, key, request.POST.get("status", ""), by=request.user)
    messages.success(request, f"“{row.title}”: {row.get_status_display().lower()}.")
    return _to_section(seat, key)


# --- Who is writing now ----------------------------------------------------------------------------
@require_POST
def presence(request: PersonRequest, slug: str, key: str) -> JsonResponse:
    """Hear what somebody does at a section, and tell who is writing there and what has moved.

    `{"writer": {"name", "since", "is_me"} or null, "version", "status", "comments"}`
    """
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    row = section_of_team(seat, key)
    form = PresenceForm(request.POST)
    if not form.is_valid():
        raise NotThere
    if form.cleaned_data["state"] == "writing":
        sign_of_life(seat, row)
    elif form.cleaned_data["state"] == "left":
        leave(seat, row)
    return JsonResponse(presence_of(seat, row))


@require_POST
def take(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Write where somebody else is writing."""
    seat = case_for(request.user, slug, A.WRITE_SECTION)
    take_over(seat, key)
    return _to_section(seat, key)


# --- Comments of the team --------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Lead to the comments of a section; add one."""
    seat = case_for(request.user, slug, A.COMMENT_REPORT)
    row = section_of_team(seat, key)
    if request.method != "POST":
        return see_other(f"{reverse('reports:section', args=(slug, key))}#comments")
    form = SectionCommentForm(request.POST)
    if form.is_valid():
        found = form.cleaned_data
        made = talk.add_comment(seat, key, found["text"], quoted=found["quoted"], client_id=found["client_id"])
        messages.success(request, "Your comment is there.")
        return see_other(talk.place_of(slug, made))
    context = {**case_frame(seat, "report"), **beside_section(seat, row), "comment_form": form}
    return render(request, "reports/section_comment.html", context, status=422)


@require_POST
def settle_comment(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Mark a comment as settled."""
    return _change(request, slug, talk.settle, pk)


@require_POST
def reopen_comment(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Open a settled comment again."""
    return _change(request, slug, talk.reopen, pk)


def _change(request: PersonRequest, slug: str, act: Callable[[Seat, int], SectionComment], pk: int) -> HttpResponse:
    seat = case_for(request.user, slug, A.COMMENT_REPORT)
    row = act(seat, pk)
    return see_other(f"{reverse('reports:section', args=(slug, row.section.key))}#comments")


# --- Versions --------------------------------------------------------------------------------------
@require_safe
def versions(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Show what is kept of a section, and the difference between two texts."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    row = section_of_team(seat, key)
    page = versions_of(row, *(_number(request, name) for name in ("old", "new", "read")))
    context = {**case_frame(seat, "report"), **beside_section(seat, row), "page": page}
    return render(request, "reports/section_versions.html", context)


@require_POST
def restore_version(request: PersonRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Let a section say again what it said."""
    seat = case_for(request.user, slug, A.WRITE_SECTION)
    restore(seat.case, key, number, by=request.user)
    messages.success(request, f"The section says again what it said in version {number}. The text before is kept too.")
    return _to_section(seat, key)


def _number(request: PersonRequest, name: str) -> int | None:
    """A number of the address; None without a usable one."""
    value = request.GET.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 9 else None  # noqa: PLR2004 - fits


def _to_section(seat: Seat, key: str) -> HttpResponse:
    return see_other(reverse("reports:section", args=(seat.case.slug, key)))
