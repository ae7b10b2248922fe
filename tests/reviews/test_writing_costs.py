"""What writing costs: the same number of queries however large the form is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.enums import Stage
from reviews.models import Answer, Evidence, Question
from tests import factories
from tests.cast import Cast

SECTION = reverse("reviews:self_assessment_section", args=("timisoara", 1))
FORM_QUERIES = 20
SAVE_QUERIES = 10  # session, person, case, roles, declaration, question; lock, question, answer, write


@pytest.fixture
def writing(cast: Cast) -> Cast:
    cast.at(Stage.SELF_ASSESSMENT)
    return cast


@pytest.mark.parametrize(("questions", "files"), [(1, 1), (3, 3), (66, 200)])
def test_a_form_costs_the_same_queries_however_large_it_is(writing: Cast, questions: int, files: int) -> None:
    held = writing.case.self_assessment
    held.question_set = factories.make_question_set(sections=1, questions=questions)
    held.save()
    section = held.question_set.sections.get()
    for question in Question.objects.filter(section=section):
        Answer.objects.create(self_assessment=held, question=question, text="We do.", updated_by=writing.coordinator)
    for number in range(files):
        row = Evidence.objects.create(
            case=writing.case, section=section, title=f"File {number}", file="a", file_name="a.pdf"
        )
        row.questions.add(Question.objects.filter(section=section)[0])
    client = writing.client(writing.coordinator)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(SECTION).content.decode()

    assert page.count('<textarea name="text"') >= questions
    assert page.count("File ") >= files
    assert (f"All {files} files of this section" in page) == (files > 20)
    assert len(asked) == FORM_QUERIES


def test_an_autosave_costs_the_same_queries_first_and_again(writing: Cast) -> None:
    question = Question.objects.filter(section__question_set=writing.case.self_assessment.question_set)[0]
    address = reverse("reviews:answer", args=("timisoara", question.pk))
    client = writing.client(writing.coordinator)
    counts = []
    for version in range(3):
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(
                address, {"text": f"Text {version}", "version": version}, headers={"accept": "application/json"}
            )
        assert answer.json()["version"] == version + 1
        counts.append(len([one for one in asked if "SAVEPOINT" not in one["sql"]]))
    assert counts == [SAVE_QUERIES] * 3
