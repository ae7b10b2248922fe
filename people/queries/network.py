"""The cities and working groups of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from people.errors import NotThere
from people.models import City, WorkingGroup

if TYPE_CHECKING:
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
