"""The fact check: the draft that the host has, its comments, the team's answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from people.errors import NotReady, NotThere
from reports.actions import fact_checks as actions
from reports.enums import FactAnswer
from reports.forms.fact_checks import AnswerForm, CommentForm
from reports.queries.reports import comments_on, newest_draft
from reports.rendering import deserialise
from reports.rendering.pages import context_of
from reviews.access import case_for
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from reports.models import FactComment, Report, SentDraft
    from reports.rendering.model import Block, Chapter
    from reports.rendering.places import PlacedChapter
    from reviews.access import Seat
    from reviews.views.answers import PersonRequest

A = Ability


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment with the form in which this person may answer it."""

    comment: FactComment
    form: AnswerForm | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the draft where it stands, with the comments on it."""

    block: Block
    anchor: str
    label: str
    remarks: list[Remark]


@dataclass(frozen=True, slots=True)
class CommentedChapter:
    """A chapter of the draft with its paragraphs."""

    chapter: Chapter
    blocks: list[Paragraph]


@require_GET
def fact_check(request: PersonRequest, slug: str) -> HttpResponse:
    """Show the sent draft with comments and answers beside its paragraphs; `?place=` opens a comment form there."""
    seat = case_for(request.user, slug, A.VIEW_REPORT)
    form = None
    if (place := request.GET.get("place")) and seat.can(A.COMMENT_FACTS):
        form = CommentForm(initial={"place": place})
    return render(request, "reports/fact_check.html", _context(seat, commenting=form))


@require_GET
def comment_form(request: PersonRequest, slug: str) -> HttpResponse:
    """Give the form for one paragraph, for the page that shows it in place."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    place = actions.place_in(newest_draft(_report(seat)), request.GET.get("place", ""))
    context = {"seat": seat, "commenting": CommentForm(initial={"place": place.anchor}), "place_label": place.label}
    return render(request, "reports/fact_check.html#comment_form", context)


@require_POST
def add_comment(request: PersonRequest, slug: str) -> HttpResponse:
    """Add a comment of the host."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(request, "reports/fact_check.html", _context(seat, commenting=form), status=422)
    comment = actions.add_comment(seat.case, by=request.user, said=form.said())
    messages.success(request, f"Comment {comment.number} is with the team.")
    return see_other(_address(slug, comment.number))


@require_POST
def withdraw_comment(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Take a comment back."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    actions.withdraw_comment(seat.case, number, by=request.user)
    messages.success(request, f"Comment {number} is taken back.")
    return see_other(reverse("reports:fact_check", args=(slug,)))


@require_POST
def answer_comment(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Answer a comment."""
    seat = case_for(request.user, slug, A.ANSWER_FACTS)
    form = AnswerForm(request.POST, prefix=f"c{number}")
    if not form.is_valid():
        return render(request, "reports/fact_check.html", _context(seat, answering=(number, form)), status=422)
    comment = actions.answer_comment(seat.case, number, by=request.user, said=form.said())
    messages.success(request, f"Comment {number}: {FactAnswer(comment.answer).label.lower()}.")
    return see_other(_address(slug, number))


@require_POST
def close(request: PersonRequest, slug: str) -> HttpResponse:
    """Let the host say that it has no more comments."""
    seat = case_for(request.user, slug, A.COMMENT_FACTS)
    actions.close_fact_check(seat.case, by=request.user)
    messages.success(request, "The fact check is closed. The team answers your comments and finishes the report.")
    return see_other(reverse("reports:fact_check", args=(slug,)))


def _context(
    seat: Seat, *, commenting: CommentForm | None = None, answering: tuple[int, AnswerForm] | None = None
) -> dict[str, Any]:
    report = _report(seat)
    draft = newest_draft(report)
    if draft is None:
        raise NotReady("The draft has not been sent to the host yet.")
    remarks = [_remark(seat, comment, answering) for comment in comments_on(report)]
    here = [remark for remark in remarks if remark.comment.draft_id == draft.pk]
    document = context_of(replace(deserialise(draft.content), is_numbered=True))
    return {
        **case_frame(seat, "report"),
        **document,
        "chapters": _commented(document["chapters"], here),
        "report": report,
        "draft": draft,
        "remarks": remarks,
        "earlier": [remark for remark in remarks if remark.comment.draft_id != draft.pk],
        "waiting": sum(not remark.comment.answer for remark in remarks),
        "commenting": commenting,
        "commenting_at": _place_of(commenting, draft),
    }


def _remark(seat: Seat, comment: FactComment, answering: tuple[int, AnswerForm] | None) -> Remark:
    if not seat.can(A.ANSWER_FACTS):
        return Remark(comment, None)
    if answering and answering[0] == comment.number:
        return Remark(comment, answering[1])
    initial = {"answer": comment.answer, "reason": comment.answer_reason, "seen": comment.seen}
    return Remark(comment, AnswerForm(initial=initial, prefix=f"c{comment.number}"))


def _commented(chapters: Iterable[PlacedChapter], remarks: list[Remark]) -> list[CommentedChapter]:
    """The chapters of the draft, each paragraph with its comments."""
    at: dict[str, list[Remark]] = {}
    for remark in remarks:
        at.setdefault(remark.comment.place, []).append(remark)
    return [
        CommentedChapter(
            found.chapter,
            [Paragraph(place.block, place.anchor, place.label, at.get(place.anchor, [])) for place in found.blocks],
        )
        for found in chapters
    ]


def _place_of(form: CommentForm | None, draft: SentDraft) -> str:
    """The place that a comment form stands at, if the draft has it."""
    if form is None:
        return ""
    return actions.place_in(draft, str(form["place"].value() or "")).anchor


def _report(seat: Seat) -> Report:
    found: Report | None = getattr(seat.case, "report", None)
    if found is None:
        raise NotThere("The report of this review has not been started.")
    return found


def _address(slug: str, number: int) -> str:
    return f"{reverse('reports:fact_check', args=(slug,))}#comment-{number}"
