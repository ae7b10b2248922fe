"""The host writes: answers, saving as one types, two writers, long and foreign texts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from people.errors import NotAllowed, NotThere, StaleText
from reviews.actions.answers import Written, save_answer
from reviews.enums import SelfAssessmentStatus, Stage
from reviews.forms.texts import MOST_SIGNS
from reviews.models import Answer, Case, Question, SelfAssessment
from tests import factories
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AbstractBaseUser
    from django.test import Client

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def questions(cast: Cast) -> list[Question]:
    return list(
        Question.objects.filter(section__question_set=cast.case.self_assessment.question_set).order_by("number")
    )


def put(status: SelfAssessmentStatus, cast: Cast) -> None:
    SelfAssessment.objects.filter(case=cast.case).update(status=status)


def post(cast: Cast, user: AbstractBaseUser, question: Question, **fields: Any) -> Any:
    """Save as the script of the page does."""
    fields = {"version": 0, "text": "", **fields}
    client: Client = cast.client(user)  # type: ignore[arg-type]
    return client.post(reverse("reviews:answer", args=(cast.case.slug, question.pk)), fields, headers=JSON)


# --- Saving ---------------------------------------------------------------------------------------
def test_first_save_makes_the_answer_and_says_its_version(cast: Cast) -> None:
    question = questions(cast)[0]

    response = post(cast, cast.contributor, question, text="Roma children.", rating="starting", rating_reason="Few.")

    answer = Answer.objects.get()
    assert response.json() == {
        "version": 1,
        "saved_at": answer.updated_at.isoformat().replace("+00:00", "Z")[:23] + "Z",
    }
    assert (answer.text, answer.rating, answer.rating_reason) == ("Roma children.", "starting", "Few.")
    assert (answer.updated_by, answer.version) == (cast.contributor, 1)


def test_second_save_of_the_same_text_is_the_same_save(cast: Cast) -> None:
    question = questions(cast)[0]
    post(cast, cast.coordinator, question, text="One text")

    again = post(cast, cast.coordinator, question, text="One text")

    assert (again.status_code, again.json()["version"]) == (200, 1)


def test_second_writer_gets_the_first_text_and_overwrites_nothing(cast: Cast) -> None:
    question = questions(cast)[0]
    post(cast, cast.coordinator, question, text="Text of the coordinator")

    response = post(cast, cast.contributor, question, text="Text of the contributor")

    assert response.status_code == 409
    told = response.json()
    assert (told["code"], told["version"], told["by"]) == ("stale", 1, "Coordinator")
    assert told["texts"] == {"text": "Text of the coordinator", "rating": "", "rating_reason": "", "trend": ""}
    assert Answer.objects.get().text == "Text of the coordinator"


def test_second_writer_saves_after_seeing_the_first_text(cast: Cast) -> None:
    question = questions(cast)[0]
    post(cast, cast.coordinator, question, text="One")

    response = post(cast, cast.contributor, question, text="One and two", version=1)

    assert (response.json()["version"], Answer.objects.get().text) == (2, "One and two")


def test_without_script_the_answer_is_saved_and_the_page_comes_back_at_the_question(cast: Cast) -> None:
    question = questions(cast)[0]

    response = cast.client(cast.coordinator).post(
        reverse("reviews:answer", args=(cast.case.slug, question.pk)), {"version": 0, "text": "Plain"}
    )

    assert response.status_code == 303
    assert response["Location"] == f"/cases/timisoara/self-assessment/sections/1/#question-{question.number}"
    assert Answer.objects.get().text == "Plain"


def test_without_script_two_texts_stand_beside_each_other_and_mine_can_still_be_saved(cast: Cast) -> None:
    question = questions(cast)[0]
    post(cast, cast.coordinator, question, text="Theirs <b> in **bold**")
    url = reverse("reviews:answer", args=(cast.case.slug, question.pk))

    page = cast.client(cast.contributor).post(url, {"version": 0, "text": "Mine & long"})

    assert page.status_code == 409
    body = page.content.decode()
    assert "Theirs &lt;b&gt; in <strong>bold</strong>" in body
    assert "Mine &amp; long" in body
    assert '<input type="hidden" name="version" value="1"' in body
    cast.client(cast.contributor).post(url, {"version": 1, "text": "Mine & long"})
    assert Answer.objects.get().text == "Mine & long"


@pytest.mark.parametrize(
    "text",
    [
        "Η πόλη μας έχει 300 000 κατοίκους.\n\nΔεύτερη παράγραφος",  # noqa: RUF001 - Greek it is
        "Общината работи с медиатори.",  # noqa: RUF001 - Bulgarian it is
        "تعمل المدينة مع المدارس ١٢٣",
        "  two spaces before, none lost after  \n",
        "<script>alert(1)</script> & “quotes”",
        "word " * 30_000,
    ],
    ids=["greek", "bulgarian", "arabic", "spaces", "markup", "long"],
)
def test_every_sign_is_kept_and_shown(cast: Cast, text: str) -> None:
    question = questions(cast)[0]

    response = post(cast, cast.coordinator, question, text=text)

    assert response.status_code == 200
    assert Answer.objects.get().text == text
    page = cast.client(cast.coordinator).get(reverse("reviews:self_assessment_section", args=(cast.case.slug, 1)))
    assert "<script>alert" not in page.content.decode()


def test_line_ends_become_one_kind_and_signs_without_a_place_in_a_database_go(cast: Cast) -> None:
    post(cast, cast.coordinator, questions(cast)[0], text="one\r\ntwo\rthree\x00four")

    assert Answer.objects.get().text == "one\ntwo\nthreefour"


def test_text_of_more_than_a_hundred_pages_is_told_and_comes_back(cast: Cast) -> None:
    question = questions(cast)[0]
    url = reverse("reviews:answer", args=(cast.case.slug, question.pk))

    response = post(cast, cast.coordinator, question, text="a" * (MOST_SIGNS + 1))
    page = cast.client(cast.coordinator).post(url, {"version": 0, "text": "b" * (MOST_SIGNS + 1)})

    assert (response.status_code, page.status_code, Answer.objects.count()) == (422, 422, 0)
    assert response.json()["message"].startswith("This text is longer than a hundred pages.")
    assert "b" * (MOST_SIGNS + 1) in page.content.decode()


def test_question_without_rating_keeps_no_rating(cast: Cast) -> None:
    question = questions(cast)[1]

    post(cast, cast.coordinator, question, text="Text", rating="leading", trend="better")

    answer = Answer.objects.get()
    assert (answer.rating, answer.trend) == ("", "")


def test_rating_that_does_not_exist_is_refused(cast: Cast) -> None:
    response = post(cast, cast.coordinator, questions(cast)[0], rating="excellent")

    assert (response.status_code, Answer.objects.count()) == (422, 0)


# --- Who and when ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["sponsor", "lead", "friend", "secretariat", "observer"])
def test_only_coordinator_and_contributors_write(cast: Cast, name: str) -> None:
    response = post(cast, cast.people[name], questions(cast)[0], text="No")

    assert (response.status_code, Answer.objects.count()) == (403, 0)


def test_stranger_learns_nothing(cast: Cast) -> None:
    assert post(cast, cast.stranger, questions(cast)[0], text="No").status_code == 404


@pytest.mark.parametrize("status", [SelfAssessmentStatus.SUBMITTED, SelfAssessmentStatus.ACCEPTED])
def test_answers_stay_as_they_are_once_submitted(cast: Cast, status: SelfAssessmentStatus) -> None:
    put(status, cast)

    with pytest.raises(NotAllowed) as refused:
        save_answer(cast.seat(cast.coordinator), questions(cast)[0].pk, Written(text="Late"), version=0)

    assert refused.value.code == "not_open"


def test_answer_to_a_question_of_another_case_is_not_there(cast: Cast) -> None:
    other = factories.make_case()
    foreign = Question.objects.filter(section__question_set=other.self_assessment.question_set).first()
    assert foreign

    with pytest.raises(NotThere):
        save_answer(cast.seat(cast.coordinator), foreign.pk, Written(text="x"), version=0)
    assert post(cast, cast.coordinator, foreign, text="x").status_code == 404


def test_stale_refusal_carries_all_texts(cast: Cast) -> None:
    question = questions(cast)[0]
    seat = cast.seat(cast.coordinator)
    save_answer(seat, question.pk, Written(text="A", rating="leading", rating_reason="R", trend="same"), version=0)

    with pytest.raises(StaleText) as stale:
        save_answer(seat, question.pk, Written(text="B"), version=0)

    assert stale.value.texts == {"text": "A", "rating": "leading", "rating_reason": "R", "trend": "same"}


# --- Pages ----------------------------------------------------------------------------------------
def with_questions(number: int) -> Cast:
    made = make_cast(Stage.SELF_ASSESSMENT)
    question_set = factories.make_question_set(sections=3, questions=number)
    SelfAssessment.objects.filter(case=made.case).update(question_set=question_set)
    made.case.refresh_from_db()
    for question in questions(made):
        made.case.self_assessment.answers.create(question=question, text="Text", updated_by=made.coordinator)
    return made


@pytest.mark.parametrize("number", [4, 12])
def test_section_page_asks_the_same_number_of_queries_however_many_questions(
    number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    cast = with_questions(number)
    client = cast.client(cast.coordinator)
    url = reverse("reviews:self_assessment_section", args=(cast.case.slug, 2))
    client.get(url)

    with django_assert_num_queries(19):
        page = client.get(url)

    assert page.content.decode().count(' id="answer-') == number


@pytest.mark.parametrize("number", [4, 12])
def test_overview_asks_the_same_number_of_queries_however_many_questions(
    number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    cast = with_questions(number)
    client = cast.client(cast.coordinator)
    url = reverse("reviews:self_assessment", args=(cast.case.slug,))
    client.get(url)

    with django_assert_num_queries(20):
        client.get(url)


def test_autosave_asks_few_queries(cast: Cast, django_assert_num_queries: Callable[..., Any]) -> None:
    question = questions(cast)[0]
    client = cast.client(cast.coordinator)
    url = reverse("reviews:answer", args=(cast.case.slug, question.pk))
    client.post(url, {"version": 0, "text": "One"}, headers=JSON)

    with django_assert_num_queries(12):
        client.post(url, {"version": 1, "text": "Two"}, headers=JSON)


def test_sponsor_gets_the_text_to_read_instead_of_the_form(cast: Cast) -> None:
    response = cast.client(cast.sponsor).get(reverse("reviews:self_assessment_section", args=(cast.case.slug, 1)))

    assert (response.status_code, response["Location"]) == (303, "/cases/timisoara/self-assessment/read/#section-1")


def test_section_that_does_not_exist_is_not_there(cast: Cast) -> None:
    url = reverse("reviews:self_assessment_section", args=(cast.case.slug, 99))

    assert cast.client(cast.coordinator).get(url).status_code == 404


def test_question_for_repeat_reviews_is_asked_only_of_a_city_that_was_reviewed_before(cast: Cast) -> None:
    question = questions(cast)[0]
    Question.objects.filter(pk=question.pk).update(condition="repeat")
    url = reverse("reviews:self_assessment_section", args=(cast.case.slug, 1))
    client = cast.client(cast.coordinator)
    assert question.text not in client.get(url).content.decode()

    Case.objects.filter(pk=cast.case.pk).update(host_city=earlier_review().host_city)

    assert question.text in client.get(url).content.decode()


def earlier_review() -> Case:
    case = factories.make_case(visit_start=timezone.localdate() - timedelta(days=800))
    Case.objects.filter(pk=case.pk).update(stage=Stage.CLOSED)
    return case


def test_notice_says_that_secrecy_cannot_be_promised(cast: Cast) -> None:
    client = cast.client(cast.coordinator)
    for name, args in (("self_assessment", ()), ("self_assessment_section", (1,)), ("self_assessment_reading", ())):
        page = client.get(reverse(f"reviews:{name}", args=(cast.case.slug, *args))).content.decode()
        assert "Nobody can promise that it stays secret." in page
