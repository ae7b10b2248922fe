"""The rail on top of every case page: the steps of the method, each with its date or what it waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from people.templatetags.words import dates
from reviews.enums import MilestoneKind, MilestoneStatus, SelfAssessmentStatus, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from reviews.models import Case, Milestone

    Deadlines = Mapping[str, Milestone]

M = MilestoneKind


@dataclass(frozen=True, slots=True)
class RailStep:
    """One step of the method. `state` is done, now, later or paused; `url` may be empty."""

    key: str
    label: str
    note: str
    state: str
    url: str = ""


def rail_of(case: Case, deadlines: Deadlines, urls: Mapping[str, str]) -> list[RailStep]:
    """The five steps of one case. `urls` maps step keys to addresses; no queries."""
    here = _position(case)
    return [
        RailStep(key, label, note(case, deadlines), _state(case, number, here), urls.get(key, ""))
        for number, (key, label, note) in enumerate(_STEPS)
    ]


def _position(case: Case) -> int:
    """The number of the step in which a case stands; one past the last for a closed one, -1 for a cancelled one."""
    return _POSITIONS.get(case.effective_stage, -1)


def _state(case: Case, number: int, here: int) -> str:
    if number == here:
        return "paused" if case.stage == Stage.POSTPONED else "now"
    return "done" if number < here else "later"


def _preparation(case: Case, deadlines: Deadlines) -> str:
    if case.stage == Stage.DRAFT:
        return _by(deadlines, M.SCOPE_AGREED, "Proposal, to agree by", "Proposal being written")
    if case.stage == Stage.POSTPONED:
        return "Scope and team to be confirmed again"
    for kind, words in ((M.PROGRAMME_FROZEN, "Programme frozen"), (M.TEAM_CONFIRMED, "Team confirmed")):
        if done := _done(deadlines, kind):
            return f"{words} {_day(done)}"
    return _by(deadlines, M.TEAM_CONFIRMED, "Team by", "Dates not fixed yet")


def _self_assessment(case: Case, deadlines: Deadlines) -> str:
    found = getattr(case, "self_assessment", None)
    if found and found.status == SelfAssessmentStatus.ACCEPTED:
        return f"Accepted {_day(found.accepted_at)}, version {found.version}"
    if found and found.status == SelfAssessmentStatus.SUBMITTED:
        return f"Submitted {_day(found.submitted_at)}, waits for the lead"
    if found and found.status == SelfAssessmentStatus.RETURNED:
        return _by(deadlines, M.SELF_ASSESSMENT_DUE, "Returned, due", "Returned for changes")
    return _by(deadlines, M.SELF_ASSESSMENT_DUE, "Due", "Due five weeks before the visit")


def _visit(case: Case, deadlines: Deadlines) -> str:
    first, last = case.visit_start, case.visit_end or case.visit_start
    if first is None or last is None:
        return "Dates not fixed yet"
    today = timezone.localdate()
    if first <= today <= last:
        return f"{dates(first, last)} · day {(today - first).days + 1} of {(last - first).days + 1}"
    if case.stage == Stage.FEEDBACK and last < today:
        return _by(deadlines, M.FEEDBACK_SHARED, "Findings due", dates(first, last))
    return dates(first, last)


def _report(case: Case, deadlines: Deadlines) -> str:
    if case.published_at:
        return f"Published {_day(case.published_at)}"
    for kind, words in (
        (M.REPORT_DRAFT, "Draft due"),
        (M.FACT_CHECK, "Factual comments due"),
        (M.REPORT_FINAL, "Final due"),
        (M.REPORT_PUBLISHED, "Publication due"),
    ):
        if found := _by(deadlines, kind, words, ""):
            return found
    published = deadlines.get(M.REPORT_PUBLISHED)
    if published and published.status == MilestoneStatus.DONE:
        return "Withdrawn after publication"
    return "Four weeks after the visit"


def _follow_up(case: Case, deadlines: Deadlines) -> str:
    if case.stage == Stage.CLOSED:
        return f"Closed {_day(case.moved_at)}"
    for kind, words in ((M.ACTION_PLAN, "Responses due"), (M.PROGRESS_REVIEW, "Progress review")):
        if found := _by(deadlines, kind, words, ""):
            return found
    return "Responses and action plan"


def _by(deadlines: Deadlines, kind: MilestoneKind, words: str, otherwise: str) -> str:
    """`words` with the date of a deadline that still counts, else `otherwise`."""
    row = deadlines.get(kind)
    if row is None or row.due is None or row.status in {MilestoneStatus.DONE, MilestoneStatus.DROPPED}:
        return otherwise
    return f"{words} {_day(row.due)}"


def _day(value: date | datetime | None) -> str:
    """`30 May`, with the year when it is not this one."""
    found = timezone.localdate(value) if isinstance(value, datetime) else value
    if found is None:
        return ""
    return f"{found:%-d %B}" if found.year == timezone.localdate().year else dates(found)


def _done(deadlines: Deadlines, kind: MilestoneKind) -> date | None:
    row = deadlines.get(kind)
    return timezone.localdate(row.done_at) if row and row.status == MilestoneStatus.DONE and row.done_at else None


_STEPS: tuple[tuple[str, str, Callable[[Case, Deadlines], str]], ...] = (
    ("preparation", "Preparation", _preparation),
    ("self_assessment", "Self-assessment", _self_assessment),
    ("visit", "Visit and feedback", _visit),
    ("report", "Report", _report),
    ("follow_up", "Follow-up", _follow_up),
)
_POSITIONS: dict[str, int] = {
    Stage.DRAFT: 0,
    Stage.PLANNING: 0,
    Stage.SELF_ASSESSMENT: 1,
    Stage.FEEDBACK: 2,
    Stage.REPORTING: 3,
    Stage.FOLLOW_UP: 4,
    Stage.CLOSED: 5,
}
