"""What the secretariat says of a person: to which city they belong. Who may propose a review is asked by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.actions.network import require_keeper
from people.models import User

if TYPE_CHECKING:
    from people.models import City


@transaction.atomic
def say_city(person: User, city: City | None, *, by: User) -> User:
    """Say to which city a person belongs, or to none. What they are in reviews stays.

    Raises NotAllowed for everybody but the secretariat.
    """
    require_keeper(by)
    held = User.objects.select_for_update().get(pk=person.pk)
    held.city = city
    held.save(update_fields=["city"])
    return held
