"""Many writers at once: no word is lost, no text overwritten, and what is submitted is what stands there.

Real threads, each with a connection of its own; on SQLite as everywhere, and once more on a real PostgreSQL.
"""

from __future__ import annotations

from functools import partial
from io import BytesIO

import pytest
from django.db import connection

from people.errors import NotAllowed
from reviews.actions.answers import Written, save_answer
from reviews.actions.evidence import Described, add_evidence
from reviews.actions.steps import take_step
from reviews.enums import SelfAssessmentStatus, Stage
from reviews.models import Answer, Evidence, Question, SelfAssessment, SelfAssessmentVersion
from reviews.queries.frozen import content_of
from tests.cast import Cast, make_cast
from tests.reviews.test_concurrency import at_once, kinds

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["here", pytest.param("postgres", marks=pytest.mark.postgres)]),
]
WRITERS = 10


@pytest.fixture
def cast(transactional_db: None, database: str) -> Cast:
    """The cast, committed, so that other threads see it."""
    if database == "postgres":
        assert connection.vendor == "postgresql"
    return make_cast(Stage.SELF_ASSESSMENT)


def questions(cast: Cast) -> list[Question]:
    return list(Question.objects.filter(section__question_set=cast.case.self_assessment.question_set))


def test_first_texts_of_many_writers_on_one_question_one_is_saved_and_all_others_are_told(cast: Cast) -> None:
    question = questions(cast)[0]
    seat = cast.seat(cast.coordinator)

    results = at_once(
        *[partial(save_answer, seat, question.pk, Written(text=f"Writer {at}"), version=0) for at in range(WRITERS)]
    )

    assert kinds(results) == ["Answer"] + ["StaleText"] * (WRITERS - 1)
    answer = Answer.objects.get()
    won = next(result for result in results if isinstance(result, Answer))
    assert (answer.text, answer.version) == (won.text, 1)


def test_second_texts_of_many_writers_one_is_saved_and_the_others_get_it(cast: Cast) -> None:
    question = questions(cast)[0]
    seat = cast.seat(cast.coordinator)
    save_answer(seat, question.pk, Written(text="First"), version=0)

    results = at_once(
        *[partial(save_answer, seat, question.pk, Written(text=f"Writer {at}"), version=1) for at in range(WRITERS)]
    )

    answer = Answer.objects.get()
    told = {result.texts["text"] for result in results if not isinstance(result, Answer)}  # type: ignore[attr-defined]
    assert kinds(results) == ["Answer"] + ["StaleText"] * (WRITERS - 1)
    assert told == {answer.text}


def test_many_writers_on_different_questions_are_all_saved(cast: Cast) -> None:
    asked = questions(cast)
    seat = cast.seat(cast.contributor)

    results = at_once(*[partial(save_answer, seat, q.pk, Written(text=f"To {q.number}"), version=0) for q in asked])

    assert kinds(results) == ["Answer"] * len(asked)
    assert {a.question_id: a.text for a in Answer.objects.all()} == {q.pk: f"To {q.number}" for q in asked}


def test_what_is_submitted_is_what_stands_there_when_somebody_types_at_that_moment(cast: Cast) -> None:
    seat = cast.seat(cast.coordinator)
    for question in questions(cast):
        save_answer(seat, question.pk, Written(text="Text"), version=0)
    last = questions(cast)[-1]

    results = at_once(
        partial(take_step, cast.case, "submit_self_assessment", by=cast.coordinator),
        partial(save_answer, cast.seat(cast.contributor), last.pk, Written(text="Text and a last word"), version=1),
    )

    held = SelfAssessment.objects.select_related("question_set").get(case=cast.case)
    assert held.status == SelfAssessmentStatus.SUBMITTED
    assert SelfAssessmentVersion.objects.get().content == content_of(held, cast.case)
    was_late = isinstance(results[1], NotAllowed)
    assert Answer.objects.get(question=last).text == ("Text" if was_late else "Text and a last word")


def test_same_file_sent_twice_at_once_is_kept_once(cast: Cast) -> None:
    seat = cast.seat(cast.coordinator)

    results = at_once(*[lambda: add_evidence(seat, BytesIO(b"One text"), "a.txt", Described())] * 2)

    assert kinds(results) == ["Evidence", "NotReady"]
    assert Evidence.objects.count() == 1
