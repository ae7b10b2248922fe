"""Comments stay among the host's people: mentions, settling, sent twice; and the start from the earlier review."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people.models import Notification
from reviews.actions.comments import add_comment
from reviews.enums import Decision, FindingStatus, SelfAssessmentStatus, Stage
from reviews.models import Answer, Assignment, Case, Comment, HostResponse, Question, SelfAssessment
from reviews.models import SelfAssessmentVersion as Version
from reviews.queries.comments import mentioned_in
from reviews.queries.earlier import RECOMMENDATIONS, earlier_of
from reviews.queries.frozen import content_of, digest
from reviews.talk_pages import talk_of_all
from tests import factories
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from people.models import User

pytestmark = pytest.mark.django_db
WORDS = "The figures of last winter are wrong."


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def questions(cast: Cast) -> list[Question]:
    held = cast.case.self_assessment
    return list(Question.objects.filter(section__question_set=held.question_set).order_by("number"))


def get(cast: Cast, user: User, name: str, *args: object) -> Any:
    return cast.client(user).get(reverse(name, args=(cast.case.slug, *args)))


def post(cast: Cast, user: User, name: str, /, *args: object, **fields: object) -> Any:
    return cast.client(user).post(reverse(name, args=(cast.case.slug, *args)), fields)


def comment(cast: Cast, user: User, number: int = 1, text: str = WORDS, **more: Any) -> Comment:
    return add_comment(cast.seat(user), questions(cast)[number - 1].pk, text, **more)


# --- Who reads -------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["secretariat", "lead", "friend", "rapporteur", "observer"])
def test_comment_is_on_no_page_of_the_team_or_the_secretariat(cast: Cast, name: str) -> None:
    comment(cast, cast.coordinator, text=f"{WORDS} @Contributor")
    SelfAssessment.objects.update(status=SelfAssessmentStatus.ACCEPTED)

    for page in ("self_assessment", "self_assessment_reading", "self_assessment_versions", "timeline", "case"):
        body = get(cast, cast.people[name], f"reviews:{page}").content.decode()
        assert WORDS not in body
        assert 'id="comments-' not in body
    answer = post(cast, cast.people[name], "reviews:comments", questions(cast)[0].pk, text="Hello")
    assert (answer.status_code, Comment.objects.count()) == (403, 1)


def test_comment_is_read_in_the_form_and_in_the_reading_view(cast: Cast) -> None:
    comment(cast, cast.coordinator)

    assert WORDS in get(cast, cast.contributor, "reviews:self_assessment_section", 1).content.decode()
    SelfAssessment.objects.update(status=SelfAssessmentStatus.SUBMITTED)
    Version.objects.create(
        self_assessment=cast.case.self_assessment,
        number=1,
        content=content_of(cast.case.self_assessment, cast.case),
        sha256="0" * 64,
    )
    assert WORDS in get(cast, cast.sponsor, "reviews:self_assessment_reading").content.decode()


def test_contributor_reads_no_comment_outside_their_share(cast: Cast) -> None:
    Assignment.objects.all().delete()
    factories.make_assignment(cast.case, cast.contributor, question=questions(cast)[2])
    row = comment(cast, cast.coordinator, 1)
    comment(cast, cast.coordinator, 3, "About question three.")

    body = get(cast, cast.contributor, "reviews:self_assessment_reading").content.decode()

    assert (WORDS in body, "About question three." in body) == (False, True)
    assert post(cast, cast.contributor, "reviews:comments", questions(cast)[0].pk, text="Me too").status_code == 403
    assert post(cast, cast.contributor, "reviews:comment_settle", row.pk).status_code == 403
    assert get(cast, cast.contributor, "reviews:comments", questions(cast)[0].pk).status_code == 403


# --- Writing ---------------------------------------------------------------------------------------
def test_comment_sent_twice_is_one_comment_and_one_notification(cast: Cast) -> None:
    fields = {"text": f"@Contributor {WORDS}", "client_id": str(uuid4())}
    for _ in range(2):
        answer = post(cast, cast.coordinator, "reviews:comments", questions(cast)[0].pk, **fields)
        assert answer.headers["Location"].endswith("/sections/1/#comments-1")

    assert Comment.objects.count() == 1
    assert Notification.objects.filter(user=cast.contributor).count() == 1


def test_mentioned_person_is_told_with_a_link_and_no_content(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        comment(cast, cast.coordinator, text=f"@contributor {WORDS}", tell=[cast.sponsor.pk, cast.lead.pk])

    told = {row.user: row for row in Notification.objects.all()}
    assert told.keys() == {cast.contributor, cast.sponsor}
    assert told[cast.sponsor].text.endswith("Coordinator mentions you at question 1")
    assert told[cast.sponsor].url.endswith("#comments-1")
    assert all(WORDS not in sent.body and WORDS not in sent.subject for sent in mail.outbox)


def test_who_does_not_read_the_question_is_not_told_of_it(cast: Cast) -> None:
    Assignment.objects.all().delete()
    comment(cast, cast.coordinator, text="@Contributor look", tell=[cast.contributor.pk])

    assert not Notification.objects.exists()


def test_mentions_are_whole_names_or_first_names_that_only_one_has() -> None:
    ana, other, ion = (factories.make_user(name) for name in ("Ana Pop", "Ana Rus", "Ion Marin"))
    people = [ana, other, ion]

    assert mentioned_in("Ask @Ana Pop and @ion.", people) == [ana, ion]
    assert mentioned_in("Ask @Ana about @Ionel and ana@pop.example", people) == []


def test_empty_comment_comes_back_with_its_form(cast: Cast) -> None:
    answer = post(cast, cast.coordinator, "reviews:comments", questions(cast)[0].pk, text="  ")

    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert "Please write something first." in answer.content.decode()


def test_comment_is_settled_and_opened_again(cast: Cast) -> None:
    row = comment(cast, cast.coordinator)
    for _ in range(2):
        assert post(cast, cast.contributor, "reviews:comment_settle", row.pk).status_code == 303
    row.refresh_from_db()
    assert row.resolved_by == cast.contributor
    assert "1 settled" in get(cast, cast.coordinator, "reviews:self_assessment_section", 1).content.decode()

    assert post(cast, cast.coordinator, "reviews:comment_reopen", row.pk).status_code == 303
    again = Comment.objects.get(pk=row.pk)
    assert (again.resolved_at, again.resolved_by) == (None, None)


@pytest.mark.parametrize("rows", [1, 3])
def test_comments_ask_the_same_number_of_queries(
    cast: Cast, rows: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for number in range(rows):
        comment(cast, cast.coordinator, number + 1)
    seat = cast.seat(cast.coordinator)
    with django_assert_num_queries(4):
        assert sum(len(thread.comments) for thread in talk_of_all(seat).values()) == rows
    others = cast.seat(cast.friend)
    with django_assert_num_queries(0):
        assert talk_of_all(others) == {}


# --- The earlier review ----------------------------------------------------------------------------
@pytest.fixture
def repeat(cast: Cast) -> Cast:
    """The same city was reviewed a year before: one recommendation with a response, one that was dropped."""
    first, second, *_ = questions(cast)
    Question.objects.filter(pk=first.pk).update(key="worry")
    Question.objects.filter(pk=second.pk).update(key=RECOMMENDATIONS)
    before = factories.make_case(
        "The first review",
        host_city=cast.case.host_city,
        question_set=cast.case.self_assessment.question_set,
        visit_start=timezone.localdate() - timedelta(days=400),
        stage=Stage.FOLLOW_UP,
    )
    Answer.objects.create(self_assessment=before.self_assessment, question=first, text="We worried about *moves*.")
    content = content_of(before.self_assessment, Case.objects.get(pk=before.pk))
    Version.objects.create(self_assessment=before.self_assessment, number=1, content=content, sha256=digest(content))
    told = factories.make_recommendation(before, "Ask residents **each** year.", status=FindingStatus.SHARED)
    HostResponse.objects.create(recommendation=told, decision=Decision.ACCEPTED)
    factories.make_action(told, text="A yearly meeting")
    factories.make_recommendation(before, "Never released.", status=FindingStatus.DROPPED)
    return cast


def start(cast: Cast, number: int, **fields: object) -> Any:
    return post(cast, cast.coordinator, "reviews:answer_start", questions(cast)[number - 1].pk, **fields)


def test_earlier_recommendation_is_offered_and_becomes_the_start_of_an_answer(repeat: Cast) -> None:
    body = get(repeat, repeat.coordinator, "reviews:self_assessment_section", 1).content.decode()
    assert "Ask residents each year." in body
    assert "Never released." not in body

    assert start(repeat, 2, source="all").status_code == 303

    assert Answer.objects.get(self_assessment=repeat.case.self_assessment).text == (
        "**1. Ask residents each year.**\n\n- Our answer then: accepted\n- A yearly meeting: planned\n"
        "- Where it stands now:"
    )


def test_earlier_answer_is_offered_as_it_was_typed(repeat: Cast) -> None:
    assert start(repeat, 1, source="answer").status_code == 303

    assert Answer.objects.get(self_assessment=repeat.case.self_assessment).text == "We worried about *moves*."


def test_start_never_overwrites_and_goes_below_only_on_request(repeat: Cast) -> None:
    held = repeat.case.self_assessment
    row = Answer.objects.create(self_assessment=held, question=questions(repeat)[0], text="Now we worry more.")

    asked = start(repeat, 1, source="answer")
    assert (asked.status_code, Answer.objects.get(pk=row.pk).text) == (409, "Now we worry more.")
    assert "Now we worry more." in asked.content.decode()
    assert start(repeat, 1, source="answer", version=99).status_code == 409
    assert start(repeat, 1, source="answer", version=row.version).status_code == 303

    assert Answer.objects.get(pk=row.pk).text == "Now we worry more.\n\nWe worried about *moves*."
    assert start(repeat, 1, source="answer", version=row.version).status_code == 409


def test_nothing_is_offered_to_others_or_in_a_first_review(repeat: Cast) -> None:
    assert (
        post(repeat, repeat.lead, "reviews:answer_start", questions(repeat)[0].pk, source="answer").status_code == 403
    )
    assert start(repeat, 3, source="answer").status_code == 404
    Case.objects.filter(title="The first review").update(stage=Stage.REPORTING)
    assert start(repeat, 1, source="answer").status_code == 404
    body = get(repeat, repeat.coordinator, "reviews:self_assessment_section", 1).content.decode()
    assert "Use as a start" not in body


def test_first_review_asks_one_query_and_a_repeat_one_five(
    repeat: Cast, django_assert_num_queries: Callable[..., Any]
) -> None:
    asked = questions(repeat)
    with django_assert_num_queries(5):
        assert earlier_of(repeat.case, asked) is not None
    Case.objects.filter(title="The first review").update(stage=Stage.REPORTING)
    with django_assert_num_queries(1):
        assert earlier_of(repeat.case, asked) is None
