"""Deadlines changed by hand, the page of them, and reminders."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere
from people.models import Notification
from reviews.actions import milestones
from reviews.actions.deadlines import mark_deadline, reset_deadline, set_deadline
from reviews.enums import MARKED_BY_HAND, MilestoneKind, MilestoneStatus, Stage
from reviews.models import CaseEvent, Milestone
from reviews.queries.deadlines import deadline_rows, offset_words
from reviews.queries.reminders import due_reminders
from reviews.reminding import remind
from reviews.steps import all_rules
from reviews.tasks import remind_of_deadlines
from reviews.timeline import TIMELINE
from tests.cast import Cast

PAGE = "/cases/timisoara/deadlines/"
DESK = MilestoneKind.DESK_REVIEW


def row(cast: Cast, kind: str = DESK) -> Milestone:
    return Milestone.objects.get(case=cast.case, kind=kind)


# --- By hand -------------------------------------------------------------------------------------
def test_date_set_by_hand_no_longer_follows_the_visit(cast: Cast) -> None:
    set_deadline(cast.case, DESK, due=date(2031, 1, 2), by=cast.lead)
    cast.case.visit_start = date(2031, 6, 10)
    milestones.sync(cast.case)
    assert (row(cast).due, row(cast).is_manual) == (date(2031, 1, 2), True)
    assert Notification.objects.get().user == cast.friend
    assert CaseEvent.objects.get().text == "Desk review: questions and requests: now due 2 January 2031"


def test_date_goes_back_to_the_usual_one(cast: Cast) -> None:
    set_deadline(cast.case, DESK, due=date(2031, 1, 2), by=cast.lead)
    reset_deadline(cast.case, DESK, by=cast.lead)
    assert (row(cast).due, row(cast).is_manual) == (cast.case.visit_start - timedelta(days=14), False)  # type: ignore[operator]


def test_same_date_again_is_no_news(cast: Cast) -> None:
    for _ in range(2):
        set_deadline(cast.case, DESK, due=date(2031, 1, 2), by=cast.lead)
    assert CaseEvent.objects.count() == 1


def test_what_no_step_completes_is_marked_as_done(cast: Cast) -> None:
    cast.at(Stage.SELF_ASSESSMENT)
    assert mark_deadline(cast.case, DESK, done=True, by=cast.lead).status == MilestoneStatus.DONE
    with pytest.raises(AlreadyDone):
        mark_deadline(cast.case, DESK, done=True, by=cast.lead)
    assert mark_deadline(cast.case, DESK, done=False, by=cast.lead).status == MilestoneStatus.OPEN


def test_what_a_step_completes_is_not_marked_by_hand(cast: Cast) -> None:
    with pytest.raises(NotReady):
        mark_deadline(cast.case, MilestoneKind.SELF_ASSESSMENT_DUE, done=True, by=cast.lead)


def test_every_deadline_can_be_completed() -> None:
    """By a step, by hand, or by releasing the findings, which is no step of a machine."""
    by_steps = {kind for rule in all_rules() for kind in rule.fulfils}
    assert set(MilestoneKind) - by_steps - MARKED_BY_HAND == {MilestoneKind.FEEDBACK_SHARED}


@pytest.mark.parametrize("who", ["coordinator", "friend", "sponsor", "observer"])
def test_leaders_alone_change_deadlines(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        set_deadline(cast.case, DESK, due=date(2031, 1, 2), by=cast.people[who])
    assert cast.client(cast.people[who]).post(f"{PAGE}{DESK}/", {"do": "done"}).status_code == 403


def test_unknown_deadline_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotThere):
        set_deadline(cast.case, "lunch", due=date(2031, 1, 2), by=cast.lead)


# --- The page ------------------------------------------------------------------------------------
def test_late_ones_stand_first_and_done_ones_last(cast: Cast) -> None:
    Milestone.objects.filter(kind=MilestoneKind.PROGRAMME_DRAFT).update(due=timezone.localdate() - timedelta(days=400))
    Milestone.objects.filter(kind=MilestoneKind.SCOPE_AGREED).update(status=MilestoneStatus.DONE, due=date(2000, 1, 1))
    found = deadline_rows(cast.case, {milestone.kind: milestone for milestone in cast.case.milestones.all()})
    assert (found[0].kind, found[0].is_late, found[-1].kind) == (
        MilestoneKind.PROGRAMME_DRAFT,
        True,
        MilestoneKind.SCOPE_AGREED,
    )
    assert len(found) == len(TIMELINE)


def test_changing_through_the_page(cast: Cast) -> None:
    client = cast.client(cast.lead)
    assert client.post(f"{PAGE}{DESK}/", {"do": "save", "desk_review-due": "2031-01-02"}).status_code == 303
    assert row(cast).due == date(2031, 1, 2)
    assert client.post(f"{PAGE}{DESK}/", {"do": "reset"}).status_code == 303
    assert not row(cast).is_manual
    assert client.post(f"{PAGE}{DESK}/", {"do": "fly"}).status_code == 404


def test_wrong_date_is_said_beside_its_deadline(cast: Cast) -> None:
    answer = cast.client(cast.lead).post(f"{PAGE}{DESK}/", {"do": "save", "desk_review-due": "31 February"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_desk_review-due"' in page
    assert "data-menu open" in page.split('id="deadline-desk_review"')[1].split("</tr>")[0]


def test_readers_see_no_buttons(cast: Cast) -> None:
    assert "Change<span" not in cast.client(cast.coordinator).get(PAGE).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_one_and_three(cast: Cast, rows: int, django_assert_num_queries: object) -> None:
    keep = list(cast.case.milestones.values_list("pk", flat=True)[:rows])
    cast.case.milestones.exclude(pk__in=keep).delete()
    client = cast.client(cast.lead)
    with django_assert_num_queries(8):  # type: ignore[operator]
        assert len(client.get(PAGE).context["rows"]) == rows


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "first day of the visit"),
        (-7, "1 week before the visit"),
        (-35, "5 weeks before the visit"),
        (10, "10 days after the visit"),
        (1, "1 day after the visit"),
    ],
)
def test_offsets_in_words(days: int, words: str) -> None:
    assert offset_words(days) == words


# --- Reminders -----------------------------------------------------------------------------------
NOON = "2030-03-10 12:00:00Z"


def due(cast: Cast, day: date) -> None:
    """One open deadline of the coordinator, on `day`; the others done."""
    Milestone.objects.update(status=MilestoneStatus.DONE)
    Milestone.objects.filter(kind=MilestoneKind.PROGRAMME_DRAFT).update(
        status=MilestoneStatus.OPEN, due=day, reminded_at=None
    )
    assert Milestone.objects.filter(status=MilestoneStatus.OPEN).count() == 1


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2030, 3, 17), "is due in 7 days, 17 March 2030"),
        (date(2030, 3, 10), "is due today, 10 March 2030"),
        (date(2030, 3, 9), "was due 9 March 2030"),
        (date(2030, 3, 18), None),
        (date(2030, 2, 1), None),
    ],
)
def test_owners_are_reminded_once(cast: Cast, day: date, text: str | None) -> None:
    with time_machine.travel(NOON):
        due(cast, day)
        counts = [remind_of_deadlines(), remind_of_deadlines()]
    assert counts == [1 if text else 0, 0]
    expected = [("Coordinator", f"{cast.case.title}: “Draft programme” {text}")] if text else []
    assert list(Notification.objects.values_list("user__name", "text")) == expected


def test_late_deadline_is_said_once_more(cast: Cast) -> None:
    days = ["2030-03-05", "2030-03-10", "2030-03-11", "2030-03-12"]
    counts = []
    with time_machine.travel(NOON):
        due(cast, date(2030, 3, 10))
    for day in days:
        with time_machine.travel(f"{day} 12:00:00Z"):
            counts.append(remind_of_deadlines())
    assert counts == [1, 0, 1, 0]


def test_new_date_is_reminded_of_anew(cast: Cast) -> None:
    with time_machine.travel(NOON):
        due(cast, date(2030, 3, 12))
        remind_of_deadlines()
        set_deadline(cast.case, MilestoneKind.PROGRAMME_DRAFT, due=date(2030, 3, 14), by=cast.lead)
        assert remind_of_deadlines() == 1


def test_two_workers_remind_once(cast: Cast) -> None:
    with time_machine.travel(NOON):
        due(cast, date(2030, 3, 12))
        found = list(due_reminders())
        again = list(due_reminders())
        assert [remind(reminder) for reminder in found + again] == [True, False]
    assert Notification.objects.count() == 1


def test_waiting_deadlines_are_not_reminded_of(cast: Cast) -> None:
    with time_machine.travel(NOON):
        due(cast, date(2030, 3, 12))
        Milestone.objects.update(status=MilestoneStatus.WAITING)
        assert remind_of_deadlines() == 0
