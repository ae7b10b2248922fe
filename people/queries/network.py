"""The cities and working groups of the network."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from people.errors import NotThere
from people.models import City, WorkingGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet


def cities() -> QuerySet[City]:
    """All cities by name, each with how many people it has (`people_count`). One query."""
    return City.objects.annotate(people_count=Count("people", filter=Q(people__is_active=True)))


def groups() -> QuerySet[WorkingGroup]:
    """All working groups by name. One query."""
    return WorkingGroup.objects.all()


def city_at(slug: str) -> City:
    """The city at an address. Raises NotThere."""
    found = City.objects.filter(slug=slug).first()
    if found is None:
        raise NotThere
    return found


def group_at(slug: str) -> WorkingGroup:
    """The working group at an address. Raises NotThere."""
    found = WorkingGroup.objects.filter(slug=slug).first()
    if found is None:
        raise NotThere
    return found


def values_of(row: City | WorkingGroup, names: Iterable[str]) -> dict[str, Any]:
    """What a row holds, by name of the field."""
    return {name: getattr(row, name) for name in names}


def mark_of(values: Mapping[str, Any]) -> str:
    """A hash of what a row holds: a page names by it what it showed."""
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()
