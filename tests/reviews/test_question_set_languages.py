"""The language of the form: chosen among those of the set, text by text, for the same answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from reports.enums import DocumentKind, Edition
from reports.rendering import compose_document
from reports.rendering.model import Answer as PrintedAnswer
from reviews.actions.question_sets import ensure_builtin_set
from reviews.enums import Stage
from reviews.models import Answer, Case, Question, QuestionSet, Section, SelfAssessment
from reviews.queries.frozen import content_of, sections_to_read
from reviews.queries.frozen_wordings import in_language
from reviews.wordings import form_language, said
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
ARABIC = "ما الذي تغير في المدينة؟"
ROMANIAN = "Ce ați încercat și nu a funcționat, și ce ați învățat din asta?"
ENGLISH = "What have you tried that did not work, and what did you learn?"


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast(Stage.SELF_ASSESSMENT)
    SelfAssessment.objects.filter(case=made.case).update(question_set=ensure_builtin_set())
    made.case = Case.objects.get(pk=made.case.pk)
    return made


def section(client: Client) -> str:
    answer = client.get(reverse("reviews:self_assessment_section", args=("timisoara", 1)))
    assert answer.status_code == 200
    return answer.content.decode()


def choose(client: Client, code: str) -> None:
    address = reverse("reviews:form_language", args=("timisoara",))
    page = reverse("reviews:self_assessment_section", args=("timisoara", 1))
    assert client.post(address, {"language": code, "next": page})["Location"] == page


def test_form_is_in_the_language_of_the_source_until_somebody_chooses(cast: Cast) -> None:
    page = section(cast.client(cast.coordinator))

    assert ENGLISH in page
    assert ROMANIAN not in page
    assert '<option value="ro" lang="ro">Română</option>' in page


def test_chosen_language_is_remembered_and_every_text_says_its_language(cast: Cast) -> None:
    client = cast.client(cast.coordinator)
    choose(client, "ro")

    page, again = section(client), section(client)

    assert f'<span lang="ro" dir="ltr">{ROMANIAN}</span>' in page
    assert '<li><span lang="ro" dir="ltr">Cine a observat primul că nu funcționează?</span></li>' in page
    assert '<span lang="ro" dir="ltr">Context și provocare</span>' in page
    assert ENGLISH not in page
    assert ROMANIAN in again
    assert "Leadership and governance" not in again


def test_form_begins_in_the_language_of_the_review_when_the_set_has_it(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(language="ro")

    assert ROMANIAN in section(cast.client(cast.coordinator))


def test_text_without_translation_is_shown_as_it_was_written(cast: Cast) -> None:
    row = Question.objects.get(key="did_not_work", section__question_set=cast.case.self_assessment.question_set)
    del row.translations["ro"]["text"]
    row.save()
    client = cast.client(cast.coordinator)
    choose(client, "ro")

    page = section(client)

    assert f"</span> {ENGLISH}" in page
    assert "Din acest răspuns învață cel mai mult prietenii critici." in page


def test_language_that_runs_from_right_to_left_says_so(cast: Cast) -> None:
    held = cast.case.self_assessment.question_set
    QuestionSet.objects.filter(pk=held.pk).update(languages=["ro", "ar"])
    row = Question.objects.get(key="changed_lately", section__question_set=held)
    row.translations["ar"] = {"text": ARABIC}
    row.save()
    client = cast.client(cast.coordinator)
    choose(client, "ar")

    assert f'<span lang="ar" dir="rtl">{ARABIC}</span>' in section(client)


def test_language_that_the_set_does_not_have_changes_nothing(cast: Cast) -> None:
    client = cast.client(cast.coordinator)
    choose(client, "el")

    assert "questions_in" not in client.cookies
    assert ENGLISH in section(client)


def test_answer_belongs_to_the_question_in_whatever_language_it_was_read(cast: Cast) -> None:
    row = Question.objects.get(key="did_not_work", section__question_set=cast.case.self_assessment.question_set)
    client = cast.client(cast.coordinator)
    choose(client, "ro")
    client.post(reverse("reviews:answer", args=("timisoara", row.pk)), {"version": 0, "text": "O campanie."})
    choose(client, "en")

    assert "O campanie.</textarea>" in section(client)
    assert Answer.objects.get().question == row


def test_way_back_leads_to_our_own_pages_only(cast: Cast) -> None:
    address = reverse("reviews:form_language", args=("timisoara",))

    answer = cast.client(cast.coordinator).post(address, {"language": "ro", "next": "https://elsewhere.test/"})

    assert answer["Location"] == reverse("reviews:self_assessment", args=("timisoara",))


def test_set_in_one_language_offers_no_choice(cast: Cast) -> None:
    QuestionSet.objects.update(languages=[])

    assert "Questions in" not in section(cast.client(cast.coordinator))


def test_source_that_is_empty_hides_its_old_translation() -> None:
    held = QuestionSet(language="en", languages=["ro"])
    row = Section(title="One", help_text="", translations={"ro": {"help_text": "Veche", "title": "Unu"}})
    language = form_language(held, "", "ro")

    assert (said(row, "help_text", language).text, said(row, "title", language).text) == ("", "Unu")


def test_text_to_read_has_the_questions_in_the_chosen_language(cast: Cast) -> None:
    client = cast.client(cast.coordinator)
    address = reverse("reviews:self_assessment_reading", args=("timisoara",))
    assert ENGLISH in client.get(address).content.decode()
    choose(client, "ro")

    page = client.get(address).content.decode()

    assert f'<span lang="ro" dir="auto">{ROMANIAN}</span>' in page
    assert ENGLISH not in page


def test_printed_self_assessment_has_the_questions_in_the_language_of_the_review(cast: Cast) -> None:
    Case.objects.filter(pk=cast.case.pk).update(language="ro")

    chapters = compose_document(DocumentKind.SELF_ASSESSMENT, Edition.HOST, cast.case.pk).chapters

    questions = [block.question for chapter in chapters for block in chapter.blocks if isinstance(block, PrintedAnswer)]
    assert ROMANIAN in questions
    assert ENGLISH not in questions


def test_question_that_was_frozen_in_other_words_stays_as_it_was(cast: Cast) -> None:
    held = SelfAssessment.objects.get(case=cast.case)
    sections = sections_to_read(content_of(held, cast.case))
    answers = tuple(replace(answer, question="Asked differently?") for answer in sections[0].answers)

    shown = in_language([replace(sections[0], answers=answers)], held.question_set, "ro")[0]

    assert {answer.question for answer in shown.answers} == {"Asked differently?"}
    assert {answer.language for answer in shown.answers} == {""}
    assert shown.language == "ro"
