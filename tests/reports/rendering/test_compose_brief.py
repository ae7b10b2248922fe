"""What a case becomes in the brief documents: who reads which words, and nothing that is not theirs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from reports.enums import Edition
from reports.rendering import RenderError, compose_document, serialise
from reports.rendering.model import DocumentContent, Thought
from reviews.enums import ActionStatus, FindingKind, FindingStatus, MilestoneKind, Role
from reviews.models import Action, Case, HostResponse, Milestone
from tests import factories
from visits.enums import SlotKind, SourceGroup

pytestmark = pytest.mark.django_db
SHARED = FindingStatus.SHARED


@pytest.fixture
def case() -> Case:
    """A visit with two groups, released and unreleased findings, and a recommendation that is followed up."""
    city = factories.make_city("Timișoara", country="RO", time_zone="Europe/Bucharest")
    made = factories.make_case("Roma inclusion", host_city=city, visit_start=date(2018, 6, 12))
    factories.make_guiding_question(made, 1, "How can the plan be improved?")
    lead = factories.make_user("Mary Shaw", city=factories.make_city("Glasgow"))
    friend = factories.make_user("Jens Berg", city=factories.make_city("Gothenburg"))
    factories.make_member(made, Role.LEAD, lead)
    factories.make_member(made, Role.CRITICAL_FRIEND, friend)
    visit = factories.make_visit(made)
    site = factories.make_site(visit, "Neighbourhood centre", address="Strada 1", contact="Ms Receiver")
    group = factories.make_group(visit, "Group A", [friend])
    factories.make_group(visit, "Group B", [lead])
    met = {SourceGroup.COMMUNITY: 8}
    factories.make_slot(
        visit, "09:00", "10:30", title="Residents", kind=SlotKind.PANEL, site=site, lead=lead, group=group, met=met
    )
    factories.make_slot(visit, "16:30", "18:00", title="Secret debrief", kind=SlotKind.DEBRIEF, lead=lead)
    factories.make_finding(made, "Planned **together**.", kind=FindingKind.STRENGTH, theme="Planning", status=SHARED)
    factories.make_finding(made, "Unreleased finding.")
    advice = factories.make_recommendation(
        made, "Name one owner.\n\nAnd one date.", addressee="Social services", status=SHARED
    )
    factories.make_recommendation(made, "Unreleased advice.")
    HostResponse.objects.create(recommendation=advice, decision="partly", reason="From 2019 on.")
    Action.objects.create(
        recommendation=advice,
        text="Write the list",
        owner="Ana Popescu",
        due=date(2019, 3, 1),
        status=ActionStatus.DONE,
        progress="Everybody knows whom to ask.",
    )
    return made


def words(kind: str, edition: str, case: Case) -> str:
    return str(serialise(compose_document(kind, edition, case.pk)))


def thoughts(content: DocumentContent) -> Iterator[tuple[str, Thought]]:
    for chapter in content.chapters:
        yield from ((chapter.title, block) for block in chapter.blocks if isinstance(block, Thought))


def test_programme_has_a_chapter_a_day_and_one_a_group(case: Case) -> None:
    factories.make_slot(case.study_visit, day=2)
    content = compose_document("programme", Edition.TEAM, case.pk)
    assert [chapter.title for chapter in content.chapters] == [
        "The visit at a glance",
        "Tuesday 12 June 2018",
        "Wednesday 13 June 2018",
        "The way of Group A",
        "The way of Group B",
    ]
    ways = {chapter.title: str(chapter.blocks) for chapter in content.chapters[-2:]}
    assert ("Residents" in ways["The way of Group A"], "Residents" in ways["The way of Group B"]) == (True, False)


def test_programme_names_the_team_to_the_team_and_whom_one_meets_to_nobody(case: Case) -> None:
    team, host = words("programme", Edition.TEAM, case), words("programme", Edition.HOST, case)
    assert ("'lead': 'Mary Shaw'" in team, "'lead': 'Mary Shaw'" in host) == (True, False)
    assert ("Secret debrief" in team, "Secret debrief" in host) == (True, False)
    assert "Ms Receiver" not in team + host
    assert "Strada 1" in team
    assert "Strada 1" in host


def test_programme_without_a_slot_says_what_to_do() -> None:
    visit = factories.make_visit(factories.make_case())
    with pytest.raises(RenderError) as refusal:
        compose_document("programme", Edition.TEAM, visit.case_id)
    assert refusal.value.message == "The programme is empty. Plan the visit first."


def test_slides_show_what_was_released_one_thought_each(case: Case) -> None:
    Milestone.objects.filter(case=case, kind=MilestoneKind.REPORT_DRAFT).update(due=date(2018, 7, 15))
    content = compose_document("slides", Edition.HOST, case.pk)
    assert [(title, thought.kind, thought.number) for title, thought in thoughts(content)] == [
        ("What we were asked", "asked", 0),
        ("Strengths", "strength", 0),
        ("What we recommend", "recommendation", 1),
    ]
    told = str(serialise(content))
    assert "Unreleased" not in told
    assert "<strong>together</strong>" in told
    assert "Mary Shaw" not in told
    assert "15 July 2018" in told


def test_long_thought_is_set_smaller(case: Case) -> None:
    factories.make_finding(case, "word " * 60, kind=FindingKind.QUESTION, status=SHARED)
    content = compose_document("slides", Edition.HOST, case.pk)
    assert {thought.kind for _, thought in thoughts(content) if thought.is_long} == {"question"}


def test_slides_before_the_release_say_so() -> None:
    case = factories.make_case()
    factories.make_finding(case, "Unreleased finding.")
    with pytest.raises(RenderError) as refusal:
        compose_document("slides", Edition.HOST, case.pk)
    assert refusal.value.message == "Nothing has been released for the feedback session yet."


def test_progress_report_says_what_became_of_each_recommendation(case: Case) -> None:
    told = words("progress", Edition.HOST, case)
    for shown in (
        "Name one owner.",
        "And one date.",
        "Partly accepted",
        "From 2019 on.",
        "Write the list",
        "Ana Popescu",
        "1 March 2019",
        "Everybody knows whom to ask.",
    ):
        assert shown in told
    assert "Unreleased" not in told


def test_public_progress_report_names_nobody_who_does_it(case: Case) -> None:
    told = words("progress", Edition.PUBLIC, case)
    assert ("Write the list" in told, "Ana Popescu" in told) == (True, False)


def test_recommendation_without_a_word_of_the_host_says_so(case: Case) -> None:
    factories.make_recommendation(case, "Ask residents.", status=SHARED)
    content = compose_document("progress", Edition.HOST, case.pk)
    facts = {fact.term: fact.value for fact in content.cover_facts}
    assert facts["Recommendations"] == "2, of which 1 answered"
    assert "No response yet" in str(content)


def test_progress_report_without_recommendations_says_so() -> None:
    with pytest.raises(RenderError) as refusal:
        compose_document("progress", Edition.HOST, factories.make_case().pk)
    assert refusal.value.message == "There is no recommendation to follow up yet."


@pytest.mark.parametrize(
    ("kind", "edition", "queries"), [("programme", "team", 7), ("slides", "host", 13), ("progress", "host", 4)]
)
@pytest.mark.parametrize("more", [0, 2])
def test_composing_asks_the_same_number_of_questions(
    case: Case, django_assert_num_queries: Any, kind: str, edition: str, queries: int, more: int
) -> None:
    for number in range(more):
        factories.make_slot(case.study_visit, "11:00", "12:00", day=number + 2, met={SourceGroup.NGOS: 2})
        factories.make_finding(case, status=SHARED)
        Action.objects.create(recommendation=factories.make_recommendation(case, status=SHARED), text="More")
        factories.make_member(case, Role.CRITICAL_FRIEND)
    with django_assert_num_queries(queries):
        compose_document(kind, edition, case.pk)
