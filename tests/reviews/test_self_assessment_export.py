"""The self-assessment as Word and JSON: all that a reader may see, and nothing more."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pytest_django import DjangoAssertNumQueries

from reviews.actions.answers import Written, save_answer
from reviews.actions.evidence import Described, add_evidence
from reviews.enums import EvidenceClass, Stage
from reviews.models import Assignment, CaseEvent, Question, Section, SelfAssessment, SelfAssessmentVersion
from reviews.offline.plan import case_mark
from reviews.queries.frozen import content_of, digest
from tests.cast import Cast, make_cast

HERE = "/cases/timisoara/self-assessment/"
TEXT = "### Who\n\nWe **two**:\n\n- one\n- [two](https://example.org/)\n\n| Year | Children |\n| --- | --- |\n| 2017 | 40 |"
HEBREW = "שלום **עולם**"


@pytest.fixture
def cast(db: None) -> Cast:
    """Two answers, a file for everybody and one for the host only, released to the team."""
    made = make_cast(Stage.SELF_ASSESSMENT)
    seat = made.seat(made.coordinator)
    held = SelfAssessment.objects.get(case=made.case)
    questions = list(Question.objects.filter(section__question_set=held.question_set).order_by("number"))
    written = Written(text=TEXT, rating="developing", rating_reason="It works *here*.", trend="better")
    save_answer(seat, questions[0].pk, written, version=0)
    save_answer(seat, questions[1].pk, Written(text=HEBREW), version=0)
    section = Section.objects.get(question_set=held.question_set, position=1)
    for title, access_class in (("Plan", EvidenceClass.PUBLIC), ("Secret budget", EvidenceClass.HOST)):
        described = Described(title=title, access_class=access_class, section=section)
        add_evidence(seat, BytesIO(f"{title} 2018\n".encode()), f"{title}.txt", described)
    content = content_of(held, made.case)
    SelfAssessmentVersion.objects.create(self_assessment=held, number=1, content=content, sha256=digest(content))
    SelfAssessment.objects.filter(pk=held.pk).update(status="accepted")
    return made


def taken(cast: Cast, name: str, kind: str) -> Any:
    answered = cast.client(cast.people[name]).get(f"{HERE}export.{kind}")
    assert answered.status_code == 200
    assert answered["Content-Disposition"].endswith(f'-self-assessment-v1.{kind}"')
    return answered.content


def test_json_holds_everything_under_stable_keys(cast: Cast) -> None:
    found = json.loads(taken(cast, "coordinator", "json"))
    version = SelfAssessmentVersion.objects.get()
    assert list(found) == [
        "format", "schema", "review", "question_set", "version", "submitted_at", "sha256", "confidentiality",
        "sections", "evidence", "signatures", "addenda",
    ]  # fmt: skip
    assert (found["format"], found["schema"]) == ("critical-friend/self-assessment", 1)
    assert (found["version"], found["sha256"]) == (1, version.sha256)
    first = found["sections"][0]["answers"][0]
    assert list(first) == [
        "number", "key", "question", "required", "asked", "text", "rating", "rating_reason", "trend",
    ]  # fmt: skip
    assert (first["text"], first["rating"], first["trend"]) == (TEXT, "developing", "better")
    assert found["sections"][0]["answers"][1]["text"] == HEBREW
    assert [row["title"] for row in found["evidence"]] == ["Plan", "Secret budget"]


@pytest.mark.parametrize("name", ["lead", "friend", "secretariat"])
def test_what_is_for_the_host_only_stays_with_the_host(cast: Cast, name: str) -> None:
    assert [row["title"] for row in json.loads(taken(cast, name, "json"))["evidence"]] == ["Plan"]
    said = "\n".join(paragraph.text for paragraph in Document(BytesIO(taken(cast, name, "docx"))).paragraphs)
    assert "Plan" in said
    assert "Secret budget" not in said


@pytest.mark.parametrize("kind", ["json", "docx"])
def test_contributor_takes_along_only_what_was_assigned(cast: Cast, kind: str) -> None:
    held = SelfAssessment.objects.get(case=cast.case)
    second = Question.objects.filter(section__question_set=held.question_set).order_by("number")[1]
    Assignment.objects.filter(user=cast.contributor).update(section=None, question=second)
    found = taken(cast, "contributor", kind)
    words = _words_of(found) if kind == "docx" else str(json.loads(found))
    assert [sign for sign in ("Children", "It works", "Plan", "Secret budget") if sign in words] == []
    assert "שלום" in words


def _words_of(content: bytes) -> str:
    """All text of a Word file, its links too."""
    return "\n".join(Document(BytesIO(content)).element.body.itertext())


def test_word_file_shows_everything_in_its_form(cast: Cast) -> None:
    document = Document(BytesIO(taken(cast, "coordinator", "docx")))
    shown = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    assert shown[0] == ("Title", "Self-assessment of Timișoara")
    assert ("Heading 1", "1. Section 1") in shown
    assert ("Heading 2", "1. Question 1?") in shown
    assert ("Heading 3", "Who") in shown
    assert ("Form label", "Rating: Developing; Trend: better") in shown
    assert ("Heading 2", "Host only") in shown
    assert shown[-1] == (
        "Form note",
        f"Version 1. SHA-256 of the content: {SelfAssessmentVersion.objects.get().sha256}",
    )
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["Year", "Children"],
        ["2017", "40"],
    ]
    hebrew = next(p for p in document.paragraphs if p.text.startswith("שלום"))
    assert hebrew._p.find(f".//{qn('w:bidi')}") is not None
    assert document.core_properties.identifier == case_mark("timisoara")
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert links == ["https://example.org/"]


def test_draft_is_for_the_host_and_says_so(cast: Cast) -> None:
    SelfAssessmentVersion.objects.all().delete()
    SelfAssessment.objects.update(status="draft")
    client = cast.client(cast.coordinator)
    answered = client.get(f"{HERE}export.json")
    assert answered["Content-Disposition"].endswith('-self-assessment-draft.json"')
    found = json.loads(answered.content)
    assert (found["version"], found["sha256"], found["submitted_at"]) == (None, None, None)
    assert cast.client(cast.lead).get(f"{HERE}export.json").status_code == 403


def test_taking_it_along_is_noted_once_a_day(cast: Cast) -> None:
    for _ in range(2):
        taken(cast, "lead", "json")
    taken(cast, "coordinator", "json")
    assert [event.text for event in CaseEvent.objects.filter(kind="downloaded")] == [
        "downloaded the self-assessment (v1)"
    ]


def test_unknown_kind_and_version_are_not_there(cast: Cast) -> None:
    client = cast.client(cast.coordinator)
    assert client.get(f"{HERE}export.exe").status_code == 404
    assert client.get(f"{HERE}versions/9/export.json").status_code == 404
    assert client.get(f"{HERE}versions/1/export.json").status_code == 200


def test_exports_ask_the_same_number_of_queries(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = cast.client(cast.coordinator)
    client.get(f"{HERE}export.json")
    for kind in ("json", "docx"):
        with django_assert_num_queries(11):
            client.get(f"{HERE}export.{kind}")
