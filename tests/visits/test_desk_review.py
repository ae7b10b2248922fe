"""The desk review: the team writes, the host answers requests and reads nothing else."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, StaleText
from people.models import Notification
from reviews.actions import milestones
from reviews.enums import EventKind, MilestoneKind, MilestoneStatus, SelfAssessmentStatus, Stage
from reviews.models import SelfAssessment
from tests import factories
from tests.cast import Cast
from visits.actions import desk_review as actions
from visits.enums import DeskKind, VisitStatus
from visits.models import DeskItem, StudyVisit

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) & «ț»"


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    """A visit whose self-assessment is released."""
    cast.at(Stage.SELF_ASSESSMENT)
    SelfAssessment.objects.filter(case=cast.case).update(status=SelfAssessmentStatus.ACCEPTED)
    return factories.make_visit(cast.case)


def at(cast: Cast, name: str = "desk_review", *ids: int) -> str:
    return reverse(f"visits:{name}", args=(cast.case.slug, *ids))


def test_the_host_reads_requests_and_nothing_else(cast: Cast, visit: StudyVisit) -> None:
    for kind in DeskKind:
        factories.make_desk_item(visit, cast.friend, kind=kind, text=f"words of a {kind}")

    for name in ("coordinator", "sponsor", "contributor"):
        page = cast.client(cast.people[name]).get(at(cast)).content.decode()
        shown = [kind for kind in DeskKind if f"words of a {kind}" in page]
        assert shown == [DeskKind.PERSON, DeskKind.PAPER]
    for name in ("lead", "friend", "rapporteur", "observer", "secretariat"):
        page = cast.client(cast.people[name]).get(at(cast)).content.decode()
        assert [kind for kind in DeskKind if f"words of a {kind}" not in page] == []
    assert cast.client(cast.stranger).get(at(cast)).status_code == 404


def test_before_the_release_nobody_writes(cast: Cast, visit: StudyVisit) -> None:
    SelfAssessment.objects.update(status=SelfAssessmentStatus.SUBMITTED)

    with pytest.raises(NotAllowed):
        actions.add_item(cast.case, by=cast.friend, kind=DeskKind.QUESTION, text="Who decides?")
    assert DeskItem.objects.count() == 0


@pytest.mark.parametrize("name", ["observer", "coordinator", "sponsor", "contributor", "secretariat"])
def test_only_peers_write(cast: Cast, visit: StudyVisit, name: str) -> None:
    answer = cast.client(cast.people[name]).post(at(cast), {"kind": "question", "text": "Who decides?"})
    assert (answer.status_code, DeskItem.objects.count()) == (403, 0)


def test_a_request_is_told_to_the_host_once_and_a_question_never(cast: Cast, visit: StudyVisit) -> None:
    client = cast.client(cast.friend)
    for kind in (DeskKind.QUESTION, DeskKind.HYPOTHESIS, DeskKind.PERSON, DeskKind.PERSON):
        answer = client.post(at(cast), {"kind": kind, "text": "Somebody who gave up"})
        assert answer.status_code == 303

    assert DeskItem.objects.count() == 3
    assert [(row.user, row.text) for row in Notification.objects.all()] == [
        (cast.coordinator, f"{cast.case.title}: the critical friends ask to meet somebody")
    ]


def test_an_empty_text_is_said(cast: Cast, visit: StudyVisit) -> None:
    answer = cast.client(cast.friend).post(at(cast), {"kind": "person", "text": "  "})
    assert (answer.status_code, DeskItem.objects.count()) == (422, 0)


def test_the_host_answers_as_it_types_and_the_asker_hears_once(cast: Cast, visit: StudyVisit) -> None:
    item = factories.make_desk_item(visit, cast.friend, kind=DeskKind.PAPER)
    client = cast.client(cast.coordinator)
    url, json = at(cast, "desk_answer", item.pk), {"accept": "application/json"}

    first = client.post(url, {"answer": "It is", "version": 1}, headers=json)
    second = client.post(url, {"answer": "It is there.", "version": 2}, headers=json)
    lost = client.post(url, {"answer": "It is there.", "version": 2}, headers=json)
    stale = client.post(url, {"answer": "No", "version": 1}, headers=json)

    assert [answer.json().get("version") for answer in (first, second, lost, stale)] == [2, 3, 3, 3]
    assert (stale.status_code, stale.json()["texts"]) == (409, {"answer": "It is there."})
    item.refresh_from_db()
    assert (item.answer, item.answered_by) == ("It is there.", cast.coordinator)
    assert list(Notification.objects.values_list("user__name", flat=True)) == ["Friend"]
    assert cast.case.events.filter(kind=EventKind.ANSWERED).count() == 1


def test_questions_cannot_be_answered_nor_requests_of_another_case(cast: Cast, visit: StudyVisit) -> None:
    question = factories.make_desk_item(visit, cast.friend)
    other = factories.make_visit(factories.make_case())
    foreign = factories.make_desk_item(other, cast.friend, kind=DeskKind.PAPER)

    for item in (question, foreign):
        with pytest.raises(NotThere):
            actions.answer_request(cast.case, item.pk, by=cast.coordinator, text="Yes", version=1)
        item.refresh_from_db()
        assert item.answer == ""
    with pytest.raises(NotThere):
        actions.remove_item(cast.case, foreign.pk, by=cast.lead)


@pytest.mark.parametrize("name", ["friend", "lead", "sponsor", "contributor", "observer"])
def test_only_the_host_coordinator_and_the_secretariat_answer(cast: Cast, visit: StudyVisit, name: str) -> None:
    item = factories.make_desk_item(visit, cast.friend, kind=DeskKind.PAPER)
    answer = cast.client(cast.people[name]).post(at(cast, "desk_answer", item.pk), {"answer": "x", "version": 1})
    assert answer.status_code == 403


def test_two_coordinators_the_second_is_told(cast: Cast, visit: StudyVisit) -> None:
    item = factories.make_desk_item(visit, cast.friend, kind=DeskKind.PAPER)
    actions.answer_request(cast.case, item.pk, by=cast.coordinator, text="Mine", version=1)

    with pytest.raises(StaleText) as stale:
        actions.answer_request(cast.case, item.pk, by=cast.secretariat, text="Ours", version=1)
    assert (stale.value.by, stale.value.texts) == ("Coordinator", {"answer": "Mine"})


def test_closing_completes_the_deadline_and_tells_both_sides(cast: Cast, visit: StudyVisit) -> None:
    assert cast.client(cast.lead).post(at(cast, "desk_close")).status_code == 303

    visit.refresh_from_db()
    milestone = cast.case.milestones.get(kind=MilestoneKind.DESK_REVIEW)
    assert visit.desk_review_closed_at is not None
    assert milestone.status == MilestoneStatus.DONE
    assert [(event.kind, event.text) for event in cast.case.events.all()] == [(EventKind.STEP, "Desk review closed")]
    told = set(Notification.objects.values_list("user__name", flat=True))
    assert told == {"Friend", "Rapporteur", "Coordinator", "Secretariat"}
    assert cast.client(cast.lead).post(at(cast, "desk_close")).status_code == 409
    assert cast.case.events.count() == 1


def test_it_is_not_closed_before_there_is_something_to_read(cast: Cast, visit: StudyVisit) -> None:
    SelfAssessment.objects.update(status=SelfAssessmentStatus.SUBMITTED)

    with pytest.raises(NotReady):
        actions.close_desk_review(cast.case, by=cast.lead)
    visit.refresh_from_db()
    assert visit.desk_review_closed_at is None


def test_after_closing_only_the_lead_adds(cast: Cast, visit: StudyVisit) -> None:
    StudyVisit.objects.update(desk_review_closed_at=timezone.now())

    late = cast.client(cast.friend).post(at(cast), {"kind": "question", "text": "Late?"})
    lead = cast.client(cast.lead).post(at(cast), {"kind": "question", "text": "From the lead"})

    assert (late.status_code, lead.status_code) == (403, 303)
    assert "The desk review is closed. Tell the review lead" in late.content.decode()
    assert ">\nLate?</textarea>" in late.content.decode()
    assert "added after the desk review was closed" in cast.client(cast.friend).get(at(cast)).content.decode()


def test_opening_again_needs_a_reason_and_counts_the_deadline_again(cast: Cast, visit: StudyVisit) -> None:
    client = cast.client(cast.lead)
    client.post(at(cast, "desk_close"))

    assert client.post(at(cast, "desk_reopen"), {"reason": " "}).status_code == 422
    assert client.post(at(cast, "desk_reopen"), {"reason": "A new paper came"}).status_code == 303

    visit.refresh_from_db()
    milestone = cast.case.milestones.get(kind=MilestoneKind.DESK_REVIEW)
    event = cast.case.events.first()
    assert event
    assert (visit.desk_review_closed_at, milestone.status) == (None, MilestoneStatus.OPEN)
    assert (event.kind, event.reason) == (EventKind.STEP_BACK, "A new paper came")
    with pytest.raises(AlreadyDone):
        actions.reopen_desk_review(cast.case, by=cast.lead, reason="Again")


def test_while_the_programme_is_frozen_it_stays_closed(cast: Cast, visit: StudyVisit) -> None:
    StudyVisit.objects.update(desk_review_closed_at=timezone.now(), status=VisitStatus.FROZEN)

    with pytest.raises(NotReady) as refused:
        actions.reopen_desk_review(cast.case, by=cast.lead, reason="A new paper came")
    assert refused.value.reasons[0].url == reverse("visits:programme", args=(cast.case.slug,))


def test_own_items_and_for_the_lead_all_can_be_removed_and_come_back(cast: Cast, visit: StudyVisit) -> None:
    item = factories.make_desk_item(visit, cast.friend, text="Mine")

    assert cast.client(cast.rapporteur).post(at(cast, "desk_remove", item.pk)).status_code == 403
    answer = cast.client(cast.lead).post(at(cast, "desk_remove", item.pk))
    page = cast.client(cast.lead).get(answer["Location"]).content.decode()
    item.refresh_from_db()
    assert (item.removed_at is None, at(cast, "desk_restore", item.pk) in page) == (False, True)
    cast.client(cast.friend).post(at(cast, "desk_restore", item.pk))
    item.refresh_from_db()
    assert item.removed_at is None


def test_address_of_a_removed_item_tells_the_host_nothing(cast: Cast, visit: StudyVisit) -> None:
    item = factories.make_desk_item(visit, cast.friend, text="Mine", removed_at=timezone.now())

    pages = [
        cast.client(cast.coordinator).get(at(cast, "desk_review"), {"removed": number}).content.decode()
        for number in (item.pk, item.pk + 1)
    ]
    assert ["The text was removed" in page for page in pages] == [False, False]
    assert (
        "The text was removed"
        in cast.client(cast.friend).get(at(cast, "desk_review"), {"removed": item.pk}).content.decode()
    )


def test_hostile_text_is_shown_and_does_nothing(cast: Cast, visit: StudyVisit) -> None:
    factories.make_desk_item(visit, cast.friend, kind=DeskKind.PAPER, text=HOSTILE, answer=HOSTILE)

    for user in (cast.lead, cast.coordinator):
        page = cast.client(user).get(at(cast)).content.decode()
        assert "<script>alert(1)" not in page
        assert 'href="javascript:' not in page
        assert "«ț»" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, visit: StudyVisit, count: int, django_assert_num_queries: Any
) -> None:
    for kind in DeskKind:
        for _ in range(count):
            factories.make_desk_item(visit, cast.friend, kind=kind, answer="Yes", answered_by=cast.coordinator)
    client = cast.client(cast.lead)

    with django_assert_num_queries(9):
        client.get(at(cast))


def test_lead_is_led_to_closing_and_then_to_freezing(cast: Cast, visit: StudyVisit) -> None:
    StudyVisit.objects.update(status=VisitStatus.AGREED, desk_review_closed_at=None)
    overview = reverse("reviews:case", args=(cast.case.slug,))

    pages = [cast.client(person).get(overview).content.decode() for person in (cast.lead, cast.friend)]
    assert ["close the desk review" in page for page in pages] == [True, False]
    StudyVisit.objects.update(desk_review_closed_at=timezone.now())
    pages = [cast.client(person).get(overview).content.decode() for person in (cast.lead, cast.friend)]
    assert ["The desk review is closed: the programme can be frozen." in page for page in pages] == [True, False]


def test_deadline_of_the_desk_review_opens_with_the_release(cast: Cast, visit: StudyVisit) -> None:
    row = cast.case.milestones.get(kind=MilestoneKind.DESK_REVIEW)
    SelfAssessment.objects.filter(case=cast.case).update(status=SelfAssessmentStatus.SUBMITTED)
    milestones.sync(cast.case)
    row.refresh_from_db()
    assert row.status == MilestoneStatus.WAITING
    SelfAssessment.objects.filter(case=cast.case).update(status=SelfAssessmentStatus.ACCEPTED)
    milestones.sync(cast.case)
    row.refresh_from_db()
    assert row.status == MilestoneStatus.OPEN
