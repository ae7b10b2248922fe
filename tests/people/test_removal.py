"""A copy of one's data, and the removal of an account: what goes, what stays, and what stands against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessLog
from django.urls import reverse
from django.utils import timezone

from people import belongings
from people.actions.persons import say_city, say_of_oneself
from people.actions.removal import ask_removal, remove_account
from people.belongings import GONE, copy_of, forget_name
from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere
from people.forms.accounts import NewPasswordForm
from people.models import Notification, User
from reviews.actions.events import record
from reviews.enums import EventKind, Role, Stage
from reviews.models import CaseEvent, InterestDeclaration, Membership, Objection, Signature
from reviews.queries.tasks import count_tasks, urgent_tasks
from tests.cast import Cast
from tests.factories import make_member, make_note, make_user, make_visit
from visits.models import Note

Run = Callable[..., Any]


def remove(cast: Cast, person: User) -> User:
    remove_account(person, by=cast.secretariat)
    return User.objects.get(pk=person.pk)


@pytest.fixture
def second(cast: Cast) -> Cast:
    """The critical friend is not the only one."""
    make_member(cast.case, Role.CRITICAL_FRIEND)
    return cast


# --- The copy ----------------------------------------------------------------------------------------
def test_copy_holds_the_account_and_ones_own_words_and_nobody_elses(cast: Cast) -> None:
    visit = make_visit(cast.case)
    make_note(visit, cast.friend, "Mothers trust the mediator.")
    make_note(visit, cast.lead, "Words of the lead.")
    Objection.objects.create(case=cast.case, user=cast.friend, by=cast.coordinator, text="Words of the host")
    answer = cast.client(cast.friend).get(reverse("people:own_copy"))
    told = json.loads(answer.content)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="critical-friend-')
    assert "no-store" in answer.headers["Cache-Control"]
    assert (told["account"]["name"], told["account"]["email"]) == ("Friend", "friend@example.org")
    assert "password" not in answer.content.decode()
    notes = [row for row in told["rows"] if row["what"] == "note"]
    assert [(row["as"], row["review"], row["text"]) for row in notes] == [
        ("author", cast.case.title, "Mothers trust the mediator.")
    ]
    assert {row["role"] for row in told["rows"] if row["what"] == "membership" and row["as"] == "user"} == {
        "critical_friend"
    }
    assert "Words of the host" not in answer.content.decode()
    assert "Words of the lead" not in answer.content.decode()


def test_copy_asks_each_table_once(cast: Cast, django_assert_num_queries: Run) -> None:
    visit = make_visit(cast.case)
    tables = len(belongings._relations())
    for _ in (1, 3):
        make_note(visit, cast.friend, "A note")
        friend = User.objects.select_related("city").get(pk=cast.friend.pk)
        with django_assert_num_queries(tables + 1):
            copy_of(friend)


# --- Asking ------------------------------------------------------------------------------------------
def test_wish_is_told_once_is_a_task_and_can_be_taken_back(cast: Cast) -> None:
    client = cast.client(cast.friend)
    before = count_tasks(cast.secretariat, 99)
    for _ in range(2):
        client.post(reverse("people:removal"))
    url = reverse("people:remove_person", args=(cast.friend.pk,))
    assert list(Notification.objects.filter(user=cast.secretariat).values_list("text", "url")) == [
        ("Friend asks to be removed", url)
    ]
    assert count_tasks(cast.secretariat, 99) == before + 1
    assert (urgent_tasks(cast.secretariat)[-1].text, urgent_tasks(cast.secretariat)[-1].url) == (
        "Friend asks to be removed",
        url,
    )
    assert "Friend asks to be removed" in cast.client(cast.secretariat).get(reverse("reviews:tasks")).content.decode()
    assert "Keep my account" in client.get(reverse("people:account")).content.decode()
    client.post(reverse("people:removal"), {"keep": "yes"})
    assert count_tasks(cast.secretariat, 99) == before


# --- Removing ----------------------------------------------------------------------------------------
def test_removed_person_is_nobody_and_the_words_stay(second: Cast) -> None:
    cast, friend = second, second.friend
    note = make_note(make_visit(cast.case), friend, "Mothers trust the mediator.")
    client = cast.client(friend)
    ask_removal(friend)
    AccessLog.objects.create(username=friend.email, ip_address="192.0.2.1")
    assert [login["ip_address"] for login in copy_of(friend)["logins"]] == ["192.0.2.1"]
    cast.client(cast.secretariat).post(reverse("people:remove_person", args=(friend.pk,)))
    gone = User.objects.get(pk=friend.pk)
    assert (gone.name, gone.email, gone.city, gone.job_title, gone.is_active) == (
        GONE,
        f"removed-{gone.pk}@removed.invalid",
        None,
        "",
        False,
    )
    assert (gone.removal_asked_at, gone.removed_at is not None, gone.notifications.count()) == (None, True, 0)
    note.refresh_from_db()
    assert (note.text, str(note.author)) == ("Mothers trust the mediator.", GONE)
    assert client.get(reverse("reviews:tasks")).status_code == 302  # the open login has ended
    assert AccessLog.objects.count() == 0
    assert not [task for task in urgent_tasks(cast.secretariat) if "removed" in task.text]


def test_roles_in_open_reviews_end_and_stay_in_closed_ones(second: Cast) -> None:
    cast, friend = second, second.friend
    remove(cast, friend)
    assert not Membership.objects.filter(user=friend).exists()
    line = CaseEvent.objects.get(kind=EventKind.ROLE_TAKEN)
    assert (line.text, line.actor) == (f"{GONE} is no longer critical friend", cast.secretariat)
    cast.at(Stage.CLOSED)
    remove(cast, cast.rapporteur)
    assert Membership.objects.get(case=cast.case, role=Role.RAPPORTEUR).user.name == GONE


def test_name_goes_from_our_sentences_and_signatures_and_other_names_stay(second: Cast) -> None:
    cast, friend = second, second.friend
    User.objects.filter(pk=friend.pk).update(name="Ana Pop")
    friend.refresh_from_db()
    record(
        cast.case, EventKind.ROLE_GIVEN, "Ana Pop is now lead, as Ana Popescu was", by=cast.lead, reason="Ana Pop said"
    )
    signed = {"version": 1, "role": Role.HOST_COORDINATOR, "sha256": "0" * 64}
    Signature.objects.create(self_assessment=cast.case.self_assessment, by=friend, name="Ana Pop", **signed)
    remove(cast, friend)
    line = CaseEvent.objects.get(kind=EventKind.ROLE_GIVEN)
    assert line.text == f"{GONE} is now lead, as Ana Popescu was"
    assert (line.reason, line.actor) == ("Ana Pop said", cast.lead)
    assert Signature.objects.get().name == GONE
    forget_name(" ", of=friend)


def test_longer_names_and_signatures_of_others_stay(second: Cast) -> None:
    cast, friend = second, second.friend
    User.objects.filter(pk=friend.pk).update(name="Ana")
    User.objects.filter(pk=cast.observer.pk).update(name="Ana Pop")
    for text in ("Ana Pop is now observer, Ana is not", "Ana is now lead, Anatol was"):
        record(cast.case, EventKind.ROLE_GIVEN, text, by=cast.lead)
    signed = {"version": 1, "role": Role.HOST_COORDINATOR, "sha256": "0" * 64}
    Signature.objects.create(self_assessment=cast.case.self_assessment, by=cast.coordinator, name="Ana", **signed)
    remove(cast, friend)
    assert set(CaseEvent.objects.filter(kind=EventKind.ROLE_GIVEN).values_list("text", flat=True)) == {
        f"Ana Pop is now observer, {GONE} is not",
        f"{GONE} is now lead, Anatol was",
    }
    assert Signature.objects.get().name == "Ana"


def test_of_two_who_remove_each_other_one_stays(cast: Cast) -> None:
    other = make_user("Other keeper", is_secretariat=True)
    stale = User.objects.get(pk=other.pk)
    remove(cast, other)
    with pytest.raises(NotAllowed):
        remove_account(cast.secretariat, by=stale)
    assert User.objects.get(pk=cast.secretariat.pk).is_active


def test_what_was_under_way_when_an_account_was_removed_opens_nothing(cast: Cast) -> None:
    open_page = User.objects.get(pk=cast.stranger.pk)
    remove(cast, cast.stranger)
    say_of_oneself(open_page, {"name": "Back again"})
    password = {"new_password1": "seven quiet rivers", "new_password2": "seven quiet rivers"}
    form = NewPasswordForm(open_page, password)
    assert form.is_valid()
    form.save()
    with pytest.raises(NotThere):
        say_city(open_page, None, by=cast.secretariat)
    gone = User.objects.get(pk=cast.stranger.pk)
    assert (gone.name, gone.is_active, gone.has_usable_password()) == (GONE, False, False)


def test_declared_interests_objections_and_private_notes_go(second: Cast) -> None:
    cast, observer = second, second.observer
    make_member(cast.case, Role.OBSERVER)
    InterestDeclaration.objects.filter(user=observer).update(text="My sister works there")
    Objection.objects.create(case=cast.case, user=observer, by=cast.coordinator, text="We know them")
    make_note(make_visit(cast.case), observer, "Only mine", is_private=True)
    remove(cast, observer)
    assert set(InterestDeclaration.objects.filter(user=observer).values_list("text", flat=True)) == {""}
    assert (Objection.objects.count(), Note.objects.count()) == (0, 0)


# --- What stands against it --------------------------------------------------------------------------
def test_only_holder_of_a_role_is_not_removed_and_the_page_says_what_to_do(cast: Cast) -> None:
    address = reverse("people:remove_person", args=(cast.lead.pk,))
    keeper = cast.client(cast.secretariat)
    page = keeper.get(address).content.decode()
    words = f"Lead alone is review lead in “{cast.case.title}”: name somebody else there, or take the role away"
    assert words in page
    assert f'href="/cases/{cast.case.slug}/team/"' in page
    assert "Remove the account</button>" not in page
    refused = keeper.post(address)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert User.objects.get(pk=cast.lead.pk).name == "Lead"
    Membership.objects.filter(user=cast.lead).delete()
    assert "Remove the account</button>" in keeper.get(address).content.decode()


def test_another_holder_with_a_closed_account_does_not_count(second: Cast) -> None:
    others = Membership.objects.filter(case=second.case, role=Role.CRITICAL_FRIEND).exclude(user=second.friend)
    User.objects.filter(pk__in=others.values("user")).update(is_active=False)
    with pytest.raises(NotReady, match="Something has to be done"):
        remove(second, second.friend)


def test_own_account_a_removed_one_and_one_without_the_right_are_refused(cast: Cast) -> None:
    with pytest.raises(NotReady, match="their own account"):
        remove(cast, cast.secretariat)
    remove(cast, cast.stranger)
    with pytest.raises(AlreadyDone):
        remove(cast, cast.stranger)
    with pytest.raises(NotAllowed):
        remove_account(cast.friend, by=cast.lead)
    assert cast.client(cast.secretariat).get(reverse("people:person", args=(cast.stranger.pk,))).status_code == 404


def test_nobody_is_expected_in_what_is_still_to_come(second: Cast) -> None:
    visit = make_visit(second.case)
    at = timezone.now()
    for days in (-1, 1):
        visit.slots.create(
            title="Talk",
            starts_at=at + timedelta(days=days),
            ends_at=at + timedelta(days=days, hours=1),
            lead=second.friend,
        )
    remove(second, second.friend)
    assert [slot.lead and slot.lead.name for slot in visit.slots.order_by("starts_at")] == [GONE, None]
    make_user("Friend", email="friend@example.org")  # the address is free again
