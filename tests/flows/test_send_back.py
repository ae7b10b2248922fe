"""What is sent back comes back: the self-assessment, the programme, the whole case. Nothing is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from people.models import Notification
from reviews.enums import EventKind, MilestoneKind, MilestoneStatus, SelfAssessmentStatus, Stage
from reviews.models import Answer, Case, Question
from tests import factories
from tests.flows.steps import get, last_event, post, press, sign
from visits.enums import SourceGroup, VisitStatus
from visits.models import StudyVisit

if TYPE_CHECKING:
    from people.models import User
    from tests.cast import Cast

REASON = "Say how many families you reach, and how you know."


def questions(cast: Cast) -> list[Question]:
    return list(Question.objects.filter(section__question_set=cast.case.self_assessment.question_set).order_by("pk"))


def write(cast: Cast, question: Question, text: str) -> None:
    held = Answer.objects.filter(self_assessment=cast.case.self_assessment, question=question).first()
    answer = post(cast, cast.coordinator, "reviews:answer", question.pk, text=text, version=held.version if held else 0)
    assert answer.status_code == 303


def judge(cast: Cast, position: int, verdict: str, reason: str = "", *, version: int = 0) -> None:
    answer = post(cast, cast.lead, "reviews:verdict", position, verdict=verdict, reason=reason, version=version)
    assert answer.status_code == 303


def told(user: User) -> str:
    """The newest entry of somebody's inbox: the sentence, and what was written with it."""
    newest = Notification.objects.filter(user=user).order_by("-pk")[0]
    return f"{newest.text} {newest.detail}"


# --- The self-assessment ---------------------------------------------------------------------------
def test_self_assessment_is_returned_changed_and_accepted_in_its_second_version(cast: Cast) -> None:
    cast.at(Stage.SELF_ASSESSMENT)
    for question in questions(cast):
        write(cast, question, "We do.")
    assert press(cast, cast.coordinator, "submit_self_assessment") == 303

    assert press(cast, cast.lead, "return_self_assessment") == 422  # no section is marked
    judge(cast, 1, "accepted")
    judge(cast, 2, "returned")
    assert press(cast, cast.lead, "return_self_assessment") == 422  # no reason
    judge(cast, 2, "returned", REASON, version=1)
    assert REASON not in get(cast, cast.coordinator, "reviews:self_assessment")
    assert press(cast, cast.lead, "return_self_assessment") == 303
    assert (last_event(cast).kind, REASON in last_event(cast).reason) == (EventKind.STEP_BACK, True)
    assert REASON in told(cast.coordinator)
    assert REASON in get(cast, cast.coordinator, "reviews:self_assessment")
    assert REASON in get(cast, cast.coordinator, "reviews:self_assessment_section", 2)

    write(cast, questions(cast)[2], "We do, for 212 families.")
    assert press(cast, cast.coordinator, "submit_self_assessment") == 303
    differences = get(cast, cast.lead, "reviews:self_assessment_versions")
    assert "for 212 families." in differences
    assert differences.count('class="card change"') == 1
    assert "for 212 families." not in get(cast, cast.lead, "reviews:self_assessment_version", 1)
    assert cast.client(cast.friend).get(f"/cases/{cast.case.slug}/self-assessment/read/").status_code == 403

    assert press(cast, cast.lead, "accept_self_assessment") == 422  # the sponsor has not signed
    assert sign(cast) == 303
    assert press(cast, cast.lead, "accept_self_assessment") == 303
    assert "for 212 families." in get(cast, cast.friend, "reviews:self_assessment_reading")
    held = Case.objects.get(pk=cast.case.pk).self_assessment
    assert (held.status, held.versions.count()) == (SelfAssessmentStatus.ACCEPTED, 2)


# --- The programme ---------------------------------------------------------------------------------
@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    """A visit with one site and one talk, as the host drafts it."""
    made = factories.make_visit(cast.case)
    site = factories.make_site(made, "Kuncz community centre")
    factories.make_slot(made, title="Panel of residents", site=site, met={SourceGroup.COMMUNITY: 8})
    return made


def test_programme_is_returned_with_a_reason_and_proposed_again(cast: Cast, visit: StudyVisit) -> None:
    reason = "Nobody of the residents' council is in it."
    assert press(cast, cast.coordinator, "propose_programme") == 303
    assert press(cast, cast.coordinator, "return_programme", reason=reason) == 403
    assert press(cast, cast.lead, "return_programme") == 422
    assert press(cast, cast.lead, "return_programme", reason=reason) == 303
    visit.refresh_from_db()
    assert visit.status == VisitStatus.DRAFT
    assert last_event(cast).reason == reason
    assert reason in told(cast.coordinator)
    draft = cast.case.milestones.get(kind=MilestoneKind.PROGRAMME_DRAFT)
    assert draft.status == MilestoneStatus.OPEN
    assert "Panel of residents" in get(cast, cast.coordinator, "visits:programme")

    assert press(cast, cast.coordinator, "propose_programme") == 303
    assert press(cast, cast.lead, "agree_programme") == 303
    visit.refresh_from_db()
    assert visit.status == VisitStatus.AGREED


# --- The case --------------------------------------------------------------------------------------
def test_case_steps_back_with_a_reason_and_keeps_what_was_written(cast: Cast) -> None:
    cast.at(Stage.SELF_ASSESSMENT)
    write(cast, questions(cast)[0], "We do.")
    reason = "The second critical friend has left her city."
    assert press(cast, cast.lead, "reopen_planning") == 422
    assert press(cast, cast.friend, "reopen_planning", reason=reason) == 403
    assert press(cast, cast.stranger, "reopen_planning", reason=reason) == 404
    assert press(cast, cast.lead, "reopen_planning", reason=reason) == 303
    assert Case.objects.get(pk=cast.case.pk).stage == Stage.PLANNING
    assert (last_event(cast).actor, last_event(cast).reason) == (cast.lead, reason)
    assert reason in get(cast, cast.coordinator, "reviews:timeline")
    assert reason in told(cast.coordinator)
    assert cast.case.milestones.get(kind=MilestoneKind.TEAM_CONFIRMED).status == MilestoneStatus.OPEN
    assert Answer.objects.get(self_assessment__case=cast.case).text == "We do."


def test_two_steps_at_once_are_one_step(cast: Cast) -> None:
    """The second person is told who was quicker."""
    cast.at(Stage.SELF_ASSESSMENT)
    assert press(cast, cast.lead, "reopen_planning", reason="First.") == 303
    answer = post(cast, cast.secretariat, "reviews:step", "reopen_planning", reason="Second.")
    assert answer.status_code == 409
    assert "Lead has already done this" in answer.content.decode()
    assert cast.case.events.filter(step="reopen_planning").count() == 1
