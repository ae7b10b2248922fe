"""The one door to a change of state."""

import pytest
from django.test import Client

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere
from people.models import Notification
from reviews import requirements, steps
from reviews.actions.steps import take_step
from reviews.enums import EventKind, MilestoneKind, MilestoneStatus, Role, Stage
from reviews.models import Case, CaseEvent
from reviews.signals import case_moved
from tests.cast import Cast

STEP = "/cases/timisoara/steps/"


def state_of(case: Case) -> str:
    stage: str = Case.objects.get(pk=case.pk).stage
    return stage


def test_step_changes_stage_and_writes_one_event(cast: Cast) -> None:
    event = take_step(cast.case, "return_proposal", by=cast.secretariat, reason="  No sponsor yet.  ")
    assert state_of(cast.case) == Stage.DRAFT
    assert (event.kind, event.step, event.source, event.target, event.actor, event.reason) == (
        EventKind.STEP_BACK,
        "return_proposal",
        "planning",
        "draft",
        cast.secretariat,
        "No sponsor yet.",
    )
    assert CaseEvent.objects.count() == 1


def test_step_brings_deadlines_in_line(cast: Cast) -> None:
    cast.at(Stage.DRAFT)
    take_step(cast.case, "accept_proposal", by=cast.secretariat)
    rows = {row.kind: row.status for row in cast.case.milestones.all()}
    assert rows[MilestoneKind.SCOPE_AGREED] == MilestoneStatus.DONE
    assert rows[MilestoneKind.TEAM_CONFIRMED] == MilestoneStatus.OPEN
    assert rows[MilestoneKind.REPORT_DRAFT] == MilestoneStatus.WAITING


def test_step_back_opens_its_deadline_again(cast: Cast) -> None:
    cast.at(Stage.DRAFT)
    take_step(cast.case, "accept_proposal", by=cast.secretariat)
    take_step(cast.case, "return_proposal", by=cast.secretariat, reason="Not yet.")
    assert cast.case.milestones.get(kind=MilestoneKind.SCOPE_AGREED).status == MilestoneStatus.OPEN


def test_step_tells_everybody_but_the_one_who_pressed(cast: Cast) -> None:
    take_step(cast.case, "return_proposal", by=cast.secretariat, reason="Not yet.")
    assert {(row.text, row.detail) for row in Notification.objects.all()} == {
        (f"{cast.case.title}: Proposal returned to the host", "Not yet.")
    }
    told = set(Notification.objects.values_list("user__name", flat=True))
    assert told == {"Lead", "Friend", "Rapporteur", "Observer", "Coordinator", "Sponsor", "Contributor"}


def test_step_sends_the_signal_after_commit(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    heard: list[tuple[int, str]] = []

    def hear(sender: object, case_id: int, step: str, **_: object) -> None:
        heard.append((case_id, step))

    case_moved.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        take_step(cast.case, "return_proposal", by=cast.secretariat, reason="Not yet.")
        assert heard == []
    case_moved.disconnect(hear)
    assert heard == [(cast.case.pk, "return_proposal")]


@pytest.mark.parametrize("who", ["lead", "friend", "coordinator", "sponsor", "observer"])
def test_step_refuses_who_may_not_take_it(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        take_step(cast.case, "return_proposal", by=cast.people[who], reason="Because.")
    assert (state_of(cast.case), CaseEvent.objects.count()) == (Stage.PLANNING, 0)


def test_step_from_another_stage_is_already_done(cast: Cast) -> None:
    take_step(cast.case, "return_proposal", by=cast.secretariat, reason="Not yet.")
    with pytest.raises(AlreadyDone, match="You have already done this"):
        take_step(cast.case, "return_proposal", by=cast.secretariat, reason="Again.")
    assert CaseEvent.objects.count() == 1


def test_step_back_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(NotReady) as refused:
        take_step(cast.case, "return_proposal", by=cast.secretariat, reason=" ")
    assert (refused.value.code, state_of(cast.case)) == ("reason_missing", Stage.PLANNING)


def test_step_with_an_unmet_gate_changes_nothing(cast: Cast) -> None:
    cast.at(Stage.DRAFT, challenge="")
    with pytest.raises(NotReady) as refused:
        take_step(cast.case, "accept_proposal", by=cast.secretariat)
    assert [reason.text for reason in refused.value.reasons] == ["Describe the challenge"]
    assert (state_of(cast.case), CaseEvent.objects.count()) == (Stage.DRAFT, 0)


def test_unknown_step_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotThere):
        take_step(cast.case, "fly", by=cast.secretariat)


def test_postponing_keeps_where_it_stood_and_resuming_goes_on_there(cast: Cast) -> None:
    cast.at(Stage.SELF_ASSESSMENT)
    take_step(cast.case, "postpone", by=cast.lead, reason="Elections.")
    rested = Case.objects.get(pk=cast.case.pk)
    assert (rested.stage, rested.paused_stage, rested.visit_start) == (Stage.POSTPONED, Stage.SELF_ASSESSMENT, None)
    assert set(rested.milestones.values_list("status", flat=True)) == {MilestoneStatus.WAITING}
    Case.objects.filter(pk=rested.pk).update(
        visit_start="2030-03-04",
        visit_end="2030-03-06",
        scope_confirmed_at="2029-01-01T00:00Z",
        team_confirmed_at="2029-01-01T00:00Z",
    )
    take_step(rested, "resume", by=cast.lead)
    again = Case.objects.get(pk=cast.case.pk)
    assert (again.stage, again.paused_stage) == (Stage.SELF_ASSESSMENT, "")


def test_cancelling_drops_what_is_open(cast: Cast) -> None:
    take_step(cast.case, "cancel", by=cast.secretariat, reason="No money.")
    assert set(cast.case.milestones.values_list("status", flat=True)) == {MilestoneStatus.DROPPED}


# --- Every rule ----------------------------------------------------------------------------------
def test_every_step_back_of_a_stage_needs_a_reason() -> None:
    assert [
        rule.name for rule in steps.all_rules() if rule.machine == "case" and rule.back and not rule.needs_reason
    ] == []


def test_every_stage_can_be_left() -> None:
    sources = {source for rule in steps.all_rules() if rule.machine == "case" for source in rule.sources}
    assert set(Stage) - sources == {Stage.CANCELLED}


@pytest.mark.parametrize(
    "stage", [Stage.PLANNING, Stage.SELF_ASSESSMENT, Stage.FEEDBACK, Stage.REPORTING, Stage.FOLLOW_UP, Stage.CLOSED]
)
def test_every_step_forward_has_a_named_step_back(stage: Stage) -> None:
    back = [rule.name for rule in steps.all_rules() if rule.machine == "case" and rule.back and stage in rule.sources]
    assert [name for name in back if name not in {"postpone", "cancel"}]


@pytest.mark.parametrize(
    "step",
    ["accept_proposal", "open_self_assessment", "start_feedback", "start_report", "start_follow_up", "close", "resume"],
)
def test_every_step_forward_has_a_gate(step: str) -> None:
    assert requirements.guarded_steps().get(step)


# --- The address ---------------------------------------------------------------------------------
def test_page_takes_a_step_and_goes_back(cast: Cast) -> None:
    answer = cast.client(cast.secretariat).post(
        f"{STEP}return_proposal/", {"reason": "Not yet.", "next": "/cases/timisoara/team/"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cases/timisoara/team/")
    assert state_of(cast.case) == Stage.DRAFT


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "evil"])
def test_page_never_leads_to_another_site(cast: Cast, elsewhere: str) -> None:
    answer = cast.client(cast.secretariat).post(f"{STEP}return_proposal/", {"reason": "Not yet.", "next": elsewhere})
    assert answer.headers["Location"] == "/cases/timisoara/"


def test_page_asks_again_for_a_missing_reason_and_keeps_the_way_back(cast: Cast) -> None:
    answer = cast.client(cast.secretariat).post(f"{STEP}return_proposal/?next=/tasks/", {"reason": ""})
    assert answer.status_code == 422
    assert 'name="next" value="/tasks/"' in answer.content.decode()
    assert "Please give a reason" in answer.content.decode()


def test_pressing_twice_is_told_and_done_once(cast: Cast) -> None:
    client = cast.client(cast.secretariat)
    answers = [client.post(f"{STEP}return_proposal/", {"reason": "Not yet."}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert CaseEvent.objects.count() == 1


def test_page_says_what_is_missing(cast: Cast) -> None:
    cast.at(Stage.DRAFT, challenge="")
    answer = cast.client(cast.secretariat).post(f"{STEP}accept_proposal/")
    assert answer.status_code == 422
    assert "Describe the challenge" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("secretariat", 200), ("lead", 403), ("coordinator", 403), ("stranger", 404)]
)
def test_question_before_a_step_is_for_those_who_may_take_it(cast: Cast, who: str, status: int) -> None:
    assert cast.client(cast.people[who]).get(f"{STEP}cancel/").status_code == status


def test_step_without_a_login_goes_to_the_login(cast: Cast) -> None:
    answer = Client().post(f"{STEP}cancel/", {"reason": "x"})
    assert answer.status_code == 302
    assert state_of(cast.case) == Stage.PLANNING


def test_offers_are_what_the_door_accepts(cast: Cast) -> None:
    for name in ("secretariat", "lead", "friend", "coordinator"):
        offered = {offer.rule.name for offer in steps.steps_for(cast.seat(cast.people[name]), "case")}
        expected = {
            "secretariat": {"open_self_assessment", "return_proposal", "postpone", "cancel"},
            "lead": {"open_self_assessment", "postpone"},
        }.get(name, set())
        assert offered == expected
    assert Role.SECRETARIAT in cast.seat(cast.secretariat).roles
