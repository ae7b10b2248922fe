"""The gates of this app: what is missing before a step, who must act, and where to cure it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from people.errors import Reason
from reviews.enums import SelfAssessmentStatus
from reviews.requirements import gate, once
from visits.queries.programme import programme, slot_url, visit_in
from visits.queries.remarks import clashes, gaps, sites_of_group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.models import Case
    from visits.queries.programme import Programme
    from visits.queries.remarks import Remark

_HOST = "Host coordinator"
_LEAD = "Review lead"


def _programme(case: Case) -> Programme | None:
    """The programme as it is in the database now; read once in one look at the case."""
    return once(_read, case)


def _read(case: Case) -> Programme | None:
    visit = visit_in(case)
    return programme(visit, for_host=False) if visit else None


def _page(case: Case, name: str = "programme") -> str:
    return reverse(f"visits:{name}", args=(case.slug,))


@gate("open_self_assessment", "propose_programme")
def has_sites(case: Case) -> Iterator[Reason]:
    """There is at least one host site."""
    plan = _programme(case)
    if plan is None or not plan.sites:
        yield Reason("Name at least one host site", _HOST, _page(case, "sites"))


@gate("propose_programme", "freeze_programme")
def groups_have_sites(case: Case) -> Iterator[Reason]:
    """Every group goes to at least one host site."""
    plan = _programme(case)
    for group in plan.groups if plan else ():
        if plan and not sites_of_group(plan, group):
            yield Reason(f"Plan a host site for {group.name}", _HOST, _page(case))


@gate("propose_programme", "freeze_programme")
def has_dates(case: Case) -> Iterator[Reason]:
    """The dates of the visit are set."""
    if not case.visit_start or not case.visit_end:
        yield Reason(
            "Set the dates of the visit", "Secretariat or review lead", reverse("reviews:deadlines", args=(case.slug,))
        )


@gate("propose_programme")
def meets_people(case: Case) -> Iterator[Reason]:
    """At least one slot says whom the team meets."""
    plan = _programme(case)
    if plan is None or not any(slot.people for slot in plan.slots):
        yield Reason("Say in at least one slot whom the team meets", _HOST, _page(case))


@gate("agree_programme")
def nothing_clashes(case: Case) -> Iterator[Reason]:
    """Nobody is in two places at once, and no place is used twice."""
    plan = _programme(case)
    if plan is not None:
        twice = clashes(plan)
        yield from _told(case, twice, f"{len(twice)} times somebody or something is needed twice at once")


@gate("freeze_programme")
def self_assessment_is_accepted(case: Case) -> Iterator[Reason]:
    """The self-assessment is accepted."""
    found = getattr(case, "self_assessment", None)
    if found is None or found.status != SelfAssessmentStatus.ACCEPTED:
        yield Reason(
            "Accept the self-assessment: it shows whom to meet",
            _LEAD,
            reverse("reviews:self_assessment", args=(case.slug,)),
        )


@gate("freeze_programme")
def desk_review_is_closed(case: Case) -> Iterator[Reason]:
    """The desk review is closed: questions are written and requests are made."""
    visit = visit_in(case)
    if visit is None or visit.desk_review_closed_at is None:
        yield Reason("Close the desk review", _LEAD, _page(case, "desk_review"))


@gate("freeze_programme")
def programme_is_complete(case: Case) -> Iterator[Reason]:
    """Every panel, interview and site visit has a lead, a note-taker and a place, and nothing clashes."""
    plan = _programme(case)
    if plan is None or not plan.slots:
        yield Reason("Write the programme", _HOST, _page(case))
        return
    open_slots, twice = gaps(plan), clashes(plan)
    yield from _told(case, open_slots, f"{len(open_slots)} slots have nobody to lead or note, or no place")
    yield from _told(case, twice, f"{len(twice)} times somebody or something is needed twice at once")


def _told(case: Case, remarks: list[Remark], together: str) -> Iterator[Reason]:
    """One remark as it is, several as one reason: the programme page lists them."""
    if len(remarks) == 1:
        yield Reason(remarks[0].text, _LEAD, slot_url(case, remarks[0].slots[-1]))
    elif remarks:
        yield Reason(together, _LEAD, f"{_page(case)}#remarks")


@gate("mark_visit_held")
def visit_has_begun(case: Case) -> Iterator[Reason]:
    """The first day of the visit has come, on the calendar of the host city."""
    visit = visit_in(case)
    zone = ZoneInfo(visit.time_zone) if visit else None
    if not case.visit_start or timezone.localdate(timezone=zone) < case.visit_start:
        yield Reason("The visit has not begun yet", "", _page(case))


@gate("start_feedback")
def programme_is_frozen(case: Case) -> Iterator[Reason]:
    """The programme is frozen."""
    visit = visit_in(case)
    if visit is None or not visit.is_frozen:
        yield Reason("Freeze the programme", _LEAD, _page(case))
