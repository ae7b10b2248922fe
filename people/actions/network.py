"""Keeping the network: which cities and working groups there are. A row that reviews name is never taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.utils.text import slugify

from people.errors import NotAllowed
from people.models import City, WorkingGroup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from people.models import User

Row = TypeVar("Row", City, WorkingGroup)

_LONGEST = 120
_REFUSED = "The secretariat keeps the cities and working groups. Tell them if one is missing."


def require_keeper(user: User) -> None:
    """Refuse everybody but the secretariat.

    Raises NotAllowed.
    """
    if not (user.is_active and user.is_secretariat):
        raise NotAllowed(_REFUSED)


@transaction.atomic
def save_city(row: City | None, values: Mapping[str, Any], *, by: User) -> City:
    """Make a city, or change one; its address stays as it is.

    Raises NotAllowed.
    """
    require_keeper(by)
    return _saved(row or City(slug=_free_slug(City, values["name"], "city")), values)


@transaction.atomic
def save_group(row: WorkingGroup | None, values: Mapping[str, Any], *, by: User) -> WorkingGroup:
    """Make a working group, or change one; its address stays as it is.

    Raises NotAllowed.
    """
    require_keeper(by)
    return _saved(row or WorkingGroup(slug=_free_slug(WorkingGroup, values["name"], "group")), values)


def _saved(row: Row, values: Mapping[str, Any]) -> Row:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def _free_slug(model: type[City | WorkingGroup], name: str, otherwise: str) -> str:
    """Words for the address: of the name, numbered where they are taken; a name in another script has none."""
    words = slugify(name)[:_LONGEST] or otherwise
    taken = set(model.objects.filter(slug__startswith=words).values_list("slug", flat=True))
    numbered = (f"{words}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (words, *numbered) if slug not in taken)
