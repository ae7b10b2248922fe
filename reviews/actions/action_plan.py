"""What the host does about a recommendation: actions, each with an owner, a date and its progress."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, StaleText
from reviews.access import seat_in
from reviews.actions.drafts import released_number
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import ActionStatus, EventKind
from reviews.models import Action
from reviews.permissions import Ability
from reviews.queries.findings import recommendation_in

if TYPE_CHECKING:
    from datetime import date

    from people.models import User
    from reviews.models import Recommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionText:
    """What is known of one action. Only its text is ever needed."""

    text: str
    owner: str = ""
    due: date | None = None
    status: str = ActionStatus.PLANNED.value
    progress: str = ""


@transaction.atomic
def add_action(recommendation: Recommendation, *, by: User, wording: ActionText) -> Action:
    """Add an action to a released recommendation.

    Effects in order: lock, permit (track_actions), create, record. The same action added twice within one case
    (a double click) is one: the first is returned.

    Raises NotThere for a recommendation that the host may not see.
    """
    case = locked_case(recommendation.case_id)
    seat_in(by, case).require(Ability.TRACK_ACTIONS)
    held = recommendation_in(case, recommendation.pk, for_team=False)
    if twin := held.actions.filter(removed_at=None, **asdict(wording)).first():
        return twin
    made = Action.objects.create(recommendation=held, updated_by=by, **asdict(wording))
    record(case, EventKind.EDITED, f"Action planned for recommendation {released_number(held)}", by=by)
    return made


@transaction.atomic
def save_action(action: Action, *, by: User, version: int, wording: ActionText) -> Action:
    """Save what is known of an action.

    Effects in order: hold the row, permit (track_actions), check the version, save, record a change of its status.

    Raises AlreadyDone when it was removed, StaleText when somebody else saved in between.
    """
    held = _held(action, by=by)
    if held.removed_at:
        raise AlreadyDone("This action was removed. Put it back to change it.", code="removed")
    fields = asdict(wording)
    changed = {name: value for name, value in fields.items() if getattr(held, name) != value}
    if not changed:
        return held
    if version != held.version:
        texts = {name: _as_typed(getattr(held, name)) for name in fields}
        raise StaleText(version=held.version, texts=texts, by=str(held.updated_by or ""), at=held.updated_at)
    for name, value in changed.items():
        setattr(held, name, value)
    held.version += 1
    held.updated_by = by
    held.save()
    if "status" in changed:
        number = released_number(held.recommendation)
        text = f"Action for recommendation {number}: {ActionStatus(held.status).label.lower()}"
        record(held.recommendation.case, EventKind.EDITED, text, by=by)
    return held


@transaction.atomic
def remove_action(action: Action, *, by: User) -> Action:
    """Take an action off the plan; it can be put back. Twice is once."""
    held = _held(action, by=by)
    if held.removed_at is None:
        held.removed_at = timezone.now()
        held.save(update_fields=["removed_at"])
        text = f"Action for recommendation {released_number(held.recommendation)} removed"
        record(held.recommendation.case, EventKind.REMOVED, text, by=by)
    return held


@transaction.atomic
def restore_action(action: Action, *, by: User) -> Action:
    """Put a removed action back. Twice is once."""
    held = _held(action, by=by)
    if held.removed_at is not None:
        held.removed_at = None
        held.save(update_fields=["removed_at"])
        text = f"Action for recommendation {released_number(held.recommendation)} put back"
        record(held.recommendation.case, EventKind.RESTORED, text, by=by)
    return held


def _held(action: Action, *, by: User) -> Action:
    """Hold an action until the transaction ends, if this person may track it."""
    rows = Action.objects.select_for_update(of=("self",)).select_related("recommendation__case", "updated_by")
    held = rows.get(pk=action.pk)
    seat_in(by, held.recommendation.case).require(Ability.TRACK_ACTIONS)
    return held


def _as_typed(value: object) -> str:
    return "" if value is None else str(value)
