"""Setting a warning of the check aside, and bringing it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotThere
from reviews.actions.answers import hold
from reviews.checking import check_of
from reviews.models import SetAside
from reviews.permissions import Ability

if TYPE_CHECKING:
    from reviews.access import Seat


@transaction.atomic
def set_aside(seat: Seat, key: str) -> None:
    """Say that a warning was looked at. Setting it aside twice is once.

    Effects: permit, hold the self-assessment, write. Raises NotAllowed, NotThere for no warning of this person's.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    held = hold(seat)
    page = check_of(seat)
    warned = [row for group in page.groups for row in group.rows]
    if key not in {row.key for row in (*warned, *page.aside)}:
        raise NotThere
    SetAside.objects.get_or_create(self_assessment=held, key=key, defaults={"by": seat.user})


@transaction.atomic
def bring_back(seat: Seat, key: str) -> None:
    """Show a warning again. Raises NotAllowed."""
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    if key in {row.key for row in check_of(seat).aside}:
        SetAside.objects.filter(self_assessment=hold(seat), key=key).delete()
