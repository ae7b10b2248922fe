"""The role x ability table, cell by cell, against a file that people read: a change of a cell is a change of that file."""

from pathlib import Path
from typing import Any

import pytest

from reviews.access import Seat
from reviews.enums import Interest, InterestDecision, Role, SelfAssessmentStatus, Stage
from reviews.models import Case, InterestDeclaration, SelfAssessment
from reviews.permissions import CONDITIONS, TABLE, WRITING, Ability, verdict

EXPECTED = Path(__file__).with_name("permissions.txt")
LETTERS = {
    Role.SECRETARIAT: "S",
    Role.LEAD: "L",
    Role.CRITICAL_FRIEND: "F",
    Role.RAPPORTEUR: "R",
    Role.OBSERVER: "O",
    Role.HOST_COORDINATOR: "C",
    Role.HOST_SPONSOR: "P",
    Role.HOST_CONTRIBUTOR: "B",
}


def seat(
    role: Role,
    stage: Stage = Stage.FEEDBACK,
    decision: InterestDecision | None = InterestDecision.CLEARED,
    **more: Any,
) -> Seat:
    """Somebody in a case that only exists in memory."""
    case = Case(stage=stage, findings_shared_at=more.get("shared"))
    SelfAssessment(case=case, status=more.get("self_assessment", SelfAssessmentStatus.ACCEPTED))
    declared = InterestDeclaration(interest=Interest.DECLARED, decision=decision) if decision else None
    return Seat(case=case, user=None, roles=frozenset({role}), declaration=declared)  # type: ignore[arg-type]


def expected() -> dict[str, str]:
    lines = [line.split() for line in EXPECTED.read_text().splitlines() if line and not line.startswith("#")]
    return {line[0]: line[1] if len(line) > 1 else "" for line in lines}


def test_every_ability_stands_in_the_file_and_nothing_else() -> None:
    assert list(expected()) == [ability.value for ability in Ability]


def test_table_says_what_the_file_says() -> None:
    cells = {ability.value: {LETTERS[role] for role in TABLE[ability]} for ability in Ability}
    assert cells == {name: set(letters) for name, letters in expected().items()}


@pytest.mark.parametrize("decision", [None, InterestDecision.PENDING, InterestDecision.REFUSED])
@pytest.mark.parametrize("ability", [Ability.DECIDE_INTEREST, Ability.CLOSE_DESK_REVIEW, Ability.RECORD_FEEDBACK])
def test_lead_without_cleared_interests_decides_nothing(ability: Ability, decision: InterestDecision | None) -> None:
    assert "interest" in verdict(seat(Role.LEAD, decision=decision), ability)
    assert verdict(seat(Role.LEAD), ability) == ""
    assert verdict(seat(Role.SECRETARIAT, decision=None), ability) == ""


def test_verdict_follows_the_table_where_no_condition_speaks() -> None:
    plain = [ability for ability in Ability if ability not in CONDITIONS]
    may = {ability: {role for role in Role if verdict(seat(role), ability) == ""} for ability in plain}
    assert may == {ability: set(TABLE[ability]) for ability in plain}


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.POSTPONED, Stage.CANCELLED])
def test_nobody_writes_while_a_review_rests(stage: Stage) -> None:
    pairs = [(ability, role) for ability in sorted(WRITING) for role in TABLE[ability]]
    assert [pair for pair in pairs if verdict(seat(pair[1], stage), pair[0]) == ""] == []
    assert {ability for ability, _ in pairs} == WRITING


@pytest.mark.parametrize("role", [Role.LEAD, Role.CRITICAL_FRIEND, Role.RAPPORTEUR, Role.OBSERVER])
@pytest.mark.parametrize("decision", [None, InterestDecision.PENDING, InterestDecision.REFUSED])
def test_team_reads_nothing_of_the_host_before_interests_are_cleared(
    role: Role, decision: InterestDecision | None
) -> None:
    for ability in (Ability.VIEW_SELF_ASSESSMENT, Ability.VIEW_NOTES, Ability.VIEW_FINDINGS, Ability.VIEW_DESK_REVIEW):
        assert verdict(seat(role, decision=decision), ability) != ""


@pytest.mark.parametrize(
    ("role", "status", "may"),
    [
        (Role.CRITICAL_FRIEND, SelfAssessmentStatus.DRAFT, False),
        (Role.CRITICAL_FRIEND, SelfAssessmentStatus.SUBMITTED, False),
        (Role.CRITICAL_FRIEND, SelfAssessmentStatus.RETURNED, False),
        (Role.CRITICAL_FRIEND, SelfAssessmentStatus.ACCEPTED, True),
        (Role.LEAD, SelfAssessmentStatus.DRAFT, False),
        (Role.LEAD, SelfAssessmentStatus.SUBMITTED, True),
        (Role.LEAD, SelfAssessmentStatus.RETURNED, True),
        (Role.HOST_CONTRIBUTOR, SelfAssessmentStatus.DRAFT, True),
        (Role.SECRETARIAT, SelfAssessmentStatus.DRAFT, True),
    ],
)
def test_self_assessment_opens_with_its_release(role: Role, status: SelfAssessmentStatus, *, may: bool) -> None:
    assert (verdict(seat(role, self_assessment=status), Ability.VIEW_SELF_ASSESSMENT) == "") is may


@pytest.mark.parametrize("role", [Role.HOST_COORDINATOR, Role.HOST_SPONSOR])
def test_host_sees_findings_only_after_their_release(role: Role) -> None:
    assert verdict(seat(role), Ability.VIEW_FINDINGS) != ""
    assert verdict(seat(role, shared="now"), Ability.VIEW_FINDINGS) == ""


@pytest.mark.parametrize("role", list(Role))
def test_host_never_reads_notes(role: Role) -> None:
    if role.startswith("host"):
        assert (
            verdict(seat(role, shared="now"), Ability.VIEW_NOTES) == "Your role in this review does not include this."
        )


def test_scope_closes_after_preparation_and_opens_again_when_postponed() -> None:
    may = {stage: verdict(seat(Role.HOST_COORDINATOR, stage), Ability.EDIT_SCOPE) == "" for stage in Stage}
    assert [stage for stage, open_ in may.items() if open_] == [Stage.DRAFT, Stage.PLANNING, Stage.POSTPONED]
