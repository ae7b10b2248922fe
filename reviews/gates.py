"""The gates of the case's own steps: what is missing before a step, who must act, and where to cure it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from people.errors import Reason
from reviews.enums import MilestoneKind, Role, SelfAssessmentStatus
from reviews.pages import page_of
from reviews.queries.team import declared
from reviews.requirements import gate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.models import Case
    from reviews.queries.team import Participant

FEWEST_FRIENDS = 2
HOST = "Host coordinator"
LEADERS = "Secretariat or lead"


def _scope(case: Case) -> str:
    return reverse("reviews:scope", args=(case.slug,))


def _team(case: Case) -> str:
    return reverse("reviews:team", args=(case.slug,))


def _somebody_is(everybody: list[Participant], role: Role) -> bool:
    return any(role in person.roles for person in everybody)


@gate("accept_proposal")
def proposal_is_complete(case: Case) -> Iterator[Reason]:
    """The challenge is described, at least one guiding question asked, and a political sponsor named."""
    if not case.challenge.strip():
        yield Reason("Describe the challenge", HOST, _scope(case))
    if not case.guiding_questions.exists():
        yield Reason("Ask at least one guiding question", HOST, _scope(case))
    if not case.memberships.filter(role=Role.HOST_SPONSOR).exists():
        yield Reason("Name the political sponsor", HOST, _team(case))


@gate("open_self_assessment")
def team_and_dates_stand(case: Case) -> Iterator[Reason]:
    """The visit has dates; sponsor, coordinator, a lead and a second critical friend take part, interests cleared."""
    if not case.visit_start:
        yield Reason("Set the dates of the visit", LEADERS, f"{_scope(case)}#dates")
    everybody = declared(case)
    for role, words, who in (
        (Role.HOST_SPONSOR, "Name the political sponsor", HOST),
        (Role.HOST_COORDINATOR, "Name the host coordinator", "Secretariat"),
        (Role.LEAD, "Name the review lead", "Secretariat"),
    ):
        if not _somebody_is(everybody, role):
            yield Reason(words, who, _team(case))
    friends = [person for person in everybody if person.visits]
    if len(friends) < FEWEST_FRIENDS:
        yield Reason("Find a second critical friend: a team has at least two", LEADERS, _team(case))
    yield from _not_cleared(case, friends)


@gate("start_feedback")
def papers_are_read(case: Case) -> Iterator[Reason]:
    """The self-assessment is accepted and released; the interests of the whole team are cleared."""
    status = case.self_assessment.status
    if status != SelfAssessmentStatus.ACCEPTED:
        who = "Review lead" if status == SelfAssessmentStatus.SUBMITTED else HOST
        words = (
            "Accept the self-assessment" if status == SelfAssessmentStatus.SUBMITTED else "Submit the self-assessment"
        )
        yield Reason(words, who, page_of(MilestoneKind.SELF_ASSESSMENT_DUE, case))
    yield from _not_cleared(case, [person for person in declared(case) if person.in_team])


@gate("resume")
def confirmed_again(case: Case) -> Iterator[Reason]:
    """After a postponement the visit has new dates, and host and lead have confirmed scope and team again."""
    if not case.visit_start:
        yield Reason("Set the new dates of the visit", LEADERS, f"{_scope(case)}#dates")
    if not case.scope_confirmed_at:
        yield Reason("Confirm that the scope is still right", "Host coordinator or sponsor", f"{_scope(case)}#confirm")
    if not case.team_confirmed_at:
        yield Reason("Confirm that the team is still the same", LEADERS, f"{_team(case)}#confirm")


def _not_cleared(case: Case, people: list[Participant]) -> Iterator[Reason]:
    """One reason for each person whose interests are not cleared."""
    for person in people:
        if person.declaration is None:
            yield Reason(f"{person.user} has not declared interests yet", str(person.user), _team(case))
        elif not person.is_cleared:
            yield Reason(f"The interests of {person.user} are not cleared", LEADERS, _team(case))
