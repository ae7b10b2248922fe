"""Notes become findings, and findings go to the host: evidence, names, double clicks, the way back."""

from typing import Any

import pytest

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere
from people.models import User
from reviews import requirements
from reviews.enums import FindingKind, FindingStatus, MilestoneKind, MilestoneStatus, Stage, Wants
from reviews.models import Case, Finding, HostResponse
from tests import factories
from tests.cast import Cast
from visits.actions.evidence import link_notes, make_finding, unlink_note
from visits.actions.feedback import record_feedback
from visits.actions.release import share_findings, withdraw_release
from visits.models import Note, StudyVisit
from visits.queries.evidence import (
    BoardFilter,
    narrowed,
    notes_of,
    notes_without_finding,
    team_notes_of,
    trail_of,
)
from visits.queries.names import names_in
from visits.queries.release import Release, release_of

K = FindingKind


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    return factories.make_visit(cast.at(Stage.FEEDBACK))


def two_sources(visit: StudyVisit, author: User) -> list[Note]:
    """Notes of two different talks."""
    return [factories.make_note(visit, author, slot=factories.make_slot(visit)) for _ in range(2)]


@pytest.fixture
def strength(cast: Cast, visit: StudyVisit) -> Finding:
    return factories.make_finding(
        cast.case, "Parents are heard.", kind=K.STRENGTH, notes=two_sources(visit, cast.friend)
    )


def share(cast: Cast, **more: Any) -> Release:
    return share_findings(cast.case, by=cast.lead, fingerprint=release_of(cast.case).fingerprint, **more)


# --- evidence -------------------------------------------------------------------------------------
def test_ticked_notes_become_a_finding_and_the_trail_leads_both_ways(cast: Cast, visit: StudyVisit) -> None:
    site = factories.make_site(visit, "School 25")
    note = factories.make_note(visit, cast.friend, slot=factories.make_slot(visit, site=site))
    left = factories.make_note(visit, cast.friend)
    finding = make_finding(cast.case, by=cast.friend, kind=K.STRENGTH, notes=[note.pk], text="Parents are heard.")
    row = factories.make_recommendation(cast.case, findings=[finding])
    assert list(notes_of(finding)) == [note]
    assert [found.slot and found.slot.site for found in notes_of(finding)] == [site]
    assert list(team_notes_of(cast.case).get(pk=note.pk).findings.all()) == [finding]
    assert trail_of(row.findings.all(), cast.case) == {finding.pk: [note]}
    assert list(notes_without_finding(cast.case)) == [left]


def test_notes_of_another_case_cannot_be_linked(cast: Cast, visit: StudyVisit) -> None:
    foreign = factories.make_note(factories.make_visit(factories.make_case()), cast.friend)
    finding = factories.make_finding(cast.case)
    with pytest.raises(NotThere):
        make_finding(cast.case, by=cast.lead, kind=K.STRENGTH, notes=[foreign.pk])
    with pytest.raises(NotThere):
        link_notes(finding, [foreign.pk], by=cast.lead)
    assert (foreign.findings.count(), Finding.objects.count()) == (0, 1)


@pytest.mark.parametrize("hidden", [{"is_private": True}, {"removed_at": "2026-01-01T00:00Z"}])
def test_private_and_removed_notes_are_no_evidence(cast: Cast, visit: StudyVisit, hidden: dict[str, Any]) -> None:
    note = factories.make_note(visit, cast.observer, **hidden)
    with pytest.raises(NotThere):
        link_notes(factories.make_finding(cast.case), [note.pk], by=cast.lead)


def test_linking_twice_is_once(cast: Cast, visit: StudyVisit) -> None:
    finding, note = factories.make_finding(cast.case), factories.make_note(visit, cast.friend)
    assert [link_notes(finding, [note.pk], by=cast.lead), link_notes(finding, [note.pk], by=cast.lead)] == [1, 0]


def test_a_released_finding_takes_new_notes_but_keeps_its_old_ones(cast: Cast, visit: StudyVisit) -> None:
    old, new = factories.make_note(visit, cast.friend), factories.make_note(visit, cast.friend)
    finding = factories.make_finding(cast.case, notes=[old], status=FindingStatus.SHARED)
    link_notes(finding, [new.pk], by=cast.friend)
    with pytest.raises(AlreadyDone):
        unlink_note(finding, old.pk, by=cast.friend)
    assert set(notes_of(finding)) == {old, new}


def test_notes_of_a_dropped_finding_are_free_again(cast: Cast, visit: StudyVisit) -> None:
    note = factories.make_note(visit, cast.friend)
    factories.make_finding(cast.case, notes=[note], status=FindingStatus.DROPPED)
    assert list(notes_without_finding(cast.case)) == [note]


def test_the_board_narrows_by_site_question_and_kind(cast: Cast, visit: StudyVisit) -> None:
    site, other = factories.make_site(visit), factories.make_site(visit)
    question = cast.case.guiding_questions.get()
    at_site = factories.make_finding(cast.case, notes=[factories.make_note(visit, cast.friend, site=site)])
    answers = factories.make_finding(cast.case, guiding_question=question)
    praise = factories.make_finding(cast.case, kind=K.STRENGTH)
    found = cast.case.findings.all()
    assert list(narrowed(found, BoardFilter(site=site.pk))) == [at_site]
    assert list(narrowed(found, BoardFilter(site=other.pk))) == []
    assert list(narrowed(found, BoardFilter(question=question.pk))) == [answers]
    assert list(narrowed(found, BoardFilter(kind="strength"))) == [praise]


# --- release --------------------------------------------------------------------------------------
def test_releasing_shares_what_passes_and_tells_the_host_once(cast: Cast, strength: Finding) -> None:
    row = factories.make_recommendation(cast.case, findings=[strength])
    share(cast)
    case = Case.objects.get(pk=cast.case.pk)
    strength = Finding.objects.get(pk=strength.pk)
    assert (strength.status, strength.shared_at is not None, case.findings_shared_at is not None) == (
        "shared",
        True,
        True,
    )
    assert case.recommendations.get(pk=row.pk).status == FindingStatus.SHARED
    assert case.milestones.get(kind=MilestoneKind.FEEDBACK_SHARED).status == MilestoneStatus.DONE
    assert case.events.get(step="share_findings").text == "Released to the host: 1 finding and 1 recommendation"
    told = [name for name, person in cast.people.items() if person.notifications.exists()]
    assert told == ["coordinator", "sponsor"]


def test_the_second_of_two_clicks_releases_nothing(cast: Cast, strength: Finding) -> None:
    seen = release_of(cast.case).fingerprint
    share_findings(cast.case, by=cast.lead, fingerprint=seen)
    with pytest.raises(AlreadyDone):
        share_findings(cast.case, by=cast.lead, fingerprint=seen)
    assert cast.case.events.filter(step="share_findings").count() == 1


def test_a_draft_that_changed_after_the_page_was_shown_stops_the_release(cast: Cast, strength: Finding) -> None:
    seen = release_of(cast.case).fingerprint
    Finding.objects.filter(pk=strength.pk).update(version=2, text="Other words")
    with pytest.raises(AlreadyDone) as refused:
        share_findings(cast.case, by=cast.lead, fingerprint=seen)
    assert refused.value.code == "release_changed"


@pytest.mark.parametrize(
    "name", ["friend", "rapporteur", "observer", "coordinator", "sponsor", "contributor", "stranger"]
)
def test_only_lead_and_secretariat_release(cast: Cast, strength: Finding, name: str) -> None:
    with pytest.raises(NotAllowed):
        share_findings(cast.case, by=cast.people[name], fingerprint=release_of(cast.case).fingerprint)


def test_without_a_strength_nothing_goes(cast: Cast, visit: StudyVisit) -> None:
    factories.make_finding(cast.case, notes=two_sources(visit, cast.friend))
    with pytest.raises(NotReady) as refused:
        share(cast)
    assert [reason.text for reason in refused.value.reasons] == [
        "At least one strength has to be among the findings: a critical friend begins there."
    ]


def test_what_is_not_ready_stays_behind_with_its_reason(cast: Cast, visit: StudyVisit, strength: Finding) -> None:
    one = factories.make_note(visit, cast.friend)
    factories.make_finding(cast.case, "Rests on nothing.")
    factories.make_finding(cast.case, "Rests on one.", notes=[one])
    said = factories.make_finding(
        cast.case, "Rests on one, and says why.", notes=[one], single_source_reason="Statistics"
    )
    question = factories.make_finding(cast.case, "What would change?", kind=K.QUESTION)
    factories.make_recommendation(cast.case, "Rests on a draft.", findings=[Finding.objects.get(text="Rests on one.")])
    release = release_of(cast.case)
    assert release.findings == (strength, said, question)
    assert [reason.text for reason in release.held_back] == [
        "No note stands behind “Rests on nothing.”",
        "One source only, and no reason why that is enough: “Rests on one.”",
        "No released finding stands behind “Rests on a draft.”",
    ]


def test_a_name_has_to_be_looked_at_before_the_release(cast: Cast, visit: StudyVisit, strength: Finding) -> None:
    factories.make_site(visit, contact="Elena Pop, head teacher, +40 256 000 000")
    factories.make_finding(
        cast.case, "Mrs Pop keeps the list; Elena Pop knows everybody.", notes=two_sources(visit, cast.friend)
    )
    with pytest.raises(NotReady) as refused:
        share(cast)
    assert refused.value.code == "not_confirmed"
    assert len(refused.value.reasons) == 1
    assert len(share(cast, confirmed=True).findings) == 2


def test_recommendations_for_a_host_that_asked_for_none_have_to_be_confirmed(cast: Cast, strength: Finding) -> None:
    Case.objects.filter(pk=cast.case.pk).update(wants=Wants.OBSERVATIONS)
    cast.case.refresh_from_db()
    factories.make_recommendation(cast.case, findings=[strength])
    with pytest.raises(NotReady) as refused:
        share(cast)
    assert refused.value.code == "not_confirmed"


def test_later_findings_can_be_released_again(cast: Cast, visit: StudyVisit, strength: Finding) -> None:
    share(cast)
    first = Case.objects.get(pk=cast.case.pk).findings_shared_at
    later = factories.make_finding(cast.case, notes=two_sources(visit, cast.friend))
    assert share(cast).findings == (later,)
    assert Case.objects.get(pk=cast.case.pk).findings_shared_at == first


def test_taking_the_release_back_hides_all_and_opens_the_deadline_again(cast: Cast, strength: Finding) -> None:
    share(cast)
    with pytest.raises(NotReady):
        withdraw_release(cast.case, by=cast.lead, reason=" ")
    withdraw_release(cast.case, by=cast.lead, reason="A number was wrong")
    case = Case.objects.get(pk=cast.case.pk)
    assert (case.findings_shared_at, case.findings.get().status) == (None, FindingStatus.DRAFT)
    assert case.milestones.get(kind=MilestoneKind.FEEDBACK_SHARED).status == MilestoneStatus.OPEN
    assert case.events.get(step="withdraw_release").reason == "A number was wrong"
    with pytest.raises(AlreadyDone):
        withdraw_release(case, by=cast.lead, reason="Again")


def test_the_release_stays_while_the_report_is_written_or_the_host_has_answered(cast: Cast, strength: Finding) -> None:
    row = factories.make_recommendation(cast.case, findings=[strength])
    share(cast)
    answer = HostResponse.objects.create(recommendation=row, decision="accepted")
    with pytest.raises(NotReady) as refused:
        withdraw_release(cast.case, by=cast.lead, reason="Changed")
    assert refused.value.code == "responded"
    answer.delete()
    cast.at(Stage.REPORTING)
    with pytest.raises(NotReady) as refused:
        withdraw_release(cast.case, by=cast.lead, reason="Changed")
    assert refused.value.code == "report_started"


def test_names_are_found_as_whole_words_with_a_title_or_known() -> None:
    names = {"Ana Popescu", "Li"}
    assert names_in("We met Ms Ionescu and Popescu.", names) == ["Ms Ionescu", "Popescu"]
    assert names_in("The popescu street is in Lipova.", names) == []


# --- the gate of the report -----------------------------------------------------------------------
def said_by_gate(case: Case) -> list[str]:
    ours = ("findings", "feedback session", "finding is")
    return [r.text for r in requirements.unmet(case, "start_report") if any(word in r.text for word in ours)]


def test_the_report_waits_for_release_session_attendance_and_undecided_drafts(
    cast: Cast, visit: StudyVisit, strength: Finding
) -> None:
    assert said_by_gate(cast.case) == [
        "The findings are not released to the host yet",
        "The feedback session is not held yet",
        "It is not recorded how many people of the host came to the feedback session",
    ]
    share(cast)
    factories.make_finding(cast.case)
    record_feedback(visit, by=cast.rapporteur, version=1, held_on=cast.case.visit_end, attendance=0, reply="")
    assert said_by_gate(Case.objects.get(pk=cast.case.pk)) == ["1 finding is still a draft: release or drop it"]
    cast.case.findings.filter(status="draft").update(status="dropped")
    assert said_by_gate(Case.objects.get(pk=cast.case.pk)) == []
