"""What is missing before a step, who must act, and where to cure it."""

import pytest

from reviews import gates, requirements
from reviews.enums import Interest, InterestDecision, Role, SelfAssessmentStatus, Stage
from reviews.models import Case, SelfAssessment
from tests import factories
from tests.cast import Cast


def texts(check: object, case: Case) -> list[str]:
    fresh = Case.objects.select_related("self_assessment").get(pk=case.pk)
    return [reason.text for reason in check(fresh)]  # type: ignore[operator]


def test_complete_proposal_passes(cast: Cast) -> None:
    assert texts(gates.proposal_is_complete, cast.case) == []


def test_empty_proposal_lacks_three_things(db: None) -> None:
    case = factories.make_case(challenge=" ")
    assert texts(gates.proposal_is_complete, case) == [
        "Describe the challenge",
        "Ask at least one guiding question",
        "Name the political sponsor",
    ]


def test_reasons_say_who_and_where(db: None) -> None:
    case = factories.make_case(challenge="", slug="aachen")
    reasons = list(gates.proposal_is_complete(case))
    assert [(reason.who, reason.url) for reason in reasons] == [
        ("Host coordinator", "/cases/aachen/scope/"),
        ("Host coordinator", "/cases/aachen/scope/"),
        ("Host coordinator", "/cases/aachen/team/"),
    ]


def test_full_team_passes(cast: Cast) -> None:
    assert texts(gates.team_and_dates_stand, cast.case) == []


def test_case_without_anybody_lacks_dates_people_and_friends(db: None) -> None:
    case = factories.make_case(visit_start=None)
    assert texts(gates.team_and_dates_stand, case) == [
        "Set the dates of the visit",
        "Name the political sponsor",
        "Name the host coordinator",
        "Name the review lead",
        "Find a second critical friend: a team has at least two",
    ]


def test_lead_alone_is_no_team(cast: Cast) -> None:
    cast.case.memberships.filter(role__in=(Role.CRITICAL_FRIEND, Role.RAPPORTEUR)).delete()
    assert texts(gates.team_and_dates_stand, cast.case) == ["Find a second critical friend: a team has at least two"]


def test_observer_need_not_be_cleared_to_begin(cast: Cast) -> None:
    cast.case.declarations.filter(user=cast.observer).delete()
    assert texts(gates.team_and_dates_stand, cast.case) == []
    cast.at(Stage.SELF_ASSESSMENT)
    SelfAssessment.objects.update(status=SelfAssessmentStatus.ACCEPTED)
    assert texts(gates.papers_are_read, cast.case) == ["Observer has not declared interests yet"]


@pytest.mark.parametrize("decision", [InterestDecision.PENDING, InterestDecision.REFUSED])
def test_uncleared_interest_holds_the_team_up(cast: Cast, decision: InterestDecision) -> None:
    cast.case.declarations.filter(user=cast.friend).update(decision=decision, interest=Interest.DECLARED)
    assert texts(gates.team_and_dates_stand, cast.case) == ["The interests of Friend are not cleared"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (SelfAssessmentStatus.DRAFT, [("Submit the self-assessment", "Host coordinator")]),
        (SelfAssessmentStatus.RETURNED, [("Submit the self-assessment", "Host coordinator")]),
        (SelfAssessmentStatus.SUBMITTED, [("Accept the self-assessment", "Review lead")]),
        (SelfAssessmentStatus.ACCEPTED, []),
    ],
)
def test_visit_waits_for_the_accepted_self_assessment(cast: Cast, status: str, expected: list[tuple[str, str]]) -> None:
    SelfAssessment.objects.update(status=status)
    case = Case.objects.select_related("self_assessment").get(pk=cast.case.pk)
    assert [(reason.text, reason.who) for reason in gates.papers_are_read(case)] == expected


def test_going_on_needs_dates_scope_and_team_confirmed(cast: Cast) -> None:
    cast.at(Stage.POSTPONED, visit_start=None, visit_end=None)
    assert texts(gates.confirmed_again, cast.case) == [
        "Set the new dates of the visit",
        "Confirm that the scope is still right",
        "Confirm that the team is still the same",
    ]


def test_what_checks_look_at_together_is_made_once_a_question(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Case] = []
    case = Case()

    def look(at: Case) -> list[str]:
        requirements.once(made.append, at)
        return []

    monkeypatch.setitem(requirements._checks, "some_step", [look, look])
    requirements.unmet(case, "some_step")
    assert made == [case]
    requirements.unmet(case, "some_step")
    assert made == [case, case]
    look(case)  # outside of the question nothing is kept
    look(case)
    assert len(made) == 4
    with requirements.one_look():  # a page that asks for several steps
        requirements.unmet(case, "some_step")
        requirements.unmet(case, "some_step")
        look(case)
    assert len(made) == 5
    look(case)
    assert len(made) == 6
