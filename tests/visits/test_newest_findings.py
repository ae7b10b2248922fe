"""The newest findings on the overview of a case, and the numbers from notes to recommendations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from reviews.enums import FindingStatus, Stage
from tests import factories
from tests.cast import Cast, make_cast
from visits.queries.newest import funnel_of, newest_findings

DRAFT, SHARED, DROPPED = FindingStatus.DRAFT, FindingStatus.SHARED, FindingStatus.DROPPED


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.FEEDBACK)


def write_some(cast: Cast) -> None:
    """Six findings an hour apart, one of them dropped; notes and recommendations of every kind; those of another case."""
    visit = factories.make_visit(cast.case)
    for fields in ({}, {}, {"is_private": True}, {"removed_at": timezone.now()}):
        factories.make_note(visit, cast.friend, **fields)
    for hours, status in enumerate((SHARED, DRAFT, SHARED, DRAFT, DROPPED, SHARED)):
        at = timezone.now() - timedelta(hours=hours)
        factories.make_finding(cast.case, f"Found {hours}", status=status, created_at=at)
    for status in (DRAFT, SHARED, DROPPED):
        factories.make_recommendation(cast.case, status=status)
    other = factories.make_case()
    factories.make_finding(other, "Elsewhere", status=SHARED)
    factories.make_recommendation(other, status=SHARED)


@pytest.mark.parametrize(
    ("for_team", "texts", "numbers"),
    [
        (True, ["Found 0", "Found 1", "Found 2", "Found 3"], (2, 5, 2)),
        (False, ["Found 0", "Found 2", "Found 5"], (2, 3, 1)),
    ],
)
def test_team_and_host_see_the_newest_that_are_theirs(
    cast: Cast, django_assert_num_queries: Any, *, for_team: bool, texts: list[str], numbers: tuple[int, int, int]
) -> None:
    write_some(cast)
    with django_assert_num_queries(2):
        found = newest_findings(cast.case, for_team=for_team)
        assert (funnel_of(cast.case, for_team=for_team), [finding.case for finding in found]) == (
            numbers,
            [cast.case] * len(texts),
        )
    assert [finding.text for finding in found] == texts


def test_overview_shows_them_and_the_numbers(cast: Cast) -> None:
    write_some(cast)
    page = cast.client(cast.lead).get(f"/cases/{cast.case.slug}/").content.decode()
    assert "2 notes led to 5 findings and 2 recommendations" in page
    assert ("Found 3" in page, "Found 5" in page, "Elsewhere" in page) == (True, False, False)
    empty = cast.client(cast.secretariat).get(factories.make_case().get_absolute_url()).content.decode()
    assert "led to" not in empty
