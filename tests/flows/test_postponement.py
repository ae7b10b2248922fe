"""A review is postponed and goes on, or is cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from people.models import Notification
from reviews.enums import MilestoneStatus, SelfAssessmentStatus, Stage
from reviews.models import Case
from tests import factories
from tests.flows.steps import get, last_event, post, press

if TYPE_CHECKING:
    from tests.cast import Cast

REASON = "The city elects a new council in June."


def postponed(cast: Cast) -> Case:
    cast.at(Stage.SELF_ASSESSMENT)
    assert press(cast, cast.lead, "postpone", reason=REASON) == 303
    return Case.objects.get(pk=cast.case.pk)


def test_postponed_review_needs_new_dates_scope_and_team_and_goes_on_where_it_was(cast: Cast) -> None:
    slot = factories.make_slot(factories.make_visit(cast.case), title="Panel of residents")
    case = postponed(cast)
    assert (case.stage, case.visit_start, case.visit_end) == (Stage.POSTPONED, None, None)
    assert set(case.milestones.values_list("status", "due")) == {(MilestoneStatus.WAITING, None)}
    assert REASON in Notification.objects.filter(user=cast.friend).order_by("-pk")[0].detail
    assert "This review is postponed." in get(cast, cast.friend, "reviews:case")
    slot.refresh_from_db()
    assert slot.removed_at is None

    missing = post(cast, cast.lead, "reviews:step", "resume")
    assert missing.status_code == 422
    for words in ("Set the new dates of the visit", "scope is still right", "team is still the same"):
        assert words in missing.content.decode()

    start = timezone.localdate() + timedelta(days=200)
    dates = {"visit_start": start.isoformat(), "visit_end": (start + timedelta(days=2)).isoformat()}
    assert post(cast, cast.coordinator, "reviews:scope_dates", **dates).status_code == 303
    assert press(cast, cast.lead, "resume") == 422
    assert post(cast, cast.lead, "reviews:confirm_scope").status_code == 403
    assert post(cast, cast.coordinator, "reviews:confirm_scope").status_code == 303
    assert press(cast, cast.lead, "resume") == 422
    assert post(cast, cast.coordinator, "reviews:confirm_team").status_code == 403
    assert post(cast, cast.lead, "reviews:confirm_team").status_code == 303
    assert press(cast, cast.lead, "resume") == 303

    case.refresh_from_db()
    assert (case.stage, case.paused_stage, case.visit_start) == (Stage.SELF_ASSESSMENT, "", start)
    assert last_event(cast).step == "resume"
    assert set(case.milestones.filter(due=None)) == set()


def test_postponed_review_can_be_read_and_not_changed(cast: Cast) -> None:
    postponed(cast)
    question = cast.case.self_assessment.question_set.sections.get(position=1).questions.all()[0]
    answer = post(cast, cast.coordinator, "reviews:answer", question.pk, text="We do.", version=0)
    assert answer.status_code == 403
    assert "This review is postponed: you can read everything, but not change it." in answer.content.decode()
    assert press(cast, cast.coordinator, "submit_self_assessment") == 403
    for name in ("reviews:case", "reviews:scope", "reviews:team", "reviews:timeline", "visits:programme"):
        assert cast.case.title.partition(":")[0] in get(cast, cast.friend, name)


def test_scope_can_change_while_a_review_is_postponed(cast: Cast) -> None:
    postponed(cast)
    page = get(cast, cast.coordinator, "reviews:scope")
    assert "data-autosave" in page
    assert "The scope is still right" in page
    assert "The team is still right" not in get(cast, cast.coordinator, "reviews:team")


def test_cancelled_review_rests_for_good_with_its_reason(cast: Cast) -> None:
    cast.at(Stage.SELF_ASSESSMENT)
    reason = "The city has left the network."
    assert press(cast, cast.lead, "cancel", reason=reason) == 403
    assert press(cast, cast.secretariat, "cancel") == 422
    assert press(cast, cast.secretariat, "cancel", reason=reason) == 303
    case = Case.objects.get(pk=cast.case.pk)
    assert case.stage == Stage.CANCELLED
    assert set(case.milestones.values_list("status", flat=True)) == {MilestoneStatus.DROPPED}
    assert case.self_assessment.status == SelfAssessmentStatus.DRAFT
    assert "This review was cancelled." in get(cast, cast.coordinator, "reviews:case")
    assert reason in get(cast, cast.friend, "reviews:timeline")
    assert press(cast, cast.secretariat, "open_self_assessment") in {403, 409}
    assert "Nothing waits for you" in cast.client(cast.coordinator).get("/tasks/").content.decode()
