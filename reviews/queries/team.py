"""The people of one case, with what they declared and what the host has against them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Value

from people.queries.statements import SOME_CASE, SOMEBODY, kept_objects, kept_values
from reviews.enums import HOST_ROLES, TEAM_ROLES, VISITING_ROLES, InterestDecision, ObjectionDecision, Role
from reviews.models import InterestDeclaration, Membership, Objection

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User
    from reviews.models import Case

MOST_PER_CITY = 2


@dataclass(slots=True)
class Participant:
    """One person in a case: their roles, and for the team their declaration and an open objection."""

    user: User
    memberships: list[Membership] = field(default_factory=list)
    declaration: InterestDeclaration | None = None
    objection: Objection | None = None

    @property
    def roles(self) -> set[Role]:
        """What the person is in this case."""
        return {Role(membership.role) for membership in self.memberships}

    @property
    def in_team(self) -> bool:
        """Whether the person is on the visiting side."""
        return bool(self.roles & TEAM_ROLES)

    @property
    def visits(self) -> bool:
        """Whether the person counts as a critical friend: observers do not."""
        return bool(self.roles & VISITING_ROLES)

    @property
    def is_cleared(self) -> bool:
        """Whether nothing stands in the way."""
        return self.declaration is not None and self.declaration.decision == InterestDecision.CLEARED


_ORDER = {role: number for number, role in enumerate(Role)}


def members(case: Case) -> list[Participant]:
    """Everybody with a role in a case, by role and name, and nothing of their interests. One query."""
    found: dict[int, Participant] = {}
    for membership in kept_objects(_members, said={SOME_CASE: case.pk}):
        membership.case = case
        found.setdefault(membership.user_id, Participant(membership.user)).memberships.append(membership)
    for person in found.values():
        person.memberships.sort(key=lambda membership: _ORDER[Role(membership.role)])
    return sorted(found.values(), key=lambda person: _ORDER[Role(person.memberships[0].role)])


def _members() -> QuerySet[Membership]:
    return Membership.objects.filter(case_id=SOME_CASE).select_related("user__city").order_by("user__name", "pk")


def declared(case: Case) -> list[Participant]:
    """Everybody with a role in a case, with declared interests. Two queries."""
    everybody = members(case)
    found = {person.user.pk: person for person in everybody}
    for declaration in case.declarations.filter(is_current=True).select_related("decided_by"):
        if declaration.user_id in found:
            found[declaration.user_id].declaration = declaration
    return everybody


def participants(case: Case) -> list[Participant]:
    """Everybody with a role in a case, with declared interests and open objections. Three queries."""
    everybody = declared(case)
    found = {person.user.pk: person for person in everybody}
    for objection in case.objections.filter(decision=ObjectionDecision.PENDING).select_related("by"):
        if objection.user_id in found:
            found[objection.user_id].objection = objection
    return everybody


def waiting_people(case: Case, user: User) -> list[tuple[str, bool]]:
    """The others about whom somebody has to decide: their names, and whether the host objects to them. One query."""
    rows = kept_values(_waiting, said={SOME_CASE: case.pk, SOMEBODY: user.pk})
    return [(name, bool(objected)) for objected, name in sorted(rows)]


def _waiting() -> QuerySet[Any, Any]:
    declared = InterestDeclaration.objects.filter(is_current=True, decision=InterestDecision.PENDING)
    objected = Objection.objects.filter(decision=ObjectionDecision.PENDING)
    first, second = [
        rows.filter(case=SOME_CASE).exclude(user=SOMEBODY).order_by().values_list(Value(number), "user__name")
        for number, rows in enumerate((declared, objected))
    ]
    return first.union(second, all=True)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a review."""

    host: list[Participant]
    team: list[Participant]

    @property
    def warnings(self) -> list[str]:
        """What to think about in the make-up of the team; nothing here is forbidden."""
        cities = Counter(person.user.city for person in self.team if person.visits and person.user.city)
        told = [
            f"{count} critical friends come from {city}: the usual limit is {MOST_PER_CITY} from one city."
            for city, count in cities.items()
            if count > MOST_PER_CITY
        ]
        hosts = {person.user.city_id for person in self.host if person.user.city_id}
        told += [
            f"{person.user} comes from the host's own city: an outside view is the point of a review."
            for person in self.team
            if person.visits and person.user.city_id in hosts
        ]
        return told


def sides(everybody: list[Participant]) -> Sides:
    """Host and team among the `members` or `participants` of a case. No query."""
    return Sides(
        host=[person for person in everybody if person.roles & HOST_ROLES],
        team=[person for person in everybody if person.in_team],
    )
