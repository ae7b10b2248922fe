"""The life of an outline: begun as a copy or from a file, and removed. Reports that were begun keep what they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotThere
from people.models import WorkingGroup
from reports.models import Outline, OutlineSection
from reports.outline import built_in
from reports.outline_access import require_keeper
from reports.queries.outlines import plain_outline, plan_for

if TYPE_CHECKING:
    from people.models import User
    from reports.outline_files import OutlinePlan, SectionPlan


@transaction.atomic
def begin_outline(group: WorkingGroup | None, *, by: User) -> Outline:
    """Give a group, or all groups without their own, an outline: a copy of what their reports begin with now.

    Raises NotAllowed for everybody but the secretariat, AlreadyDone where there is one.
    """
    require_keeper(by)
    _hold_places()
    if _there(group) is not None:
        raise AlreadyDone("There is an outline already. It is in the list.", code="there_already")
    plan = plan_for(group) if group else built_in()
    return _made(group, f"Outline of {group.name}"[:120] if group else "Outline of all groups", plan, by=by)


@transaction.atomic
def import_outline(group: WorkingGroup | None, plan: OutlinePlan, *, by: User, replaces: bool = False) -> Outline:
    """Make an outline from a file. One that is there is replaced only where the person says so.

    Raises NotAllowed for everybody but the secretariat, AlreadyDone where one is there and may stay.
    """
    require_keeper(by)
    _hold_places()
    there = _there(group)
    if there is None:
        return _made(group, plan.name, plan, by=by)
    if not replaces:
        raise AlreadyDone(f"“{there.name}” is there already, and was not replaced.", code="there_already")
    there.sections.all().delete()
    OutlineSection.objects.bulk_create(_rows(there, plan))
    there.name, there.version = plan.name, there.version + 1
    there.updated_by, there.updated_at = by, timezone.now()
    there.save()
    return there


@transaction.atomic
def remove_outline(outline: Outline, *, by: User) -> OutlinePlan:
    """Remove an outline; return what it was. Its group begins reports with that of all groups from now on.

    Raises NotAllowed for everybody but the secretariat, NotThere when it is gone.
    """
    held = held_outline(outline.pk, by=by)
    plan = plain_outline(held)
    held.delete()
    return plan


def held_outline(pk: int, *, by: User) -> Outline:
    """Lock an outline until the transaction ends. Raises NotAllowed and NotThere."""
    require_keeper(by)
    held = Outline.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if held is None:
        raise NotThere("Somebody removed this outline.")
    return held


def touch(outline: Outline, *, by: User) -> None:
    """Note who changed an outline last."""
    Outline.objects.filter(pk=outline.pk).update(updated_by=by, updated_at=timezone.now())


def row_of(outline: Outline, position: int, plan: SectionPlan) -> OutlineSection:
    """Return a section as a row. Not saved."""
    return OutlineSection(
        outline=outline,
        position=position,
        key=plan.key,
        title=plan.title,
        purpose=plan.purpose,
        opening=plan.opening,
        draws=list(plan.draws),
        words=plan.words,
        is_required=plan.is_required,
        is_annex=plan.is_annex,
        starts_page=plan.starts_page,
    )


def _made(group: WorkingGroup | None, name: str, plan: OutlinePlan, *, by: User) -> Outline:
    made = Outline.objects.create(working_group=group, name=name, updated_by=by)
    OutlineSection.objects.bulk_create(_rows(made, plan))
    return made


def _rows(outline: Outline, plan: OutlinePlan) -> list[OutlineSection]:
    return [row_of(outline, position, section) for position, section in enumerate(plan.sections, start=1)]


def _hold_places() -> None:
    """One at a time: two who begin the outline of all groups at once make one."""
    list(WorkingGroup.objects.select_for_update(no_key=True).values_list("pk"))


def _there(group: WorkingGroup | None) -> Outline | None:
    return Outline.objects.filter(working_group=group).first()
