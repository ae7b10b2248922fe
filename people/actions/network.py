"""Keeping the network: which cities and working groups there are. A row that reviews name is never taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from people.errors import AlreadyDone, NotAllowed
from people.models import City, WorkingGroup
from people.queries.network import mark_of, values_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from people.models import User

Row = TypeVar("Row", City, WorkingGroup)

_LONGEST = 120
_REFUSED = "The secretariat keeps the cities and working groups. Tell them if one is missing."
_AT_ONCE = "Somebody has saved this at the same moment, and yours was not. Look at it, and save it again."


def require_keeper(user: User) -> None:
    """Refuse everybody but the secretariat.

    Raises NotAllowed.
    """
    if not (user.is_active and user.is_secretariat):
        raise NotAllowed(_REFUSED)


def save_city(row: City | None, values: Mapping[str, Any], *, by: User, seen: str = "") -> City:
    """Make a city, or change one; its address stays as it is.

    `seen` is the `mark_of` what the page showed, if it showed something. Effects: permit, lock, compare, store.
    Raises NotAllowed, AlreadyDone where somebody else was quicker.
    """
    require_keeper(by)
    return _saved(City, "city", row, values, seen)


def save_group(row: WorkingGroup | None, values: Mapping[str, Any], *, by: User, seen: str = "") -> WorkingGroup:
    """Make a working group, or change one; its address stays as it is. As `save_city`.

    Raises NotAllowed, AlreadyDone where somebody else was quicker.
    """
    require_keeper(by)
    return _saved(WorkingGroup, "group", row, values, seen)


def _saved(model: type[Row], word: str, row: Row | None, values: Mapping[str, Any], seen: str) -> Row:
    """Store a row, if nobody has stored something else since it was seen. A name that is taken meanwhile is refused."""
    try:
        with transaction.atomic():
            held = _locked(model, row, values, seen) if row else model(slug=_free_slug(model, values["name"], word))
            for name, value in values.items():
                setattr(held, name, value)
            held.save()
    except IntegrityError as error:
        raise AlreadyDone(_AT_ONCE) from error
    return held


def _locked(model: type[Row], row: Row, values: Mapping[str, Any], seen: str) -> Row:
    held = model.objects.select_for_update().get(pk=row.pk)
    now = values_of(held, values)
    if seen and seen != mark_of(now) and now != values:
        raise AlreadyDone(_AT_ONCE)
    return held


def _free_slug(model: type[City | WorkingGroup], name: str, otherwise: str) -> str:
    """Words for the address: of the name, numbered where they are taken; a name in another script has none."""
    words = slugify(name)[:_LONGEST] or otherwise
    taken = set(model.objects.filter(slug__startswith=words).values_list("slug", flat=True))
    numbered = (f"{words}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (words, *numbered) if slug not in taken)
