"""Rows that are written again are those that were made."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from people.models import User
from reviews.enums import Stage
from reviews.models import Case, Membership
from tests import kept
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="Elsewhere nothing is kept.")


@pytest.fixture(autouse=True)
def _nothing_kept(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_kept", {})


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
    made()
    now = timezone.now()
    cast = make_cast()
    assert len(kept._kept) == 1
    assert Membership.objects.earliest("added_at").added_at >= now
    assert Case.objects.get().created_at == cast.case.created_at >= now


def test_another_day_stage_or_beginning_makes_rows_of_its_own() -> None:
    with time_machine.travel("2026-06-01 12:00Z", tick=False):
        made()
        assert made(Stage.REPORTING)[0].case.stage == Stage.REPORTING
    with time_machine.travel("2026-06-02 12:00Z", tick=False):
        assert str(made()[0].case.visit_start) == "2026-08-31"
        first = User.objects.create_user("first@example.org", "x")
        assert made()[0].lead.pk == first.pk + 1
    assert len(kept._kept) == 4
