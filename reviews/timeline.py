"""The default timeline of a review: offsets in days from the first day of the visit (V), and who owns each.

Source: the benchmarks of peer review schemes (docs/method.md); each date can be changed per review.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviews.enums import MilestoneKind, Role, Stage

M = MilestoneKind
WEEK = 7


@dataclass(frozen=True, slots=True)
class Planned:
    """One milestone of the default timeline. `stage` is where it counts as a task."""

    kind: MilestoneKind
    owner: Role
    days: int
    stage: Stage


TIMELINE: tuple[Planned, ...] = (
    Planned(M.SCOPE_AGREED, Role.HOST_COORDINATOR, -20 * WEEK, Stage.DRAFT),
    Planned(M.TEAM_CONFIRMED, Role.SECRETARIAT, -12 * WEEK, Stage.PLANNING),
    Planned(M.PROGRAMME_DRAFT, Role.HOST_COORDINATOR, -12 * WEEK, Stage.PLANNING),
    Planned(M.SELF_ASSESSMENT_DUE, Role.HOST_COORDINATOR, -5 * WEEK, Stage.SELF_ASSESSMENT),
    Planned(M.SELF_ASSESSMENT_ACCEPTED, Role.LEAD, -4 * WEEK, Stage.SELF_ASSESSMENT),
    Planned(M.DESK_REVIEW, Role.CRITICAL_FRIEND, -2 * WEEK, Stage.SELF_ASSESSMENT),
    Planned(M.PROGRAMME_FROZEN, Role.LEAD, -WEEK, Stage.SELF_ASSESSMENT),
    Planned(M.VISIT, Role.LEAD, 0, Stage.FEEDBACK),
    Planned(M.FEEDBACK_SHARED, Role.LEAD, 10, Stage.FEEDBACK),
    Planned(M.REPORT_DRAFT, Role.RAPPORTEUR, 4 * WEEK, Stage.REPORTING),
    Planned(M.FACT_CHECK, Role.HOST_COORDINATOR, 6 * WEEK, Stage.REPORTING),
    Planned(M.REPORT_FINAL, Role.LEAD, 8 * WEEK, Stage.REPORTING),
    Planned(M.REPORT_PUBLISHED, Role.SECRETARIAT, 13 * WEEK, Stage.REPORTING),
    Planned(M.ACTION_PLAN, Role.HOST_COORDINATOR, 21 * WEEK, Stage.FOLLOW_UP),
    Planned(M.PROGRESS_REVIEW, Role.HOST_COORDINATOR, 48 * WEEK, Stage.FOLLOW_UP),
)
PLANNED = {planned.kind: planned for planned in TIMELINE}
