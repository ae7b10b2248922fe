"""Who is writing where: told, shown to the others of the host city, and soon forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.enums import SelfAssessmentStatus, Stage
from reviews.models import Assignment, Presence, Question, SelfAssessment
from tests.cast import Cast

URL = reverse("reviews:presence", args=("timisoara",))


@pytest.fixture
def questions(cast: Cast) -> list[Question]:
    cast.at(Stage.SELF_ASSESSMENT)
    return list(Question.objects.filter(section__question_set=cast.case.self_assessment.question_set))


def test_writer_is_shown_to_the_others_and_not_to_themselves(cast: Cast, questions: list[Question]) -> None:
    mine = cast.client(cast.coordinator).post(URL, {"question": questions[0].pk})
    theirs = cast.client(cast.contributor).post(URL, {"question": questions[3].pk})

    assert mine.json() == {"here": []}
    assert theirs.json() == {"here": [{"name": "Coordinator", "question": questions[0].pk, "section": 1}]}


def test_a_person_is_at_one_place(cast: Cast, questions: list[Question]) -> None:
    client = cast.client(cast.coordinator)
    for question in (questions[0], questions[2]):
        client.post(URL, {"question": question.pk})

    assert Presence.objects.get().question == questions[2]


def test_a_person_who_leaves_or_gives_no_sign_is_forgotten(cast: Cast, questions: list[Question]) -> None:
    client = cast.client(cast.coordinator)
    client.post(URL, {"question": questions[0].pk})
    Presence.objects.update(at=timezone.now() - timedelta(seconds=46))
    assert cast.client(cast.contributor).post(URL).json() == {"here": []}

    client.post(URL, {"question": ""})
    assert not Presence.objects.exists()


def test_contributor_hears_of_their_own_questions_only(cast: Cast, questions: list[Question]) -> None:
    Assignment.objects.filter(user=cast.contributor).delete()
    Assignment.objects.create(
        self_assessment=cast.case.self_assessment, user=cast.contributor, section=questions[3].section
    )
    cast.client(cast.coordinator).post(URL, {"question": questions[0].pk})

    assert cast.client(cast.contributor).post(URL, {"question": questions[3].pk}).json() == {"here": []}
    assert cast.client(cast.contributor).post(URL, {"question": questions[0].pk}).status_code == 403


def test_nobody_is_writing_once_it_is_submitted(cast: Cast, questions: list[Question]) -> None:
    SelfAssessment.objects.update(status=SelfAssessmentStatus.SUBMITTED)

    assert cast.client(cast.coordinator).post(URL, {"question": questions[0].pk}).status_code == 403
    assert not Presence.objects.exists()


def test_question_of_another_set_is_not_there(cast: Cast, questions: list[Question]) -> None:
    for wrong in ("0", "x", str(Question.objects.order_by("-pk")[0].pk + 1)):
        assert cast.client(cast.coordinator).post(URL, {"question": wrong}).status_code == 404


@pytest.mark.parametrize("others", [1, 3])
def test_a_sign_of_life_costs_the_same_however_many_write(cast: Cast, questions: list[Question], others: int) -> None:
    for user in [cast.contributor, cast.sponsor, cast.lead][:others]:
        Presence.objects.create(self_assessment=cast.case.self_assessment, question=questions[0], user=user)
    client = cast.client(cast.coordinator)

    with CaptureQueriesContext(connection) as asked:
        answer = client.post(URL, {"question": questions[1].pk})

    assert len(answer.json()["here"]) == others
    ours = [one["sql"] for one in asked if "reviews_presence" in one["sql"] or 'FROM "reviews_question"' in one["sql"]]
    assert [sql.split()[0] for sql in ours] == ["SELECT", "INSERT", "SELECT"]
    assert len(asked) == 8  # session, person, case, roles, declaration, question, sign of life, the others
