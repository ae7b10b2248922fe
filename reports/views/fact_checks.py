"""The fact check: the draft that the host has, its time, its end, and what changed between two drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from people.errors import NotReady
from people.templatetags.words import dates
from reports.actions import fact_checks as actions
from reports.actions.fact_comments import place_in
from reports.draft_changes import changes_between
from reports.fact_check_pages import Open, comment_form, drafts_of, page_of, report_of
from reports.forms.fact_checks import ExtendForm
from reports.queries.fact_checks import draft_named
from reports.queries.reports import newest_draft
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reviews.views.answers import PersonRequest

A = Ability
PAGE = "reports/fact_check.html"
MOST_DIGITS = 6


@require_safe
def fact_check(request: PersonRequest, slug: str) -> HttpResponse:
    """Show a sent draft with comments and answers; `?place=` opens a comment form there, `?draft=` an earlier draft."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    commenting = None
    if (place := request.GET.get("place")) and seat.can(A.COMMENT_FACTS):
        commenting = comment_form(seat, place_in(newest_draft(report_of(seat)), place).anchor)
    number = _number(request, "draft")
    return render(request, PAGE, page_of(seat, number, Open(commenting=commenting)))


@require_safe
def form(request: PersonRequest, slug: str) -> HttpResponse:
    """Give the form for one paragraph, for the page that shows it in place."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    place = place_in(newest_draft(report_of(seat)), request.GET.get("place", ""))
    context = {"seat": seat, "commenting": comment_form(seat, place.anchor), "place_label": place.label}
    return render(request, f"{PAGE}#comment_form", context)


@require_POST
def close(request: PersonRequest, slug: str) -> HttpResponse:
    """Let the host say that it has no more comments."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    actions.close_fact_check(seat.case, by=request.user)
    messages.success(request, "The fact check is closed. The team answers your comments and finishes the report.")
    return see_other(reverse("reports:fact_check", args=(slug,)))


@require_POST
def extend(request: PersonRequest, slug: str) -> HttpResponse:
    """Give the host more time, with the reason."""
    seat = case_for(request.user, slug, A.EDIT_DEADLINES)
    found = ExtendForm(request.POST)
    if found.is_valid():
        due, reason = found.said()
        try:
            actions.extend_fact_check(seat.case, by=request.user, due=due, reason=reason)
        except NotReady as refused:
            if refused.code != "no_more_time":
                raise
            found.add_error("due", refused.message)
        else:
            messages.success(request, f"The host can comment until {dates(due)}.")
            return see_other(f"{reverse('reports:fact_check', args=(slug,))}#more-time")
    return render(request, PAGE, page_of(seat, opened=Open(extending=found)), status=422)


@require_safe
def changes(request: PersonRequest, slug: str) -> HttpResponse:
    """Show what changed between two sent drafts, paragraph by paragraph; the last two unless others are asked for."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    report = report_of(seat)
    drafts = drafts_of(report)
    after = _number(request, "to") or drafts[0].number
    before = _number(request, "from") or max(after - 1, drafts[-1].number)
    context = {
        **case_frame(seat, "report"),
        "report": report,
        "drafts": drafts,
        "before": draft_named(report, before),
        "after": draft_named(report, after),
    }
    context["changes"] = changes_between(context["before"], context["after"])
    return render(request, "reports/draft_changes.html", context)


def _number(request: PersonRequest, name: str) -> int | None:
    """The number of the draft that was asked for; what is no number counts as none."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= MOST_DIGITS else None
