"""Who takes part in a review, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from people.actions.invitations import invite
from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady
from people.models import City, User
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import HOST_ROLES, TEAM_ROLES, EventKind, Role
from reviews.models import Case, Membership
from reviews.permissions import Ability
from reviews.queries.people import membership_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody to take part. Name and city are used only when the address has no account yet."""

    email: str
    name: str = ""
    city: City | None = None


def ability_for(role: Role) -> Ability:
    """Return who may give and take a role: the host its own, the leaders all."""
    return Ability.MANAGE_HOST_PEOPLE if role in HOST_ROLES else Ability.MANAGE_TEAM


@transaction.atomic
def add_person(case: Case, role: Role, candidate: Candidate, *, by: User) -> Membership:
    """Give somebody a role; who has no account yet gets a personal invitation.

    Effects: lock, permit, account and invitation where needed, role, event, the person is told.

    Raises NotAllowed, NotReady (a second lead, both sides at once, no name for a new account), AlreadyDone.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(ability_for(role))
    known = User.objects.filter(email=User.objects.normalise(candidate.email)).first()
    if known is None and not candidate.name.strip():
        raise NotReady("Nobody has this address yet: give a name too, and an invitation goes out.", code="name_missing")
    return give_role(held, role, candidate, by=by)


def _check_role(case: Case, role: Role, user: User | None) -> None:
    """One lead, no role twice, nobody on both sides."""
    lead = case.memberships.filter(role=Role.LEAD).select_related("user").first() if role == Role.LEAD else None
    if lead and lead.user != user:
        raise NotReady(f"{lead.user} leads this review. Take that role away first: a review has one lead.")
    if user is None:
        return
    if user.is_secretariat and role in HOST_ROLES:
        raise NotReady(f"{user} is the secretariat, which stands on neither side.", code="both_sides")
    if not user.is_active:
        raise NotReady(f"The account of {user} is closed. Ask the secretariat.", code="account_closed")
    roles = {Role(held) for held in case.memberships.filter(user=user).values_list("role", flat=True)}
    if role in roles:
        raise AlreadyDone(f"{user} already has this role.")
    other = HOST_ROLES if role in TEAM_ROLES else TEAM_ROLES
    if roles & other:
        side = "speaks for the host city" if role in TEAM_ROLES else "is in the visiting team"
        raise NotReady(f"{user} {side} in this review. Nobody can be on both sides.", code="both_sides")


def give_role(case: Case, role: Role, candidate: Candidate, *, by: User) -> Membership:
    """Write the role of somebody who may have it; an account and an invitation where needed.

    Raises NotReady for a second lead, a closed account, or somebody who would be on both sides; AlreadyDone.
    """
    _check_role(case, role, User.objects.filter(email=User.objects.normalise(candidate.email)).first())
    invited = invite(
        email=candidate.email,
        name=candidate.name,
        city=candidate.city,
        by=by,
        purpose=f"{role.label} in the review “{case.title}”",
    )
    made, is_new = Membership.objects.get_or_create(case=case, user=invited.user, role=role, defaults={"added_by": by})
    if is_new:
        kind = EventKind.INVITED if invited.is_new else EventKind.ROLE_GIVEN
        record(case, kind, f"{invited.user} is now {role.label.lower()}", by=by)
        _tell(case, role, invited.user, by)
    return made


def _tell(case: Case, role: Role, user: User, by: User) -> None:
    if user == by:
        return
    more = ": please declare your interests" if role in TEAM_ROLES else ""
    notify([user], text=f"{case.title}: you are now {role.label.lower()}{more}", url=case.get_absolute_url())


@transaction.atomic
def remove_role(case: Case, membership_id: int, *, by: User, reason: str) -> User:
    """Take a role away; returns the person. What they wrote stays.

    Effects: lock, permit, role, event with the reason, the person is told.

    Raises NotThere for a role of another case, NotAllowed, NotReady without a reason.
    """
    held = locked_case(case.pk)
    membership = membership_in(held, membership_id)
    role, user = Role(membership.role), membership.user
    seat_in(by, held).require(ability_for(role))
    if not reason.strip():
        raise NotReady("Please give a reason: the others read it.", code="reason_missing")
    membership.delete()
    record(held, EventKind.ROLE_TAKEN, f"{user} is no longer {role.label.lower()}", by=by, reason=reason.strip())
    if user != by:
        still_in = held.memberships.filter(user=user).exists()
        url = held.get_absolute_url() if still_in else reverse("reviews:tasks")
        notify([user], text=f"{held.title}: you are no longer {role.label.lower()}", url=url)
    return user
