"""Choosing which principles and goals a review is about: by these the library finds its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotReady
from reviews.access import Seat, seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind
from reviews.permissions import Ability
from reviews.subjects import GOALS, PRINCIPLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import User
    from reviews.models import Case


@transaction.atomic
def choose_subjects(case: Case, *, principles: Iterable[int], goals: Iterable[int], by: User) -> bool:
    """Keep the chosen principles and goals; return whether anything changed.

    Effects: lock, permit, the numbers in order, event. What is published keeps what it was published with.

    Raises NotAllowed, and NotReady for a number that does not exist.
    """
    held = locked_case(case.pk)
    _require(seat_in(by, held))
    chosen = sorted(set(principles)), sorted(set(goals))
    if not (set(chosen[0]) <= PRINCIPLES.keys() and set(chosen[1]) <= GOALS.keys()):
        raise NotReady("There is no such principle or goal.", code="no_such_subject")
    if (held.principles, held.goals) == chosen:
        return False
    held.principles, held.goals = chosen
    held.save(update_fields=["principles", "goals"])
    record(held, EventKind.EDITED, "Principles and goals chosen", by=by, step="subjects")
    return True


def may_choose_subjects(seat: Seat) -> bool:
    """Who writes the scope chooses; the secretariat also later, while deadlines are kept."""
    return seat.can(Ability.EDIT_SCOPE) or (seat.is_secretariat and seat.can(Ability.EDIT_DEADLINES))


def _require(seat: Seat) -> None:
    if not may_choose_subjects(seat):
        seat.require(Ability.EDIT_SCOPE)
