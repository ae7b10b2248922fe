"""Who is in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model

from people.errors import NotThere
from people.models import User
from reviews.enums import TEAM_ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from reviews.models import Case, InterestDeclaration, Membership, Objection

Row = TypeVar("Row", bound=Model)


def people_in(case: Case, roles: Iterable[Role]) -> QuerySet[User]:
    """The active people who have one of these roles in a case; the secretariat is everybody of it."""
    wanted = set(roles)
    found = User.objects.filter(is_active=True)
    in_case = found.filter(memberships__case=case, memberships__role__in=wanted)
    if Role.SECRETARIAT in wanted:
        return found.filter(pk__in=in_case.values("pk")) | found.filter(is_secretariat=True)
    return found.filter(pk__in=in_case.values("pk"))


def membership_in(case: Case, pk: int) -> Membership:
    """One role of somebody in this case. Raises NotThere."""
    return _found(case.memberships.filter(pk=pk).select_related("user"))


def declaration_in(case: Case, pk: int) -> InterestDeclaration:
    """One current declaration of this case. Raises NotThere."""
    return _found(case.declarations.filter(pk=pk, is_current=True).select_related("user"))


def objection_in(case: Case, pk: int) -> Objection:
    """One objection of this case. Raises NotThere."""
    return _found(case.objections.filter(pk=pk).select_related("user", "by"))


def team_member(case: Case, pk: int) -> User:
    """Somebody of the visiting team of this case. Raises NotThere."""
    return _found(people_in(case, TEAM_ROLES).filter(pk=pk))


def _found(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise NotThere
    return row
