"""Who is in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.models import User
from reviews.enums import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from reviews.models import Case


def people_in(case: Case, roles: Iterable[Role]) -> QuerySet[User]:
    """The active people who have one of these roles in a case; the secretariat is everybody of it."""
    wanted = set(roles)
    found = User.objects.filter(is_active=True)
    in_case = found.filter(memberships__case=case, memberships__role__in=wanted)
    if Role.SECRETARIAT in wanted:
        return found.filter(pk__in=in_case.values("pk")) | found.filter(is_secretariat=True)
    return found.filter(pk__in=in_case.values("pk"))
