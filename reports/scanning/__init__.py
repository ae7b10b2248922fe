"""Before a report leaves the team: what it may tell of private persons, what was set aside, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from people.errors import NotReady
from people.models import City
from reports.contents import printed, to_send
from reports.enums import ReportStatus
from reports.rendering.compose.disagreements import ANCHOR as DISAGREEMENTS
from reports.scanning.hits import Hit, hits_in, words_of_kinds
from reviews.enums import TEAM_ROLES, Role
from reviews.hints import Around, folded_names
from visits.models import HostSite, SlotPerson
from visits.queries.names import full_names
from visits.queries.remarks import SMALL_GROUP

if TYPE_CHECKING:
    from reports.models import HintSetAside, Report
    from reviews.models import Case

__all__ = ["Hit", "Place", "Scan", "scan_of", "where_of", "words_of_kinds"]

OFFICIALS = frozenset({Role.HOST_COORDINATOR, Role.HOST_SPONSOR})
STATEMENT = "host-statement"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit is cured: the words of the link, its address, and whether it is the host's own text."""

    label: str
    url: str
    is_host: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found: `open` stands against sending, `aside` was read and set aside, with the reason."""

    open: tuple[Hit, ...] = ()
    aside: tuple[tuple[Hit, HintSetAside], ...] = ()


def scan_of(case: Case) -> Scan:
    """Read the report as it would leave the team now: sent to the host or, once its text is final, published.

    The composed document is read, so that nothing it shows is left out. Six queries beside those of composing it.
    """
    report: Report = case.report
    try:
        content = printed(case) if report.status == ReportStatus.FINAL else to_send(case)
    except NotReady:
        return Scan()
    hits = hits_in(content, *_around(case))
    aside = {row.key: row for row in report.hints_set_aside.select_related("by")} if hits else {}
    return Scan(
        tuple(hit for hit in hits if hit.key not in aside),
        tuple((hit, aside[hit.key]) for hit in hits if hit.key in aside),
    )


def where_of(case: Case, hit: Hit, keys: dict[str, str]) -> Place:
    """Say where a hit is cured. `keys` leads from the anchor of a chapter to the key of its section."""
    if hit.passage.heading == DISAGREEMENTS:
        return Place("In the host’s own comment", reverse("reports:fact_check", args=(case.slug,)), is_host=True)
    if hit.passage.heading == STATEMENT:
        return Place("In the host’s own statement", reverse("reports:statement", args=(case.slug,)), is_host=True)
    key = keys.get(hit.passage.anchor)
    if key is None:
        return Place("Change the report", reverse("reports:report", args=(case.slug,)))
    return Place("Change the text", reverse("reports:section", args=(case.slug, key)))


def _around(case: Case) -> tuple[frozenset[str], Around]:
    """What may be named, and what leads to somebody. Three queries."""
    people = list(case.memberships.values_list("role", "user__name"))
    public = {name for role, name in people if role in TEAM_ROLES | OFFICIALS}
    sites = list(HostSite.objects.filter(visit__case=case, removed_at=None).values_list("name", "contact"))
    private = {name for _, name in people} | {name for _, contact in sites for name in full_names(contact)}
    known = folded_names(
        (
            *City.objects.values_list("name", flat=True),
            *(case.title, str(case.working_group)),
            *public,
            *(name for name, _ in sites),
        )
    )
    around = Around.of(
        people=sorted(private - public), places=sorted(name for name, _ in sites), small=_small_groups(case)
    )
    return known, around


def _small_groups(case: Case) -> list[str]:
    """The source groups of which fewer than five people were met. One query."""
    counts: dict[str, int] = {}
    met = SlotPerson.objects.filter(slot__visit__case=case, slot__removed_at=None)
    for group, count in met.values_list("source_group", "count"):
        counts[group] = counts.get(group, 0) + count
    return sorted(group for group, count in counts.items() if 0 < count < SMALL_GROUP)
