"""The host responds, plans actions and reports on them; everybody else reads."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, StaleText
from reviews import requirements
from reviews.actions.action_plan import ActionText, add_action, remove_action, restore_action, save_action
from reviews.actions.responses import respond
from reviews.enums import Decision, FindingStatus, MilestoneKind, MilestoneStatus, Stage
from reviews.models import Action, HostResponse, Recommendation
from reviews.queries.follow_up import action_in, answered_in, follow_up_of
from tests import factories
from tests.cast import Cast

SHARED = FindingStatus.SHARED


@pytest.fixture
def row(cast: Cast) -> Recommendation:
    cast.at(Stage.FOLLOW_UP, findings_shared_at=timezone.now())
    return factories.make_recommendation(cast.case, "Name one owner for each activity.", status=SHARED)


# --- responses ------------------------------------------------------------------------------------
def test_the_last_response_completes_the_deadline_and_tells_the_team(cast: Cast, row: Recommendation) -> None:
    other = factories.make_recommendation(cast.case, status=FindingStatus.AGREED)
    factories.make_recommendation(cast.case)
    respond(row, by=cast.coordinator, decision=Decision.ACCEPTED)
    assert cast.case.milestones.get(kind=MilestoneKind.ACTION_PLAN).status == MilestoneStatus.OPEN
    respond(other, by=cast.sponsor, decision=Decision.PARTLY, reason="Only in two schools")
    assert cast.case.milestones.get(kind=MilestoneKind.ACTION_PLAN).status == MilestoneStatus.DONE
    assert [name for name, user in cast.people.items() if user.notifications.exists()] == [
        "secretariat",
        "lead",
        "rapporteur",
    ]


@pytest.mark.parametrize("decision", [Decision.PARTLY, Decision.REJECTED])
def test_anything_but_acceptance_needs_its_reason(cast: Cast, row: Recommendation, decision: Decision) -> None:
    with pytest.raises(NotReady):
        respond(row, by=cast.coordinator, decision=decision, reason="  ")
    assert not HostResponse.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        HostResponse.objects.create(recommendation=row, decision=decision, reason="")


@pytest.mark.parametrize("name", ["secretariat", "lead", "friend", "rapporteur", "observer", "contributor", "stranger"])
def test_only_coordinator_and_sponsor_respond(cast: Cast, row: Recommendation, name: str) -> None:
    with pytest.raises(NotAllowed):
        respond(row, by=cast.people[name], decision=Decision.ACCEPTED)


def test_a_second_click_is_one_response_and_one_event(cast: Cast, row: Recommendation) -> None:
    first = respond(row, by=cast.coordinator, decision=Decision.ACCEPTED, version=0)
    again = respond(row, by=cast.coordinator, decision=Decision.ACCEPTED, version=0)
    assert (again.pk, again.version) == (first.pk, 1)
    assert cast.case.events.filter(kind="responded").count() == 1


def test_two_people_of_the_host_never_overwrite_each_other(cast: Cast, row: Recommendation) -> None:
    respond(row, by=cast.sponsor, decision=Decision.ACCEPTED, version=0)
    with pytest.raises(StaleText) as refused:
        respond(row, by=cast.coordinator, decision=Decision.REJECTED, reason="No money", version=0)
    assert (refused.value.texts["decision"], refused.value.by) == ("accepted", cast.sponsor.name)
    respond(row, by=cast.coordinator, decision=Decision.REJECTED, reason="No money", version=1)
    assert HostResponse.objects.get().decision == "rejected"


@pytest.mark.parametrize("status", [FindingStatus.DRAFT, FindingStatus.DROPPED])
def test_a_recommendation_that_is_not_released_is_not_there_for_the_host(
    cast: Cast, row: Recommendation, status: FindingStatus
) -> None:
    hidden = factories.make_recommendation(cast.case, status=status)
    with pytest.raises(NotThere):
        respond(hidden, by=cast.coordinator, decision=Decision.ACCEPTED)
    with pytest.raises(NotThere):
        add_action(hidden, by=cast.coordinator, wording=ActionText(text="Do it"))
    with pytest.raises(NotThere):
        answered_in(cast.case, hidden.pk)


# --- actions --------------------------------------------------------------------------------------
def test_an_action_added_twice_by_a_double_click_is_one(cast: Cast, row: Recommendation) -> None:
    wording = ActionText(text="Make the owner table", owner="Social services", due=dt.date(2027, 5, 1))
    one = add_action(row, by=cast.coordinator, wording=wording)
    two = add_action(row, by=cast.coordinator, wording=wording)
    assert (one.pk, Action.objects.count()) == (two.pk, 1)


@pytest.mark.parametrize("name", ["lead", "friend", "rapporteur", "observer", "sponsor", "contributor", "stranger"])
def test_only_coordinator_and_secretariat_track_actions(cast: Cast, row: Recommendation, name: str) -> None:
    action = factories.make_action(row)
    by = cast.people[name]
    with pytest.raises(NotAllowed):
        save_action(action, by=by, version=1, wording=ActionText(text="x"))
    with pytest.raises(NotAllowed):
        remove_action(action, by=by)


def test_progress_is_saved_by_version(cast: Cast, row: Recommendation) -> None:
    action = factories.make_action(row, text="Table")
    done = save_action(
        action,
        by=cast.coordinator,
        version=1,
        wording=ActionText(text="Table", status="done", progress="On the website"),
    )
    assert (done.status, done.progress, done.version) == ("done", "On the website", 2)
    with pytest.raises(StaleText):
        save_action(action, by=cast.secretariat, version=1, wording=ActionText(text="Table", status="stopped"))


def test_a_removed_action_can_be_put_back_and_rests_until_then(cast: Cast, row: Recommendation) -> None:
    action = factories.make_action(row)
    remove_action(action, by=cast.coordinator)
    remove_action(action, by=cast.coordinator)
    assert answered_in(cast.case, row.pk).actions == ()
    with pytest.raises(AlreadyDone):
        save_action(action, by=cast.coordinator, version=1, wording=ActionText(text="x"))
    restore_action(action, by=cast.coordinator)
    assert answered_in(cast.case, row.pk).actions == (action,)
    assert list(cast.case.events.values_list("kind", flat=True)) == ["restored", "removed"]


def test_an_action_of_another_case_is_not_there(cast: Cast, row: Recommendation) -> None:
    foreign = factories.make_action(factories.make_recommendation(factories.make_case(), status=SHARED))
    with pytest.raises(NotThere):
        action_in(cast.case, foreign.pk)


# --- overview -------------------------------------------------------------------------------------
def test_the_overview_counts_states_missing_responses_and_late_actions(cast: Cast, row: Recommendation) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    factories.make_action(row, status="on_track", due=yesterday)
    factories.make_action(row, status="done", due=yesterday)
    rejected = factories.make_recommendation(cast.case, status=SHARED)
    HostResponse.objects.create(recommendation=rejected, decision="rejected", reason="Not ours")
    factories.make_recommendation(cast.case, status=SHARED)
    factories.make_recommendation(cast.case)
    found = follow_up_of(cast.case)
    assert [answered.state for answered in found.rows] == ["on_track", "rejected", "none"]
    assert (found.unanswered, found.answered_count, found.late) == (2, 1, 1)
    assert found.words == "1 on track, 1 without an action yet, 1 not accepted"
    assert round(sum(part.width + 2 for part in found.parts)) == 460


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_costs_the_same_queries_however_many(cast: Cast, row: Recommendation, count: int) -> None:
    for _ in range(count - 1):
        factories.make_action(factories.make_recommendation(cast.case, status=SHARED))
    factories.make_action(row)
    with CaptureQueriesContext(connection) as seen:
        assert len(follow_up_of(cast.case).rows) == count
    assert len(seen) == 3


def test_a_review_closes_only_when_every_recommendation_has_a_response(cast: Cast, row: Recommendation) -> None:
    ours = [r.text for r in requirements.unmet(cast.case, "close") if "response" in r.text]
    assert ours == ["1 recommendation has no response of the host yet"]
    respond(row, by=cast.sponsor, decision=Decision.ACCEPTED)
    assert [r.text for r in requirements.unmet(cast.case, "close") if "response" in r.text] == []
