"""The list of cases: filters, order, and what is next in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.text import slugify

from people.countries import country_name
from people.models import City
from reviews.enums import MilestoneKind, MilestoneStatus, Role, Stage, Theme
from reviews.models import Case, Milestone
from reviews.pages import address_of

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import QuerySet

    from people.models import WorkingGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What somebody looks for. Empty parts do not narrow."""

    text: str = ""
    stage: str = ""
    theme: str = ""
    working_group: WorkingGroup | None = None
    country: str = ""

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return any((self.text, self.stage, self.theme, self.working_group, self.country))


def filtered(cases: QuerySet[Case], wanted: CaseFilter) -> QuerySet[Case]:
    """Narrow cases to what is wanted; the latest visit first, cases without dates before all."""
    if wanted.stage:
        cases = cases.filter(stage=wanted.stage)
    if wanted.theme:
        cases = cases.filter(theme=wanted.theme)
    if wanted.working_group:
        cases = cases.filter(working_group=wanted.working_group)
    if wanted.country:
        cases = cases.filter(host_city__country=wanted.country)
    for word in wanted.text.split():
        cases = cases.filter(_speaks_of(word))
    return cases.order_by(F("visit_start").desc(nulls_first=True), "-pk")


def _speaks_of(word: str) -> Q:
    """Title or host city contain a word, with or without its accents.

    SQLite folds the case of Latin letters only: other scripts are also tried in capitals and small letters.
    """
    found = Q(title__icontains=word) | Q(host_city__name__icontains=word)
    if not word.isascii():
        for spelt in {word.lower(), word.upper(), word.capitalize()}:
            found |= Q(title__contains=spelt) | Q(host_city__name__contains=spelt)
    if plain := slugify(word):
        found |= Q(slug__contains=plain) | Q(host_city__slug__contains=plain)
    return found


@dataclass(frozen=True, slots=True)
class NextDeadline:
    """What is next in a case, whose it is, and until when."""

    label: str
    owner: str
    due: date | None
    is_open: bool
    is_late: bool


_SHOWN = ("pk", "slug", "title", "stage", "theme", "visit_start", "visit_end")
_AROUND = ("host_city__name", "host_city__country", "working_group__name")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list: of a case what it shows, and its next deadline."""

    url: str
    title: str
    about: str
    stage: str
    visit_start: date | None
    visit_end: date | None
    next: NextDeadline | None

    @property
    def stage_label(self) -> str:
        """The stage in words."""
        return Stage(self.stage).label


def case_rows(page: Page[Case]) -> list[CaseRow]:
    """The lines of one page, from plain values: three objects a line would cost as much as the line. Two queries."""
    cases = list(cast("QuerySet[Case]", page.object_list).values_list(*_SHOWN, *_AROUND))
    following = _next_deadlines([key for key, *_ in cases])
    return [
        CaseRow(
            url=address_of("reviews:case", slug),
            title=title,
            about=f"{city}, {country_name(country)} · {Theme(theme).label} · {group}",
            stage=stage,
            visit_start=start,
            visit_end=end,
            next=following.get(key),
        )
        for key, slug, title, stage, theme, start, end, city, country, group in cases
    ]


def _next_deadlines(cases: list[int]) -> dict[int, NextDeadline]:
    """What is next in each case, by its key: the first open deadline, else the first that will come. One query."""
    status = (MilestoneStatus.OPEN, MilestoneStatus.WAITING)
    rows = Milestone.objects.filter(case__in=cases, status__in=status)
    rows = rows.order_by("status", F("due").asc(nulls_last=True), "pk")  # "open" sorts before "waiting"
    today = timezone.localdate()
    first: dict[int, NextDeadline] = {}
    for case, kind, owner, due, state in rows.values_list("case", "kind", "owner", "due", "status"):
        if case not in first:
            is_open = state == MilestoneStatus.OPEN
            is_late = is_open and due is not None and due < today
            first[case] = NextDeadline(MilestoneKind(kind).label, Role(owner).label, due, is_open, is_late)
    return first


def countries_of(cases: QuerySet[Case]) -> list[str]:
    """The countries that have a city among the hosts of `cases`."""
    hosts = City.objects.filter(Exists(cases.filter(host_city=OuterRef("pk"))))
    return list(hosts.order_by("country").values_list("country", flat=True).distinct())
