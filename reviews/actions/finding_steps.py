"""The steps of one finding or one recommendation: agree, drop, pick up, take back.

Releasing needs the notes behind a finding and lives in visits/actions/release.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady, NotThere
from reviews.access import seat_in
from reviews.actions.drafts import in_short, noun
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, FindingStatus, Role
from reviews.models import Finding, HostResponse, Recommendation
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case

HOST_CHIEFS = (Role.HOST_COORDINATOR, Role.HOST_SPONSOR)
S = FindingStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingStep:
    """One step: who may take it from which states, and what the timeline says. `tells` the host; `needs_reason`."""

    name: str
    label: str
    said: str
    ability: Ability
    sources: tuple[FindingStatus, ...]
    needs_reason: bool = False
    tells: bool = False
    team_only: bool = True


_ALL_STEPS = (
    FindingStep(
        name="agree",
        label="Mark as agreed",
        said="Agreed",
        ability=Ability.RECORD_FEEDBACK,
        sources=(S.SHARED,),
        team_only=False,
    ),
    FindingStep(
        name="take_back",
        label="Take back",
        said="Taken back from the host",
        ability=Ability.SHARE_FINDINGS,
        sources=(S.SHARED, S.AGREED),
        needs_reason=True,
        tells=True,
        team_only=False,
    ),
    FindingStep(
        name="drop", label="Drop", said="Dropped", ability=Ability.EDIT_FINDINGS, sources=(S.DRAFT,), needs_reason=True
    ),
    FindingStep(
        name="pick_up",
        label="Pick up again",
        said="Picked up again",
        ability=Ability.EDIT_FINDINGS,
        sources=(S.DROPPED,),
    ),
)
STEPS = {step.name: step for step in _ALL_STEPS}


def steps_of(row: Finding | Recommendation) -> list[FindingStep]:
    """The steps that are possible from where a row stands; the page asks the seat for their ability."""
    return [step for step in STEPS.values() if row.status in step.sources]


@transaction.atomic
def take_finding_step(row: Finding | Recommendation, name: str, *, by: User, reason: str = "") -> None:
    """Take one step of one finding or recommendation.

    Effects in order: lock the case, permit, check the state, change and save the row, record, tell the host when it
    is taken back.

    Raises NotThere for an unknown step, NotAllowed, AlreadyDone when it stands elsewhere by now (the second of two
    clicks), NotReady for a missing reason or when the host has already answered.
    """
    step = _step_named(name)
    case = locked_case(row.case_id)
    seat_in(by, case).require(step.ability)
    held = type(row).objects.get(pk=row.pk)
    if held.status not in step.sources:
        raise AlreadyDone(f"This {noun(held)} is already: {held.get_status_display().lower()}. Nothing was changed.")
    if step.needs_reason and not reason.strip():
        raise NotReady("Please give a reason: others read it.", code="reason_missing")
    if step.name == "take_back":
        _check_can_take_back(case, held)
    _change(case, held, step, by=by, reason=reason.strip())


def _step_named(name: str) -> FindingStep:
    if name not in STEPS:
        raise NotThere
    return STEPS[name]


def _check_can_take_back(case: Case, held: Finding | Recommendation) -> None:
    """Keep what others already build on: the host's answer, and the last thing that was released."""
    if isinstance(held, Recommendation) and HostResponse.objects.filter(recommendation=held).exists():
        raise NotReady("The host has already responded to this recommendation. It stays as it is.", code="responded")
    if (
        isinstance(held, Finding)
        and not case.findings.filter(status__in=(S.SHARED, S.AGREED)).exclude(pk=held.pk).exists()
    ):
        raise NotReady("This is the last released finding. Take the whole release back instead.", code="last_one")


def _change(case: Case, held: Finding | Recommendation, step: FindingStep, *, by: User, reason: str) -> None:
    """Change the row and tell of it. What everybody of the case reads says nothing of the text itself."""
    source = held.status
    held.status_reason = reason
    getattr(held, step.name)()
    held.save()
    record(
        case,
        EventKind.STEP_BACK if step.name in {"take_back", "drop"} else EventKind.STEP,
        f"{step.said}: {in_short(held) if step.team_only else f'a {noun(held)}'}",
        by=by,
        reason=reason,
        step=f"{step.name}_{noun(held)}",
        source=source,
        target=held.status,
        team_only=step.team_only,
    )
    if step.tells:
        text = f"{case.title}: the team took a {noun(held)} back to change it"
        tell_host(case, text, by=by, url=case.get_absolute_url())


def tell_host(case: Case, text: str, *, by: User, url: str) -> None:
    """Put a sentence into the inbox of the host's coordinator and sponsor."""
    notify(people_in(case, HOST_CHIEFS).exclude(pk=by.pk), text=text, url=url)
