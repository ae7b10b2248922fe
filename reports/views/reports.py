"""The report of a case: where it stands, its sections, the text as a reader will see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people.asked import wants_json
from people.errors import NotThere
from reports.actions import reports as actions
from reports.actions.section_locks import sign_of_life
from reports.actions.sections import save_section
from reports.contents import content_for
from reports.enums import DocumentKind, Edition, ReportStatus
from reports.forms.texts import TextForm
from reports.permissions import require_to_write
from reports.photos import on_case_pages
from reports.queries.reports import comments_in_section, comments_on, section_in, sections_of
from reports.rendering.pages import context_of
from reports.section_drawing import drawing_of
from reports.section_pages import beside_section
from reports.views.approval import consent_form
from reports.way import standing_of
from reports.writing_next import writing_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.requirements import one_look
from reviews.steps import steps_for
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reports.actions.saving import Saved
    from reports.models import Report
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

A = Ability


@require_GET
@one_look()
def report(request: PersonRequest, slug: str) -> HttpResponse:
    """Show where the report stands, and what this person can do with it."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    found = getattr(seat.case, "report", None)
    context = {**case_frame(seat, "report"), "report": found, "offers": steps_for(seat, "report")}
    if found is not None:
        comments = comments_on(found)
        context |= {
            **writing_of(seat, found),
            "comments": comments,
            "waiting": [comment for comment in comments if not comment.answer],
            "to_apply": [comment for comment in comments if comment.is_to_apply],
            **standing_of(seat),
        }
        context["consent_form"] = consent_form(seat, context["text_hash"])
    return render(request, "reports/report.html", context)


@require_POST
def begin(request: PersonRequest, slug: str) -> HttpResponse:
    """Make the report and its sections."""
    seat = case_for(request.user, slug, A.EDIT_REPORT)
    actions.begin_report(seat.case, by=request.user)
    return see_other(reverse("reports:report", args=(slug,)))


@require_http_methods(["GET", "POST"])
def section(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    """Show one section with what the case adds to it; save its text as somebody types."""
    seat = case_for(request.user, slug, A.WRITE_SECTION if request.method == "POST" else A.VIEW_REPORT)
    row = section_in(_report(seat), key)
    if not seat.is_team:
        return see_other(reverse("reports:report", args=(slug,)))
    if request.method != "POST":
        form = TextForm(initial={"text": row.text, "version": row.version})
        return render(request, "reports/section.html", _section_context(seat, key, form))
    require_to_write(seat, row)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _refused_text(request, form, "reports/section.html", _section_context(seat, key, form))
    saved = save_section(seat.case, key, by=request.user, **form.cleaned_data)
    if not wants_json(request):
        sign_of_life(seat, row)
    return _saved(request, saved, reverse("reports:section", args=(slug, key)))


@require_GET
def read(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the whole report: the working draft for the team; for the host the text that stands, once it does."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    stands = _report(seat).status in {ReportStatus.FINAL, ReportStatus.PUBLISHED}
    if not stands and not seat.is_team:
        return see_other(reverse("reports:fact_check", args=(slug,)))
    content = content_for(seat.case, DocumentKind.REPORT, Edition.PUBLIC if stands else Edition.TEAM)
    context = {**context_of(on_case_pages(seat.case, replace(content, is_numbered=not stands))), "stands": stands}
    return render(request, "reports/read.html", {**case_frame(seat, "report"), **context})


@require_http_methods(["GET", "POST"])
def statement(request: PersonRequest, slug: str) -> HttpResponse:
    """Let the host write its statement."""
    seat = case_for(request.user, slug, A.WRITE_HOST_STATEMENT)
    found = _report(seat)
    initial = {"text": found.host_statement, "version": found.host_statement_version}
    form = TextForm(request.POST or None, initial=initial)
    context = {**case_frame(seat, "report"), "report": found, "form": form}
    if request.method != "POST":
        return render(request, "reports/statement.html", context)
    if not form.is_valid():
        return _refused_text(request, form, "reports/statement.html", context)
    saved = actions.save_statement(seat.case, by=request.user, **form.cleaned_data)
    return _saved(request, saved, reverse("reports:statement", args=(slug,)))


def _report(seat: Seat) -> Report:
    found: Report | None = getattr(seat.case, "report", None)
    if found is None:
        raise NotThere("The report of this review has not been started.")
    return found


def _section_context(seat: Seat, key: str, form: TextForm) -> dict[str, Any]:
    states = sections_of(_report(seat))
    here = next(place for place, state in enumerate(states) if state.row.key == key)
    return {
        **case_frame(seat, "report"),
        "state": states[here],
        "before": states[here - 1] if here else None,
        "after": states[here + 1] if here + 1 < len(states) else None,
        "comments": comments_in_section(_report(seat), states[here].row),
        "form": form,
        "is_open": _report(seat).status in {ReportStatus.DRAFTING, ReportStatus.FACT_CHECK},
        **beside_section(seat, states[here].row),
        **drawing_of(states[here].row),
    }


def _saved(request: PersonRequest, saved: Saved, page: str) -> HttpResponse:
    """Tell the page that saves as somebody types; send everybody else back to the page."""
    if wants_json(request):
        return JsonResponse({"version": saved.version, "saved_at": saved.at, "status": saved.status})
    return see_other(page)


def _refused_text(request: PersonRequest, form: TextForm, template: str, context: dict[str, Any]) -> HttpResponse:
    if wants_json(request):
        message = next(iter(form.errors.values()))[0]
        return JsonResponse({"code": "invalid", "message": message}, status=422)
    return render(request, template, {**context, "form": form}, status=422)
