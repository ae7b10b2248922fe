"""Two of the secretariat at once, with real threads, here and on a real PostgreSQL: one wins, the other is told."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import connection

from people.actions.network import save_city, save_group
from people.actions.removal import remove_account
from people.models import City, User, WorkingGroup
from people.queries.network import mark_of, values_of
from tests.factories import make_city, make_user
from tests.reviews.test_concurrency import at_once, kinds

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("database", ["here", pytest.param("postgres", marks=pytest.mark.postgres)]),
]


@pytest.fixture
def keeper(transactional_db: None, database: str) -> User:
    """One of the secretariat, committed, so that other threads see it."""
    if database == "postgres":
        assert connection.vendor == "postgresql"
    return make_user("Keeper", is_secretariat=True)


def test_two_who_change_a_city_at_once_one_is_told(keeper: User) -> None:
    city = make_city("Ghent", population=None)
    seen = mark_of(values_of(city, ["population"]))
    changes = [partial(save_city, city, {"population": number}, by=keeper, seen=seen) for number in (1, 2, 3)]
    results = at_once(*changes)
    assert kinds(results) == ["AlreadyDone", "AlreadyDone", "City"]
    [won] = [result for result in results if isinstance(result, City)]
    assert City.objects.get().population == won.population


def test_two_who_add_the_same_group_at_once_add_one(keeper: User) -> None:
    results = at_once(*[partial(save_group, None, {"name": "Housing", "description": ""}, by=keeper)] * 2)
    assert kinds(results) == ["AlreadyDone", "WorkingGroup"]
    assert WorkingGroup.objects.count() == 1


def test_of_two_who_remove_each_other_at_once_one_stays(keeper: User) -> None:
    other = make_user("Other", is_secretariat=True)
    results = at_once(partial(remove_account, keeper, by=other), partial(remove_account, other, by=keeper))
    assert kinds(results) == ["NoneType", "NotAllowed"]
    assert User.objects.filter(is_secretariat=True, is_active=True).count() == 1
