"""Findings in the frame of a case: their tab, the newest ones on the overview, and what somebody can do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from people.templatetags.words import counted
from reviews import frame
from reviews.enums import FindingStatus, MilestoneKind, Stage
from reviews.pages import register_page
from reviews.permissions import Ability
from visits.queries import newest
from visits.queries.evidence import notes_without_finding
from visits.queries.notes import sources_of
from visits.queries.programme import visit_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.access import Seat


def newest_findings(seat: Seat) -> dict[str, Any] | None:
    """The newest findings with their sources, and the numbers of the funnel; nothing before there are any."""
    findings = newest.newest_findings(seat.case, for_team=seat.is_team)
    if not findings:
        return None
    funnel = newest.funnel_of(seat.case, for_team=seat.is_team)
    return {"findings": findings, "sources": sources_of(findings), "funnel": funnel}


def what_next(seat: Seat) -> Iterable[frame.Next]:
    """What comes next about findings, before and after they are with the host."""
    yield from _before_release(seat)
    yield from _after_release(seat)


def _after_release(seat: Seat) -> Iterable[frame.Next]:
    """The findings to read for the host, the feedback session to hold for those who record it. No query."""
    visit = visit_in(seat.case)
    if seat.case.stage != Stage.FEEDBACK or seat.case.findings_shared_at is None or visit is None:
        return
    is_recorded = visit.feedback_held_on is not None and visit.feedback_attendance is not None
    if seat.can(Ability.RECORD_FEEDBACK) and not seat.is_secretariat and not is_recorded:
        url = reverse("visits:feedback", args=(seat.case.slug,))
        yield frame.Next("Hold the feedback session with the host, and record it.", "Record the session", url)
    if seat.is_host and seat.can(Ability.VIEW_FINDINGS):
        url = reverse("visits:findings", args=(seat.case.slug,))
        yield frame.Next("Your critical friends have released their findings to you.", "Read the findings", url)


def _before_release(seat: Seat) -> Iterable[frame.Next]:
    """Notes that wait for a finding, and for the lead the drafts that wait for their release."""
    if seat.case.stage != Stage.FEEDBACK or not seat.can(Ability.EDIT_FINDINGS):
        return
    waiting = notes_without_finding(seat.case).count()
    if waiting:
        url = reverse("visits:findings", args=(seat.case.slug,))
        text = f"{counted(waiting, 'note')} {'is' if waiting == 1 else 'are'} not part of a finding yet."
        yield frame.Next(text, "Open the findings board", url)
    if seat.can(Ability.SHARE_FINDINGS) and seat.case.findings_shared_at is None:
        drafts = seat.case.findings.filter(status=FindingStatus.DRAFT).count()
        if drafts:
            url = reverse("visits:release", args=(seat.case.slug,))
            yield frame.Next(f"{counted(drafts, 'finding')} can go to the host.", "Look at the release", url)


frame.register_tab(
    frame.Tab(key="findings", label="Findings", url_name="visits:findings", ability=Ability.VIEW_FINDINGS, position=70)
)
frame.register_overview_block(
    frame.Block(
        key="newest_findings",
        template="visits/_newest_findings.html",
        context=newest_findings,
        ability=Ability.VIEW_FINDINGS,
        position=40,
    )
)
frame.register_door("visits:release", Ability.SHARE_FINDINGS)
frame.register_door("visits:feedback", Ability.VIEW_FINDINGS)
frame.register_next(what_next)
register_page(MilestoneKind.FEEDBACK_SHARED, "visits:findings")
