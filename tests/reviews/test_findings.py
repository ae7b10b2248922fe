"""Findings and recommendations: made, saved as one types, ordered, taken step by step."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, StaleText
from people.models import User
from reviews.actions.finding_steps import take_finding_step
from reviews.actions.findings import create_finding, save_finding
from reviews.actions.ordering import move, put_in_order
from reviews.actions.recommendations import (
    RecommendationText,
    create_recommendation,
    link_finding,
    save_recommendation,
)
from reviews.enums import FindingKind, FindingStatus, Stage
from reviews.models import Case, CaseEvent, Finding, HostResponse, Recommendation
from reviews.queries.findings import findings_of, recommendations_of, under_headings
from reviews.queries.matrix import matrix_of
from reviews.wording import hints_for
from tests import factories
from tests.cast import Cast

K = FindingKind


@pytest.fixture
def case(cast: Cast) -> Case:
    return cast.at(Stage.FEEDBACK)


def save(finding: Finding, by: User, text: str, *, version: int, **more: Any) -> Finding:
    return save_finding(finding, by=by, version=version, text=text, kind=K.STRENGTH, **more)


# --- writing --------------------------------------------------------------------------------------
def test_a_new_finding_stands_last_as_a_draft(cast: Cast, case: Case) -> None:
    first = create_finding(case, by=cast.friend, kind=K.STRENGTH, text=" Parents are heard. ")
    second = create_finding(case, by=cast.lead, kind=K.QUESTION)
    assert (first.text, first.status, first.created_by) == ("Parents are heard.", FindingStatus.DRAFT, cast.friend)
    assert list(case.findings.values_list("pk", flat=True)) == [first.pk, second.pk]


@pytest.mark.parametrize("name", ["observer", "coordinator", "sponsor", "contributor", "stranger"])
def test_who_may_not_write_findings_is_refused(cast: Cast, case: Case, name: str) -> None:
    with pytest.raises(NotAllowed):
        create_finding(case, by=cast.people[name], kind=K.STRENGTH)
    assert not Finding.objects.exists()


def test_saving_counts_the_version_and_keeps_who_saved(cast: Cast, case: Case) -> None:
    finding = factories.make_finding(case, created_by=cast.friend)
    saved = save(finding, cast.friend, "New words", version=1, theme="Schools")
    assert (saved.text, saved.kind, saved.theme, saved.version, saved.updated_by) == (
        "New words", "strength", "Schools", 2, cast.friend,
    )  # fmt: skip


def test_saving_the_same_text_twice_is_one_save(cast: Cast, case: Case) -> None:
    finding = factories.make_finding(case)
    save(finding, cast.lead, "New words", version=1)
    again = save(finding, cast.lead, "New words", version=1)
    assert again.version == 2


def test_saving_on_an_older_version_is_refused_with_the_stored_text(cast: Cast, case: Case) -> None:
    finding = factories.make_finding(case)
    save(finding, cast.friend, "Ana's words", version=1)
    with pytest.raises(StaleText) as refused:
        save(finding, cast.lead, "Marie's words", version=1)
    assert (refused.value.version, refused.value.texts["text"], refused.value.by) == (
        2,
        "Ana's words",
        cast.friend.name,
    )
    assert Finding.objects.get(pk=finding.pk).text == "Ana's words"


def test_a_guiding_question_of_another_case_is_not_there(cast: Cast, case: Case) -> None:
    finding = factories.make_finding(case)
    other = factories.make_guiding_question(factories.make_case())
    with pytest.raises(NotThere):
        save(finding, cast.lead, "Words", version=1, guiding_question=other)


@pytest.mark.parametrize("status", [FindingStatus.SHARED, FindingStatus.AGREED, FindingStatus.DROPPED])
def test_only_drafts_can_be_changed(cast: Cast, case: Case, status: FindingStatus) -> None:
    finding = factories.make_finding(case, "As it was", status=status)
    with pytest.raises(AlreadyDone):
        save(finding, cast.lead, "Otherwise", version=1)
    assert Finding.objects.get(pk=finding.pk).text == "As it was"


def test_changing_another_persons_text_is_told_to_the_team_once_an_hour(cast: Cast, case: Case) -> None:
    finding = factories.make_finding(case, created_by=cast.friend)
    save(finding, cast.secretariat, "One", version=1)
    save(finding, cast.secretariat, "Two", version=2)
    event = CaseEvent.objects.get(case=case)
    assert (event.actor, event.team_only, event.text.startswith(f"Finding {finding.pk} changed")) == (
        cast.secretariat, True, True,
    )  # fmt: skip


def test_right_to_left_text_is_kept_as_typed(cast: Cast, case: Case) -> None:
    text = "المدرسة لا تعرف متى تنتقل العائلة"
    assert create_finding(case, by=cast.lead, kind=K.QUESTION, text=text).text == text


def test_a_recommendation_rests_on_findings_of_its_own_case_only(cast: Cast, case: Case) -> None:
    own, other = factories.make_finding(case), factories.make_finding(factories.make_case())
    made = create_recommendation(case, by=cast.lead, findings=[own.pk])
    assert list(made.findings.all()) == [own]
    with pytest.raises(NotThere):
        create_recommendation(case, by=cast.lead, findings=[own.pk, other.pk])
    with pytest.raises(NotThere):
        save_recommendation(made, by=cast.lead, version=1, wording=RecommendationText(), findings=[other.pk])
    with pytest.raises(NotThere):
        link_finding(made, other, by=cast.lead)
    assert Recommendation.objects.count() == 1


def test_a_recommendation_saves_its_texts_and_its_findings_as_one_version(cast: Cast, case: Case) -> None:
    one, two = factories.make_finding(case), factories.make_finding(case)
    row = factories.make_recommendation(case, findings=[one])
    wording = RecommendationText(text="Name owners.", impact="high", feasibility="low", effort="current")
    saved = save_recommendation(row, by=cast.lead, version=1, wording=wording, findings=[two.pk])
    assert (saved.text, saved.impact, saved.version, list(saved.findings.all())) == ("Name owners.", "high", 2, [two])


def test_other_findings_on_an_older_version_are_refused(cast: Cast, case: Case) -> None:
    one, two = factories.make_finding(case), factories.make_finding(case)
    row = factories.make_recommendation(case, "Same text", findings=[one])
    same = RecommendationText(text="Same text")
    save_recommendation(row, by=cast.friend, version=1, wording=same, findings=[one.pk, two.pk])
    with pytest.raises(StaleText):
        save_recommendation(row, by=cast.lead, version=1, wording=same, findings=[])
    assert set(row.findings.all()) == {one, two}


# --- order ----------------------------------------------------------------------------------------
def test_up_and_down_move_one_place_and_stop_at_the_ends(cast: Cast, case: Case) -> None:
    a, b, c = (factories.make_recommendation(case, name) for name in "abc")
    move(c, "up", by=cast.lead)
    move(a, "up", by=cast.lead)
    move(b, "down", by=cast.lead)
    assert list(case.recommendations.values_list("text", flat=True)) == ["a", "c", "b"]


def test_a_finding_moves_among_those_of_its_heading_and_kind(cast: Cast, case: Case) -> None:
    a = factories.make_finding(case, "a", theme="Schools")
    factories.make_finding(case, "other heading", theme="Streets")
    factories.make_finding(case, "other kind", theme="Schools", kind=K.STRENGTH)
    b = factories.make_finding(case, "b", theme="Schools")
    move(b, "up", by=cast.lead)
    assert list(case.findings.values_list("text", flat=True)) == ["b", "other heading", "other kind", "a"]
    move(Finding.objects.get(pk=a.pk), "down", by=cast.lead)
    assert list(case.findings.values_list("text", flat=True)) == ["b", "other heading", "other kind", "a"]


def test_a_new_order_must_name_every_row_of_the_case_and_no_other(cast: Cast, case: Case) -> None:
    a, b = (factories.make_recommendation(case, name) for name in "ab")
    foreign = factories.make_recommendation(factories.make_case())
    for wrong in ([a.pk], [a.pk, a.pk], [b.pk, a.pk, foreign.pk]):
        with pytest.raises(AlreadyDone):
            put_in_order(case, wrong, by=cast.lead)
    put_in_order(case, [b.pk, a.pk], by=cast.lead)
    assert list(case.recommendations.values_list("text", flat=True)) == ["b", "a"]


# --- steps ----------------------------------------------------------------------------------------
def test_drop_needs_a_reason_and_pick_up_takes_it_back(cast: Cast, case: Case) -> None:
    finding = factories.make_finding(case)
    with pytest.raises(NotReady):
        take_finding_step(finding, "drop", by=cast.friend)
    take_finding_step(finding, "drop", by=cast.friend, reason="Said twice")
    dropped = Finding.objects.get(pk=finding.pk)
    assert (dropped.status, dropped.status_reason) == (FindingStatus.DROPPED, "Said twice")
    take_finding_step(finding, "pick_up", by=cast.friend)
    back = Finding.objects.get(pk=finding.pk)
    assert (back.status, back.status_reason) == (FindingStatus.DRAFT, "")


def test_the_second_of_two_clicks_changes_nothing(cast: Cast, case: Case) -> None:
    finding = factories.make_finding(case, status=FindingStatus.SHARED)
    take_finding_step(finding, "agree", by=cast.rapporteur)
    with pytest.raises(AlreadyDone):
        take_finding_step(finding, "agree", by=cast.rapporteur)
    assert CaseEvent.objects.filter(case=case, step="agree_finding").count() == 1


def test_a_critical_friend_neither_agrees_nor_takes_back(cast: Cast, case: Case) -> None:
    finding = factories.make_finding(case, status=FindingStatus.SHARED)
    for step in ("agree", "take_back"):
        with pytest.raises(NotAllowed):
            take_finding_step(finding, step, by=cast.friend, reason="No")


def test_taking_back_tells_the_host_and_leaves_the_others_with_it(cast: Cast, case: Case) -> None:
    one, two = (factories.make_finding(case, status=FindingStatus.SHARED) for _ in range(2))
    take_finding_step(one, "take_back", by=cast.lead, reason="A number was wrong")
    assert set(case.findings.values_list("pk", "status")) == {(one.pk, "draft"), (two.pk, "shared")}
    assert cast.coordinator.notifications.count() == 1
    assert cast.contributor.notifications.count() == 0
    with pytest.raises(NotReady) as refused:
        take_finding_step(two, "take_back", by=cast.lead, reason="This too")
    assert refused.value.code == "last_one"


def test_a_recommendation_with_a_response_stays_with_the_host(cast: Cast, case: Case) -> None:
    row = factories.make_recommendation(case, status=FindingStatus.SHARED)
    HostResponse.objects.create(recommendation=row, decision="accepted", by=cast.coordinator)
    with pytest.raises(NotReady) as refused:
        take_finding_step(row, "take_back", by=cast.lead, reason="Better words")
    assert refused.value.code == "responded"


def test_an_unknown_step_is_not_there(cast: Cast, case: Case) -> None:
    with pytest.raises(NotThere):
        take_finding_step(factories.make_finding(case), "share", by=cast.lead)


# --- reading --------------------------------------------------------------------------------------
def test_the_host_reads_released_findings_only_and_what_rests_on_them(cast: Cast, case: Case) -> None:
    shared = factories.make_finding(case, status=FindingStatus.SHARED)
    draft = factories.make_finding(case)
    out = factories.make_recommendation(case, findings=[shared, draft], status=FindingStatus.AGREED)
    factories.make_recommendation(case, findings=[shared])
    for_host = list(findings_of(case, for_team=False))
    assert for_host == [shared]
    assert list(for_host[0].recommendations.all()) == [out]
    (row,) = recommendations_of(case, for_team=False)
    assert (row, list(row.findings.all())) == (out, [shared])


@pytest.mark.parametrize("count", [1, 3])
def test_findings_and_recommendations_cost_the_same_queries_however_many(cast: Cast, case: Case, count: int) -> None:
    for _ in range(count):
        factories.make_recommendation(case, findings=[factories.make_finding(case, theme="A")])
    with CaptureQueriesContext(connection) as seen:
        for finding in findings_of(case, for_team=True):
            assert finding.recommendations.all()
        for row in recommendations_of(case, for_team=True):
            assert row.findings.all()
    assert len(seen) == 4


def test_headings_come_in_order_and_kinds_inside_them(cast: Cast, case: Case) -> None:
    consider = factories.make_finding(case, theme="B")
    loose = factories.make_finding(case)
    other = factories.make_finding(case, theme="A")
    strength = factories.make_finding(case, theme="B", kind=K.STRENGTH)
    dropped = factories.make_finding(case, theme="B", kind=K.STRENGTH, status=FindingStatus.DROPPED)
    groups = [(group.name, group.findings) for group in under_headings(findings_of(case, for_team=True))]
    assert groups == [("B", (strength, consider, dropped)), ("A", (other,)), ("", (loose,))]


def test_the_matrix_places_by_number_and_says_what_is_missing(cast: Cast, case: Case) -> None:
    factories.make_recommendation(case, impact="high", feasibility="high")
    factories.make_recommendation(case, impact="low")
    factories.make_recommendation(case, impact="high", feasibility="high")
    matrix = matrix_of(recommendations_of(case, for_team=True))
    cell = matrix.rows[0][2]
    assert ([mark.number for mark in cell.marks], matrix.unplaced) == ([1, 3], (2,))
    assert cell.marks[0].x < cell.marks[1].x
    assert matrix.words == "High impact and high feasibility: 1, 3"


def test_hints_notice_judging_words_ones_own_city_and_large_claims(cast: Cast, case: Case) -> None:
    text = "The plan is poor. In our city we do better. All parents say so."
    hints = hints_for(factories.make_finding(case, text), is_single_source=True)
    assert [hint.noticed for hint in hints] == [
        "Judging words: “poor”",
        "Your own city: “In our city”",
        "A large claim from one source: “All parents”",
    ]
    assert hints_for(factories.make_finding(case, "Parents meet on Fridays."), is_single_source=True) == ()
