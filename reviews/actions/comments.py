"""Comments at a question, inside the host's people only. No line of the timeline, no word in a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import NotAllowed, NotThere
from reviews.actions.answers import hold
from reviews.models import Comment, Question
from reviews.permissions import Ability
from reviews.queries.comments import Readers, mentioned_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from reviews.access import Seat


@transaction.atomic
def add_comment(
    seat: Seat, question_id: int, text: str, *, client_id: UUID | None = None, tell: Iterable[int] = ()
) -> Comment:
    """Say something about a question to the others of the host city.

    Effects in order: permit; hold the self-assessment; find the question; write; tell those who are named in the text
    as `@Name` or ticked, of those who read this question. The same `client_id` sent twice is one comment.

    Raises NotAllowed, also for a question that is not the writer's to read, and NotThere.
    """
    seat.require(Ability.COMMENT_SELF_ASSESSMENT)
    held = hold(seat)
    question = Question.objects.filter(pk=question_id, section__question_set=held.question_set_id)
    found = question.select_related("section").first()
    if found is None:
        raise NotThere
    seat.require_to_read(found)
    if client_id and (same := Comment.objects.filter(self_assessment=held, client_id=client_id).first()):
        if same.author_id != seat.user.pk:
            raise NotAllowed("This comment is somebody else’s.")
        return same
    row = Comment.objects.create(self_assessment=held, question=found, text=text, author=seat.user, client_id=client_id)
    readers = Readers(seat.case, held).of(found)
    ticked = set(tell)
    named = {user.pk for user in mentioned_in(text, readers)}
    told = [user for user in readers if user.pk in ticked | named and user.pk != seat.user.pk]
    row.mentions.set(told)
    words = f"{seat.case.title}: {seat.user.name} mentions you at question {found.number}"
    notify(told, text=words, url=place_of(seat.case.slug, found))
    return row


def place_of(slug: str, question: Question) -> str:
    """The address at which the comments of a question stand."""
    page = reverse("reviews:comments", args=(slug, question.pk))
    return f"{page}#comments-{question.number}"


@transaction.atomic
def settle(seat: Seat, pk: int) -> Comment:
    """Mark a comment as settled; twice is once. Raises NotAllowed, NotThere."""
    row = _held(seat, pk)
    if row.resolved_at is None:
        row.resolved_at, row.resolved_by = timezone.now(), seat.user
        row.save(update_fields=("resolved_at", "resolved_by"))
    return row


@transaction.atomic
def reopen(seat: Seat, pk: int) -> Comment:
    """Open a settled comment again; twice is once. Raises NotAllowed, NotThere."""
    row = _held(seat, pk)
    row.resolved_at = row.resolved_by = None
    row.save(update_fields=("resolved_at", "resolved_by"))
    return row


def _held(seat: Seat, pk: int) -> Comment:
    seat.require(Ability.COMMENT_SELF_ASSESSMENT)
    rows = Comment.objects.select_for_update(of=("self",)).filter(self_assessment__case=seat.case, pk=pk)
    row = rows.select_related("question__section").first()
    if row is None:
        raise NotThere
    seat.require_to_read(row.question)
    return row
