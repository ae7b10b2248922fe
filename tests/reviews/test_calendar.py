"""The calendar of visits and own deadlines."""

from datetime import date
from typing import Any

import pytest

from reviews.enums import MilestoneKind, Role, Stage
from reviews.models import Case, Milestone
from reviews.queries.calendar import Span, clashes, months_of
from tests import factories
from tests.cast import Cast

YEAR = Span(date(2030, 1, 1))


def visit(first: date, last: date, **fields: Any) -> Case:
    return (
        factories.make_case(visit_start=first, **fields)
        if last == first
        else _with_end(factories.make_case(visit_start=first, **fields), last)
    )


def _with_end(case: Case, last: date) -> Case:
    Case.objects.filter(pk=case.pk).update(visit_end=last)
    return Case.objects.get(pk=case.pk)


def shown(user: object, span: Span = YEAR) -> dict[int, list[str]]:
    months = months_of(user, Case.objects.all(), span)  # type: ignore[arg-type]
    return {month.first.month: [entry.text for entry in month.entries] for month in months if month.entries}


def test_visits_and_own_deadlines_stand_in_their_months(db: None) -> None:
    city = factories.make_city("Ghent")
    case = visit(date(2030, 6, 10), date(2030, 6, 12), host_city=city, stage=Stage.PLANNING)
    user = factories.make_user()
    factories.make_member(case, Role.LEAD, user)
    assert shown(user) == {
        5: ["Self-assessment accepted and released"],
        6: ["Programme frozen, handbook issued", "Visit to Ghent", "Findings released to the host"],
        8: ["Final report approved"],
    }


def test_days_of_a_visit_are_marked_over_the_end_of_a_month(db: None) -> None:
    visit(date(2030, 4, 30), date(2030, 5, 1))
    april, may = months_of(factories.make_user(), Case.objects.all(), YEAR)[3:5]
    marked = [
        [day.date.day for week in month.weeks for day in week if day.date and day.has_visit] for month in (april, may)
    ]
    assert marked == [[30], [1]]
    assert (len(april.entries), len(may.entries)) == (1, 0)


def test_full_month_shows_the_first_few_and_says_how_many_more(db: None) -> None:
    common: dict[str, Any] = {
        "host_city": factories.make_city(),
        "working_group": factories.make_working_group(),
        "question_set": factories.make_question_set(),
    }
    for day in range(1, 10):
        factories.make_case(visit_start=date(2030, 6, day), **common)
    user = factories.make_user()
    june = months_of(user, Case.objects.all(), YEAR)[5]
    assert (len(june.entries), june.more) == (6, 3)
    assert len(months_of(user, Case.objects.all(), Span(date(2030, 6, 1), 1))[0].entries) == 9


def test_cancelled_visits_and_done_deadlines_are_left_out(cast: Cast) -> None:
    cast.at(Stage.CANCELLED)
    span = Span(cast.case.visit_start.replace(day=1))  # type: ignore[union-attr]
    assert shown(cast.lead, span) == {}


def test_span_goes_over_the_end_of_a_year() -> None:
    span = Span(date(2030, 11, 1))
    assert (span.starts()[2], span.starts()[-1], span.last) == (date(2031, 1, 1), date(2031, 10, 1), date(2031, 10, 31))


@pytest.mark.parametrize(("second", "count"), [(date(2030, 6, 12), 1), (date(2030, 6, 13), 0)])
def test_overlapping_visits_of_one_person_are_said(db: None, second: date, count: int) -> None:
    user = factories.make_user()
    one, other = visit(date(2030, 6, 10), date(2030, 6, 12)), visit(second, date(2030, 6, 15))
    for case in (one, other):
        factories.make_member(case, Role.CRITICAL_FRIEND, user)
    factories.make_member(other, Role.LEAD, user)
    found = clashes(user, YEAR)
    assert [(clash.who, clash.one, clash.other) for clash in found] == [(user, one, other)][:count]
    assert len(clashes(factories.make_user(is_secretariat=True), YEAR)) == count
    assert clashes(factories.make_user(), YEAR) == []


@pytest.mark.parametrize(
    "query", ["", "?year=2030", "?year=2030&month=6", "?year=99999", "?year=x&month=13", "?month=5", "?year=9999"]
)
def test_page_answers_any_address(cast: Cast, query: str) -> None:
    assert cast.client(cast.lead).get(f"/calendar/{query}").status_code == 200


def test_page_of_somebody_without_reviews_says_so(cast: Cast) -> None:
    assert "Nothing in this time" in cast.client(cast.stranger).get("/calendar/").content.decode()


@pytest.mark.parametrize("cases", [1, 3])
def test_page_costs_the_same_for_one_and_three(db: None, cases: int, django_assert_num_queries: object) -> None:
    user = factories.make_user()
    for number in range(cases):
        factories.make_member(visit(date(2030, 6, 1 + 7 * number), date(2030, 6, 3 + 7 * number)), Role.LEAD, user)
    browser = Cast.client(None, user)  # type: ignore[arg-type]
    with django_assert_num_queries(9):  # type: ignore[operator]
        page = browser.get("/calendar/?year=2030")
    assert [entry.kind for entry in page.context["months"][5].entries].count("visit") == cases


def test_own_deadline_that_is_late_is_said(cast: Cast) -> None:
    Milestone.objects.filter(kind=MilestoneKind.PROGRAMME_DRAFT).update(due=date(2020, 5, 5))
    [month] = months_of(cast.coordinator, Case.objects.none(), Span(date(2020, 5, 1), 1))
    assert [(entry.text, entry.is_late) for entry in month.entries] == [("Draft programme", True)]
