"""Deadlines follow the visit's dates and the case's stage."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from reviews.enums import (
    STAGES_AT_REST,
    STAGES_IN_ORDER,
    MilestoneKind,
    MilestoneStatus,
    SelfAssessmentStatus,
    Stage,
)
from reviews.models import Case, Milestone, SelfAssessment
from reviews.timeline import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def due_dates(visit_start: date | None) -> dict[MilestoneKind, date | None]:
    """The default date of each milestone for a first day of visit; None without one."""
    return {p.kind: visit_start + timedelta(days=p.days) if visit_start else None for p in TIMELINE}


def status_in(stage: str, milestone_stage: Stage) -> MilestoneStatus:
    """The status of a milestone that is not done, while the case is in `stage`."""
    if stage == Stage.POSTPONED:
        return MilestoneStatus.WAITING
    if stage in STAGES_AT_REST:
        return MilestoneStatus.DROPPED
    now, then = STAGES_IN_ORDER.index(Stage(stage)), STAGES_IN_ORDER.index(milestone_stage)
    return MilestoneStatus.OPEN if then <= now else MilestoneStatus.WAITING


def sync(case: Case, *, done: Iterable[MilestoneKind] = (), reopened: Iterable[MilestoneKind] = ()) -> None:
    """Bring all milestones of a case in line with its dates and stage. Missing ones are made.

    Dates set by hand stay. `done` are completed now; `reopened` count again. The desk review waits for the release of
    the self-assessment: before it there is nothing to read.
    """
    dates, now = due_dates(case.visit_start), timezone.now()
    kept = {m.kind: m for m in case.milestones.order_by()}
    done, reopened = set(done), set(reopened)
    changed = []
    for planned in TIMELINE:
        row = kept.get(planned.kind) or Milestone(case=case, kind=planned.kind, owner=planned.owner)
        before = (row.due, row.status)
        if not row.is_manual:
            row.due = dates[planned.kind]
        if planned.kind in done and row.status != MilestoneStatus.DONE:
            row.status, row.done_at = MilestoneStatus.DONE, now
        elif planned.kind in reopened or row.status != MilestoneStatus.DONE:
            row.status, row.done_at = status_in(case.stage, planned.stage), None
            waits = row.kind == MilestoneKind.DESK_REVIEW and row.status == MilestoneStatus.OPEN
            if waits and not _is_released(case):
                row.status = MilestoneStatus.WAITING
        if row.due != before[0]:
            row.reminded_at = None
        if (row.due, row.status) != before or row.pk is None:
            changed.append(row)
    _write(changed)


def _write(rows: list[Milestone]) -> None:
    """Add the new rows at once; of the others, write what `sync` changes."""
    kept = [row for row in rows if row.pk]
    Milestone.objects.bulk_create([row for row in rows if not row.pk])
    for row in kept:
        row.save(update_fields=("due", "status", "done_at", "reminded_at"))


def _is_released(case: Case) -> bool:
    """Whether the team can read the self-assessment."""
    return SelfAssessment.objects.filter(case=case, status=SelfAssessmentStatus.ACCEPTED).exists()
