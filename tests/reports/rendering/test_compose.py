"""What a case becomes on paper: who reads which words, and nothing that is not theirs."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from reports.enums import Edition, ReportStatus
from reports.models import Report, ReportSection
from reports.rendering import RenderError, compose_document, content_hash, serialise
from reports.rendering.model import Chart, Table
from reports.rendering.model import Finding as FindingBlock
from reports.rendering.places import places
from reviews.enums import EvidenceClass, FindingKind, FindingStatus, Role, Stage
from reviews.models import (
    Action,
    Answer,
    Case,
    Evidence,
    Finding,
    HostResponse,
    Recommendation,
)
from reviews.queries.frozen import read_section
from reviews.queries.self_assessments import parts_of
from reviews.rendering.ratings import rated_sections, rating_pictures
from tests import factories
from tests.reports.rendering.cases import accept, whole_case
from visits.enums import SlotKind, SourceGroup
from visits.models import StudyVisit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return whole_case()


def words(kind: str, edition: str, case: Case) -> str:
    return str(serialise(compose_document(kind, edition, case.pk)))


def titles(kind: str, edition: str, case: Case) -> list[str]:
    return [chapter.title for chapter in compose_document(kind, edition, case.pk).chapters]


def test_handbook_of_the_team_has_everything_for_the_visit(case: Case) -> None:
    accept(case)
    assert titles("handbook", Edition.TEAM, case) == [
        "How to use this handbook",
        "The review",
        "Who is who",
        "The programme",
        "Host sites",
        "Practical information",
        "The self-assessment at a glance",
        "Interviews and talks",
        "From notes to findings",
        "After the visit",
        "Before you leave home",
        "Note sheets",
    ]
    text = words("handbook", Edition.TEAM, case)
    for shown in (
        "Secret question?",
        "Secret debrief",
        "Mary Shaw",
        "Ms Receiver",
        "Residents and community: 8",
        "09:00",
        "The budget, please.",
        "It is in the annex.",
        "The court case.",
        "Bring cake.",
        "<strong>station</strong>",
    ):
        assert shown in text
    assert "Raw note." not in text


def test_handbook_of_the_host_keeps_the_teams_thoughts_out(case: Case) -> None:
    text = words("handbook", Edition.HOST, case)
    for hidden in ("Secret question?", "Secret debrief", "The budget, please.", "Raw note.", "Unreleased finding."):
        assert hidden not in text
    assert "Team, private" in text
    assert "Note sheets" not in titles("handbook", Edition.HOST, case)
    assert "The self-assessment at a glance" not in titles("handbook", Edition.HOST, case)


def test_only_those_whom_everybody_must_reach_have_their_address_in_the_handbook(case: Case) -> None:
    assert "jens@example.org" not in words("handbook", Edition.TEAM, case)
    assert case.memberships.get(role=Role.LEAD).user.email in words("handbook", Edition.TEAM, case)


def test_handbook_says_what_the_newest_version_of_the_programme_changed(case: Case) -> None:
    assert "What version" not in words("handbook", Edition.TEAM, case)
    case.study_visit.slots.filter(title="Residents").update(version=4)
    StudyVisit.objects.filter(case=case).update(version=4)
    programme = compose_document("handbook", Edition.TEAM, case.pk).chapters[3]
    table = next(block for block in programme.blocks if isinstance(block, Table))
    assert (table.caption, table.rows) == (
        "What version 4 changed",
        (("Tue 12 June, 09:00", "Residents", "Neighbourhood centre"),),
    )


def test_handbook_without_a_programme_says_what_is_missing() -> None:
    with pytest.raises(RenderError) as refusal:
        compose_document("handbook", Edition.TEAM, factories.make_case().pk)
    assert (refusal.value.code, refusal.value.message) == (
        "nothing_to_show",
        "The handbook needs a programme. Plan the visit first.",
    )


def test_self_assessment_reaches_the_team_only_when_it_is_released(case: Case) -> None:
    with pytest.raises(RenderError):
        compose_document("self_assessment", Edition.TEAM, case.pk)
    assert compose_document("self_assessment", Edition.HOST, case.pk).version == "Draft of version 1"
    accept(case)
    content = compose_document("self_assessment", Edition.TEAM, case.pk)
    assert content.version == "Version 1"
    assert "<em>moves</em>" in str(serialise(content))


def test_evidence_for_the_host_only_is_not_named_to_the_team(case: Case) -> None:
    accept(case)
    assert "Host memo" not in words("self_assessment", Edition.TEAM, case)
    assert "Team figures" in words("self_assessment", Edition.TEAM, case)
    assert "Host memo" in words("self_assessment", Edition.HOST, case)


def test_evidence_that_became_the_hosts_own_is_not_named_to_the_team_any_more(case: Case) -> None:
    accept(case)
    Evidence.objects.filter(title="Team figures").update(access_class=EvidenceClass.HOST)

    assert "Team figures" not in words("self_assessment", Edition.TEAM, case)
    assert "Team figures" in words("self_assessment", Edition.HOST, case)


def test_announced_file_is_no_evidence_yet(case: Case) -> None:
    Evidence.objects.create(case=case, title="Minutes to come", access_class=EvidenceClass.PUBLIC)
    accept(case)

    assert "Minutes to come" not in words("self_assessment", Edition.HOST, case)
    assert "Minutes to come" not in words("report", Edition.PUBLIC, case)


def test_ratings_are_drawn_as_in_the_reading_view_and_told_in_a_table(case: Case) -> None:
    first = compose_document("self_assessment", Edition.HOST, case.pk).chapters[0]
    sections = [read_section(part) for part in parts_of(case.self_assessment, case)]

    drawn = [block.svg for block in first.blocks if isinstance(block, Chart)]
    tables = [block.rows for block in first.blocks if isinstance(block, Table)]

    assert drawn == rating_pictures(rated_sections(sections))
    assert len(drawn) == 1
    assert [row[2:] for row in tables[-1]] == [("Developing", "Better")]


def test_an_accepted_self_assessment_shows_what_was_submitted(case: Case) -> None:
    accept(case)
    before = content_hash(compose_document("self_assessment", Edition.TEAM, case.pk))
    Answer.objects.update(text="Changed later.")
    assert content_hash(compose_document("self_assessment", Edition.TEAM, case.pk)) == before


def test_report_has_one_chapter_a_section_with_something_to_show(case: Case) -> None:
    assert [
        (chapter.anchor, chapter.number, chapter.title)
        for chapter in compose_document("report", Edition.PUBLIC, case.pk).chapters
    ] == [
        ("s1", "1", "Summary"),
        ("s2", "2", "Data sheet"),
        ("s4", "4", "How the review was done"),
        ("s5", "5", "What the critical friends found"),
        ("s6", "6", "Answers to the guiding questions"),
        ("s7", "7", "Recommendations"),
        ("s8", "8", "Good practices worth copying"),
        ("s9", "9", "Response of the host"),
        ("s10", "A", "Annexes"),
    ]


@pytest.mark.parametrize("edition", [Edition.TEAM, Edition.HOST, Edition.PUBLIC])
def test_report_shows_released_findings_and_never_notes_or_names_of_the_visit(case: Case, edition: Edition) -> None:
    text = words("report", edition, case)
    for shown in (
        "Planned <strong>together</strong>.",
        "1 interview, 1 site",
        "Name one owner.",
        "And one date.",
        "Partly accepted",
        "From 2019 on.",
        "We thank our friends.",
        "Public strategy",
    ):
        assert shown in text
    for hidden in (
        "Unreleased finding.",
        "Raw note.",
        "Secret question?",
        "Secret debrief",
        "Ms Receiver",
        "Host memo",
        "Team figures",
        "Bring cake.",
    ):
        assert hidden not in text


def test_report_says_when_a_finding_rests_on_one_source(case: Case) -> None:
    report = compose_document("report", Edition.PUBLIC, case.pk)
    found = {
        block.label: block.is_single_source
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, FindingBlock)
    }
    assert found == {"Strength": False, "Good practice": True}


def test_drafts_are_numbered_and_the_public_edition_is_not(case: Case) -> None:
    numbered = {edition: compose_document("report", edition, case.pk).is_numbered for edition in Edition}
    assert numbered == {Edition.TEAM: True, Edition.HOST: True, Edition.PUBLIC: False}
    draft = compose_document("report", Edition.HOST, case.pk)
    assert places(draft)["s1-p2"].text == "Second paragraph."
    assert places(draft)["s5-p3"].text == "Planned together."


def test_report_of_the_same_state_is_the_same_content_on_another_day(case: Case) -> None:
    first = compose_document("report", Edition.PUBLIC, case.pk)
    assert first.dated == timezone.localdate() - timedelta(days=3)
    assert content_hash(compose_document("report", Edition.PUBLIC, case.pk)) == content_hash(first)
    ReportSection.objects.filter(key="context").update(text="A new context.")
    assert content_hash(compose_document("report", Edition.PUBLIC, case.pk)) != content_hash(first)


def test_report_for_everybody_names_no_owner_of_an_action(case: Case) -> None:
    row = Recommendation.objects.create(case=case, text="Name one person.", status=FindingStatus.SHARED)
    HostResponse.objects.create(recommendation=row, decision="accepted", reason="")
    Action.objects.create(recommendation=row, text="Write the list", owner="Ana Popescu", status="done")
    Case.objects.filter(pk=case.pk).update(stage=Stage.FOLLOW_UP)
    accept(case)
    told = str(serialise(compose_document("report", Edition.PUBLIC, case.pk)))
    assert ("Write the list" in told, "Ana Popescu" in told) == (True, False)


def test_report_that_was_not_begun_says_so() -> None:
    with pytest.raises(RenderError) as refusal:
        compose_document("report", Edition.PUBLIC, factories.make_case().pk)
    assert refusal.value.message == "The report has not been begun yet."


def test_approved_report_is_dated_with_its_approval(case: Case) -> None:
    at = timezone.now() - timedelta(days=1)
    Report.objects.filter(case=case).update(status=ReportStatus.FINAL, finalised_at=at)
    assert compose_document("report", Edition.PUBLIC, case.pk).dated == timezone.localtime(at).date()


@pytest.mark.parametrize(("kind", "queries"), [("handbook", 10), ("self_assessment", 7), ("report", 20)])
@pytest.mark.parametrize("more", [0, 2])
def test_composing_asks_the_same_number_of_questions_however_long_the_case(
    case: Case, django_assert_num_queries: Any, kind: str, queries: int, more: int
) -> None:
    for number in range(more):
        factories.make_site(case.study_visit)
        factories.make_slot(
            case.study_visit, "11:00", "12:00", day=number + 2, kind=SlotKind.INTERVIEW, met={SourceGroup.NGOS: 2}
        )
        found = Finding.objects.create(case=case, kind=FindingKind.STRENGTH, text="More.", status=FindingStatus.SHARED)
        Recommendation.objects.create(case=case, text="More.", status=FindingStatus.SHARED).findings.set([found])
        factories.make_member(case, Role.CRITICAL_FRIEND)
    accept(case)
    with django_assert_num_queries(queries):
        compose_document(kind, Edition.TEAM, case.pk)
