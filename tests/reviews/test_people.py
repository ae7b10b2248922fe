"""Roles, interests, objections."""

import pytest
from django.core import mail

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere
from people.models import Invitation, Notification, User
from reviews.actions.interests import decide_interest, declare_interest
from reviews.actions.objections import decide_objection, object_to
from reviews.actions.team import Candidate, add_person, remove_role
from reviews.enums import EventKind, Interest, InterestDecision, ObjectionDecision, Role, Stage
from reviews.models import CaseEvent, InterestDeclaration, Membership, Objection
from reviews.queries.team import participants, sides
from tests import factories
from tests.cast import Cast

TEAM = "/cases/timisoara/team/"


# --- Adding --------------------------------------------------------------------------------------
def test_known_person_gets_a_role_without_an_invitation(cast: Cast) -> None:
    person = factories.make_user("Marta", email="marta@example.org")
    made = add_person(cast.case, Role.CRITICAL_FRIEND, Candidate(email=" Marta@Example.org "), by=cast.lead)
    assert (made.user, made.role, made.added_by) == (person, Role.CRITICAL_FRIEND, cast.lead)
    assert Invitation.objects.count() == 0
    assert (
        Notification.objects.get().text
        == f"{cast.case.title}: you are now critical friend: please declare your interests"
    )


def test_new_person_is_invited_by_mail(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    city = factories.make_city("Tampere")
    made = add_person(
        cast.case, Role.OBSERVER, Candidate(email="new@example.org", name="Nina", city=city), by=cast.lead
    )
    assert (made.user.name, made.user.city, made.user.has_usable_password()) == ("Nina", city, False)
    assert Invitation.objects.get().purpose == f"Observer in the review “{cast.case.title}”"
    assert CaseEvent.objects.get().kind == EventKind.INVITED
    assert mail.outbox == []


def test_new_person_needs_a_name(cast: Cast) -> None:
    with pytest.raises(NotReady) as refused:
        add_person(cast.case, Role.OBSERVER, Candidate(email="new@example.org"), by=cast.lead)
    assert refused.value.code == "name_missing"
    assert not User.objects.filter(email="new@example.org").exists()


def test_there_is_one_lead(cast: Cast) -> None:
    with pytest.raises(NotReady, match="Lead leads this review"):
        add_person(cast.case, Role.LEAD, Candidate(email=cast.friend.email), by=cast.secretariat)


def test_same_role_twice_is_already_done(cast: Cast) -> None:
    with pytest.raises(AlreadyDone):
        add_person(cast.case, Role.CRITICAL_FRIEND, Candidate(email=cast.friend.email), by=cast.lead)


@pytest.mark.parametrize(("who", "role"), [("sponsor", Role.OBSERVER), ("friend", Role.HOST_CONTRIBUTOR)])
def test_nobody_is_on_both_sides(cast: Cast, who: str, role: Role) -> None:
    with pytest.raises(NotReady) as refused:
        add_person(cast.case, role, Candidate(email=cast.people[who].email), by=cast.secretariat)
    assert refused.value.code == "both_sides"


@pytest.mark.parametrize("role", [Role.HOST_CONTRIBUTOR, Role.HOST_SPONSOR])
def test_host_coordinator_adds_people_of_the_host(cast: Cast, role: Role) -> None:
    assert add_person(cast.case, role, Candidate(email="x@example.org", name="X"), by=cast.coordinator).role == role


@pytest.mark.parametrize(
    ("who", "role"),
    [("coordinator", Role.CRITICAL_FRIEND), ("friend", Role.OBSERVER), ("sponsor", Role.HOST_CONTRIBUTOR)],
)
def test_others_add_nobody(cast: Cast, who: str, role: Role) -> None:
    with pytest.raises(NotAllowed):
        add_person(cast.case, role, Candidate(email="x@example.org", name="X"), by=cast.people[who])


# --- Taking away ---------------------------------------------------------------------------------
def test_role_is_taken_away_with_a_reason(cast: Cast) -> None:
    row = cast.case.memberships.get(user=cast.friend)
    remove_role(cast.case, row.pk, by=cast.lead, reason="Ill.")
    assert not cast.case.memberships.filter(user=cast.friend).exists()
    event = CaseEvent.objects.get()
    assert (event.kind, event.text, event.reason) == (
        EventKind.ROLE_TAKEN,
        "Friend is no longer critical friend",
        "Ill.",
    )
    assert Notification.objects.get().url == "/tasks/"


def test_role_of_another_case_is_not_there(cast: Cast) -> None:
    elsewhere = factories.make_member(factories.make_case(), Role.OBSERVER)
    with pytest.raises(NotThere):
        remove_role(cast.case, elsewhere.pk, by=cast.secretariat, reason="x")
    assert Membership.objects.filter(pk=elsewhere.pk).exists()


def test_page_warns_before_the_lead_goes(cast: Cast) -> None:
    row = cast.case.memberships.get(user=cast.lead)
    page = cast.client(cast.secretariat).get(f"{TEAM}{row.pk}/remove/").content.decode()
    assert "Then the review has no lead." in page


# --- Interests -----------------------------------------------------------------------------------
def test_no_conflict_clears_at_once(cast: Cast) -> None:
    made = declare_interest(cast.case, Interest.NONE, text="", by=cast.friend)
    assert (made.decision, made.decided_by) == (InterestDecision.CLEARED, None)
    assert Notification.objects.count() == 0


def test_declared_interest_waits_and_lead_and_secretariat_are_told(cast: Cast) -> None:
    made = declare_interest(cast.case, Interest.DECLARED, text="I advised the city.", by=cast.friend)
    assert made.decision == InterestDecision.PENDING
    assert set(Notification.objects.values_list("user__name", flat=True)) == {"Lead", "Secretariat"}


def test_new_declaration_replaces_the_old_one_and_keeps_it(cast: Cast) -> None:
    declare_interest(cast.case, Interest.NOT_ELIGIBLE, text="My brother is the mayor.", by=cast.friend)
    rows = InterestDeclaration.objects.filter(user=cast.friend).order_by("pk").values_list("decision", "is_current")
    assert list(rows) == [(InterestDecision.CLEARED, False), (InterestDecision.REFUSED, True)]


def test_what_is_declared_needs_words(cast: Cast) -> None:
    with pytest.raises(NotReady):
        declare_interest(cast.case, Interest.DECLARED, text=" ", by=cast.friend)


@pytest.mark.parametrize("who", ["coordinator", "sponsor", "contributor"])
def test_host_declares_nothing(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        declare_interest(cast.case, Interest.NONE, text="", by=cast.people[who])


def test_decision_is_kept_with_its_reason_and_only_the_team_sees_the_event(cast: Cast) -> None:
    row = declare_interest(cast.case, Interest.DECLARED, text="I advised.", by=cast.friend)
    decided = decide_interest(cast.case, row.pk, InterestDecision.CLEARED, reason="Years ago.", by=cast.lead)
    assert (decided.decision, decided.decision_reason, decided.decided_by) == (
        InterestDecision.CLEARED,
        "Years ago.",
        cast.lead,
    )
    event = CaseEvent.objects.get(kind=EventKind.INTEREST_DECIDED)
    assert (event.team_only, event.reason) == (True, "Years ago.")


def test_nobody_decides_on_themselves(cast: Cast) -> None:
    row = declare_interest(cast.case, Interest.DECLARED, text="I advised.", by=cast.lead)
    with pytest.raises(NotAllowed, match="waiting for a decision"):
        decide_interest(cast.case, row.pk, InterestDecision.CLEARED, reason="Fine.", by=cast.lead)
    decide_interest(cast.case, row.pk, InterestDecision.CLEARED, reason="Long ago.", by=cast.secretariat)
    with pytest.raises(NotAllowed, match="own interests"):
        decide_interest(cast.case, row.pk, InterestDecision.CLEARED, reason="Fine.", by=cast.lead)
    assert (
        decide_interest(cast.case, row.pk, InterestDecision.CLEARED, reason="Fine.", by=cast.secretariat).decided_by
        == cast.secretariat
    )


def test_declaration_of_another_case_is_not_there(cast: Cast) -> None:
    case = factories.make_case()
    row = factories.make_declaration(
        case, factories.make_member(case, Role.OBSERVER).user, decision=InterestDecision.PENDING
    )
    with pytest.raises(NotThere):
        decide_interest(cast.case, row.pk, InterestDecision.CLEARED, reason="x", by=cast.secretariat)


def test_words_of_a_declaration_are_for_lead_secretariat_and_oneself(cast: Cast) -> None:
    declare_interest(cast.case, Interest.DECLARED, text="I advised the mayor.", by=cast.friend)
    readers = [
        name
        for name, user in cast.people.items()
        if "I advised the mayor." in cast.client(user).get(TEAM).content.decode()
    ]
    assert sorted(readers) == ["friend", "lead", "secretariat"]


def test_declaring_through_the_page_opens_the_papers(cast: Cast) -> None:
    cast.case.declarations.filter(user=cast.friend).delete()
    client = cast.client(cast.friend)
    assert "Declare your interests" in client.get("/cases/timisoara/").content.decode()
    answer = client.post("/cases/timisoara/interests/", {"interest": "none", "text": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/cases/timisoara/")
    assert cast.seat(cast.friend).is_cleared


def test_page_keeps_what_was_typed_when_words_are_missing(cast: Cast) -> None:
    answer = cast.client(cast.friend).post("/cases/timisoara/interests/", {"interest": "declared", "text": ""})
    assert answer.status_code == 422
    assert "Say in a sentence what it is" in answer.content.decode()


# --- Objections ----------------------------------------------------------------------------------
def test_host_objects_and_the_secretariat_decides(cast: Cast) -> None:
    made = object_to(cast.case, cast.friend.pk, text="A former employee.", by=cast.coordinator)
    assert set(Notification.objects.values_list("user__name", flat=True)) == {"Lead", "Secretariat"}
    decided = decide_objection(cast.case, made.pk, ObjectionDecision.LEAVES, reason="Agreed.", by=cast.secretariat)
    assert decided.decision == ObjectionDecision.LEAVES
    assert not cast.case.memberships.filter(user=cast.friend).exists()
    assert list(CaseEvent.objects.order_by("pk").values_list("kind", "reason")) == [
        (EventKind.COMMENTED, "A former employee."),
        (EventKind.ANSWERED, "Agreed."),
    ]


def test_who_stays_keeps_the_roles(cast: Cast) -> None:
    made = object_to(cast.case, cast.friend.pk, text="A former employee.", by=cast.sponsor)
    decide_objection(cast.case, made.pk, ObjectionDecision.STAYS, reason="Long ago.", by=cast.lead)
    assert cast.case.memberships.filter(user=cast.friend).exists()


def test_lead_does_not_decide_on_an_objection_to_the_lead(cast: Cast) -> None:
    made = object_to(cast.case, cast.lead.pk, text="Too close.", by=cast.coordinator)
    with pytest.raises(NotAllowed):
        decide_objection(cast.case, made.pk, ObjectionDecision.STAYS, reason="No.", by=cast.lead)


def test_second_objection_and_second_decision_are_already_done(cast: Cast) -> None:
    made = object_to(cast.case, cast.friend.pk, text="A", by=cast.coordinator)
    with pytest.raises(AlreadyDone):
        object_to(cast.case, cast.friend.pk, text="B", by=cast.sponsor)
    decide_objection(cast.case, made.pk, ObjectionDecision.STAYS, reason="x", by=cast.lead)
    with pytest.raises(AlreadyDone):
        decide_objection(cast.case, made.pk, ObjectionDecision.LEAVES, reason="x", by=cast.lead)
    assert Objection.objects.count() == 1


@pytest.mark.parametrize("who", ["sponsor", "stranger"])
def test_objections_are_to_the_team_of_this_case(cast: Cast, who: str) -> None:
    with pytest.raises(NotThere):
        object_to(cast.case, cast.people[who].pk, text="x", by=cast.coordinator)


# --- Advice --------------------------------------------------------------------------------------
def test_third_from_one_city_is_warned_of(cast: Cast) -> None:
    ghent = factories.make_city("Ghent")
    for _ in range(3):
        factories.make_member(cast.case, Role.CRITICAL_FRIEND, factories.make_user(city=ghent))
    assert sides(participants(cast.case)).warnings == [
        "3 critical friends come from Ghent: the usual limit is 2 from one city."
    ]


def test_friend_from_the_host_city_is_warned_of(cast: Cast) -> None:
    factories.make_member(cast.case, Role.CRITICAL_FRIEND, factories.make_user("Local", city=cast.case.host_city))
    assert sides(participants(cast.case)).warnings == [
        "Local comes from the host's own city: an outside view is the point of a review."
    ]


# --- Pages ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("extra", [1, 3])
def test_people_page_costs_the_same_for_one_and_three(
    cast: Cast, extra: int, django_assert_num_queries: object
) -> None:
    for _ in range(extra):
        person = factories.make_member(cast.case, Role.CRITICAL_FRIEND).user
        factories.make_declaration(cast.case, person)
    client = cast.client(cast.friend)
    with django_assert_num_queries(11):  # type: ignore[operator]
        client.get(TEAM)


def test_pool_finds_by_expertise_and_leaves_out_who_is_in(cast: Cast) -> None:
    factories.make_user("Outside", expertise="Bridge figures")
    User.objects.filter(pk=cast.friend.pk).update(expertise="Bridge figures")
    page = cast.client(cast.lead).get(f"{TEAM}?q=bridge").content.decode()
    pool = page.split('id="pool"')[1]
    assert "Outside" in pool
    assert "Friend<" not in pool


def test_host_sees_no_pool(cast: Cast) -> None:
    assert 'id="pool"' not in cast.client(cast.coordinator).get(TEAM).content.decode()


def test_adding_through_the_page(cast: Cast) -> None:
    answer = cast.client(cast.lead).post(
        TEAM, {"role": "observer", "email": "new@example.org", "name": "Νίνα", "city": ""}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, TEAM)
    assert cast.case.memberships.get(user__email="new@example.org").user.name == "Νίνα"


def test_page_refuses_a_role_that_one_may_not_give(cast: Cast) -> None:
    answer = cast.client(cast.coordinator).post(TEAM, {"role": "lead", "email": "new@example.org", "name": "N"})
    assert answer.status_code == 422
    assert not User.objects.filter(email="new@example.org").exists()


def test_confirming_the_team_again(cast: Cast) -> None:
    cast.at(Stage.POSTPONED, paused_stage=Stage.PLANNING, scope_confirmed_at=None, team_confirmed_at=None)
    assert cast.client(cast.lead).post("/cases/timisoara/confirm/team/").status_code == 303
    assert cast.client(cast.lead).post("/cases/timisoara/confirm/team/").status_code == 409
    assert cast.client(cast.lead).post("/cases/timisoara/confirm/scope/").status_code == 403
    assert cast.client(cast.sponsor).post("/cases/timisoara/confirm/scope/").status_code == 303


def test_secretariat_cannot_speak_for_the_host(cast: Cast) -> None:
    other = factories.make_user("Sofia", is_secretariat=True)
    with pytest.raises(NotReady) as refusal:
        add_person(cast.case, Role.HOST_SPONSOR, Candidate(email=other.email, name="", city=None), by=cast.secretariat)
    assert refusal.value.code == "both_sides"
    assert not cast.case.memberships.filter(user=other).exists()
