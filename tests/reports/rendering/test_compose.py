"""What a case becomes on paper: who reads which words, and nothing that is not theirs."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from reports.actions.reports import begun_section
from reports.enums import Edition, ReportStatus
from reports.models import Report, ReportSection
from reports.outline import built_in
from reports.rendering import RenderError, compose_document, content_hash, render_document, serialise
from reports.rendering.model import Chart, Table
from reports.rendering.model import Finding as FindingBlock
from reports.rendering.places import places
from reviews.enums import EvidenceClass, EvidenceKind, FindingKind, FindingStatus, Role, SelfAssessmentStatus, Stage
from reviews.models import (
    Action,
    Answer,
    Case,
    Evidence,
    Finding,
    HostResponse,
    Question,
    Recommendation,
    SelfAssessment,
    SelfAssessmentVersion,
)
from reviews.queries.frozen import content_of, digest, read_section
from reviews.queries.self_assessments import parts_of
from reviews.rendering.ratings import rated_sections, rating_pictures
from tests import factories
from tests.reports.rendering.conftest import Verdicts
from visits.enums import DeskKind, NoteKind, SlotKind, SourceGroup
from visits.models import StudyVisit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """A review with everything that documents show, in Timișoara in June 2018."""
    city = factories.make_city("Timișoara", country="RO", time_zone="Europe/Bucharest")
    made = factories.make_case(
        "Roma inclusion", host_city=city, visit_start=date(2018, 6, 12), off_limits="The court case."
    )
    factories.make_guiding_question(made, 1, "How can the plan be improved?")
    lead = factories.make_user("Mary Shaw", city=factories.make_city("Glasgow"), languages="English")
    friend = factories.make_user("Jens Berg", city=factories.make_city("Gothenburg"), email="jens@example.org")
    host = factories.make_user("Ana Ionescu", city=city)
    for role, user in ((Role.LEAD, lead), (Role.CRITICAL_FRIEND, friend), (Role.HOST_COORDINATOR, host)):
        factories.make_member(made, role, user)
    visit = factories.make_visit(made, practical="Tram 7 from the **station**.")
    site = factories.make_site(visit, "Neighbourhood centre", address="Strada 1", contact="Ms Receiver")
    talk = factories.make_slot(
        visit,
        "09:00",
        "10:30",
        title="Residents",
        kind=SlotKind.PANEL,
        site=site,
        lead=lead,
        note_taker=friend,
        met={SourceGroup.COMMUNITY: 8},
        remarks="Bring cake.",
    )
    factories.make_slot(visit, "16:30", "18:00", title="Secret debrief", kind=SlotKind.DEBRIEF)
    factories.make_desk_item(visit, friend, kind=DeskKind.QUESTION, text="Secret question?")
    factories.make_desk_item(
        visit, friend, kind=DeskKind.PAPER, text="The budget, please.", answer="It is in the annex."
    )
    strength = Finding.objects.create(
        case=made,
        kind=FindingKind.STRENGTH,
        theme="Planning",
        text="Planned **together**.",
        status=FindingStatus.SHARED,
        guiding_question=made.guiding_questions.get(),
    )
    Finding.objects.create(case=made, kind=FindingKind.CONSIDERATION, text="Unreleased finding.")
    practice = Finding.objects.create(
        case=made, kind=FindingKind.GOOD_PRACTICE, text="One roof.", status=FindingStatus.AGREED, position=2
    )
    factories.make_note(
        visit, friend, "Raw note.", slot=talk, kind=NoteKind.HEARD, source_group=SourceGroup.COMMUNITY
    ).findings.set([strength, practice])
    factories.make_note(visit, friend, "Seen note.", site=site, kind=NoteKind.SEEN).findings.set([strength])
    advice = Recommendation.objects.create(
        case=made,
        text="Name one owner.\n\nAnd one date.",
        reason="Plans stay.",
        addressee="Social services",
        time_frame="Within 3 months",
        status=FindingStatus.SHARED,
    )
    advice.findings.set([strength])
    HostResponse.objects.create(recommendation=advice, decision="partly", reason="From 2019 on.")
    _answer(made)
    _report(made)
    return made


def _answer(case: Case) -> None:
    held = case.self_assessment
    question = Question.objects.filter(section__question_set=held.question_set).order_by("number")[0]
    Answer.objects.create(
        self_assessment=held,
        question=question,
        text="We worry about *moves*.",
        rating="developing",
        rating_reason="Two surveys.",
        trend="better",
    )
    for title, access in (
        ("Public strategy", EvidenceClass.PUBLIC),
        ("Team figures", EvidenceClass.TEAM),
        ("Host memo", EvidenceClass.HOST),
    ):
        Evidence.objects.create(
            case=case,
            section=question.section,
            title=title,
            kind=EvidenceKind.STRATEGY,
            access_class=access,
            file=f"evidence/{access}",
            file_name="a.pdf",
            content_type="application/pdf",
            size=1,
            sha256=access * 8,
        )


def _report(case: Case) -> None:
    report = Report.objects.create(case=case, host_statement="We thank our friends.")
    for position, plan in enumerate(built_in().sections, start=1):
        row = begun_section(report, position, plan)
        row.text = {"summary": "It went **well**.\n\nSecond paragraph.", "findings": "What we saw."}.get(plan.key, "")
        row.updated_at = timezone.now() - timedelta(days=3)
        row.save()


def accept(case: Case) -> None:
    held = SelfAssessment.objects.select_related("question_set").get(case=case)
    content = content_of(held, case)
    SelfAssessmentVersion.objects.create(
        self_assessment=held, number=1, content=content, sha256=digest(content), submitted_at=timezone.now()
    )
    SelfAssessment.objects.filter(pk=held.pk).update(status=SelfAssessmentStatus.ACCEPTED)


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


@pytest.mark.parametrize(("kind", "queries"), [("handbook", 10), ("self_assessment", 7), ("report", 23)])
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


def test_composed_documents_are_archival_and_accessible(
    case: Case, tmp_path: Path, vera: Callable[..., Verdicts]
) -> None:
    accept(case)
    wanted = [
        ("handbook", "team"),
        ("handbook", "host"),
        ("self_assessment", "host"),
        ("report", "host"),
        ("report", "public"),
    ]
    for kind, edition in wanted:
        pdf = render_document(compose_document(kind, edition, case.pk))
        assert pdf.warnings == ()
        (tmp_path / f"{kind}-{edition}.pdf").write_bytes(pdf.content)
    verdicts = vera(*tmp_path.glob("*.pdf"))
    assert verdicts == {
        (f"{kind}-{edition}", flavour): ("compliant", "") for kind, edition in wanted for flavour in ("ua1", "3a")
    }
