"""What is put into SQL once says what Django would say each time (tests/statements.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Exists, Model, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews.enums import Role
from reviews.models import Case, CaseEvent, Membership
from tests import statements
from tests.cast import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="On PostgreSQL all is put into SQL anew"),
]
QUESTIONS: dict[str, Callable[[Cast], QuerySet[Any, Any]]] = {
    "beside": lambda cast: Case.objects.select_related("host_city", "self_assessment").filter(pk=cast.case.pk),
    "before": lambda _: Case.objects.prefetch_related("memberships__user").order_by("title", "-pk"),
    "person": lambda cast: Membership.objects.filter(user=cast.lead).select_related("user__city"),
    "counted": lambda _: Membership.objects.values("role").annotate(many=Count("pk")).order_by("role"),
    "inside": lambda cast: Case.objects.annotate(is_in=Exists(Membership.objects.filter(case=OuterRef("pk"), user=cast.lead))),
    "several": lambda _: Case.objects.filter(memberships__role__in=[Role.LEAD, Role.OBSERVER]).distinct()[:5],
    "of a day": lambda _: CaseEvent.objects.filter(at__date=timezone.localdate()).dates("at", "day"),
    "nothing": lambda _: Case.objects.filter(pk__in=[]),
}  # fmt: skip


def told(ask: Callable[[Cast], QuerySet[Any, Any]], cast: Cast) -> tuple[list[str], list[Any]]:
    """The statements and the rows of a question, with the names of what came beside them."""
    with CaptureQueriesContext(connection) as said:
        rows = list(ask(cast))
    return [one["sql"] for one in said.captured_queries], [_plain(row) for row in rows]


def _plain(row: Any) -> Any:
    if not isinstance(row, Model):
        return row
    beside = {name: (str(one), getattr(one, "pk", None)) for name, one in row._state.fields_cache.items()}
    return {name: value for name, value in vars(row).items() if not name.startswith("_")} | beside


@pytest.mark.parametrize("name", QUESTIONS)
def test_second_time_is_as_the_first_and_as_django_does_it(
    cast: Cast, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "_kept", {})
    statements.keep()
    first, second = told(QUESTIONS[name], cast), told(QUESTIONS[name], cast)
    assert len(statements._kept) > 0 or name == "nothing"
    monkeypatch.setattr(statements, "_key", lambda *_: None)
    assert first == second == told(QUESTIONS[name], cast)


def test_another_person_and_another_clock_ask_another_question(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_kept", {})
    statements.keep()
    for person in (cast.lead, cast.friend, cast.lead):
        assert [row.user for row in Membership.objects.filter(user=person)] == [person]
    said = []
    for zone in ("Europe/Bucharest", "America/Lima", "Europe/Bucharest"):
        with timezone.override(zone):
            said.append(str(CaseEvent.objects.filter(at__date="2027-03-28").query))
    assert said[0] == said[2] != said[1]
