"""The pages of a case, as each role."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils import timezone

from people.models import User
from reviews.actions.events import record
from reviews.actions.team import Candidate, add_person
from reviews.enums import EventKind, Interest, InterestDecision, MilestoneKind, MilestoneStatus, Role, Stage
from reviews.frame import Next
from reviews.models import Case, CaseEvent, Milestone, Objection
from reviews.next_steps import Deadline, told_once
from tests import factories
from tests.cast import Cast

CASE = "/cases/timisoara/"
EVERYBODY = ["secretariat", "lead", "friend", "rapporteur", "observer", "coordinator", "sponsor", "contributor"]
PAGES = ["", "scope/", "team/", "deadlines/", "timeline/"]


@pytest.mark.parametrize("stage", list(Stage))
def test_members_read_every_page_in_every_stage(cast: Cast, stage: Stage) -> None:
    cast.at(stage, paused_stage=Stage.PLANNING if stage == Stage.POSTPONED else "")
    clients = {who: cast.client(cast.people[who]) for who in EVERYBODY}
    found = {(who, page): client.get(f"{CASE}{page}").status_code for who, client in clients.items() for page in PAGES}
    assert found == {(who, page): 200 for who in EVERYBODY for page in PAGES}


@pytest.mark.parametrize(
    "page",
    [
        *PAGES,
        "interests/",
        "steps/cancel/",
        "deadlines/visit/",
        "team/1/remove/",
        "objections/to/1/",
        "objections/1/",
        "interests/1/",
    ],
)
def test_strangers_learn_nothing(cast: Cast, page: str) -> None:
    stranger = cast.client(cast.stranger)
    answers = [stranger.get(f"{CASE}{page}").status_code, stranger.get(f"/cases/no-such-case/{page}").status_code]
    assert answers in ([404, 404], [405, 405])


@pytest.mark.parametrize("page", PAGES)
def test_pages_need_a_login(cast: Cast, page: str) -> None:
    answer = Client().get(f"{CASE}{page}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={CASE}{page}")


def test_other_cases_rows_are_not_there(cast: Cast) -> None:
    other = factories.make_case()
    member = factories.make_member(other, Role.OBSERVER)
    declaration = factories.make_declaration(other, member.user)
    client = cast.client(cast.secretariat)
    paths = [f"team/{member.pk}/remove/", f"interests/{declaration.pk}/"]
    assert [client.get(f"{CASE}{path}").status_code for path in paths] == [404, 404]
    assert cast.client(cast.coordinator).get(f"{CASE}objections/to/{member.user_id}/").status_code == 404


# --- Overview ------------------------------------------------------------------------------------
def overview(cast: Cast, who: str) -> str:
    return cast.client(cast.people[who]).get(CASE).content.decode()


def part(page: str, name: str) -> str:
    return page.split(f'id="{name}"')[1].split("</section>", maxsplit=1)[0]


def test_open_step_is_a_button_for_those_who_may(cast: Cast) -> None:
    cast.at(Stage.DRAFT)
    assert f'action="{CASE}steps/accept_proposal/"' in part(overview(cast, "secretariat"), "next")
    assert "steps/accept_proposal" not in overview(cast, "lead")
    assert "The secretariat can press “Accept the proposal”." in " ".join(part(overview(cast, "lead"), "gate").split())


def test_everybody_sees_what_is_missing_who_acts_and_where(cast: Cast) -> None:
    cast.at(Stage.DRAFT, challenge="")
    for who in ("secretariat", "friend", "coordinator"):
        gate = part(overview(cast, who), "gate")
        assert f'<a href="{CASE}scope/">Describe the challenge</a>' in gate
        assert '<span class="who">Host coordinator</span>' in gate


@pytest.mark.parametrize("who", ["friend", "coordinator", "contributor"])
@pytest.mark.parametrize("stage", [Stage.SELF_ASSESSMENT, Stage.FEEDBACK])
def test_lists_of_what_is_next_and_when_lead_nobody_to_a_closed_door(cast: Cast, who: str, stage: Stage) -> None:
    cast.at(stage)
    client = cast.client(cast.people[who])
    pages = [client.get(f"{CASE}{page}").content.decode() for page in ("", "deadlines/")]
    links = {link for page in pages for link in re.findall(rf'href="({CASE}[^"#?]*)', page)}
    refused = {link: code for link in links if (code := client.get(link).status_code) >= HTTPStatus.BAD_REQUEST}
    assert not refused
    assert "Factual comments back" in pages[1]  # the words stay for those whom the page refuses


def test_what_is_missing_leads_those_there_who_can_cure_it(cast: Cast) -> None:
    cast.at(Stage.FEEDBACK)
    words = "The findings are not released to the host yet"
    gates = {who: part(overview(cast, who), "gate") for who in ("lead", "friend", "coordinator")}
    assert f'<a href="{CASE}findings/release/">{words}</a>' in gates["lead"]
    assert f"<span>{words}</span>" in gates["friend"]
    assert f"<span>{words}</span>" in gates["coordinator"]


def test_own_deadlines_stand_under_next_for_you(cast: Cast) -> None:
    assert "Draft the programme" in part(overview(cast, "coordinator"), "next")
    waiting = " ".join(part(overview(cast, "friend"), "next").split())
    assert "Nothing waits for you now. Next:" in waiting
    assert "by the host coordinator" in waiting


def test_one_button_leads_on_and_readiness_is_said_once(cast: Cast) -> None:
    cast.at(Stage.FOLLOW_UP)
    page = overview(cast, "lead")
    main = re.findall(r'class="btn(?: small)?"', part(page, "next").partition("<dialog")[0])
    assert (len(main), page.count("Nothing is missing")) == (1, 1)
    assert "Nothing is missing. The lead or the secretariat can press" in part(overview(cast, "coordinator"), "gate")


def test_a_refused_page_leads_members_back_to_the_review(cast: Cast) -> None:
    way = f'<a class="btn" href="{CASE}">Go to the review</a>'
    answers = [cast.client(person).get(f"{CASE}self-assessment/who-writes/") for person in (cast.friend, cast.stranger)]
    assert [(answer.status_code, way in answer.content.decode()) for answer in answers] == [(403, True), (404, False)]


def test_steps_with_reasons_open_a_dialog_and_work_without_script(cast: Cast) -> None:
    page = overview(cast, "secretariat")
    assert f'href="{CASE}steps/postpone/?next={CASE}" data-open-dialog="step-postpone"' in page.replace("%2F", "/")
    assert '<dialog class="dialog" id="step-postpone"' in page


def test_closed_review_offers_nothing_but_reopening(cast: Cast) -> None:
    cast.at(Stage.CLOSED)
    assert "Reopen the review" in overview(cast, "lead")
    assert 'id="gate"' not in overview(cast, "lead")
    assert "<dialog" not in overview(cast, "coordinator")


def test_titles_in_other_scripts_are_shown_and_escaped(cast: Cast) -> None:
    Case.objects.update(title="Αθήνα <b>مدرسة</b>")
    page = overview(cast, "friend")
    assert "Αθήνα &lt;b&gt;مدرسة&lt;/b&gt;" in page
    assert "<b>مدرسة" not in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("contributor", 18), ("lead", 15)])
def test_overview_costs_the_same_for_one_and_three(
    cast: Cast, rows: int, who: str, queries: int, django_assert_num_queries: object
) -> None:
    for number in range(rows):
        record(cast.case, EventKind.EDITED, f"Change {number}", by=cast.people[EVERYBODY[number]])
        add_person(cast.case, Role.CRITICAL_FRIEND, Candidate(email=f"x{number}@example.org", name="X"), by=cast.lead)
    client = cast.client(cast.people[who])
    with django_assert_num_queries(queries):  # type: ignore[operator]
        client.get(CASE)


# --- Timeline ------------------------------------------------------------------------------------
def test_host_does_not_see_what_is_between_the_team(cast: Cast) -> None:
    record(cast.case, EventKind.EDITED, "A note between us", by=cast.lead, team_only=True)
    readers = [
        who
        for who in EVERYBODY
        if "A note between us" in cast.client(cast.people[who]).get(f"{CASE}timeline/").content.decode()
    ]
    assert readers == ["secretariat", "lead", "friend", "rapporteur", "observer"]
    assert "A note between us" not in overview(cast, "coordinator")


def test_timeline_has_pages(cast: Cast) -> None:
    CaseEvent.objects.bulk_create(
        CaseEvent(case=cast.case, kind=EventKind.READ, actor=cast.lead, text=f"Line {n}") for n in range(51)
    )
    page = cast.client(cast.lead).get(f"{CASE}timeline/?page=2")
    assert [event.text for event in page.context["page"].object_list] == ["Line 0"]


@pytest.mark.parametrize("rows", [1, 3])
def test_timeline_costs_the_same_for_one_and_three(cast: Cast, rows: int, django_assert_num_queries: object) -> None:
    for number in range(rows):
        record(cast.case, EventKind.EDITED, "Change", by=cast.people[EVERYBODY[number]])
    client = cast.client(cast.lead)
    with django_assert_num_queries(10):  # type: ignore[operator]
        client.get(f"{CASE}timeline/")


# --- Frame ---------------------------------------------------------------------------------------
def rail(cast: Cast, who: str = "lead") -> list[tuple[str, str, str]]:
    found = cast.client(cast.people[who]).get(CASE).context["rail"]
    return [(step.key, step.state, step.note) for step in found]


def test_rail_says_where_it_stands(cast: Cast) -> None:
    cast.at(Stage.FEEDBACK)
    assert [state for _, state, _ in rail(cast)] == ["done", "done", "now", "later", "later"]
    cast.at(Stage.CLOSED)
    assert {state for _, state, _ in rail(cast)} == {"done"}
    cast.at(Stage.POSTPONED, paused_stage=Stage.SELF_ASSESSMENT)
    assert [state for _, state, _ in rail(cast)] == ["done", "paused", "later", "later", "later"]


def test_rail_says_what_was_done_and_what_it_waits_for(cast: Cast) -> None:
    Milestone.objects.filter(kind=MilestoneKind.PROGRAMME_FROZEN).update(
        status=MilestoneStatus.DONE, done_at="2018-05-30T10:00Z"
    )
    Milestone.objects.filter(kind=MilestoneKind.REPORT_DRAFT).update(due="2018-07-12")
    Case.objects.update(visit_start="2018-06-12", visit_end="2018-06-14")
    notes = {key: note for key, _, note in rail(cast)}
    assert (notes["preparation"], notes["visit"], notes["report"]) == (
        "Programme frozen 30 May 2018",
        "12–14 June 2018",
        "Draft due 12 July 2018",
    )


def test_tabs_are_those_that_open(cast: Cast) -> None:
    cast.case.declarations.filter(user=cast.friend).delete()
    for who in EVERYBODY:
        client = cast.client(User.objects.get(pk=cast.people[who].pk))
        for tab in client.get(CASE).context["tabs"]:
            assert client.get(tab.url).status_code == 200, (who, tab)


def test_who_decides_reads_about_whom(cast: Cast) -> None:
    """Interests and objections of this case that wait, not those of another."""
    pending = {"interest": Interest.DECLARED, "decision": InterestDecision.PENDING}
    for person in (cast.friend, cast.lead):
        cast.case.declarations.filter(user=person).update(**pending)
    other = factories.make_case()
    factories.make_declaration(other, cast.observer, **pending)
    Objection.objects.create(case=cast.case, user=cast.rapporteur, text="A competitor", by=cast.coordinator)
    Objection.objects.create(case=other, user=cast.friend, text="Elsewhere")
    expected = {
        "secretariat": [f"{cast.friend} has declared", f"{cast.lead} has declared", f"{cast.rapporteur} is objected"],
        "friend": [],
    }
    for who, told in expected.items():
        page = overview(cast, who)
        assert page.count("please decide") == len(told)
        assert [words for words in told if words in page] == told


def test_work_with_a_deadline_stands_once_with_its_day(cast: Cast) -> None:
    cast.at(Stage.SELF_ASSESSMENT)
    due = timezone.localdate() + timedelta(days=8)
    Milestone.objects.filter(kind=MilestoneKind.SELF_ASSESSMENT_DUE).update(status=MilestoneStatus.OPEN, due=due)
    card = part(overview(cast, "coordinator"), "next")
    assert card.count(f'href="{CASE}self-assessment/"') == 1
    assert re.search(r"Write and submit the self-assessment: <time .+?</time>, in 8 days", card)


def test_a_deadline_is_told_with_the_first_work_on_its_page_only() -> None:
    steps = [Next("Two wait.", "Respond", "/a/#two"), Next("Look.", "Look", "/b/"), Next("Again.", "Respond", "/a/")]
    first, second, third = (
        Deadline(words, None, "Lead", url) for words, url in (("1", "/a/"), ("2", "/a/"), ("3", "/c/"))
    )
    told, others = told_once(steps, [first, second, third])
    assert [row.deadline for row in told] == [first, None, second]
    assert others == [third]
