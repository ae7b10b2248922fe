"""The year as a calendar: visits and a person's own deadlines, month by month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import Coalesce, ExtractMonth, RowNumber
from django.utils import timezone

from people.models import User
from reviews.enums import STAGES_AT_REST, VISITING_ROLES, MilestoneKind, MilestoneStatus, Stage
from reviews.models import Case, Membership, Milestone
from reviews.pages import page_of
from reviews.queries.tasks import owned_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


MOST_IN_YEAR = 6
MOST_IN_MONTH = 300
MOST_CLASHES = 20
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar. `kind` is visit or deadline."""

    kind: str
    first: date
    last: date
    text: str
    case: Case
    url: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """One square of a month's grid; `date` is None outside the month."""

    date: date | None
    has_visit: bool = False
    has_deadline: bool = False
    is_today: bool = False


@dataclass(slots=True)
class Month:
    """One month: its weeks, its entries in order, and how many more there are than are shown."""

    first: date
    weeks: list[list[Day]]
    entries: list[Entry] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody who would visit two cities on the same days."""

    who: User
    one: Case
    other: Case


@dataclass(frozen=True, slots=True)
class Span:
    """So many whole months, at most twelve, from the first day of one."""

    first: date
    months: int = 12

    def starts(self) -> list[date]:
        """The first day of each month."""
        numbers = range(self.first.month - 1, self.first.month - 1 + self.months)
        return [date(self.first.year + number // 12, number % 12 + 1, 1) for number in numbers]

    @property
    def last(self) -> date:
        """The last day."""
        end = self.starts()[-1]
        return end.replace(day=calendar.monthrange(end.year, end.month)[1])


def months_of(user: User, visible: QuerySet[Case], span: Span) -> list[Month]:
    """Visits and own deadlines, month by month. Two queries.

    Several months show the first few of each kind; a single month shows them all.
    """
    most = MOST_IN_MONTH if span.months == 1 else MOST_IN_YEAR
    found = {first.month: Month(first, []) for first in span.starts()}
    for row in _first_in_each_month(_visits(visible, span), "visit_start", most):
        _put(found[row.month_number], _visit(row), row, most)
    for row in _first_in_each_month(_deadlines(user, span), "due", most):
        _put(found[row.month_number], _deadline(row), row, most)
    marks = _marks(entry for shown in found.values() for entry in shown.entries)
    for shown in found.values():
        shown.entries.sort(key=lambda entry: (entry.first, entry.kind != "visit"))
        shown.weeks = _weeks(shown.first, marks)
    return list(found.values())


def _put(month: Month, entry: Entry, row: Any, most: int) -> None:
    """Add an entry; with the first of its kind also say how many are not shown."""
    month.entries.append(entry)
    if row.place == 1:
        month.more += max(0, row.in_month - most)


def _visits(visible: QuerySet[Case], span: Span) -> QuerySet[Any]:
    found = visible.filter(visit_start__range=(span.first, span.last)).exclude(stage=Stage.CANCELLED)
    return found.select_related("host_city")


def _deadlines(user: User, span: Span) -> QuerySet[Any]:
    waiting = (MilestoneStatus.OPEN, MilestoneStatus.WAITING)
    found = Milestone.objects.filter(owned_by(user), due__range=(span.first, span.last), status__in=waiting)
    return found.exclude(kind=MilestoneKind.VISIT).select_related("case__host_city")


def _first_in_each_month(rows: QuerySet[Any], day: str, most: int) -> QuerySet[Any]:
    """The first rows of each month, each with its place there and how many there are."""
    by_month = ExtractMonth(day)
    numbered = rows.annotate(
        month_number=by_month,
        place=Window(RowNumber(), partition_by=by_month, order_by=[F(day).asc(), F("pk").asc()]),
        in_month=Window(Count("pk"), partition_by=by_month),
    )
    first: QuerySet[Any] = numbered.filter(place__lte=most).order_by(day, "pk")
    return first


def _visit(case: Case) -> Entry:
    first = case.visit_start
    assert first is not None  # noqa: S101 - the query asked for a date
    return Entry("visit", first, case.visit_end or first, f"Visit to {case.host_city}", case, case.get_absolute_url())


def _deadline(row: Milestone) -> Entry:
    due = row.due
    assert due is not None  # noqa: S101 - the query asked for a date
    is_late = row.status == MilestoneStatus.OPEN and due < timezone.localdate()
    return Entry("deadline", due, due, row.get_kind_display(), row.case, page_of(row.kind, row.case.slug), is_late)


def _marks(entries: Iterable[Entry]) -> dict[date, set[str]]:
    """Which kinds of entry each day has."""
    marks: dict[date, set[str]] = {}
    for entry in entries:
        for number in range((entry.last - entry.first).days + 1):
            marks.setdefault(entry.first + timedelta(days=number), set()).add(entry.kind)
    return marks


def _weeks(first: date, marks: dict[date, set[str]]) -> list[list[Day]]:
    today = timezone.localdate()
    return [
        [
            Day(day, "visit" in marks.get(day, ()), "deadline" in marks.get(day, ()), day == today)
            if day.month == first.month
            else Day(None)
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]


def clashes(user: User, span: Span) -> list[Clash]:
    """Two visits of one person at the same time: the person's own, for the secretariat everybody's.

    Only the first MOST_CLASHES. One query, and two more when there are any.
    """
    rows = Membership.objects.filter(
        Q() if user.is_secretariat else Q(user=user),
        ~Q(case__stage__in=STAGES_AT_REST),
        role__in=VISITING_ROLES,
        case__visit_start__range=(span.first, span.last),
    )
    ordered = rows.order_by("user", "case__visit_start", "case").values_list(
        "user", "case", "case__visit_start", Coalesce("case__visit_end", "case__visit_start")
    )
    pairs = [
        (who, one, other)
        for (who, one, _, end), (also, other, start, _) in pairwise(ordered)
        if who == also and one != other and start <= end
    ][:MOST_CLASHES]
    people = User.objects.in_bulk({who for who, _, _ in pairs})
    cases = Case.objects.select_related("host_city").in_bulk({case for pair in pairs for case in pair[1:]})
    return [Clash(people[who], cases[one], cases[other]) for who, one, other in pairs]
