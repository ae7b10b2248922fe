"""The only door to a change of state.

`take_step` locks the case (one lock serialises all steps of a case), asks permission and gates, calls the FSM
method, saves, writes one event, runs the step's effects and brings the deadlines in line: all in one transaction.
What follows (mail, documents) is enqueued on commit.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady
from people.models import User
from people.queries.statements import SOME_CASE, kept_objects
from reviews import requirements
from reviews.access import seat_in
from reviews.actions import milestones
from reviews.actions.events import record
from reviews.enums import EventKind
from reviews.models import Case, CaseEvent
from reviews.queries.people import people_in
from reviews.signals import case_moved
from reviews.steps import Move, SignedAs, StepRule, rule_named, run_effects

if TYPE_CHECKING:
    from django.db.models import QuerySet


def locked_case(case_id: int) -> Case:
    """Fetch a case and hold it until the transaction ends. Every action that moves something begins so."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A case is held for as long as a transaction lasts.")
    for held in kept_objects(_to_hold, said={SOME_CASE: case_id}):
        return held
    raise Case.DoesNotExist


def _to_hold() -> QuerySet[Case]:
    return Case.objects.select_for_update().filter(pk=SOME_CASE).order_by()


@transaction.atomic
def take_step(case: Case, step: str, *, by: User, reason: str = "", signed: SignedAs | None = None) -> CaseEvent:
    """Take one step of any machine of a case. `signed` is how somebody signs; without it, as their account says.

    Effects in order: lock, permit, check the state, gate, change and save the row, record the event, run the
    registered effects of the step, bring the milestones in line, notify those who act next; after commit send
    `case_moved`.

    Raises NotThere for an unknown step or a missing artefact, NotAllowed, AlreadyDone when somebody was quicker,
    NotReady with the reasons of the gate or for a missing reason.
    """
    rule = rule_named(step)
    held = locked_case(case.pk)
    seat_in(by, held).require(rule.ability)
    row = rule.row(held)
    if not rule.is_possible_from(row):
        raise AlreadyDone(_who_was_quicker(held, rule, by))
    if rule.needs_reason and not reason.strip():
        raise NotReady("Please give a reason: the others read it.", code="reason_missing")
    with requirements.one_look():  # what a step keeps is what its checks have read
        if reasons := requirements.unmet(held, rule.name):
            raise NotReady(f"“{rule.label}” is not possible yet.", reasons=reasons)
        return _change(held, row, rule, by=by, reason=reason.strip(), signed=signed or SignedAs.of(by))


def _change(case: Case, row: object, rule: StepRule, *, by: User, reason: str, signed: SignedAs) -> CaseEvent:
    """Call the FSM method, save the row and write what follows from it."""
    source = getattr(row, rule.field)
    if row is case:
        _keep_pause(case, rule)
    getattr(row, rule.method)()
    if row is case:
        if rule.method == "resume":
            case.paused_stage = ""
        case.moved_at = timezone.now()
    row.save()  # type: ignore[attr-defined]
    event = record(
        case,
        EventKind.STEP_BACK if rule.back else EventKind.STEP,
        rule.done,
        by=by,
        reason=reason,
        step=rule.name,
        source=source,
        target=getattr(row, rule.field),
        team_only=rule.team_only,
    )
    run_effects(Move(rule, case, row, by, reason, event, signed))
    milestones.sync(case, done=rule.fulfils, reopened=rule.reopens)
    _tell(case, rule, by=by, reason=event.reason)
    transaction.on_commit(partial(case_moved.send_robust, sender=Case, case_id=case.pk, step=rule.name))
    return event


def _keep_pause(case: Case, rule: StepRule) -> None:
    """Remember where the case stood when it is postponed, forget it when it is cancelled."""
    if rule.method == "postpone":
        case.paused_stage = case.stage
    elif rule.method == "cancel":
        case.paused_stage = ""


def _tell(case: Case, rule: StepRule, *, by: User, reason: str) -> None:
    """Notify the people who act next; never the one who pressed. The reason stays in the inbox, out of the mail."""
    told = people_in(case, rule.tells).exclude(pk=by.pk)
    notify(told, text=f"{case.title}: {rule.done}", url=case.get_absolute_url(), detail=reason)


def _who_was_quicker(case: Case, rule: StepRule, by: User) -> str:
    """The sentence for the second of two people, or for the second of two clicks."""
    last = case.events.filter(step=rule.name).select_related("actor").first()
    if last is None:
        return f"“{rule.label}” is not possible from where the review stands now. The page shows its present state."
    who = "You" if last.actor_id == by.pk else str(last.actor or "Somebody")
    verb = "have" if last.actor_id == by.pk else "has"
    return f"{who} {verb} already done this ({rule.done.lower()}). Nothing was changed a second time."
