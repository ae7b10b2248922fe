"""The fixed cast: one case with everybody in it, and somebody who has no business there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from people.models import User
from reviews.access import Seat, seat_in
from reviews.actions import milestones
from reviews.enums import TEAM_ROLES, Role, Stage
from reviews.models import Case
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass
class Cast:
    """`cast.lead` is a person, `cast.case` the case they are in, `cast.client(cast.lead)` a browser of theirs."""

    case: Case
    secretariat: User
    lead: User
    friend: User
    rapporteur: User
    observer: User
    coordinator: User
    sponsor: User
    contributor: User
    stranger: User

    @property
    def people(self) -> Mapping[str, User]:
        """Everybody, the stranger too, by their name in the cast."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "case"}

    def client(self, user: User) -> Client:
        """A browser in which this person is logged in."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def seat(self, user: User) -> Seat:
        """The person's place in the case as it is in the database now."""
        return seat_in(user, Case.objects.select_related("self_assessment").get(pk=self.case.pk))

    def at(self, stage: Stage, **changes: object) -> Case:
        """Put the case into a stage, past all gates, and return it as it is then."""
        Case.objects.filter(pk=self.case.pk).update(stage=stage, **changes)
        self.case = Case.objects.select_related("host_city", "working_group").get(pk=self.case.pk)
        milestones.sync(self.case)
        return self.case


ROLES = {
    "lead": Role.LEAD,
    "friend": Role.CRITICAL_FRIEND,
    "rapporteur": Role.RAPPORTEUR,
    "observer": Role.OBSERVER,
    "coordinator": Role.HOST_COORDINATOR,
    "sponsor": Role.HOST_SPONSOR,
    "contributor": Role.HOST_CONTRIBUTOR,
}


def make_cast(stage: Stage = Stage.PLANNING) -> Cast:
    """Make the case of Timișoara in `stage`, its cast, a guiding question, and cleared declarations of the team.

    The contributor writes everything.
    """
    host = factories.make_city("Timișoara", country="RO", time_zone="Europe/Bucharest", language="ro")
    case = factories.make_case("Timișoara: local action plan for Roma inclusion", host_city=host, slug="timisoara")
    factories.make_guiding_question(case)
    people = {name: factories.make_user(name.capitalize(), email=f"{name}@example.org") for name in ROLES}
    for name, role in ROLES.items():
        people[name].city = host if role.startswith("host") else factories.make_city()
        people[name].save()
        factories.make_member(case, role, people[name])
        if role in TEAM_ROLES:
            factories.make_declaration(case, people[name])
    cast = Cast(
        case=case,
        secretariat=factories.make_user("Secretariat", email="secretariat@example.org", is_secretariat=True),
        stranger=factories.make_user("Stranger", email="stranger@example.org", city=factories.make_city()),
        **people,
    )
    factories.make_assignment(case, people["contributor"])
    cast.at(stage)
    return cast


@pytest.fixture
def cast(db: None) -> Cast:
    """A case in preparation with its whole cast; `cast.at(Stage.FEEDBACK)` moves it."""
    return make_cast()
