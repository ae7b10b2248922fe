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
def move(row: Finding | Recommendation, way: Way, *, by: User) -> None:
    """Move one row one place up or down; at the end of the list it stays where it is.

    A recommendation moves among all of its case, a finding among those of its heading and kind, because that is how
    people see them. Effects in order: lock, permit (edit_findings), exchange the places.
    """
    held = locked_case(row.case_id)
    seat_in(by, held).require(Ability.EDIT_FINDINGS)
    rows = _rows(type(row), held)
    _number(rows)
    if isinstance(row, Finding):
        rows = [
            found for found in rows if isinstance(found, Finding) and (found.theme, found.kind) == (row.theme, row.kind)
        ]
    places = [found.position for found in rows]
    here = rows.index(row)
    there = max(0, min(len(rows) - 1, here + (-1 if way == "up" else 1)))
    rows.insert(there, rows.pop(here))
    for place, found in zip(places, rows, strict=True):
        _put(found, place)


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


def _group(finding: Finding) -> tuple[str, str]:
    return finding.theme, finding.kind


def _rows(model: type[Finding | Recommendation], case: Case) -> list[Finding | Recommendation]:
    return list(model.objects.filter(case=case).order_by("position", "pk"))


def _number(rows: Sequence[Finding | Recommendation]) -> None:
    """Give every row its own place, from 1."""
    for place, row in enumerate(rows, start=1):
        _put(row, place)


def _put(row: Finding | Recommendation, place: int) -> None:
    """Write a place that changed, and nothing else of the row."""
    if row.position != place:
        type(row).objects.filter(pk=row.pk).update(position=place)
        row.position = place
