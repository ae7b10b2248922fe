"""The fixed cast: one case with everybody in it, and somebody who has no business there."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from people.models import User
from people.sessions import SessionStore
from reviews.access import Seat, seat_in
from reviews.actions import milestones
from reviews.enums import TEAM_ROLES, Role, Stage
from reviews.models import Case
from tests import factories
from tests.kept import made_after, made_once

if TYPE_CHECKING:
    from collections.abc import Mapping

BACKEND = "django.contrib.auth.backends.ModelBackend"


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
        return logged_in(user)

    def seat(self, user: User) -> Seat:
        """The person's place in the case as it is in the database now."""
        return seat_in(user, Case.objects.select_related("self_assessment").get(pk=self.case.pk))

    def at(self, stage: Stage, **changes: object) -> Case:
        """Put the case into a stage, past all gates, and return it as it is then."""

        def move() -> None:
            Case.objects.filter(pk=self.case.pk).update(stage=stage, **changes)
            milestones.sync(Case.objects.get(pk=self.case.pk))

        if changes:
            move()
        else:
            made_after(move, "at", self.case.pk, stage)
        self.case = Case.objects.select_related("host_city", "working_group").get(pk=self.case.pk)
        return self.case


def logged_in(user: User) -> Client:
    """A browser with a session of this person, as a login leaves it. Django's own takes sixteen queries for it."""
    said = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()}
    session = Session(
        session_key=get_random_string(32, VALID_KEY_CHARS),
        session_data=SessionStore().encode(said),
        expire_date=timezone.now() + timedelta(days=14),
    )
    session.save(force_insert=True)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


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
    return made_once(lambda: _make_cast(stage), "cast", stage)


def _make_cast(stage: Stage) -> Cast:
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
