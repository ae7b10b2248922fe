"""Translations beside the source: what is missing, what became outdated, two translators, and what a case begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from reviews.actions.question_set_versions import import_set, publish
from reviews.actions.question_sets import current_question_set
from reviews.enums import Role, Stage
from reviews.models import Answer, Assignment, Case, CaseEvent, Question, QuestionSet, SelfAssessment
from reviews.queries.question_sets import outline_of
from reviews.question_files.plain import PlainQuestion, PlainSection, PlainSet
from reviews.question_translations import progress_of
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.PLANNING)


def draft(cast: Cast, questions: int = 1) -> QuestionSet:
    """A set of one section, to be translated into Greek."""
    asked = tuple(PlainQuestion(text=f"Who {number}?", help_text="Say it.") for number in range(questions))
    sections = (PlainSection(title="One", questions=asked),)
    return import_set(PlainSet(slug="s", name="S", languages=("el",), sections=sections), by=cast.secretariat)


def question_of(found: QuestionSet) -> Question:
    return Question.objects.filter(section__question_set=found).order_by("number")[0]


def translate(cast: Cast, found: QuestionSet, *, version: int = 0, seen: int = 1, **texts: str) -> Any:
    address = reverse("reviews:question_set_translate", args=(found.pk, "el", "question", question_of(found).pk))
    fields = {"version": version, "seen": seen, **texts}
    return cast.client(cast.secretariat).post(address, fields, headers=JSON)


def counts(found: QuestionSet) -> tuple[int, int, int]:
    (one,) = progress_of(outline_of(QuestionSet.objects.get(pk=found.pk)))
    return (one.texts, one.missing, one.outdated)


def page_of(cast: Cast, found: QuestionSet) -> str:
    client = cast.client(cast.secretariat)
    return client.get(reverse("reviews:question_set_translation", args=(found.pk, "el"))).content.decode()


def test_language_is_added_and_every_text_is_missing(cast: Cast) -> None:
    found = draft(cast)
    address = reverse("reviews:question_set_add_language", args=(found.pk,))

    answer = cast.client(cast.secretariat).post(address, {"language": "ar"})

    found.refresh_from_db()
    assert answer["Location"] == reverse("reviews:question_set_translation", args=(found.pk, "ar"))
    assert found.languages == ["el", "ar"]
    assert counts(draft(cast)) == (4, 4, 0)


@pytest.mark.parametrize("language", ["en", "xx", ""])
def test_language_of_the_source_or_none_is_refused(cast: Cast, language: str) -> None:
    found = draft(cast)

    cast.client(cast.secretariat).post(
        reverse("reviews:question_set_add_language", args=(found.pk,)), {"language": language}
    )

    found.refresh_from_db()
    assert found.languages == ["el"]


def test_translation_is_saved_beside_its_source_and_counted(cast: Cast) -> None:
    found = draft(cast)

    answer = translate(cast, found, text="Ποιος;", help_text="")

    stored = question_of(found).translations["el"]
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert stored == {"text": "Ποιος;", "of": {"text": "Who 0?"}, "saves": 1}
    assert counts(found) == (4, 3, 0)
    assert 'lang="el" dir="ltr"' in page_of(cast, found)


def test_changed_source_makes_its_translation_outdated_until_it_is_confirmed(cast: Cast) -> None:
    found = draft(cast)
    translate(cast, found, text="Ποιος;", help_text="Πες το.")
    row = question_of(found)
    save = reverse("reviews:question_set_question", args=(found.pk, row.pk))
    client = cast.client(cast.secretariat)

    client.post(save, {"version": 1, "text": "Who decides?", "help_text": "Say it.", "condition": "always"})
    changed, page = counts(found), page_of(cast, found)
    client.post(reverse("reviews:question_set_still_right", args=(found.pk, "el", "question", row.pk)))

    assert changed == (4, 2, 1)
    assert "What was translated" in page
    assert "Who 0?" in page
    assert counts(found) == (4, 2, 0)


def test_translation_of_a_source_that_moved_on_meanwhile_is_marked_as_outdated(cast: Cast) -> None:
    found = draft(cast)
    Question.objects.filter(pk=question_of(found).pk).update(text="Who decides?", saves=2)

    translate(cast, found, text="Ποιος;", seen=1)

    assert counts(found) == (4, 3, 1)


def test_second_translator_gets_the_first_text_and_overwrites_nothing(cast: Cast) -> None:
    found = draft(cast)
    translate(cast, found, text="Ποιος;")

    answer = translate(cast, found, text="Ποιοι;")

    assert (answer.status_code, answer.json()["version"], answer.json()["texts"]) == (409, 1, {"text": "Ποιος;"})
    assert question_of(found).translations["el"]["text"] == "Ποιος;"


def test_writer_of_the_source_and_translator_do_not_stand_in_each_others_way(cast: Cast) -> None:
    found = draft(cast)
    translate(cast, found, text="Ποιος;")

    assert question_of(found).saves == 1
    assert translate(cast, found, version=1, text="Ποιοι;").status_code == 200


def test_language_taken_away_and_added_again_has_its_texts(cast: Cast) -> None:
    found = draft(cast)
    translate(cast, found, text="Ποιος;")
    client = cast.client(cast.secretariat)

    client.post(reverse("reviews:question_set_remove_language", args=(found.pk, "el")))
    gone = client.get(reverse("reviews:question_set_translation", args=(found.pk, "el")))
    client.post(reverse("reviews:question_set_add_language", args=(found.pk,)), {"language": "el"})

    assert gone.status_code == 404
    assert counts(found) == (4, 3, 0)


def test_translation_of_a_published_version_can_be_read_and_not_changed(cast: Cast) -> None:
    found = publish(draft(cast), by=cast.secretariat)

    answer = translate(cast, found, text="Ποιος;")

    assert answer.status_code == 409
    assert question_of(found).translations == {}
    assert "Not translated" in page_of(cast, found)


@pytest.mark.parametrize("number", [1, 3])
def test_translation_page_asks_the_same_number_of_queries_however_many_questions(
    cast: Cast, number: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    found = draft(cast, number)
    client = cast.client(cast.secretariat)
    address = reverse("reviews:question_set_translation", args=(found.pk, "el"))
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)


# --- What a review begins with --------------------------------------------------------------------
def choose(cast: Cast, found: QuestionSet, who: str = "secretariat") -> Any:
    address = reverse("reviews:choose_questions", args=(cast.case.slug,))
    return cast.client(cast.people[who]).post(address, {"question_set": found.pk})


def used(cast: Cast) -> QuestionSet:
    return SelfAssessment.objects.select_related("question_set").get(case=cast.case).question_set


def test_secretariat_chooses_other_questions_before_the_host_begins(cast: Cast) -> None:
    found = publish(draft(cast), by=cast.secretariat)

    answer = choose(cast, found)

    assert (answer.status_code, used(cast)) == (303, found)
    assert CaseEvent.objects.get(step="questions").text == "Questions chosen: S, version 1"


@pytest.mark.parametrize("who", ["lead", "coordinator", "sponsor", "friend"])
def test_nobody_else_chooses_the_questions(cast: Cast, who: str) -> None:
    before = used(cast)

    assert choose(cast, publish(draft(cast), by=cast.secretariat), who).status_code == 403
    assert used(cast) == before


@pytest.mark.parametrize("what", ["answer", "share"])
def test_review_that_has_begun_keeps_its_questions(cast: Cast, what: str) -> None:
    before = used(cast)
    question = question_of(before)
    if what == "answer":
        Answer.objects.create(self_assessment=cast.case.self_assessment, question=question, text="We do.")
    else:
        Assignment.objects.create(
            self_assessment=cast.case.self_assessment, user=cast.contributor, section=question.section
        )
    page = cast.client(cast.secretariat).get(reverse("reviews:scope", args=(cast.case.slug,))).content.decode()

    answer = choose(cast, publish(draft(cast), by=cast.secretariat))

    assert (answer.status_code, used(cast)) == (409, before)
    assert "a review keeps the version it began with" in page
    assert "Begin with these" not in page


def test_draft_cannot_be_chosen(cast: Cast) -> None:
    before = used(cast)

    answer = choose(cast, draft(cast))

    assert (answer.status_code, used(cast)) == (422, before)
    assert "This version is not offered to new reviews." in answer.content.decode()


def test_questions_are_not_chosen_once_the_self_assessment_is_open(cast: Cast) -> None:
    cast.at(Stage.SELF_ASSESSMENT)

    assert choose(cast, publish(draft(cast), by=cast.secretariat)).status_code == 403


def proposal(cast: Cast, **more: object) -> dict[str, object]:
    kept = {"host_city": cast.case.host_city_id, "working_group": cast.case.working_group_id, "theme": "education"}
    return {"title": "A new review", "wants": "ideas", **kept, **more}


def test_secretariat_proposes_with_a_set_of_its_choice_and_a_host_with_the_current_one(cast: Cast) -> None:
    found = publish(draft(cast), by=cast.secretariat)
    address = reverse("reviews:new")

    cast.client(cast.secretariat).post(address, proposal(cast, question_set=found.pk))
    cast.client(cast.coordinator).post(address, proposal(cast, title="Our own", question_set=found.pk))

    cases = {case.title: case.self_assessment.question_set for case in Case.objects.exclude(pk=cast.case.pk)}
    assert cases == {"A new review": found, "Our own": current_question_set()}
    assert Case.objects.get(title="Our own").memberships.get(user=cast.coordinator).role == Role.HOST_COORDINATOR


def test_new_version_changes_nothing_for_a_review_that_has_one(cast: Cast) -> None:
    first = publish(draft(cast), by=cast.secretariat)
    choose(cast, first)

    publish(draft(cast), by=cast.secretariat)

    assert used(cast) == first
