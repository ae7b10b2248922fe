"""Proposing a review, its scope and its dates."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from people.errors import NotAllowed, NotReady, StaleText
from people.models import Notification, User
from reviews.actions.guiding_questions import write_guiding_questions
from reviews.actions.propose import Proposal, propose
from reviews.actions.scope import ScopeTexts, save_scope, scope_texts, set_visit_dates
from reviews.enums import EventKind, MilestoneKind, Role, Stage, Theme
from reviews.models import Case, CaseEvent
from tests import factories
from tests.cast import Cast

NEW = "/cases/new/"
SCOPE = "/cases/timisoara/scope/"


@pytest.fixture
def host(db: None) -> User:
    """Somebody of a city, and a working group."""
    return factories.make_user("Ana", city=factories.make_city("Łódź", slug="lodz", country="PL"))


def typed(user: User, **changes: Any) -> dict[str, Any]:
    group = factories.make_working_group()
    return {
        "title": "Łódź: bridges",
        "host_city": user.city_id,
        "working_group": group.pk,
        "theme": "education",
        "wants": "ideas",
        **changes,
    }


def proposal(user: User, **changes: Any) -> Proposal:
    return Proposal(
        **{
            "title": "Łódź: bridges",
            "host_city": user.city,
            "working_group": factories.make_working_group(),
            "theme": Theme.EDUCATION,
            **changes,
        }
    )


# --- Proposing -----------------------------------------------------------------------------------
def test_proposal_makes_a_case_with_all_that_belongs_to_it(host: User, db: None) -> None:
    secretariat = factories.make_user("Sofia", is_secretariat=True)
    case = propose(
        proposal(host, questions=("Why?", "", "How?"), visit_start=date(2030, 5, 6), visit_end=date(2030, 5, 8)),
        by=host,
    )
    assert (case.slug, case.stage, case.created_by) == ("odz-bridges", Stage.DRAFT, host)
    assert list(case.memberships.values_list("user__name", "role")) == [("Ana", Role.HOST_COORDINATOR)]
    assert list(case.guiding_questions.values_list("position", "text")) == [(1, "Why?"), (3, "How?")]
    assert case.self_assessment.question_set.is_current
    assert case.milestones.get(kind=MilestoneKind.SELF_ASSESSMENT_DUE).due == date(2030, 4, 1)
    assert [event.kind for event in case.events.all()] == [EventKind.CREATED]
    assert list(Notification.objects.values_list("user__name", "text")) == [
        (secretariat.name, "Łódź: bridges: Łódź proposes a review")
    ]


@pytest.mark.parametrize(
    ("title", "slug"), [("Αθήνα: σχολεία", "athina"), ("مراجعة المدينة", "athina"), ("New", "new-")]
)
def test_titles_in_any_script_get_an_address(db: None, title: str, slug: str) -> None:
    user = factories.make_user(city=factories.make_city("Αθήνα", slug="athina", country="GR"))
    case = propose(proposal(user, title=title), by=user)
    assert (case.title, case.slug.startswith(slug)) == (title, True)
    assert Case.objects.get(slug=case.slug).get_absolute_url() == f"/cases/{case.slug}/"


def test_same_title_of_another_person_gets_another_address(host: User) -> None:
    first = propose(proposal(host), by=host)
    colleague = factories.make_user(city=host.city)
    second = propose(proposal(host), by=colleague)
    assert second.slug.startswith("odz-bridges-")
    assert first.pk != second.pk


def test_same_proposal_twice_is_one_case(host: User, client: Client) -> None:
    client.force_login(host, backend="django.contrib.auth.backends.ModelBackend")
    form = typed(host)
    places = [client.post(NEW, form).headers["Location"] for _ in range(2)]
    assert places == ["/cases/odz-bridges/", "/cases/odz-bridges/"]
    assert Case.objects.count() == 1


def test_proposal_can_say_which_principles_and_goals_it_is_about(host: User, client: Client) -> None:
    client.force_login(host, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(NEW).content.decode()
    assert ("19. Housing and assistance for the homeless" in page, "11. Sustainable cities" in page) == (True, True)
    refused = client.post(NEW, typed(host, title="", principles=["19"], goals=["99"]))
    again = refused.content.decode()
    assert (refused.status_code, 'value="19"' in again, '<details class="more" open>' in again) == (422, True, True)
    assert Case.objects.count() == 0
    client.post(NEW, typed(host, principles=["19", "1"], goals=["11"]))
    case = Case.objects.get()
    assert (case.principles, case.goals) == ([1, 19], [11])
    client.post(NEW, typed(host, title="Łódź: trams"))
    other = Case.objects.exclude(pk=case.pk).get()
    assert (other.principles, other.goals) == ([], [])


def test_nobody_proposes_for_another_city(host: User) -> None:
    with pytest.raises(NotAllowed):
        propose(proposal(host, host_city=factories.make_city()), by=host)


def test_secretariat_proposes_for_any_city_and_gets_no_role_there(host: User, db: None) -> None:
    case = propose(proposal(host), by=factories.make_user(is_secretariat=True))
    assert case.memberships.count() == 0


def test_page_invites_the_sponsor(host: User, client: Client) -> None:
    client.force_login(host, backend="django.contrib.auth.backends.ModelBackend")
    client.post(NEW, typed(host, sponsor_name="Dan", sponsor_email="dan@example.org"))
    sponsor = Case.objects.get().memberships.get(role=Role.HOST_SPONSOR).user
    assert (sponsor.name, sponsor.city_id, sponsor.invitations.count()) == ("Dan", host.city_id, 1)


def test_draft_demands_four_answers_only(host: User, client: Client) -> None:
    client.force_login(host, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(NEW, {"challenge": "Half a thought", "wants": "ideas"})
    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["host_city", "theme", "title", "working_group"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"visit_start": "2030-05-08", "visit_end": "2030-05-06"}, "visit_end"),
        ({"visit_end": "2030-05-06"}, "visit_start"),
        ({"sponsor_name": "Dan"}, "sponsor_email"),
        ({"sponsor_email": "dan@example.org"}, "sponsor_name"),
        ({"sponsor_email": "dan", "sponsor_name": "Dan"}, "sponsor_email"),
    ],
)
def test_nothing_typed_is_lost_when_something_is_wrong(
    host: User, client: Client, wrong: dict[str, str], field: str
) -> None:
    client.force_login(host, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(NEW, typed(host, challenge="A long thought & more", question_2="What about Κώστας?", **wrong))
    page = answer.content.decode()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "A long thought &amp; more" in page
    assert "What about Κώστας?" in page
    assert Case.objects.count() == 0


def test_somebody_without_a_city_is_told_where_to_say_it(client: Client, db: None) -> None:
    client.force_login(factories.make_user(), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(NEW).content.decode()
    assert "Which city do you work for?" in page
    assert "<textarea" not in page


# --- Scope ---------------------------------------------------------------------------------------
def changed(case: Case, **texts: str) -> ScopeTexts:
    stored = scope_texts(case)
    return ScopeTexts(**{name: texts.get(name, getattr(stored, name)) for name in stored.__slots__})


def test_saving_counts_the_version_and_tells_one_sitting_once(cast: Cast) -> None:
    one = save_scope(cast.case, changed(cast.case, challenge="First."), version=1, by=cast.coordinator)
    two = save_scope(one, changed(one, challenge="Second.", question_2="And then?"), version=2, by=cast.coordinator)
    assert (two.scope_version, two.challenge) == (3, "Second.")
    assert list(two.guiding_questions.values_list("position", "text")) == [
        (1, "How do we reach every family?"),
        (2, "And then?"),
    ]
    assert CaseEvent.objects.filter(kind=EventKind.EDITED).count() == 1


def test_saving_the_same_again_changes_nothing(cast: Cast) -> None:
    assert save_scope(cast.case, scope_texts(cast.case), version=99, by=cast.coordinator).scope_version == 1


def test_second_writer_is_told_and_nothing_is_overwritten(cast: Cast) -> None:
    save_scope(cast.case, changed(cast.case, challenge="Theirs."), version=1, by=cast.coordinator)
    with pytest.raises(StaleText) as refused:
        save_scope(cast.case, changed(cast.case, challenge="Mine."), version=1, by=cast.secretariat)
    assert (refused.value.version, refused.value.texts["challenge"], refused.value.by) == (2, "Theirs.", "Coordinator")
    assert Case.objects.get(pk=cast.case.pk).challenge == "Theirs."


def test_guiding_question_keeps_its_row_when_its_words_change(cast: Cast) -> None:
    before = cast.case.guiding_questions.get()
    write_guiding_questions(cast.case, ("Other words?",))
    assert cast.case.guiding_questions.get().pk == before.pk


def test_autosave_answers_with_the_version(cast: Cast) -> None:
    form = {
        **{name: getattr(scope_texts(cast.case), name) for name in ScopeTexts.__slots__},
        "challenge": "Νέα λόγια",
        "version": "1",
    }
    client = cast.client(cast.coordinator)
    answer = client.post(SCOPE, form, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    stale = client.post(SCOPE, {**form, "challenge": "Other"}, headers={"accept": "application/json"})
    assert (stale.status_code, json.loads(stale.content)["texts"]["challenge"]) == (409, "Νέα λόγια")
    plain = client.post(SCOPE, {**form, "version": "2", "challenge": "By hand"})
    assert (plain.status_code, Case.objects.get(pk=cast.case.pk).challenge) == (303, "By hand")


def test_scope_without_a_title_is_refused_in_words(cast: Cast) -> None:
    answer = cast.client(cast.coordinator).post(
        SCOPE, {"title": "", "wants": "ideas", "version": "1"}, headers={"accept": "application/json"}
    )
    assert (answer.status_code, answer.json()) == (
        422,
        {"message": "Give the review a title: it is what people find it by."},
    )


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretariat", 303), ("coordinator", 303), ("sponsor", 403), ("lead", 403), ("friend", 403), ("stranger", 404)],
)
def test_who_writes_the_scope(cast: Cast, who: str, status: int) -> None:
    answer = cast.client(cast.people[who]).post(SCOPE, {"title": "New title", "wants": "ideas", "version": "1"})
    assert answer.status_code == status
    assert (Case.objects.get(pk=cast.case.pk).title == "New title") is (status == 303)


def test_scope_is_agreed_after_preparation(cast: Cast) -> None:
    cast.at(Stage.SELF_ASSESSMENT)
    page = cast.client(cast.coordinator).get(SCOPE).content.decode()
    assert "data-autosave" not in page
    assert "How do we reach every family?" in page


# --- Dates ---------------------------------------------------------------------------------------
def test_dates_move_all_deadlines_but_those_set_by_hand(cast: Cast) -> None:
    cast.case.milestones.filter(kind=MilestoneKind.DESK_REVIEW).update(due=date(2030, 1, 1), is_manual=True)
    set_visit_dates(cast.case, first=date(2031, 6, 10), last=date(2031, 6, 12), by=cast.lead)
    due = dict(cast.case.milestones.values_list("kind", "due"))
    assert (due["visit"], due["self_assessment_due"], due["desk_review"]) == (
        date(2031, 6, 10),
        date(2031, 5, 6),
        date(2030, 1, 1),
    )
    assert CaseEvent.objects.get().text == "Visit dates set: 10–12 June 2031"
    assert Notification.objects.filter(user=cast.contributor).count() == 1


def test_same_dates_again_are_no_news(cast: Cast) -> None:
    assert set_visit_dates(cast.case, first=cast.case.visit_start, last=cast.case.visit_end, by=cast.lead) is None
    assert (CaseEvent.objects.count(), Notification.objects.count()) == (0, 0)


def test_visit_cannot_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(NotReady):
        set_visit_dates(cast.case, first=date(2031, 6, 10), last=date(2031, 6, 9), by=cast.lead)
    answer = cast.client(cast.lead).post(f"{SCOPE}dates/", {"visit_start": "2031-06-10", "visit_end": "2031-06-09"})
    assert answer.status_code == 422
    assert "The visit cannot end before it begins." in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "stage", "status"),
    [
        ("coordinator", Stage.PLANNING, 303),
        ("coordinator", Stage.FEEDBACK, 403),
        ("lead", Stage.FEEDBACK, 303),
        ("friend", Stage.PLANNING, 403),
    ],
)
def test_who_sets_the_dates(cast: Cast, who: str, stage: Stage, status: int) -> None:
    cast.at(stage)
    assert (
        cast.client(cast.people[who]).post(f"{SCOPE}dates/", {"visit_start": "2031-06-10", "visit_end": ""}).status_code
        == status
    )
