"""Submit, return, accept, take back: gates, frozen versions, verdicts, and who reads what when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from people.errors import AlreadyDone, NotAllowed, NotReady, StaleText
from people.models import Notification
from reviews.actions.answers import Written, save_answer
from reviews.actions.signing import sign_version
from reviews.actions.steps import take_step
from reviews.actions.verdicts import save_verdict
from reviews.enums import EventKind, MilestoneKind, MilestoneStatus, SelfAssessmentStatus, Stage
from reviews.models import CaseEvent, Question, SectionVerdict, SelfAssessment, SelfAssessmentVersion
from reviews.queries.frozen import digest
from reviews.requirements import unmet
from reviews.steps import SignedAs
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from people.models import User

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
SUBMIT, RETURN, ACCEPT = "submit_self_assessment", "return_self_assessment", "accept_self_assessment"
WITHDRAW, RECONSIDER = "withdraw_self_assessment", "reconsider_self_assessment"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def questions(cast: Cast) -> list[Question]:
    return list(
        Question.objects.filter(section__question_set=cast.case.self_assessment.question_set).order_by("number")
    )


def write(cast: Cast, question: Question, text: str, **more: str) -> None:
    held = cast.case.self_assessment.answers.filter(question=question).first()
    written = Written(text=text, **more)
    save_answer(cast.seat(cast.coordinator), question.pk, written, version=held.version if held else 0)


def write_all(cast: Cast, text: str = "We do.") -> None:
    for question in questions(cast):
        write(cast, question, text)


def go(cast: Cast, step: str, by: User, reason: str = "") -> CaseEvent:
    return take_step(cast.case, step, by=by, reason=reason)


def submitted(cast: Cast) -> Cast:
    write_all(cast)
    go(cast, SUBMIT, cast.coordinator)
    return cast


def signed(cast: Cast) -> None:
    """The political sponsor signs the submitted version."""
    version = state(cast).versions.first()
    assert version is not None
    sign_version(cast.seat(cast.sponsor), version.sha256, SignedAs("Sponsor", "Deputy mayor"))


def judge(cast: Cast, position: int, verdict: str, reason: str = "") -> SectionVerdict:
    held = SectionVerdict.objects.filter(section__position=position, version=state(cast).version).first()
    return save_verdict(
        cast.seat(cast.lead), position, verdict=verdict, reason=reason, version=held.saves if held else 0
    )


def returned(cast: Cast) -> Cast:
    judge(submitted(cast), 2, "returned", "Say *who* decides.")
    go(cast, RETURN, cast.lead)
    return cast


def state(cast: Cast) -> SelfAssessment:
    return SelfAssessment.objects.get(case=cast.case)


def page(cast: Cast, user: User, name: str, *args: int, **query: int) -> Any:
    return cast.client(user).get(reverse(f"reviews:{name}", args=(cast.case.slug, *args)), query)


# --- What is missing ------------------------------------------------------------------------------
def test_submit_names_every_gap_by_section_with_a_link_to_its_first_place(cast: Cast) -> None:
    first, second, third, _ = questions(cast)
    Question.objects.filter(pk=second.pk).update(max_words=3)
    write(cast, first, "Yes", rating="leading", rating_reason="  ")
    write(cast, second, "one two three four")

    reasons = unmet(cast.case, SUBMIT)

    place = "/cases/timisoara/self-assessment/sections/"
    assert [(reason.text, reason.url) for reason in reasons] == [
        ("Section 1: the rating of question 1 has no reason", f"{place}1/#question-1"),
        ("Section 1: the answer to question 2 is too long", f"{place}1/#question-2"),
        ("Section 2: questions 3 and 4 are not answered", f"{place}2/#question-{third.number}"),
    ]


def test_question_that_does_not_apply_is_answered_by_its_reason(cast: Cast) -> None:
    write_all(cast)
    first = questions(cast)[0]
    write(cast, first, "", rating="not_applicable", rating_reason="")
    assert [reason.text for reason in unmet(cast.case, SUBMIT)] == [
        "Section 1: question 1 is not answered",
        "Section 1: the rating of question 1 has no reason",
    ]

    write(cast, first, "", rating="not_applicable", rating_reason="The region runs all schools.")

    assert unmet(cast.case, SUBMIT) == []


def test_optional_question_may_stay_empty(cast: Cast) -> None:
    Question.objects.update(is_required=False)

    assert unmet(cast.case, SUBMIT) == []


def test_nothing_is_submitted_before_the_team_is_confirmed(cast: Cast) -> None:
    write_all(cast)
    cast.at(Stage.PLANNING)

    with pytest.raises(NotReady) as refused:
        go(cast, SUBMIT, cast.coordinator)

    assert [reason.text for reason in refused.value.reasons] == [
        "The review is still being prepared: scope, dates and team come first"
    ]


# --- Submit ---------------------------------------------------------------------------------------
def test_submission_freezes_the_whole_text_with_its_hash(cast: Cast) -> None:
    submitted(cast)

    version = SelfAssessmentVersion.objects.get()
    texts = [answer["text"] for section in version.content["sections"] for answer in section["answers"]]
    assert (version.number, version.submitted_by, texts) == (1, cast.coordinator, ["We do."] * 4)
    assert version.sha256 == digest(version.content)
    assert state(cast).status == SelfAssessmentStatus.SUBMITTED
    assert cast.case.milestones.get(kind=MilestoneKind.SELF_ASSESSMENT_DUE).status == MilestoneStatus.DONE
    assert CaseEvent.objects.filter(step=SUBMIT).count() == 1


def test_refused_submission_freezes_nothing(cast: Cast) -> None:
    with pytest.raises(NotReady):
        go(cast, SUBMIT, cast.coordinator)

    assert SelfAssessmentVersion.objects.count() == 0


def test_hash_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": "ș"}) == digest({"b": "ș", "a": 1})


@pytest.mark.parametrize("name", ["contributor", "sponsor", "lead", "secretariat"])
def test_only_the_coordinator_submits(cast: Cast, name: str) -> None:
    write_all(cast)

    with pytest.raises(NotAllowed):
        go(cast, SUBMIT, cast.people[name])


def test_second_submission_of_the_same_version_is_told(cast: Cast) -> None:
    submitted(cast)

    with pytest.raises(AlreadyDone, match="You have already done this"):
        go(cast, SUBMIT, cast.coordinator)
    assert SelfAssessmentVersion.objects.count() == 1


# --- Verdicts -------------------------------------------------------------------------------------
def test_verdict_is_saved_while_the_lead_types_and_two_leaders_do_not_overwrite_each_other(cast: Cast) -> None:
    submitted(cast)
    url = reverse("reviews:verdict", args=(cast.case.slug, 1))

    first = cast.client(cast.lead).post(
        url, {"version": 0, "verdict": "returned", "reason": "Who decides?"}, headers=JSON
    )
    second = cast.client(cast.secretariat).post(url, {"version": 0, "verdict": "accepted", "reason": ""}, headers=JSON)

    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert (second.status_code, second.json()["texts"]) == (409, {"verdict": "returned", "reason": "Who decides?"})
    assert SectionVerdict.objects.get().verdict == "returned"


def test_verdict_on_an_old_page_is_refused(cast: Cast) -> None:
    with pytest.raises(AlreadyDone):
        judge(returned(cast), 1, "accepted")
    write_all(cast, "New")
    go(cast, SUBMIT, cast.coordinator)
    judge(cast, 1, "accepted")
    with pytest.raises(StaleText):
        save_verdict(cast.seat(cast.lead), 1, verdict="returned", reason="x", version=0)


@pytest.mark.parametrize("name", ["coordinator", "sponsor", "friend", "rapporteur"])
def test_only_lead_and_secretariat_give_verdicts(cast: Cast, name: str) -> None:
    submitted(cast)
    client = cast.client(cast.people[name])

    assert client.get(reverse("reviews:self_assessment_review", args=(cast.case.slug,))).status_code == 403
    url = reverse("reviews:verdict", args=(cast.case.slug, 1))
    assert client.post(url, {"version": 0, "verdict": "accepted"}).status_code == 403


def test_host_does_not_see_a_verdict_before_it_is_sent(cast: Cast) -> None:
    judge(submitted(cast), 1, "returned", "A first thought of the lead")

    for name in ("self_assessment", "self_assessment_reading", "self_assessment_versions"):
        assert "A first thought of the lead" not in page(cast, cast.coordinator, name).content.decode()


def test_host_that_takes_the_submission_back_does_not_see_the_drafts_and_the_lead_keeps_them(cast: Cast) -> None:
    judge(submitted(cast), 1, "returned", "A first thought of the lead")

    go(cast, WITHDRAW, cast.coordinator, "One figure is wrong")

    assert (state(cast).status, state(cast).version) == (SelfAssessmentStatus.DRAFT, 2)
    for name, args in (("self_assessment", ()), ("self_assessment_section", (1,))):
        assert "A first thought" not in page(cast, cast.coordinator, name, *args).content.decode()
    assert page(cast, cast.lead, "self_assessment_reading").status_code == 403
    go(cast, SUBMIT, cast.coordinator)
    assert "A first thought of the lead" in page(cast, cast.lead, "self_assessment_review").content.decode()
    assert list(SelfAssessmentVersion.objects.values_list("number", flat=True)) == [2, 1]


# --- Return ---------------------------------------------------------------------------------------
def test_return_needs_a_section_and_a_reason(cast: Cast) -> None:
    submitted(cast)
    assert [reason.text for reason in unmet(state(cast).case, RETURN)] == [
        "Mark at least one section to be changed, and say why"
    ]

    judge(cast, 2, "returned", " ")

    assert [(reason.text, reason.url) for reason in unmet(state(cast).case, RETURN)] == [
        ("Section 2: say what should change", "/cases/timisoara/self-assessment/review/#section-2")
    ]


def test_return_opens_a_new_version_and_tells_the_host_the_reasons(cast: Cast) -> None:
    returned(cast)

    held = state(cast)
    assert (held.status, held.version) == (SelfAssessmentStatus.RETURNED, 2)
    assert CaseEvent.objects.get(step=RETURN).reason == "**Section 2:** Say *who* decides."
    told = Notification.objects.filter(user=cast.coordinator).latest("pk")
    assert told.text.endswith("Self-assessment returned for changes")
    assert told.detail == "**Section 2:** Say *who* decides."
    assert cast.case.milestones.get(kind=MilestoneKind.SELF_ASSESSMENT_DUE).status == MilestoneStatus.OPEN
    overview = page(cast, cast.contributor, "self_assessment").content.decode()
    assert "Say <em>who</em> decides." in overview
    assert "Say <em>who</em> decides." in page(cast, cast.contributor, "self_assessment_section", 2).content.decode()
    assert (
        "Say <em>who</em> decides." not in page(cast, cast.contributor, "self_assessment_section", 1).content.decode()
    )


def test_lead_reads_the_submitted_text_while_the_host_changes_it(cast: Cast) -> None:
    returned(cast)
    write(cast, questions(cast)[0], "Half a new sentence")

    assert "Half a new sentence" not in page(cast, cast.lead, "self_assessment_reading").content.decode()
    assert "Half a new sentence" in page(cast, cast.sponsor, "self_assessment_reading").content.decode()


def test_section_that_was_asked_for_says_when_the_host_has_changed_it(cast: Cast) -> None:
    returned(cast)
    assert "Please change" in page(cast, cast.coordinator, "self_assessment").content.decode()

    write(cast, questions(cast)[3], "The mayor decides.")

    body = page(cast, cast.coordinator, "self_assessment").content.decode()
    assert ("Changed since" in body, "Please change" in body) == (True, False)


def test_new_version_beside_the_old_one_shows_what_changed(cast: Cast) -> None:
    returned(cast)
    write(cast, questions(cast)[2], "We do, and the mayor decides.")
    go(cast, SUBMIT, cast.coordinator)

    body = page(cast, cast.lead, "self_assessment_versions").content.decode()

    assert '<del><span class="visually-hidden">[removed: </span>do.' in body
    assert '<ins><span class="visually-hidden">[added: </span>do, and the mayor decides.' in body
    assert body.count('class="card change"') == 1
    review = page(cast, cast.lead, "self_assessment_review").content.decode()
    assert review.count('<span class="tag is-info">Changed</span>') == 1
    assert "What was asked for in version 1" in review
    old = page(cast, cast.lead, "self_assessment_version", 1)
    assert (old.status_code, "There is a newer version." in old.content.decode()) == (200, True)
    assert SelfAssessmentVersion.objects.get(number=1).content["sections"][1]["answers"][0]["text"] == "We do."


@pytest.mark.parametrize("query", [{"old": 9, "new": 1}, {"old": 1, "new": 9}])
def test_version_that_does_not_exist_is_not_there(cast: Cast, query: dict[str, int]) -> None:
    submitted(cast)

    assert page(cast, cast.lead, "self_assessment_versions", **query).status_code == 404
    assert page(cast, cast.lead, "self_assessment_version", 9).status_code == 404


# --- Accept ---------------------------------------------------------------------------------------
def test_accept_waits_while_a_section_is_marked_to_be_changed(cast: Cast) -> None:
    judge(submitted(cast), 1, "returned", "Please")
    assert [reason.text for reason in unmet(state(cast).case, ACCEPT)] == [
        "Section 1 is marked to be changed",
        "The political sponsor has not signed version 1",
    ]

    judge(cast, 1, "accepted")

    signed(cast)

    assert unmet(state(cast).case, ACCEPT) == []


def test_accepted_text_is_released_to_the_team_and_closed_for_the_host(cast: Cast) -> None:
    submitted(cast)
    assert page(cast, cast.friend, "self_assessment_reading").status_code == 403

    signed(cast)
    go(cast, ACCEPT, cast.lead)

    assert page(cast, cast.friend, "self_assessment_reading").status_code == 200
    assert page(cast, cast.coordinator, "self_assessment_section", 1).status_code == 303
    with pytest.raises(NotAllowed):
        write(cast, questions(cast)[0], "Later")
    assert cast.case.milestones.get(kind=MilestoneKind.SELF_ASSESSMENT_ACCEPTED).status == MilestoneStatus.DONE


def test_acceptance_can_be_taken_back_and_the_team_reads_it_no_more(cast: Cast) -> None:
    submitted(cast)
    signed(cast)
    go(cast, ACCEPT, cast.lead)

    go(cast, RECONSIDER, cast.lead, "A page is missing")

    assert (state(cast).status, state(cast).version) == (SelfAssessmentStatus.SUBMITTED, 1)
    assert page(cast, cast.friend, "self_assessment_reading").status_code == 403


def test_reading_is_one_event_a_person_and_day_and_none_for_the_host(cast: Cast) -> None:
    submitted(cast)
    signed(cast)
    go(cast, ACCEPT, cast.lead)
    for user in (cast.friend, cast.friend, cast.observer, cast.sponsor):
        page(cast, user, "self_assessment_reading")

    read = CaseEvent.objects.filter(kind=EventKind.READ).order_by("pk")
    assert [(event.actor, event.text) for event in read] == [
        (cast.friend, "read the self-assessment"),
        (cast.observer, "read the self-assessment"),
    ]


def test_writers_names_are_not_in_what_the_team_reads(cast: Cast) -> None:
    write_all(cast)
    question = questions(cast)[0]
    save_answer(cast.seat(cast.contributor), question.pk, Written(text="Candid"), version=1)
    go(cast, SUBMIT, cast.coordinator)
    signed(cast)
    go(cast, ACCEPT, cast.lead)

    for name in ("self_assessment_reading", "self_assessment"):
        assert cast.contributor.name not in page(cast, cast.friend, name).content.decode()


def test_address_of_the_review_leads_home_when_nothing_waits_for_a_decision(cast: Cast) -> None:
    response = page(cast, cast.secretariat, "self_assessment_review")

    assert (response.status_code, response["Location"]) == (303, "/cases/timisoara/self-assessment/")


# --- Queries --------------------------------------------------------------------------------------
def grown(cast: Cast, number: int) -> Cast:
    section = questions(cast)[0].section
    for at in range(number):
        Question.objects.create(section=section, number=100 + at, text=f"More {at}?", is_rated=True)
    return submitted(cast)


@pytest.mark.parametrize("number", [1, 9])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("self_assessment_reading", 16), ("self_assessment_review", 16), ("self_assessment_versions", 10)],
)
def test_pages_to_read_ask_the_same_number_of_queries(
    cast: Cast, number: int, name: str, queries: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    grown(cast, number)
    client = cast.client(cast.lead)
    url = reverse(f"reviews:{name}", args=(cast.case.slug,))
    client.get(url)

    with django_assert_num_queries(queries):
        client.get(url)
