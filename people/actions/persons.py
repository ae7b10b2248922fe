"""What is said of a person: by themselves, and by the secretariat to which city they belong (for it they propose)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from people.actions.network import require_keeper
from people.errors import NotThere
from people.models import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from people.models import City


def say_of_oneself(person: User, values: Mapping[str, Any]) -> None:
    """Store what a person says of themselves and no other column; nothing in an account that was closed meanwhile."""
    User.objects.filter(pk=person.pk, is_active=True).update(**values)


@transaction.atomic
def say_city(person: User, city: City | None, *, by: User) -> User:
    """Say to which city a person belongs, or to none. What they are in reviews stays.

    Raises NotAllowed for everybody but the secretariat, NotThere when the account was closed meanwhile.
    """
    require_keeper(by)
    held = User.objects.select_for_update().filter(pk=person.pk, is_active=True).first()
    if held is None:
        raise NotThere
    held.city = city
    held.save(update_fields=["city"])
    return held
