"""The order of findings and recommendations: one place up or down, or the whole list at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.db import transaction

from people.errors import AlreadyDone
from reviews.access import seat_in
from reviews.actions.steps import locked_case
from reviews.models import Finding, Recommendation
from reviews.permissions import Ability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from people.models import User
    from reviews.models import Case

Way = Literal["up", "down"]


@transaction.atomic
def move(row: Finding | Recommendation, way: Way, *, by: User) -> int:
    """Move one row one place up or down among those of its case; returns its new place, from 1.

    At the end of the list it stays where it is. Effects in order: lock, permit (edit_findings), number anew.
    """
    held = locked_case(row.case_id)
    seat_in(by, held).require(Ability.EDIT_FINDINGS)
    rows = _rows(type(row), held)
    here = rows.index(row)
    there = max(0, min(len(rows) - 1, here + (-1 if way == "up" else 1)))
    rows.insert(there, rows.pop(here))
    _number(rows)
    return there + 1


@transaction.atomic
def put_in_order(case: Case, ids: Sequence[int], *, by: User) -> None:
    """Give the recommendations of a case a new order, by their ids.

    Effects in order: lock, permit (edit_findings), compare, number anew.

    Raises AlreadyDone when the list has changed since it was shown, so that nobody sorts what they cannot see.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.EDIT_FINDINGS)
    rows = {found.pk: found for found in _rows(Recommendation, held)}
    if len(ids) != len(set(ids)) or set(ids) != set(rows):
        message = "Somebody added or dropped a recommendation in between. Look at the list again; nothing was moved."
        raise AlreadyDone(message, code="list_changed")
    _number([rows[pk] for pk in ids])


def _rows(model: type[Finding | Recommendation], case: Case) -> list[Finding | Recommendation]:
    return list(model.objects.filter(case=case).order_by("position", "pk"))


def _number(rows: Sequence[Finding | Recommendation]) -> None:
    """Write the places that changed; nothing else of a row."""
    for place, row in enumerate(rows, start=1):
        if row.position != place:
            type(row).objects.filter(pk=row.pk).update(position=place)
