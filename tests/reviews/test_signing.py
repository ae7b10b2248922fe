"""Signatures on versions and sections, the check before submitting, what is added after the release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.urls import reverse

from people.errors import AlreadyDone, NotAllowed, NotReady
from people.models import Notification
from reports.rendering import compose_document
from reviews.actions.answers import Written, save_answer
from reviews.actions.signing import sign_section, sign_version
from reviews.actions.steps import take_step
from reviews.checking import check_of
from reviews.enums import EventKind, SelfAssessmentStatus, Stage
from reviews.models import Addendum, Assignment, Declined, Question, SectionSignature, SelfAssessment, Signature
from reviews.queries.self_assessments import parts_of
from reviews.queries.signatures import section_digest, stands_of
from reviews.requirements import unmet
from reviews.steps import SignedAs
from tests import factories
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from people.models import User

pytestmark = pytest.mark.django_db
SUBMIT, ACCEPT = "submit_self_assessment", "accept_self_assessment"
NAMES = {"name": "Ioana Marin", "function": "Head of community assistance"}


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast(Stage.SELF_ASSESSMENT)
    for question in questions(made):
        write(made, question, "We do.")
    return made


def questions(cast: Cast) -> list[Question]:
    held = cast.case.self_assessment
    return list(Question.objects.filter(section__question_set=held.question_set).order_by("number"))


def write(cast: Cast, question: Question, text: str) -> None:
    held = cast.case.self_assessment.answers.filter(question=question).first()
    save_answer(cast.seat(cast.coordinator), question.pk, Written(text=text), version=held.version if held else 0)


def state(cast: Cast) -> SelfAssessment:
    return SelfAssessment.objects.get(case=cast.case)


def get(cast: Cast, user: User, name: str, *args: object, **query: int) -> Any:
    return cast.client(user).get(reverse(name, args=(cast.case.slug, *args)), query)


def post(cast: Cast, user: User, name: str, /, *args: object, **fields: object) -> Any:
    return cast.client(user).post(reverse(name, args=(cast.case.slug, *args)), fields)


def submitted(cast: Cast) -> Cast:
    assert post(cast, cast.coordinator, "reviews:step", SUBMIT, **NAMES).status_code == 303
    return cast


def sha256(cast: Cast) -> str:
    version = state(cast).versions.first()
    assert version is not None
    return version.sha256


def accepted(cast: Cast) -> Cast:
    sign_version(submitted(cast).seat(cast.sponsor), sha256(cast), SignedAs("Radu", "Deputy mayor"))
    take_step(cast.case, ACCEPT, by=cast.lead)
    return cast


# --- Versions -------------------------------------------------------------------------------------
def test_who_submits_signs_the_frozen_version_by_name_and_office(cast: Cast) -> None:
    assert post(cast, cast.coordinator, "reviews:step", SUBMIT, name="", function="").status_code == 422
    assert state(cast).status == SelfAssessmentStatus.DRAFT

    submitted(cast)

    row = Signature.objects.get()
    assert (row.name, row.function, row.role) == (*NAMES.values(), "host_coordinator")
    assert (row.version, row.sha256, row.by) == (1, sha256(cast), cast.coordinator)


def test_sponsor_signs_what_was_submitted_and_only_then_it_is_accepted(cast: Cast) -> None:
    submitted(cast)
    with pytest.raises(NotReady):
        take_step(cast.case, ACCEPT, by=cast.lead)

    fields = {"sha256": sha256(cast), "name": "Radu Ionescu", "function": "Deputy mayor"}
    for _ in range(2):  # pressed twice
        assert post(cast, cast.sponsor, "reviews:self_assessment_sign", **fields).status_code == 303

    assert Signature.objects.filter(role="host_sponsor").count() == 1
    assert cast.case.events.filter(kind=EventKind.SIGNED).count() == 1
    assert Notification.objects.filter(user=cast.lead, text__contains="signed version 1").count() == 1
    take_step(cast.case, ACCEPT, by=cast.lead)
    for page in ("self_assessment_reading", "self_assessment_versions"):
        body = get(cast, cast.friend, f"reviews:{page}").content.decode()
        assert "Radu Ionescu" in body
        assert "Head of community assistance" in body


def test_signature_of_an_older_version_does_not_count_for_the_next_and_is_kept(cast: Cast) -> None:
    sign_version(submitted(cast).seat(cast.sponsor), sha256(cast), SignedAs("Radu"))
    old = sha256(cast)
    take_step(cast.case, "withdraw_self_assessment", by=cast.coordinator, reason="A figure was wrong.")
    write(cast, questions(cast)[0], "We do, for 212 families.")
    submitted(cast)

    assert [reason.text for reason in unmet(state(cast).case, ACCEPT)] == [
        "The political sponsor has not signed version 2"
    ]
    with pytest.raises(AlreadyDone):
        sign_version(cast.seat(cast.sponsor), old, SignedAs("Radu"))
    assert [(row.version, row.role) for row in Signature.objects.order_by("pk")] == [
        (1, "host_coordinator"),
        (1, "host_sponsor"),
        (2, "host_coordinator"),
    ]


def test_sponsor_who_declines_tells_the_coordinator_and_nobody_else(cast: Cast) -> None:
    words = "Say more about the school in the north."
    submitted(cast)
    for _ in range(2):
        assert post(cast, cast.sponsor, "reviews:self_assessment_decline", message=words).status_code == 303

    assert Declined.objects.count() == 1
    told = Notification.objects.get(user=cast.coordinator, text__contains="has not signed")
    assert words not in told.text
    assert words in get(cast, cast.coordinator, "reviews:self_assessment").content.decode()
    for name in ("lead", "secretariat", "contributor"):
        for page in ("self_assessment", "timeline", "case"):
            assert words not in get(cast, cast.people[name], f"reviews:{page}").content.decode()
    assert post(cast, cast.sponsor, "reviews:self_assessment_decline", message=" ").status_code == 422


def test_review_without_a_sponsor_says_who_names_one(cast: Cast) -> None:
    submitted(cast)
    cast.case.memberships.filter(user=cast.sponsor).delete()

    (reason,) = unmet(state(cast).case, ACCEPT)

    assert reason.text == "Nobody is named as the political sponsor, who signs the self-assessment"
    assert (reason.who, reason.url) == ("Host coordinator or secretariat", "/cases/timisoara/team/")


def test_nothing_to_sign_before_submission_and_after_acceptance(cast: Cast) -> None:
    seat = cast.seat(cast.sponsor)
    with pytest.raises(AlreadyDone):
        sign_version(seat, "0" * 64, SignedAs("Radu"))
    accepted(cast)
    with pytest.raises(AlreadyDone):
        sign_version(seat, sha256(cast), SignedAs("Radu"))
    with pytest.raises(NotAllowed):
        sign_version(cast.seat(cast.coordinator), sha256(cast), SignedAs("Ioana"))


# --- Sections -------------------------------------------------------------------------------------
def sign(cast: Cast, user: User, position: int) -> SectionSignature:
    part = next(p for p in parts_of(state(cast), cast.case) if p.section.position == position)
    return sign_section(cast.seat(user), position, section_digest(part), SignedAs.of(user))


def stand(cast: Cast, position: int) -> tuple[bool, bool]:
    parts = [p for p in parts_of(state(cast), cast.case) if p.section.position == position]
    (found,) = stands_of(state(cast), parts).values()
    return found.is_current, found.is_lapsed


def test_section_signature_lapses_when_the_text_changes(cast: Cast) -> None:
    sign(cast, cast.contributor, 1)
    sign(cast, cast.contributor, 2)
    assert (stand(cast, 1), stand(cast, 2)) == ((True, False), (True, False))

    write(cast, questions(cast)[0], "We do it otherwise.")

    assert (stand(cast, 1), stand(cast, 2)) == ((False, True), (True, False))
    body = get(cast, cast.coordinator, "reviews:self_assessment").content.decode()
    assert (body.count("Signature lapsed"), body.count("Signed off")) == (1, 1)


def test_text_that_changed_after_the_page_was_shown_is_not_signed(cast: Cast) -> None:
    part = parts_of(state(cast), cast.case)[0]
    seen = section_digest(part)
    write(cast, questions(cast)[0], "Something else.")

    answer = post(cast, cast.coordinator, "reviews:section_sign", 1, sha256=seen)

    assert (answer.status_code, SectionSignature.objects.count()) == (409, 0)


def test_section_given_to_a_contributor_must_be_signed_before_submission(cast: Cast) -> None:
    section = questions(cast)[2].section
    factories.make_assignment(cast.case, cast.contributor, section=section)
    (reason,) = unmet(cast.case, SUBMIT)
    assert (reason.text, reason.who) == ("Section 2 is not signed off", "Contributor")

    sign(cast, cast.contributor, 2)
    assert unmet(cast.case, SUBMIT) == []
    write(cast, questions(cast)[2], "Changed.")
    assert [found.text for found in unmet(cast.case, SUBMIT)] == ["Section 2 was changed after it was signed off"]


def test_section_is_signed_by_those_who_write_all_of_it_and_when_it_is_complete(cast: Cast) -> None:
    Assignment.objects.all().delete()
    factories.make_assignment(cast.case, cast.contributor, question=questions(cast)[0])
    with pytest.raises(NotAllowed):
        sign(cast, cast.contributor, 1)
    write(cast, questions(cast)[0], "")
    with pytest.raises(NotReady):
        sign(cast, cast.coordinator, 1)
    assert get(cast, cast.lead, "reviews:section_sign", 1).status_code == 403


# --- The check ------------------------------------------------------------------------------------
def test_check_lists_what_stands_against_it_and_what_to_look_at(cast: Cast) -> None:
    write(cast, questions(cast)[0], "")
    write(
        cast, questions(cast)[1], "We asked Maria Popescu, and the Deputy Mayor agreed. Write to ana.pop@mail.example."
    )

    body = get(cast, cast.coordinator, "reviews:self_assessment_check").content.decode()

    assert "Section 1: question 1 is not answered" in body
    assert "Question 2: “Maria Popescu”" in body
    assert "Question 2: “ana.pop@mail.example”" in body
    assert "Deputy Mayor" not in body
    assert "2. Section 2 is not signed off" in body
    assert "#question-2" in body


def test_warning_is_set_aside_and_comes_back_with_another_text(cast: Cast) -> None:
    write(cast, questions(cast)[0], "We asked Maria Popescu.")
    page = get(cast, cast.coordinator, "reviews:self_assessment_check")
    (row,) = page.context["page"].groups[0].rows

    for _ in range(2):
        assert post(cast, cast.coordinator, "reviews:check_aside", key=row.key).status_code == 303

    page = get(cast, cast.coordinator, "reviews:self_assessment_check").context["page"]
    assert [found.text for found in page.aside] == ["Question 1: “Maria Popescu”"]
    write(cast, questions(cast)[0], "We asked Elena Popescu.")
    page = get(cast, cast.coordinator, "reviews:self_assessment_check").context["page"]
    assert [found.text for found in page.groups[0].rows] == ["Question 1: “Elena Popescu”"]


def test_warning_that_is_not_there_cannot_be_set_aside(cast: Cast) -> None:
    assert post(cast, cast.coordinator, "reviews:check_aside", key="0" * 64).status_code == 404
    assert post(cast, cast.coordinator, "reviews:check_aside", key="nonsense").status_code == 404


def test_people_and_places_of_the_review_are_no_warning(cast: Cast) -> None:
    cast.sponsor.name = "Radu Ionescu"
    cast.sponsor.save()
    write(cast, questions(cast)[0], "It is for Radu Ionescu to decide, in Cluj Napoca as here.")
    factories.make_city("Cluj-Napoca")
    factories.make_city("Cluj Napoca")

    page = get(cast, cast.coordinator, "reviews:self_assessment_check").context["page"]

    assert [group.title for group in page.groups] == ["Sections that nobody signed off"]


def test_contributor_checks_their_part_only(cast: Cast) -> None:
    Assignment.objects.all().delete()
    factories.make_assignment(cast.case, cast.contributor, section=questions(cast)[2].section)
    write(cast, questions(cast)[0], "")
    write(cast, questions(cast)[2], "")

    page = get(cast, cast.contributor, "reviews:self_assessment_check").context["page"]

    assert [reason.text for reason in page.hard] == ["Section 2: question 3 is not answered"]


# --- Differences ----------------------------------------------------------------------------------
def test_any_two_versions_and_the_draft_are_compared(cast: Cast) -> None:
    for words in ("two", "three"):
        submitted(cast)
        take_step(cast.case, "withdraw_self_assessment", by=cast.coordinator, reason="Again.")
        write(cast, questions(cast)[0], f"We do {words}.")

    far = get(cast, cast.coordinator, "reviews:self_assessment_versions", old=1, new=0).content.decode()
    assert "What is written now" in far
    assert '<del><span class="visually-hidden">[removed: </span>' in far
    assert "three" in far
    assert "three" not in get(cast, cast.coordinator, "reviews:self_assessment_versions", old=1, new=2).content.decode()
    SelfAssessment.objects.update(status=SelfAssessmentStatus.RETURNED)
    assert get(cast, cast.lead, "reviews:self_assessment_versions", old=1, new=0).status_code == 404
    assert "three" not in get(cast, cast.lead, "reviews:self_assessment_versions", old=1, new=2).content.decode()


def test_contributor_sees_the_differences_of_their_share(cast: Cast) -> None:
    submitted(cast)
    take_step(cast.case, "withdraw_self_assessment", by=cast.coordinator, reason="Again.")
    for question in questions(cast):
        write(cast, question, f"Changed {question.number}.")
    Assignment.objects.all().delete()
    factories.make_assignment(cast.case, cast.contributor, section=questions(cast)[2].section)

    body = get(cast, cast.contributor, "reviews:self_assessment_versions", old=1, new=0).content.decode()

    assert [f"Changed {number}" in body for number in (1, 2, 3, 4)] == [False, False, True, True]


# --- Addenda --------------------------------------------------------------------------------------
def test_host_adds_after_the_release_and_the_team_reads_it_at_its_question(cast: Cast) -> None:
    accepted(cast)
    page = get(cast, cast.coordinator, "reviews:addenda").content.decode()
    assert "and the review team, to which it was released." in page
    question = questions(cast)[1]
    fields = {"question": question.pk, "text": "The *new* figures are 212.", "client_id": str(uuid4())}
    for _ in range(2):
        assert post(cast, cast.coordinator, "reviews:addenda", **fields).status_code == 303

    assert Addendum.objects.count() == 1
    assert cast.case.events.get(kind=EventKind.ADDED).text == "added something to the self-assessment, question 2"
    told = Notification.objects.get(user=cast.friend, text__contains="added something")
    assert "212" not in told.text
    body = get(cast, cast.friend, "reviews:self_assessment_reading").content.decode()
    assert "The <em>new</em> figures are 212." in body[body.index('id="answer-2"') : body.index('id="answer-3"')]


def test_addendum_waits_for_the_release_and_belongs_to_the_coordinator(cast: Cast) -> None:
    answer = post(cast, cast.coordinator, "reviews:addenda", text="More.")
    assert (answer.status_code, "not released yet" in answer.content.decode()) == (403, True)
    accepted(cast)
    for name in ("contributor", "sponsor", "lead", "secretariat"):
        assert post(cast, cast.people[name], "reviews:addenda", text="More.").status_code == 403
    assert post(cast, cast.coordinator, "reviews:addenda", text=" \n").status_code == 422
    assert Addendum.objects.count() == 0


def test_addendum_is_in_the_document_with_the_signatures(cast: Cast) -> None:
    accepted(cast)
    post(cast, cast.coordinator, "reviews:addenda", question=questions(cast)[0].pk, text="The figures are 212.")

    composed = str(compose_document("self_assessment", "team", cast.case.pk))

    for words in ("The figures are 212.", "Head of community assistance", "Radu", "Nobody can promise", sha256(cast)):
        assert words in composed


@pytest.mark.parametrize("text", ["We do.", "We asked Maria Popescu and Elena Popescu."])
def test_check_asks_the_same_number_of_queries(
    cast: Cast, text: str, django_assert_num_queries: Callable[..., Any]
) -> None:
    for question in questions(cast):
        write(cast, question, text)
    seat = cast.seat(cast.coordinator)
    with django_assert_num_queries(13):
        check_of(seat)
