"""The list of cases: filters, order, and what is next in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import slugify

from people.models import City
from reviews.enums import MilestoneKind, MilestoneStatus, Role
from reviews.models import Case, Milestone

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


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list: a case, and its next deadline."""

    case: Case
    next: NextDeadline | None


def case_rows(page: Page[Case]) -> list[CaseRow]:
    """The lines of one page. Two queries.

    Next in a case is its first open deadline, else the first that will come.
    """
    cases = list(cast("QuerySet[Case]", page.object_list).select_related("host_city", "working_group"))
    rows = Milestone.objects.filter(
        case__in=[case.pk for case in cases], status__in=(MilestoneStatus.OPEN, MilestoneStatus.WAITING)
    ).order_by("status", F("due").asc(nulls_last=True), "pk")
    first: dict[int, NextDeadline] = {}
    for case, kind, owner, due, status in rows.values_list("case", "kind", "owner", "due", "status"):
        if case not in first:  # "open" sorts before "waiting"
            label, whose = MilestoneKind(kind).label, Role(owner).label
            first[case] = NextDeadline(label, whose, due, status == MilestoneStatus.OPEN)
    return [CaseRow(case, first.get(case.pk)) for case in cases]


def countries_of(cases: QuerySet[Case]) -> list[str]:
    """The countries that have a city among the hosts of `cases`."""
    hosts = City.objects.filter(Exists(cases.filter(host_city=OuterRef("pk"))))
    return list(hosts.order_by("country").values_list("country", flat=True).distinct())
