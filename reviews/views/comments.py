"""Comments of the host's people, and what the host adds after the release."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from reviews.access import case_for
from reviews.actions.addenda import add_addendum
from reviews.actions.comments import add_comment, reopen, settle
from reviews.forms.comments import AddendumForm, CommentForm
from reviews.frame import case_frame
from reviews.permissions import Ability
from reviews.self_assessment_pages import asked_question, can_write
from reviews.talk_pages import questions_in, talk_of
from reviews.views.answers import see_other

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from reviews.access import Seat
    from reviews.models import Comment, Question
    from reviews.views.answers import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def comments(request: PersonRequest, slug: str, question: int) -> HttpResponse:
    """Lead to the comments where this person reads them; add one."""
    seat = case_for(request.user, slug, Ability.COMMENT_SELF_ASSESSMENT)
    asked = asked_question(seat, question)
    if request.method != "POST":
        return _to_place(seat, asked)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _not_added(request, seat, asked, form)
    found = form.cleaned_data
    row = add_comment(seat, asked.pk, found["text"], client_id=found["client_id"], tell=found["tell"] or ())
    told = ", ".join(user.name for user in row.mentions.all())
    messages.success(request, f"Your comment is there. Told: {told}." if told else "Your comment is there.")
    return _to_place(seat, asked)


def _not_added(request: PersonRequest, seat: Seat, asked: Question, form: CommentForm) -> HttpResponse:
    """Show the comment again with what is wrong, and with every word."""
    context = {"question": asked, "form": form, "talk": talk_of(seat, [asked])}
    page = {**case_frame(seat, "self_assessment"), **context}
    return render(request, "reviews/comment.html", page, status=422)


@require_POST
def resolve(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Mark a comment as settled."""
    return _change(request, slug, settle, pk)


@require_POST
def open_again(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Open a settled comment again."""
    return _change(request, slug, reopen, pk)


def _change(request: PersonRequest, slug: str, act: Callable[[Seat, int], Comment], pk: int) -> HttpResponse:
    seat = case_for(request.user, slug, Ability.COMMENT_SELF_ASSESSMENT)
    row = act(seat, pk)
    return _to_place(seat, row.question)


def _to_place(seat: Seat, question: Question) -> HttpResponse:
    """Those who write the question read its comments in the form, everybody else in the reading view."""
    if can_write(seat) and seat.writes.covers(question):
        page = reverse("reviews:self_assessment_section", args=(seat.case.slug, question.section.position))
    else:
        page = reverse("reviews:self_assessment_reading", args=(seat.case.slug,))
    return see_other(f"{page}#comments-{question.number}")


@require_http_methods(["GET", "HEAD", "POST"])
def addenda(request: PersonRequest, slug: str) -> HttpResponse:
    """Add something after the release."""
    seat = case_for(request.user, slug, Ability.ADD_ADDENDUM)
    first = {"question": request.GET.get("question", ""), "client_id": uuid4()}
    form = AddendumForm(request.POST or None, questions=questions_in(seat), initial=first)
    if form.is_valid():
        found = form.cleaned_data
        row = add_addendum(seat, found["question"], found["text"], client_id=found["client_id"])
        messages.success(request, "Added. The review team is told.")
        return see_other(f"{reverse('reviews:self_assessment_reading', args=(slug,))}#addendum-{row.pk}")
    context = {**case_frame(seat, "self_assessment"), "form": form}
    return render(request, "reviews/addendum.html", context, status=422 if form.is_bound else 200)
