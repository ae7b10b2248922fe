"""What a person is in a case, for every page and every step of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists

from people.queries.statements import SOME_CASE, SOMEBODY, kept_objects, kept_values
from reviews.enums import Role
from reviews.models import Assignment, InterestDeclaration, Membership

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User
    from reviews.models import Case


def roles_in(case: Case, user: User) -> list[tuple[Role, bool]]:
    """The roles of a person, each with whether a part of the self-assessment was given to them. One query."""
    rows = kept_values(_roles, said={SOME_CASE: case.pk, SOMEBODY: user.pk})
    return [(Role(role), bool(is_assigned)) for role, is_assigned in rows]


def current_declaration(case: Case, user: User) -> InterestDeclaration | None:
    """What a person declared last about their interests. One query."""
    return next(iter(kept_objects(_declared, said={SOME_CASE: case.pk, SOMEBODY: user.pk})), None)


def _roles() -> QuerySet[Any, Any]:
    assigned = Exists(Assignment.objects.filter(self_assessment__case=SOME_CASE, user=SOMEBODY))
    rows = Membership.objects.filter(case=SOME_CASE, user=SOMEBODY).annotate(is_assigned=assigned)
    return rows.order_by().values_list("role", "is_assigned")


def _declared() -> QuerySet[InterestDeclaration]:
    return InterestDeclaration.objects.filter(case=SOME_CASE, user=SOMEBODY, is_current=True)[:1]
