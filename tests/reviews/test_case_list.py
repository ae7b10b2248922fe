"""The list of reviews."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from people.models import WorkingGroup
from reviews.enums import MilestoneStatus, Role, Stage, Theme
from reviews.models import Milestone
from tests import factories
from tests.cast import Cast


def titles(browser: object, query: str = "") -> list[str]:
    return [row.title for row in browser.get(f"/cases/{query}").context["rows"]]  # type: ignore[attr-defined]


@pytest.fixture
def secretariat(db: None) -> object:
    """A browser of the secretariat, with four cases to look for."""
    group = factories.make_working_group(name="Learning")
    ghent, athens = (
        factories.make_city("Ghent", slug="ghent"),
        factories.make_city("Αθήνα", slug="athina", country="GR"),
    )
    lodz = factories.make_city("Łódź", slug="lodz", country="PL")
    factories.make_case(
        "Ghent: bridge figures",
        slug="ghent-bridge",
        host_city=ghent,
        visit_start=date(2030, 5, 1),
        stage=Stage.FEEDBACK,
        working_group=group,
    )
    factories.make_case(
        "Αθήνα: Ένταξη", slug="athina-1", host_city=athens, visit_start=date(2031, 5, 1), theme=Theme.HOUSING
    )
    factories.make_case("Łódź: kluby", slug="odz-kluby", host_city=lodz, visit_start=None)
    factories.make_case("مدرسة", slug="case-ar", host_city=ghent, visit_start=date(2029, 5, 1), stage=Stage.CLOSED)
    return Cast.client(None, factories.make_user(is_secretariat=True))  # type: ignore[arg-type]


def test_list_begins_with_undated_and_latest_visits(secretariat: object) -> None:
    assert titles(secretariat) == ["Łódź: kluby", "Αθήνα: Ένταξη", "Ghent: bridge figures", "مدرسة"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?text=bridge", ["Ghent: bridge figures"]),
        ("?text=GHENT+figures", ["Ghent: bridge figures"]),
        ("?text=ghent", ["Ghent: bridge figures", "مدرسة"]),
        ("?text=ένταξη", ["Αθήνα: Ένταξη"]),
        ("?text=ΈΝΤΑΞΗ", ["Αθήνα: Ένταξη"]),
        ("?text=lodz", ["Łódź: kluby"]),
        ("?text=مدرسة", ["مدرسة"]),
        ("?stage=feedback", ["Ghent: bridge figures"]),
        ("?theme=housing", ["Αθήνα: Ένταξη"]),
        ("?country=PL", ["Łódź: kluby"]),
        ("?stage=feedback&country=PL", []),
        (
            "?stage=nonsense&country=XX&working_group=no",
            ["Łódź: kluby", "Αθήνα: Ένταξη", "Ghent: bridge figures", "مدرسة"],
        ),
        ("?text=100%25", []),
    ],
)
def test_filters(secretariat: object, query: str, found: list[str]) -> None:
    assert titles(secretariat, query) == found


def test_filter_by_working_group(secretariat: object) -> None:
    assert titles(secretariat, f"?working_group={WorkingGroup.objects.get(name='Learning').pk}") == [
        "Ghent: bridge figures"
    ]


def test_next_says_what_and_who(cast: Cast) -> None:
    page = cast.client(cast.friend).get("/cases/").content.decode()
    row = page.split('id="cases"')[1].split("</tr>")[1]
    assert "Scope and guiding questions agreed" in row
    assert "Host coordinator" in row


@pytest.mark.parametrize(
    ("days", "words"), [(-2, '<span class="late">2 days late'), (0, "<span>today"), (9, "<span>in 9")]
)
def test_next_says_until_when_and_what_is_late(cast: Cast, days: int, words: str) -> None:
    due = timezone.localdate() + timedelta(days=days)
    Milestone.objects.filter(case=cast.case, status=MilestoneStatus.OPEN).update(due=due)
    row = cast.client(cast.friend).get("/cases/").content.decode().split('id="cases"')[1].split("</tr>")[1]
    assert words in row


def test_people_see_their_own_reviews_only(cast: Cast) -> None:
    factories.make_case("Somewhere else")
    assert titles(cast.client(cast.observer)) == [cast.case.title]
    assert "You are in no review yet" in cast.client(cast.stranger).get("/cases/").content.decode()


def test_nothing_found_says_so(secretariat: object) -> None:
    assert "No review fits" in secretariat.get("/cases/?text=xyz").content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("cases", [1, 3])
@pytest.mark.parametrize("is_secretariat", [True, False])
def test_list_costs_the_same_for_one_and_three(
    db: None, cases: int, django_assert_num_queries: object, *, is_secretariat: bool
) -> None:
    user = factories.make_user(is_secretariat=is_secretariat)
    for _ in range(cases):
        factories.make_member(factories.make_case(), Role.OBSERVER, user)
    browser = Cast.client(None, user)  # type: ignore[arg-type]
    with django_assert_num_queries(9):  # type: ignore[operator]
        assert len(browser.get("/cases/").context["rows"]) == cases


def test_pages_keep_the_filter(db: None) -> None:
    common: dict[str, Any] = {
        "host_city": factories.make_city(),
        "working_group": factories.make_working_group(),
        "question_set": factories.make_question_set(),
    }
    for _ in range(51):
        factories.make_case(theme=Theme.HOUSING, **common)
    browser = Cast.client(None, factories.make_user(is_secretariat=True))  # type: ignore[arg-type]
    page = browser.get("/cases/?theme=housing").content.decode()
    assert 'href="?theme=housing&amp;page=2"' in page
    assert len(titles(browser, "?theme=housing&page=2")) == 1
