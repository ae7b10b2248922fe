"""Answers of the team, and what it accepted put into the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people.errors import AlreadyDone, NotReady, StaleText
from reports.actions import fact_answers as actions
from reports.enums import FactAnswer
from reports.fact_check_pages import Open, page_of, report_of
from reports.fact_texts import paragraph_of, section_of
from reports.forms.fact_checks import AnswerForm, ApplyForm
from reports.queries.fact_checks import comment_named, to_apply
from reviews.access import case_for
from reviews.differences import differences
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from django.http import HttpResponse

    from reports.models import FactComment
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

A = Ability


@require_POST
def answer(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Answer a comment. When somebody was quicker, their answer is shown and what was typed stays in the form."""
    seat = case_for(request.user, slug, A.ANSWER_FACTS)
    form, status = AnswerForm(request.POST, prefix=f"c{number}"), 422
    if form.is_valid():
        try:
            comment = actions.answer_comment(seat.case, number, by=request.user, said=form.said())
        except AlreadyDone as quicker:
            if quicker.code != "answered":
                raise
            form, status = _again(request, seat, number, quicker.message), quicker.status
        else:
            messages.success(request, f"Comment {number}: {FactAnswer(comment.answer).label.lower()}.")
            return see_other(_address(slug, number))
    page = page_of(seat, opened=Open(answering={number: form}))
    return render(request, "reports/fact_check.html", page, status=status)


def _again(request: PersonRequest, seat: Seat, number: int, message: str) -> AnswerForm:
    """The same words once more, over the answer as it is now."""
    comment = comment_named(report_of(seat), number)
    again = AnswerForm({**request.POST.dict(), f"c{number}-seen": comment.seen}, prefix=f"c{number}")
    again.add_error(None, f"{message} Your words stand below: sending them again replaces the answer.")
    return again


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Put what was accepted into the text, or say that it is in there."""
    seat = case_for(request.user, slug, A.ANSWER_FACTS)
    comment = comment_named(report_of(seat), number)
    if request.method != "POST":
        return render(request, "reports/fact_apply.html", _applying(seat, comment))
    if "done" in request.POST:
        actions.mark_applied(seat.case, number, by=request.user)
        return _applied(request, slug, number)
    form, status = ApplyForm(request.POST), 422
    if form.is_valid():
        try:
            actions.apply_comment(seat.case, number, by=request.user, **form.cleaned_data)
        except StaleText as stale:
            status = stale.status
            form.add_error(
                None, "The section was saved while you were looking. Your words stand below: look once more."
            )
            form.data = {**request.POST.dict(), "version": stale.version}
        except NotReady as refused:
            form.add_error(None, refused.message)
        else:
            return _applied(request, slug, number)
    return render(request, "reports/fact_apply.html", _applying(seat, comment, form), status=status)


def _applied(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    messages.success(request, f"Comment {number} is in the text.")
    return see_other(_address(slug, number))


def _applying(seat: Seat, comment: FactComment, form: ApplyForm | None = None) -> dict[str, Any]:
    found = paragraph_of(comment)
    if form is None and found is not None:
        proposal = comment.proposal.strip() or found.source
        form = ApplyForm(initial={"text": proposal, "version": found.section.version})
    return {
        **case_frame(seat, "report"),
        "comment": comment,
        "found": found,
        "section": found.section if found else section_of(comment),
        "form": form,
        "pieces": differences(found.source, comment.proposal.strip()) if found and comment.proposal.strip() else [],
        "others": [row for row in to_apply(comment.report) if row.number != comment.number],
    }


def _address(slug: str, number: int) -> str:
    return f"{reverse('reports:fact_check', args=(slug,))}#comment-{number}"
