"""Two people at once, or one person twice: exactly one wins, the other is told, one event exists.

Real threads, each with a connection of its own; on SQLite as everywhere, and once more on a real PostgreSQL.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from people.errors import AlreadyDone, NotReady, Refusal, StaleText
from people.models import Invitation, Notification, User
from reviews.actions.propose import Proposal, propose
from reviews.actions.scope import ScopeTexts, save_scope, scope_texts
from reviews.actions.steps import take_step
from reviews.actions.team import Candidate, add_person
from reviews.enums import Role, Stage, Theme
from reviews.models import Case, CaseEvent, Membership
from tests import factories
from tests.cast import Cast, make_cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["here", pytest.param("postgres", marks=pytest.mark.postgres)]),
]


@pytest.fixture
def people(transactional_db: None, database: str) -> Cast:
    """The cast, committed, so that other threads see it."""
    if database == "postgres":
        assert connection.vendor == "postgresql"
    return make_cast()


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run `acts` in threads that start together; what each returned, or the refusal that it got."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            results[number] = act()
        except Refusal as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return results


def kinds(results: list[object]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_same_step_twice_happens_once(people: Cast) -> None:
    results = at_once(*[lambda: take_step(people.case, "return_proposal", by=people.secretariat, reason="x")] * 2)
    assert kinds(results) == ["AlreadyDone", "CaseEvent"]
    assert CaseEvent.objects.count() == 1
    assert Notification.objects.filter(user=people.friend).count() == 1


def test_different_steps_at_once_one_wins(people: Cast) -> None:
    other = factories.make_user("Other", is_secretariat=True)
    results = at_once(
        lambda: take_step(people.case, "return_proposal", by=people.secretariat, reason="x"),
        lambda: take_step(people.case, "postpone", by=other, reason="y"),
    )
    assert kinds(results) == ["AlreadyDone", "CaseEvent"]
    event = CaseEvent.objects.get()
    assert Case.objects.get(pk=people.case.pk).stage == event.target


def test_ten_people_press_and_one_wins(people: Cast) -> None:
    secretariat = [factories.make_user(is_secretariat=True) for _ in range(10)]
    acts = [lambda user=user: take_step(people.case, "cancel", by=user, reason="x") for user in secretariat]
    results = at_once(*acts)
    assert [type(result) for result in results].count(CaseEvent) == 1
    assert [type(result) for result in results].count(AlreadyDone) == 9
    assert (CaseEvent.objects.count(), Case.objects.get(pk=people.case.pk).stage) == (1, Stage.CANCELLED)


def test_two_leads_at_once_one_gets_the_role(people: Cast) -> None:
    Membership.objects.filter(role=Role.LEAD).delete()
    results = at_once(
        lambda: add_person(people.case, Role.LEAD, Candidate(email=people.friend.email), by=people.secretariat),
        lambda: add_person(people.case, Role.LEAD, Candidate(email=people.rapporteur.email), by=people.secretariat),
    )
    assert kinds(results) == ["Membership", "NotReady"]
    assert Membership.objects.filter(role=Role.LEAD).count() == 1
    assert any(isinstance(result, NotReady) for result in results)


def test_same_new_person_twice_is_one_account_and_one_invitation(people: Cast) -> None:
    someone = Candidate(email="new@example.org", name="Nina")
    results = at_once(*[lambda: add_person(people.case, Role.OBSERVER, someone, by=people.lead)] * 2)
    assert kinds(results) == ["AlreadyDone", "Membership"]
    assert (User.objects.filter(email="new@example.org").count(), Invitation.objects.count()) == (1, 1)


def test_two_writers_of_the_scope_one_is_told(people: Cast) -> None:
    stored = scope_texts(people.case)

    def write(text: str, by: User) -> Case:
        texts = ScopeTexts(
            **{name: getattr(stored, name) for name in ScopeTexts.__slots__ if name != "challenge"}, challenge=text
        )
        return save_scope(people.case, texts, version=1, by=by)

    results = at_once(lambda: write("One", people.coordinator), lambda: write("Two", people.secretariat))
    assert kinds(results) == ["Case", "StaleText"]
    [told] = [result for result in results if isinstance(result, StaleText)]
    assert told.texts["challenge"] == Case.objects.get(pk=people.case.pk).challenge


def test_same_proposal_twice_at_once_is_one_case(people: Cast) -> None:
    asked = Proposal(
        title="Twice", host_city=people.case.host_city, working_group=people.case.working_group, theme=Theme.YOUTH
    )
    factories.make_question_set(slug="peer-review")
    first, second = at_once(*[lambda: propose(asked, by=people.coordinator)] * 2)
    assert first == second
    assert Case.objects.filter(title="Twice").count() == 1
