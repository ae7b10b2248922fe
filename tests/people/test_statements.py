"""Statements that are made once: they find what the queryset would, for everybody, from every thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from people.models import User
from people.queries.statements import SOMEBODY, kept_objects, kept_values
from tests import factories

made: list[str] = []


def _people(part: str) -> QuerySet[User]:
    made.append(part)
    return User.objects.filter(pk=SOMEBODY, name__contains=part).select_related("city")


def _names(part: str) -> QuerySet[Any, Any]:
    return _people(part).values_list("name", "city__name")


@pytest.fixture(autouse=True)
def _nothing_made() -> None:
    made.clear()


@pytest.mark.django_db
def test_each_person_gets_their_own_rows_with_what_is_beside_them(django_assert_num_queries: Any) -> None:
    ana, ben = (factories.make_user(name, city=factories.make_city(f"City of {name}")) for name in ("Ana", "Ben"))
    with django_assert_num_queries(3):
        found = [kept_objects(_people, "n", said={SOMEBODY: one.pk}) for one in (ana, ben, ana)]
        assert [(one.name, one.city.name) for (one,) in found if one.city] == [
            ("Ana", "City of Ana"),
            ("Ben", "City of Ben"),
            ("Ana", "City of Ana"),
        ]
    (again,) = kept_objects(_people, "n", said={SOMEBODY: ana.pk})
    plain = User.objects.select_related("city").get(pk=ana.pk)
    assert {name: value for name, value in vars(again).items() if name != "_state"} == {
        name: value for name, value in vars(plain).items() if name != "_state"
    }


@pytest.mark.django_db
def test_statement_is_made_once_for_each_key() -> None:
    ana = factories.make_user("Ana")
    found = [kept_values(_names, part, said={SOMEBODY: ana.pk}) for part in ("An", "x", "An", "x")]
    assert (found, made) == ([[("Ana", None)], [], [("Ana", None)], []], ["An", "x"])


@pytest.mark.django_db(transaction=True)
def test_threads_read_with_their_own_connections() -> None:
    people = [factories.make_user(f"Person {number}") for number in range(4)]

    def read(person: User) -> list[str]:
        try:
            return [one.name for _ in range(20) for one in kept_objects(_people, "Person", said={SOMEBODY: person.pk})]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(read, people)) == [[one.name] * 20 for one in people]
