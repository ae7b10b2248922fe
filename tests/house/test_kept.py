"""Rows that are written again (tests/kept.py) are those that were made; what else was written is never lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from people.models import City, User
from reviews.enums import Stage
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


# --- What begins with nothing ---------------------------------------------------------------------
def made(stage: Stage = Stage.PLANNING) -> tuple[Cast, dict[str, list[Any]]]:
    """A cast, and every row of the database that it is in; the rows are gone afterwards."""
    before = transaction.savepoint()
    cast = make_cast(stage)
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if not name.startswith("reports_entry")]
        rows = {name: cursor.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608
    assert [model_to_dict(person) for person in cast.people.values()] == [
        model_to_dict(User.objects.get(pk=person.pk)) for person in cast.people.values()
    ]
    assert model_to_dict(cast.case) == model_to_dict(Case.objects.get(pk=cast.case.pk))
    transaction.savepoint_rollback(before)
    return cast, rows


def test_cast_is_written_again_as_it_was_made() -> None:
    with time_machine.travel("2026-06-01 12:00Z", tick=False):
        first, second = made(), made()
    assert len(kept._kept) == 1
    assert second[1] == first[1]
    assert second[0].people == first[0].people


def test_rows_that_are_written_again_are_of_now() -> None:
    with time_machine.travel("2026-06-01 12:00Z"):
        made()
    with time_machine.travel("2026-06-01 15:00Z"):
        cast = make_cast()
        now = timezone.now()
    assert len(kept._kept) == 1
    assert now - timedelta(seconds=5) < Membership.objects.earliest("added_at").added_at < now
    assert now - timedelta(seconds=5) < Case.objects.get().created_at < now
    assert cast.case.created_at == Case.objects.get().created_at


def test_another_day_stage_or_beginning_makes_rows_of_its_own() -> None:
    with time_machine.travel("2026-06-01 12:00Z", tick=False):
        made()
        assert made(Stage.REPORTING)[0].case.stage == Stage.REPORTING
    with time_machine.travel("2026-06-02 12:00Z", tick=False):
        assert str(made()[0].case.visit_start) == "2026-08-31"
        first = User.objects.create_user("first@example.org", "x")
        assert made()[0].lead.pk == first.pk + 1
    assert len(kept._kept) == 4
