"""Work shared out: a contributor reads and writes their share and nothing else; progress, reminders, who is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people.errors import NotAllowed
from people.models import Notification
from reviews.access import seat_in
from reviews.actions.answers import Written, save_answer
from reviews.actions.assignments import Given, assign
from reviews.enums import EvidenceClass, Role, SelfAssessmentStatus, Stage
from reviews.models import Answer, Assignment, Evidence, Question, Section, SelfAssessment
from reviews.queries.late_writers import writing_reminders
from reviews.reminding_writers import remind_writer
from reviews.sharing_pages import who_writes
from reviews.tasks import remind_of_deadlines
from tests import factories
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from people.models import User

pytestmark = pytest.mark.django_db
NOT_YOURS = "Ask the host coordinator"


@pytest.fixture
def cast(db: None) -> Cast:
    """The contributor writes section 2 and nothing else; each question has an answer that says its number."""
    made = make_cast(Stage.SELF_ASSESSMENT)
    Assignment.objects.all().delete()
    for question in questions(made):
        Answer.objects.create(
            self_assessment=made.case.self_assessment, question=question, text=f"Secret of {question.number}"
        )
    factories.make_assignment(made.case, made.contributor, section=section(made, 2))
    return made


def questions(cast: Cast) -> list[Question]:
    held = cast.case.self_assessment
    return list(Question.objects.filter(section__question_set=held.question_set).order_by("number"))


def section(cast: Cast, position: int) -> Section:
    return Section.objects.get(question_set=cast.case.self_assessment.question_set, position=position)


def get(cast: Cast, user: User, name: str, *args: object) -> Any:
    return cast.client(user).get(reverse(name, args=(cast.case.slug, *args)))


def post(cast: Cast, user: User, name: str, *args: object, **fields: object) -> Any:
    return cast.client(user).post(reverse(name, args=(cast.case.slug, *args)), fields)


# --- What a contributor reads and writes ------------------------------------------------------------
@pytest.mark.parametrize("page", ["self_assessment", "self_assessment_reading", "self_assessment_versions"])
def test_contributor_reads_only_their_share(cast: Cast, page: str) -> None:
    body = get(cast, cast.contributor, f"reviews:{page}").content.decode()

    for number in (1, 2):
        assert f"Secret of {number}" not in body
    assert ("Secret of 3" in body) == (page == "self_assessment_reading")


def test_section_of_somebody_else_is_refused_with_who_can_help(cast: Cast) -> None:
    other = get(cast, cast.contributor, "reviews:self_assessment_section", 1)
    own = get(cast, cast.contributor, "reviews:self_assessment_section", 2)

    assert (other.status_code, own.status_code) == (403, 200)
    assert NOT_YOURS in other.content.decode()
    assert get(cast, cast.contributor, "reviews:self_assessment_section", 9).status_code == 404


def test_single_question_shows_itself_and_not_its_neighbour(cast: Cast) -> None:
    Assignment.objects.all().delete()
    third, fourth = questions(cast)[2:]
    factories.make_assignment(cast.case, cast.contributor, question=third)

    body = get(cast, cast.contributor, "reviews:self_assessment_section", 2).content.decode()

    assert f"Secret of {third.number}" in body
    assert f"Secret of {fourth.number}" not in body


def test_answer_outside_the_share_is_not_saved(cast: Cast) -> None:
    first, _, third, _ = questions(cast)

    refused = post(cast, cast.contributor, "reviews:answer", first.pk, text="Mine", version=1)
    taken = post(cast, cast.contributor, "reviews:answer", third.pk, text="Mine", version=1)

    assert (refused.status_code, taken.status_code) == (403, 303)
    assert Answer.objects.get(question=first).text == "Secret of 1"
    assert Answer.objects.get(question=third).text == "Mine"
    with pytest.raises(NotAllowed, match=NOT_YOURS):
        save_answer(cast.seat(cast.contributor), first.pk, Written(text="Mine"), version=1)


def test_contributor_without_a_share_sees_a_page_that_helps(cast: Cast) -> None:
    Assignment.objects.all().delete()

    body = get(cast, cast.contributor, "reviews:self_assessment").content.decode()

    assert "Nothing is assigned to you yet" in body
    assert "Secret of" not in get(cast, cast.contributor, "reviews:self_assessment_reading").content.decode()
    answer = post(cast, cast.contributor, "reviews:answer", questions(cast)[0].pk, text="Mine", version=1)
    assert (answer.status_code, NOT_YOURS in answer.content.decode()) == (403, True)


def test_sponsor_reads_everything_and_writes_what_was_given_to_them(cast: Cast) -> None:
    first, second, *_ = questions(cast)
    assert post(cast, cast.sponsor, "reviews:answer", first.pk, text="Mine", version=1).status_code == 403
    factories.make_assignment(cast.case, cast.sponsor, question=first)

    assert post(cast, cast.sponsor, "reviews:answer", first.pk, text="Mine", version=1).status_code == 303
    assert post(cast, cast.sponsor, "reviews:answer", second.pk, text="Mine", version=1).status_code == 403
    assert "Secret of 4" in get(cast, cast.sponsor, "reviews:self_assessment_reading").content.decode()


def make_file(cast: Cast, by: User, title: str, at: int) -> Evidence:
    return Evidence.objects.create(
        case=cast.case,
        title=title,
        section=section(cast, at),
        uploaded_by=by,
        file=f"evidence/{title}",
        sha256=title * 8,
    )


def test_contributor_finds_files_of_their_share_and_their_own(cast: Cast) -> None:
    other = make_file(cast, cast.coordinator, "Ledger", 1)
    make_file(cast, cast.coordinator, "Minutes", 2)
    make_file(cast, cast.contributor, "Mine", 1)

    body = get(cast, cast.contributor, "reviews:evidence").content.decode()

    assert [title in body for title in ("Ledger", "Minutes", "Mine")] == [False, True, True]
    assert get(cast, cast.contributor, "reviews:evidence_download", other.pk).status_code == 404
    assert post(cast, cast.contributor, "reviews:evidence_remove", other.pk).status_code == 403
    assert Evidence.objects.get(pk=other.pk).removed_at is None


@pytest.mark.parametrize("kind", ["self_assessment", "handbook"])
def test_contributor_gets_no_document_of_the_whole(cast: Cast, kind: str) -> None:
    url = reverse("reports:request_document", args=(cast.case.slug,))
    answer = cast.client(cast.contributor).post(url, {"kind": kind, "edition": "host"})

    assert answer.status_code == 403
    assert NOT_YOURS in answer.content.decode()


@pytest.mark.parametrize("name", ["reports:documents", "reviews:self_assessment_reading"])
def test_contributor_is_told_why_there_is_no_pdf_and_what_there_is(cast: Cast, name: str) -> None:
    told = [
        "saves" in body and "has all" in body
        for body in (get(cast, person, name).content.decode() for person in (cast.contributor, cast.coordinator))
    ]
    assert told == [True, False]
    factories.make_assignment(cast.case, cast.contributor)
    assert "has all" not in get(cast, cast.contributor, name).content.decode()


def test_contributor_with_everything_reads_everything(cast: Cast) -> None:
    factories.make_assignment(cast.case, cast.contributor)

    body = get(cast, cast.contributor, "reviews:self_assessment_reading").content.decode()

    assert all(f"Secret of {number}" in body for number in (1, 2, 3, 4))


# --- Sharing out ------------------------------------------------------------------------------------
def test_coordinator_gives_sections_and_questions_with_a_date(cast: Cast) -> None:
    first = questions(cast)[0]
    due = timezone.localdate() + timedelta(days=9)
    fields = {"person": cast.contributor.pk, "sections": [section(cast, 2).pk], "questions": [first.pk], "due": due}

    assert post(cast, cast.coordinator, "reviews:who_writes", **fields).status_code == 303
    assert post(cast, cast.coordinator, "reviews:who_writes", **fields).status_code == 303

    rows = Assignment.objects.filter(user=cast.contributor)
    assert {(row.section_id, row.question_id, row.due) for row in rows} == {
        (section(cast, 2).pk, None, due),
        (None, first.pk, due),
    }
    told = Notification.objects.get(user=cast.contributor)
    assert "1 question of the self-assessment" in told.text
    assert "Question" not in told.text


def test_question_of_a_given_section_is_not_given_twice(cast: Cast) -> None:
    third = questions(cast)[2]
    given = Given(sections=(section(cast, 2).pk,), questions=(third.pk,))

    assert assign(cast.seat(cast.coordinator), cast.sponsor.pk, given)[0].section == section(cast, 2)
    assert Assignment.objects.filter(user=cast.sponsor).count() == 1


def test_nothing_ticked_and_nobody_chosen_is_told_in_the_form(cast: Cast) -> None:
    answer = post(cast, cast.coordinator, "reviews:who_writes", person="", due="")

    assert answer.status_code == 422
    assert "Tick at least one section or question." in answer.content.decode()


@pytest.mark.parametrize("name", ["contributor", "sponsor", "lead", "secretariat", "friend"])
def test_only_the_coordinator_shares_out(cast: Cast, name: str) -> None:
    assert get(cast, cast.people[name], "reviews:who_writes").status_code == 403


def test_person_of_the_team_and_part_of_another_set_cannot_be_chosen(cast: Cast) -> None:
    foreign = Section.objects.filter(question_set=factories.make_case().self_assessment.question_set).first()
    assert foreign is not None
    fields: dict[str, object] = {"person": cast.contributor.pk, "sections": [foreign.pk]}
    assert post(cast, cast.coordinator, "reviews:who_writes", **fields).status_code == 404
    fields = {"person": cast.lead.pk, "sections": [section(cast, 1).pk]}
    assert post(cast, cast.coordinator, "reviews:who_writes", **fields).status_code == 422


def test_what_is_taken_back_is_out_of_sight_and_its_text_stays(cast: Cast) -> None:
    row = Assignment.objects.get()

    assert post(cast, cast.coordinator, "reviews:assignment_remove", row.pk).status_code == 303

    assert get(cast, cast.contributor, "reviews:self_assessment_section", 2).status_code == 403
    assert Answer.objects.count() == 4


@pytest.mark.parametrize("name", ["lead", "friend", "secretariat", "contributor"])
def test_who_writes_what_is_on_no_page_of_the_others(cast: Cast, name: str) -> None:
    SelfAssessment.objects.update(status=SelfAssessmentStatus.ACCEPTED)
    for page in ("self_assessment", "case", "timeline"):
        body = get(cast, cast.people[name], f"reviews:{page}").content.decode()
        assert "Who writes what" not in body


@pytest.mark.parametrize("people", [1, 10])
def test_page_of_writers_asks_the_same_number_of_queries(
    cast: Cast, people: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(people):
        user = factories.make_member(cast.case, Role.HOST_CONTRIBUTOR).user
        factories.make_assignment(cast.case, user, section=section(cast, 1))
    seat = cast.seat(cast.coordinator)
    with django_assert_num_queries(5):
        page = who_writes(seat)
        assert len(page.busy) == people + 1
        assert [free.part.section.position for free in page.free] == []


def test_seat_costs_no_query_more_and_a_share_one(cast: Cast, django_assert_num_queries: Callable[..., Any]) -> None:
    for user, queries in ((cast.coordinator, 2), (cast.lead, 2), (cast.contributor, 3)):
        with django_assert_num_queries(queries):
            seat = seat_in(user, cast.case)
            assert seat.reads.everything == (user != cast.contributor)
            assert seat.writes.everything == (user == cast.coordinator)


# --- Reminders --------------------------------------------------------------------------------------
def due_in(cast: Cast, days: int) -> Assignment:
    Answer.objects.all().delete()
    Assignment.objects.update(due=timezone.localdate() + timedelta(days=days), reminded_at=None)
    return Assignment.objects.get()


@pytest.mark.parametrize(("days", "expected"), [(5, 0), (2, 0), (1, 1), (-1, 1), (-40, 1)])
def test_writer_is_reminded_the_day_before_and_when_late(cast: Cast, days: int, expected: int) -> None:
    due_in(cast, days)

    assert sum(remind_writer(found) for found in writing_reminders()) == expected
    assert sum(remind_writer(found) for found in writing_reminders()) == 0
    assert Notification.objects.filter(user=cast.contributor).count() == expected


def test_late_writer_is_reminded_every_week(cast: Cast) -> None:
    due_in(cast, -10)
    for days, expected in ((3, 0), (7, 1)):
        Assignment.objects.update(reminded_at=timezone.now() - timedelta(days=days))
        assert len(list(writing_reminders())) == expected


def test_reminder_before_becomes_another_one_when_late(cast: Cast) -> None:
    row = due_in(cast, -1)
    Assignment.objects.filter(pk=row.pk).update(reminded_at=timezone.now() - timedelta(days=2))

    assert [found.is_late for found in writing_reminders()] == [True]


def test_who_has_answered_is_left_in_peace(cast: Cast) -> None:
    Assignment.objects.update(due=timezone.localdate() - timedelta(days=1))

    assert list(writing_reminders()) == []


def test_nobody_is_reminded_after_submission_or_out_of_the_review(cast: Cast) -> None:
    due_in(cast, -1)
    SelfAssessment.objects.update(status=SelfAssessmentStatus.SUBMITTED)
    assert list(writing_reminders()) == []

    SelfAssessment.objects.update(status=SelfAssessmentStatus.DRAFT)
    cast.case.memberships.filter(user=cast.contributor).delete()
    assert list(writing_reminders()) == []


def test_mail_of_a_reminder_holds_no_content(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    due_in(cast, 1)
    with django_capture_on_commit_callbacks(execute=True):
        remind_of_deadlines()

    told = Notification.objects.get(user=cast.contributor)
    assert "your part of the self-assessment is due" in told.text
    assert all("Secret of" not in sent.body and "Question 3" not in sent.body for sent in mail.outbox)


def test_next_for_the_contributor_names_their_open_questions(cast: Cast) -> None:
    due_in(cast, 3)

    body = get(cast, cast.contributor, "reviews:case").content.decode()
    tasks = cast.client(cast.contributor).get(reverse("reviews:tasks")).content.decode()

    assert "Still yours to answer: questions 3, 4." in body
    assert "Write “Section 2”" in tasks


def test_class_of_a_file_is_kept_by_a_share(cast: Cast) -> None:
    """A share opens nothing to the team: host-only stays with the host."""
    row = make_file(cast, cast.contributor, "Inside", 2)
    Evidence.objects.filter(pk=row.pk).update(access_class=EvidenceClass.HOST)
    SelfAssessment.objects.update(status=SelfAssessmentStatus.ACCEPTED)

    assert get(cast, cast.friend, "reviews:evidence_download", row.pk).status_code == 404
