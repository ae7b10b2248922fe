"""What stands around the answers: the host's comments, and what was added after the release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviews.models import Addendum, Question
from reviews.queries.comments import Thread, threads_of
from reviews.queries.signatures import signatures_on
from reviews.self_assessment_pages import self_assessment_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.access import Seat
    from reviews.self_assessment_reading import Reading


def talk_of(seat: Seat, questions: Iterable[Question]) -> dict[int, Thread]:
    """The comments at these questions by number, for the host's own people and what is theirs to read.

    Three queries for them, none for anybody else: nobody of the visiting team or the secretariat reads a comment.
    """
    if not _hears(seat):
        return {}
    theirs = [question for question in questions if seat.reads.covers(question)]
    return threads_of(seat.case, self_assessment_of(seat), theirs)


def talk_of_all(seat: Seat) -> dict[int, Thread]:
    """The comments at all questions; one query more."""
    if not _hears(seat):
        return {}
    return talk_of(seat, questions_in(seat))


def questions_in(seat: Seat) -> list[Question]:
    """All questions of this case's set, in order. One query."""
    found = Question.objects.filter(section__question_set=self_assessment_of(seat).question_set_id)
    return list(found.order_by("section__position", "number"))


def _hears(seat: Seat) -> bool:
    return seat.is_host and (seat.reads_whole or seat.is_assigned)


def addenda_of(seat: Seat) -> dict[int | None, list[Addendum]]:
    """What was added after the release, by the number of the question, None for the whole. One query."""
    rows = Addendum.objects.filter(self_assessment=self_assessment_of(seat)).select_related("question", "by")
    found: dict[int | None, list[Addendum]] = {}
    for row in rows.order_by("at", "pk"):
        if seat.reads.everything or (row.question and seat.reads.covers(row.question)):
            found.setdefault(row.question.number if row.question else None, []).append(row)
    return found


def around_reading(seat: Seat, page: Reading) -> dict[str, Any]:
    """What stands around a text to read: signatures on it, what was added later, and the host's comments.

    Two queries, and four more for the host's own people.
    """
    return {"talk": talk_of_all(seat), "addenda": addenda_of(seat), "signatures": signatures_on(page.version)}
