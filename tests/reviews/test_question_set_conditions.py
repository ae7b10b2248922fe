"""Questions that are asked only of some: by theme, by an answer, by a rating, and of a city that was reviewed before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from reviews.actions.answers import Written, save_answer
from reviews.conditions import Condition
from reviews.enums import Stage
from reviews.models import Answer, Case, Question, SelfAssessment
from reviews.queries.frozen import content_of
from reviews.queries.self_assessments import parts_of, questions_asked
from reviews.requirements import unmet
from tests import factories
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    """Four questions, q1 to q4 in two sections; the first is rated."""
    made = make_cast(Stage.SELF_ASSESSMENT)
    for question in questions(made):
        Question.objects.filter(pk=question.pk).update(key=f"q{question.number}", is_rated=True)
    return made


def questions(cast: Cast) -> list[Question]:
    found = Question.objects.filter(section__question_set=cast.case.self_assessment.question_set)
    return list(found.order_by("number"))


def ask_when(cast: Cast, number: int, kind: str, value: str) -> None:
    Question.objects.filter(pk=questions(cast)[number - 1].pk).update(condition=kind, condition_value=value)


def asked(cast: Cast) -> list[int]:
    return [question.number for question in questions_asked(cast.case.self_assessment, cast.case)]


def write(cast: Cast, number: int, text: str = "Yes.", **more: str) -> Answer:
    question = questions(cast)[number - 1]
    version = getattr(Answer.objects.filter(question=question).first(), "version", 0)
    return save_answer(cast.seat(cast.coordinator), question.pk, Written(text=text, **more), version=version)


# --- What is asked --------------------------------------------------------------------------------
@pytest.mark.parametrize(("themes", "expected"), [("education,youth", [1, 2, 3, 4]), ("youth", [1, 3, 4])])
def test_question_for_a_theme_is_asked_in_reviews_of_that_theme(cast: Cast, themes: str, expected: list[int]) -> None:
    ask_when(cast, 2, "theme", themes)

    assert asked(cast) == expected


def test_question_after_an_answer_is_asked_once_that_answer_is_there(cast: Cast) -> None:
    ask_when(cast, 3, "answered", "q1")
    before = asked(cast)

    write(cast, 1)

    assert (before, asked(cast)) == ([1, 2, 4], [1, 2, 3, 4])


def test_question_after_a_rating_is_asked_for_that_rating_only(cast: Cast) -> None:
    ask_when(cast, 3, "rated", "q1:starting,developing")
    found = []
    for rating in ("leading", "developing", ""):
        write(cast, 1, rating=rating)
        found.append(asked(cast))

    assert found == [[1, 2, 4], [1, 2, 3, 4], [1, 2, 4]]


def test_answer_to_a_question_that_is_not_asked_opens_no_other(cast: Cast) -> None:
    ask_when(cast, 2, "theme", "climate")
    ask_when(cast, 4, "answered", "q2")

    write(cast, 2)

    assert asked(cast) == [1, 3]


def test_condition_on_a_question_that_is_not_there_is_not_met(cast: Cast) -> None:
    ask_when(cast, 2, "answered", "gone")

    assert asked(cast) == [1, 3, 4]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("always", ""),
        ("repeat", ""),
        ("theme", "education,youth"),
        ("answered", "q1"),
        ("rated", "q1:starting,leading"),
    ],
)
def test_condition_taken_apart_and_put_together_is_the_same(kind: str, value: str) -> None:
    assert Condition.of(kind, value).value == value


# --- Answers to questions that are no longer asked ------------------------------------------------
def kept(cast: Cast) -> Cast:
    """Question 3 is answered, and then no longer asked."""
    ask_when(cast, 3, "answered", "q1")
    write(cast, 1)
    write(cast, 3, "Written with care.")
    write(cast, 1, "")
    return cast


def test_answer_to_a_question_no_longer_asked_is_kept_and_not_demanded(cast: Cast) -> None:
    kept(cast)
    part = parts_of(cast.case.self_assessment, cast.case)[1]

    assert [item.question.number for item in part.items] == [4]
    assert [item.answer.text for item in part.kept] == ["Written with care."]
    assert (part.required, part.answered) == (1, 0)


def test_question_not_asked_and_not_answered_shows_nowhere(cast: Cast) -> None:
    ask_when(cast, 3, "theme", "climate")

    assert [item.question.number for item in parts_of(cast.case.self_assessment, cast.case)[1].kept] == []


def test_gate_demands_what_is_asked_and_only_that(cast: Cast) -> None:
    ask_when(cast, 2, "theme", "climate")
    for number in (1, 3, 4):
        write(cast, number)

    assert list(unmet(Case.objects.get(pk=cast.case.pk), "submit_self_assessment")) == []


def test_submitted_content_marks_what_is_no_longer_asked_in_its_place(cast: Cast) -> None:
    kept(cast)
    answers = content_of(cast.case.self_assessment, cast.case)["sections"][1]["answers"]

    assert [(answer["number"], answer["text"], answer.get("asked")) for answer in answers] == [
        (3, "Written with care.", False),
        (4, "", None),
    ]


def test_form_shows_what_is_no_longer_asked_with_its_text_and_saves_it(cast: Cast) -> None:
    kept(cast)
    client = cast.client(cast.coordinator)
    url = reverse("reviews:self_assessment_section", args=(cast.case.slug, 2))

    page = client.get(url).content.decode()

    assert "No longer asked" in page
    assert "Written with care." in page
    assert write(cast, 3, "Written anew.").text == "Written anew."


def test_reading_page_says_what_is_no_longer_asked(cast: Cast) -> None:
    kept(cast)

    page = cast.client(cast.coordinator).get(reverse("reviews:self_assessment_reading", args=(cast.case.slug,)))

    assert page.content.decode().count("No longer asked") == 1


# --- Queries --------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_conditions_cost_no_query_however_many(
    cast: Cast, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    held = SelfAssessment.objects.get(case=cast.case)
    for place in range(2, 2 + number):
        ask_when(cast, place, "answered", "q1")
    factories.make_guiding_question(cast.case, 2)

    with django_assert_num_queries(3):
        parts_of(held, cast.case)
