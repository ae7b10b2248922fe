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
    """One milestone of the default timeline. `stage` is where it counts as a task, `todo` says it as one."""

    kind: MilestoneKind
    owner: Role
    days: int
    stage: Stage
    todo: str


TIMELINE: tuple[Planned, ...] = (
    Planned(M.SCOPE_AGREED, Role.HOST_COORDINATOR, -20 * WEEK, Stage.DRAFT, "Agree on scope and guiding questions"),
    Planned(M.TEAM_CONFIRMED, Role.SECRETARIAT, -12 * WEEK, Stage.PLANNING, "Name the team and clear its interests"),
    Planned(M.PROGRAMME_DRAFT, Role.HOST_COORDINATOR, -12 * WEEK, Stage.PLANNING, "Draft the programme"),
    Planned(
        M.SELF_ASSESSMENT_DUE,
        Role.HOST_COORDINATOR,
        -5 * WEEK,
        Stage.SELF_ASSESSMENT,
        "Write and submit the self-assessment",
    ),
    Planned(
        M.SELF_ASSESSMENT_ACCEPTED,
        Role.LEAD,
        -4 * WEEK,
        Stage.SELF_ASSESSMENT,
        "Accept and release the self-assessment",
    ),
    Planned(
        M.DESK_REVIEW, Role.CRITICAL_FRIEND, -2 * WEEK, Stage.SELF_ASSESSMENT, "Read, ask and request: the desk review"
    ),
    Planned(M.PROGRAMME_FROZEN, Role.LEAD, -WEEK, Stage.SELF_ASSESSMENT, "Freeze the programme, issue the handbook"),
    Planned(M.VISIT, Role.LEAD, 0, Stage.FEEDBACK, "Hold the study visit"),
    Planned(M.FEEDBACK_SHARED, Role.LEAD, 10, Stage.FEEDBACK, "Release the findings to the host"),
    Planned(M.REPORT_DRAFT, Role.RAPPORTEUR, 4 * WEEK, Stage.REPORTING, "Send the draft report to the host"),
    Planned(M.FACT_CHECK, Role.HOST_COORDINATOR, 6 * WEEK, Stage.REPORTING, "Check the facts of the draft"),
    Planned(M.REPORT_FINAL, Role.LEAD, 8 * WEEK, Stage.REPORTING, "Make the report final"),
    Planned(M.REPORT_PUBLISHED, Role.SECRETARIAT, 13 * WEEK, Stage.REPORTING, "Publish the report"),
    Planned(
        M.ACTION_PLAN, Role.HOST_COORDINATOR, 21 * WEEK, Stage.FOLLOW_UP, "Answer the recommendations, plan actions"
    ),
    Planned(
        M.PROGRESS_REVIEW, Role.HOST_COORDINATOR, 48 * WEEK, Stage.FOLLOW_UP, "Tell what became of the recommendations"
    ),
)
PLANNED = {planned.kind: planned for planned in TIMELINE}
