"""Rows that are written again (tests/kept.py) are those that were made; what else was written is never lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from people.models import City
from reviews.models import Case, CaseEvent, Membership
from tests import kept
from tests.cast import Cast, make_cast
from tests.factories import make_city

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="Rows are kept on SQLite only."),
]


class Change:
    """Makes, changes and deletes rows of a case, and counts how often it is asked to."""

    asked = 0

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def __call__(self) -> None:
        Change.asked += 1
        Case.objects.filter(pk=self.cast.case.pk).update(title="Changed")
        Membership.objects.filter(user=self.cast.observer).delete()
        make_city("Made")
        for text in ("first", "second"):
            CaseEvent.objects.create(case=self.cast.case, kind="edited", text=text)


@pytest.fixture(autouse=True)
def _nobody_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Change, "asked", 0)
    monkeypatch.setattr(kept, "_kept", {})


def rows() -> dict[str, list[list[Any]]]:
    """All rows, without their moments."""
    return {
        table: [[cell for cell in row if not isinstance(cell, datetime)] for row in found.values()]
        for table, found in kept._everything().items()
    }


def test_rows_that_are_written_again_are_those_that_were_made() -> None:
    seen = []
    for _ in range(2):
        with transaction.atomic():
            cast = make_cast()
            kept.made_after(Change(cast), "changed")
            seen.append(rows())
            assert (Case.objects.get().title, City.objects.filter(name="Made").count()) == ("Changed", 1)
            assert not Membership.objects.filter(user=cast.observer).exists()
            first, second = CaseEvent.objects.filter(text__in=("first", "second")).order_by("at")
            assert (first.text, second.text) == ("first", "second")
            transaction.set_rollback(True)
    assert (Change.asked, seen[0]) == (1, seen[1])


def test_what_was_written_in_between_stays() -> None:
    for name in ("One", "Two"):
        with transaction.atomic():
            cast = make_cast()
            make_city(name)
            kept.made_after(Change(cast), "changed")
            assert City.objects.filter(name__in=("Made", name)).count() == 2
            transaction.set_rollback(True)
    assert Change.asked == 2
