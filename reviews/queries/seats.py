"""What a person is in a case, for every page and every step of a case.

The two statements are made once: putting them together takes ten times as long as running them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists

from reviews.enums import Role
from reviews.models import Assignment, InterestDeclaration, Membership

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from people.models import User
    from reviews.models import Case

_CASE, _USER = -7_777_777_771, -7_777_777_772
"""Stand for the keys in a statement that is made once. No key is negative."""


def roles_in(case: Case, user: User) -> list[tuple[Role, bool]]:
    """The roles of a person, each with whether a part of the self-assessment was given to them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(*_filled(_roles, case, user))
        return [(Role(role), bool(is_assigned)) for role, is_assigned in cursor.fetchall()]


def current_declaration(case: Case, user: User) -> InterestDeclaration | None:
    """What a person declared last about their interests. One query."""
    return next(iter(InterestDeclaration.objects.raw(*_filled(_declared, case, user))), None)


def _roles() -> QuerySet[Any, Any]:
    assigned = Exists(Assignment.objects.filter(self_assessment__case=_CASE, user=_USER))
    rows = Membership.objects.filter(case=_CASE, user=_USER).annotate(is_assigned=assigned)
    return rows.order_by().values_list("role", "is_assigned")


def _declared() -> QuerySet[Any, Any]:
    return InterestDeclaration.objects.filter(case=_CASE, user=_USER, is_current=True)[:1]


def _filled(make: Callable[[], QuerySet[Any, Any]], case: Case, user: User) -> tuple[str, list[Any]]:
    """A statement, and its values with the keys where they belong."""
    sql, values = _statement(make)
    keys = {_CASE: case.pk, _USER: user.pk}
    return sql, [keys.get(value, value) for value in values]


@lru_cache
def _statement(make: Callable[[], QuerySet[Any, Any]]) -> tuple[str, tuple[Any, ...]]:
    sql, values = make().query.sql_with_params()
    return sql, tuple(values)
