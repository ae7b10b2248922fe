"""My tasks: what waits for a person."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.actions.notifications import notify
from people.models import User
from people.queries.shell import task_count
from reviews.actions import milestones
from reviews.actions.interests import declare_interest
from reviews.actions.objections import object_to
from reviews.enums import Interest, InterestDecision, MilestoneKind, MilestoneStatus, Role, Stage
from reviews.models import Milestone, Objection
from reviews.pages import page_of
from reviews.queries import tasks
from reviews.queries.tasks import Source, Task, count_tasks, open_deadlines, urgent_tasks
from tests import factories
from tests.cast import Cast


def kinds(user: object, **more: bool) -> list[str]:
    return [row.kind for row in open_deadlines(user, **more)]  # type: ignore[arg-type]


def test_deadlines_go_to_their_owners(cast: Cast) -> None:
    assert kinds(cast.secretariat) == [MilestoneKind.TEAM_CONFIRMED]
    assert kinds(cast.coordinator) == [MilestoneKind.SCOPE_AGREED, MilestoneKind.PROGRAMME_DRAFT]
    assert kinds(cast.lead) == kinds(cast.friend) == kinds(cast.stranger) == []


def test_role_counts_in_its_own_case_only(cast: Cast) -> None:
    other = factories.make_case(stage=Stage.FEEDBACK)
    milestones.sync(other)
    factories.make_member(other, Role.OBSERVER, cast.coordinator)
    assert {row.case_id for row in open_deadlines(cast.coordinator)} == {cast.case.pk}


def test_secretariat_may_ask_for_everybodys(cast: Cast) -> None:
    assert len(kinds(cast.secretariat, everybodys=True)) == 3
    assert len(kinds(cast.coordinator, everybodys=True)) == 2


def test_secretariat_that_leads_has_both(cast: Cast) -> None:
    cast.case.memberships.filter(role=Role.LEAD).update(user=cast.secretariat)
    cast.at(Stage.SELF_ASSESSMENT)
    assert set(kinds(cast.secretariat)) == {
        MilestoneKind.TEAM_CONFIRMED,
        MilestoneKind.SELF_ASSESSMENT_ACCEPTED,
        MilestoneKind.PROGRAMME_FROZEN,
    }


@pytest.mark.parametrize(
    ("kind", "stage", "page"),
    [
        (MilestoneKind.ACTION_PLAN, Stage.REPORTING, ""),
        (MilestoneKind.ACTION_PLAN, Stage.FOLLOW_UP, "follow-up/"),
        (MilestoneKind.REPORT_DRAFT, Stage.FEEDBACK, ""),
        (MilestoneKind.REPORT_DRAFT, Stage.REPORTING, "report/"),
        (MilestoneKind.SCOPE_AGREED, Stage.DRAFT, "scope/"),
    ],
)
def test_deadline_leads_to_a_page_that_is_there(cast: Cast, kind: MilestoneKind, stage: Stage, page: str) -> None:
    cast.at(stage)
    url = page_of(kind, cast.case)

    assert url == f"/cases/timisoara/{page}"
    assert cast.client(cast.secretariat).get(url).status_code == 200


def test_deadlines_stand_by_date_those_without_last(cast: Cast) -> None:
    today = timezone.localdate()
    Milestone.objects.filter(kind=MilestoneKind.SCOPE_AGREED).update(due=None)
    Milestone.objects.filter(kind=MilestoneKind.PROGRAMME_DRAFT).update(due=today)
    assert [row.due for row in open_deadlines(cast.coordinator)] == [today, None]


def test_nothing_waits_in_a_review_that_rests(cast: Cast) -> None:
    cast.case.declarations.filter(user=cast.friend).delete()
    cast.at(Stage.POSTPONED, paused_stage=Stage.PLANNING)
    assert (kinds(cast.coordinator), urgent_tasks(cast.friend), count_tasks(cast.coordinator, 99)) == ([], [], 0)


def test_missing_declaration_is_a_task_once_a_case(cast: Cast) -> None:
    cast.case.declarations.filter(user=cast.friend).delete()
    factories.make_member(cast.case, Role.RAPPORTEUR, cast.friend)
    assert [(task.text, task.url) for task in urgent_tasks(cast.friend)] == [
        ("Declare your interests", "/cases/timisoara/interests/")
    ]


def test_decisions_are_tasks_of_lead_and_secretariat_but_never_on_oneself(cast: Cast) -> None:
    declare_interest(cast.case, Interest.DECLARED, text="x", by=cast.friend)
    object_to(cast.case, cast.rapporteur.pk, text="x", by=cast.coordinator)
    told = ["Decide on the interests of Friend", "Decide on the objection to Rapporteur"]
    assert [task.text for task in urgent_tasks(cast.lead)] == told
    declare_interest(cast.case, Interest.DECLARED, text="x", by=cast.lead)
    texts = {name: [task.text for task in urgent_tasks(user)] for name, user in cast.people.items()}
    assert texts["secretariat"] == [
        "Decide on the interests of Friend",
        "Decide on the interests of Lead",
        "Decide on the objection to Rapporteur",
    ]
    assert texts["lead"] == texts["friend"] == texts["coordinator"] == texts["stranger"] == []


def test_number_beside_the_menu_is_the_number_of_tasks(cast: Cast) -> None:
    declare_interest(cast.case, Interest.DECLARED, text="x", by=cast.friend)
    assert (
        task_count(cast.secretariat),
        task_count(cast.lead),
        task_count(cast.coordinator),
        task_count(cast.stranger),
    ) == (2, 1, 2, 0)


def test_number_stops_at_99(cast: Cast, django_assert_num_queries: object) -> None:
    cases = [
        factories.make_case(
            host_city=cast.case.host_city,
            working_group=cast.case.working_group,
            question_set=cast.case.self_assessment.question_set,
        )
        for _ in range(4)
    ]
    assert cases
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert count_tasks(cast.secretariat, 1) == 1


def test_complete_proposal_is_a_task_of_the_secretariat(cast: Cast) -> None:
    cast.at(Stage.DRAFT)
    assert [(task.text, task.url) for task in urgent_tasks(cast.secretariat)] == [
        ("Accept or return the proposal", "/cases/timisoara/")
    ]
    assert (urgent_tasks(cast.lead), count_tasks(cast.secretariat, 99)) == ([], 1)


@pytest.mark.parametrize("lacks", ["challenge", "question", "sponsor"])
def test_proposal_that_is_still_written_is_nobodys_task(cast: Cast, lacks: str) -> None:
    cast.at(Stage.DRAFT, **({"challenge": ""} if lacks == "challenge" else {}))
    if lacks == "question":
        cast.case.guiding_questions.all().delete()
    elif lacks == "sponsor":
        cast.case.memberships.filter(user=cast.sponsor).delete()
    assert urgent_tasks(cast.secretariat) == []


def test_what_others_wait_for_comes_by_date_and_without_a_date_as_today(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waiting(days: int | None) -> Source:
        due = None if days is None else timezone.localdate() + timedelta(days=days)
        return Source(lambda user: User.objects.filter(pk=user.pk), lambda _: Task(None, str(days), due, "/"))

    monkeypatch.setattr(tasks, "_sources", [waiting(days) for days in (3, None, 1, -2, 0)])
    assert [task.text for task in urgent_tasks(cast.observer)] == ["-2", "None", "0", "1", "3"]


# --- The page ------------------------------------------------------------------------------------
def test_page_says_case_what_due_and_leads_there(cast: Cast) -> None:
    Milestone.objects.filter(kind=MilestoneKind.SCOPE_AGREED).update(due=timezone.localdate() - timedelta(days=3))
    page = cast.client(cast.coordinator).get("/tasks/").content.decode()
    row = page.split('id="tasks"')[1].split("</tr>")[1]
    assert '<tr class="is-late">' in row
    assert "3 days late" in row
    assert 'href="/cases/timisoara/scope/"' in row
    assert cast.case.title in row


def test_page_shows_what_is_new(cast: Cast) -> None:
    notify([cast.friend], text="The programme is agreed", url="/cases/timisoara/")
    page = cast.client(cast.friend).get("/tasks/").content.decode()
    assert "The programme is agreed" in page


def test_empty_page_says_so(cast: Cast) -> None:
    assert "Nothing waits for you" in cast.client(cast.stranger).get("/tasks/").content.decode()


@pytest.mark.parametrize("cases", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("coordinator", 8), ("secretariat", 8)])
def test_page_costs_the_same_for_one_and_three(
    db: None, cases: int, who: str, queries: int, django_assert_num_queries: object
) -> None:
    user = factories.make_user(is_secretariat=who == "secretariat", city=factories.make_city())
    for _ in range(cases):
        case = factories.make_case()
        factories.make_member(case, Role.HOST_COORDINATOR, user)
    browser = Cast.client(None, user)  # type: ignore[arg-type]
    with django_assert_num_queries(queries):  # type: ignore[operator]
        assert browser.get("/tasks/").context["page"].object_list[0].text


@pytest.mark.parametrize("cases", [1, 3])
def test_what_others_wait_for_costs_one_query_a_kind(db: None, cases: int, django_assert_num_queries: object) -> None:
    user = factories.make_user(is_secretariat=True, city=factories.make_city())
    for _ in range(cases):
        case = factories.make_case()
        factories.make_member(case, Role.CRITICAL_FRIEND, user)
        other = factories.make_member(case, Role.OBSERVER).user
        factories.make_declaration(case, other, decision=InterestDecision.PENDING)
        Objection.objects.create(case=case, user=other, by=user, text="x")
    with django_assert_num_queries(4):  # type: ignore[operator]
        found = urgent_tasks(user)
        assert all(task.case and task.case.host_city.name for task in found)
    assert len(found) == 3 * cases


def test_pages_are_of_twenty(db: None) -> None:
    user = factories.make_user(is_secretariat=True)
    common: dict[str, Any] = {
        "host_city": factories.make_city(),
        "working_group": factories.make_working_group(),
        "question_set": factories.make_question_set(),
    }
    for _ in range(21):
        factories.make_case(stage=Stage.PLANNING, **common)
    browser = Cast.client(None, user)  # type: ignore[arg-type]
    assert len(browser.get("/tasks/").context["page"].object_list) == 20
    assert len(browser.get("/tasks/?page=2").context["page"].object_list) == 1
    assert browser.get("/tasks/?page=nonsense").context["page"].number == 1


def test_secretariats_list_walks_the_index_of_due_dates(db: None) -> None:
    """No sorting of all open deadlines: the first page must not cost more in a large installation."""
    user = factories.make_user(is_secretariat=True)
    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")
    plan = open_deadlines(user, everybodys=True)[:50].explain()
    assert "milestone_open_by_due" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("table", "index"),
    [("reviews_interestdeclaration", "declaration_waiting"), ("reviews_objection", "objection_one_open")],
)
def test_what_others_wait_for_is_found_by_the_index_of_what_waits(cast: Cast, table: str, index: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")
    declare_interest(cast.case, Interest.DECLARED, text="x", by=cast.friend)
    object_to(cast.case, cast.rapporteur.pk, text="x", by=cast.coordinator)
    with CaptureQueriesContext(connection) as asked:
        urgent_tasks(factories.make_user(is_secretariat=True))
    start = f'FROM "{table}" INNER JOIN "people_user"'
    [sql] = [query["sql"] for query in asked.captured_queries if start in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert f"{table} USING INDEX {index}" in plan


def test_list_of_one_person_starts_from_their_roles(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan is SQLite's")
    plan = open_deadlines(factories.make_user())[:50].explain()
    assert "SCAN reviews_milestone" not in plan


def test_counting_reads_no_row_twice(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        count_tasks(cast.lead, 99)
    assert len(asked) == 1
    assert Milestone.objects.filter(status=MilestoneStatus.OPEN).count() == 3
