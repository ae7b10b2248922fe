"""The year as a calendar: visits and a person's own deadlines, month by month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db.models import Case as DatabaseCase
from django.db.models import Count, F, IntegerField, Model, Q, Value, When, Window
from django.db.models.functions import Coalesce, Lead, RowNumber
from django.utils import timezone

from people.models import User
from reviews.enums import STAGES_AT_REST, VISITING_ROLES, MilestoneKind, MilestoneStatus, Stage
from reviews.models import Case, Membership, Milestone
from reviews.pages import page_of
from reviews.queries.tasks import owned_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet


Row = TypeVar("Row", bound=Model)
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
    """Visits and own deadlines, month by month. Four queries.

    Several months show the first few of each kind; a single month shows them all.
    """
    most = MOST_IN_MONTH if span.months == 1 else MOST_IN_YEAR
    found = {first.month: Month(first, []) for first in span.starts()}
    for place, case in _first_in_each_month(_visits(visible, span), "visit_start", span, most):
        _put(found[place.month], _visit(case), place, most)
    for place, deadline in _first_in_each_month(_deadlines(user, span), "due", span, most):
        _put(found[place.month], _deadline(deadline), place, most)
    marks = _marks(entry for shown in found.values() for entry in shown.entries)
    for shown in found.values():
        shown.entries.sort(key=lambda entry: (entry.first, entry.kind != "visit"))
        shown.weeks = _weeks(shown.first, marks)
    return list(found.values())


class Place(NamedTuple):
    """Where a row stands: in which month, as the how manyth, of how many."""

    pk: int
    month: int
    number: int
    of: int


def _put(month: Month, entry: Entry, place: Place, most: int) -> None:
    """Add an entry; with the first of its kind also say how many are not shown."""
    month.entries.append(entry)
    if place.number == 1:
        month.more += max(0, place.of - most)


def _visits(visible: QuerySet[Case], span: Span) -> QuerySet[Case]:
    found = visible.filter(visit_start__range=(span.first, span.last)).exclude(stage=Stage.CANCELLED)
    return found.select_related("host_city")


def _deadlines(user: User, span: Span) -> QuerySet[Milestone]:
    waiting = (MilestoneStatus.OPEN, MilestoneStatus.WAITING)
    found = Milestone.objects.filter(owned_by(user), due__range=(span.first, span.last), status__in=waiting)
    return found.exclude(kind=MilestoneKind.VISIT).select_related("case__host_city")


def _first_in_each_month(rows: QuerySet[Row], day: str, span: Span, most: int) -> Iterator[tuple[Place, Row]]:
    """The first rows of each month, each with its place there. Two queries.

    The places are counted over keys alone, and the months by comparison: SQLite asks Python for the month of a date.
    """
    by_month = _month_number(day, span)
    places = (
        rows.order_by()
        .annotate(
            month_number=by_month,
            place=Window(RowNumber(), partition_by=F("month_number"), order_by=[F(day).asc(), F("pk").asc()]),
            in_month=Window(Count("pk"), partition_by=F("month_number")),
        )
        .filter(place__lte=most)
        .order_by(day, "pk")
        .values_list("pk", "month_number", "place", "in_month")
    )
    counted = [Place(*values) for values in places]
    found = rows.in_bulk([place.pk for place in counted])
    return ((place, found[place.pk]) for place in counted)


def _month_number(day: str, span: Span) -> DatabaseCase:
    """The month of a day inside a span."""
    after = [*span.starts()[1:], span.last + timedelta(days=1)]
    whens = (
        When(**{f"{day}__lt": end}, then=Value(start.month)) for start, end in zip(span.starts(), after, strict=True)
    )
    return DatabaseCase(*whens, output_field=IntegerField())


def _visit(case: Case) -> Entry:
    first = case.visit_start
    assert first is not None  # noqa: S101 - the query asked for a date
    return Entry("visit", first, case.visit_end or first, f"Visit to {case.host_city}", case, case.get_absolute_url())


def _deadline(row: Milestone) -> Entry:
    due = row.due
    assert due is not None  # noqa: S101 - the query asked for a date
    is_late = row.status == MilestoneStatus.OPEN and due < timezone.localdate()
    return Entry("deadline", due, due, row.get_kind_display(), row.case, page_of(row.kind, row.case), is_late)


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
    order = [F("case__visit_start").asc(), F("case").asc()]
    pairs = list(
        rows.annotate(
            end=Coalesce("case__visit_end", "case__visit_start"),
            other=Window(Lead("case"), partition_by=F("user"), order_by=order),
            other_start=Window(Lead("case__visit_start"), partition_by=F("user"), order_by=order),
        )
        .filter(~Q(other=F("case")), other_start__lte=F("end"))
        .order_by("user", *order)
        .values_list("user", "case", "other")[:MOST_CLASHES]
    )
    people = User.objects.in_bulk({who for who, _, _ in pairs})
    cases = Case.objects.select_related("host_city").in_bulk({case for pair in pairs for case in pair[1:]})
    return [Clash(people[who], cases[one], cases[other]) for who, one, other in pairs]
