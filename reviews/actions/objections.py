"""The host objects to a team member; the lead or the secretariat decides."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotAllowed, NotReady
from people.models import User
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import HOST_ROLES, TEAM_ROLES, EventKind, ObjectionDecision, Role
from reviews.models import Case, Objection
from reviews.permissions import Ability
from reviews.queries.people import objection_in, people_in, team_member


@transaction.atomic
def object_to(case: Case, user_id: int, *, text: str, by: User) -> Objection:
    """Keep the host's objection to a team member.

    Effects: lock, permit, objection, event, lead and secretariat are told (not a lead who is objected to).

    Raises NotThere when the person is not in the team, NotAllowed, NotReady without a text, AlreadyDone while one
    is open.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.OBJECT)
    member = team_member(held, user_id)
    if not text.strip():
        raise NotReady("Say what speaks against it: the secretariat decides on your words.", code="text_missing")
    if held.objections.filter(user=member, decision=ObjectionDecision.PENDING).exists():
        raise AlreadyDone("An objection is already waiting for a decision.")
    made = Objection.objects.create(case=held, user=member, text=text.strip(), by=by)
    record(held, EventKind.COMMENTED, f"Objection to {member} in the team", by=by, reason=made.text)
    told = people_in(held, {Role.LEAD, Role.SECRETARIAT}).exclude(pk=member.pk)
    notify(told, text=f"{held.title}: the host objects to {member}", url=reverse("reviews:team", args=(held.slug,)))
    return made


@transaction.atomic
def decide_objection(case: Case, objection_id: int, decision: ObjectionDecision, *, reason: str, by: User) -> Objection:
    """Decide on an objection. "Leaves" takes the person's roles in the team away.

    Effects: lock, permit, decision, roles, event, the host and the person are told.

    Raises NotThere for an objection of another case, AlreadyDone when it is decided, NotAllowed on oneself, NotReady
    without a reason.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.DECIDE_INTEREST)
    objection = objection_in(held, objection_id)
    if objection.decision != ObjectionDecision.PENDING:
        raise AlreadyDone("This objection has been decided.")
    if objection.user_id == by.pk:
        raise NotAllowed("Nobody decides on an objection to themselves. The secretariat does.")
    if decision == ObjectionDecision.PENDING or not reason.strip():
        raise NotReady("Give the decision and a reason: the host reads it.", code="reason_missing")
    objection.decision, objection.decision_reason = decision, reason.strip()
    objection.decided_by, objection.decided_at = by, timezone.now()
    objection.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])
    _follow(held, objection, by)
    return objection


def _follow(case: Case, objection: Objection, by: User) -> None:
    """What a decision brings with it."""
    leaves = objection.decision == ObjectionDecision.LEAVES
    if leaves:
        case.memberships.filter(user=objection.user, role__in=TEAM_ROLES).delete()
    text = f"Objection to {objection.user}: {objection.get_decision_display().lower()}"
    record(case, EventKind.ANSWERED, text, by=by, reason=objection.decision_reason)
    told = people_in(case, HOST_ROLES - {Role.HOST_CONTRIBUTOR}).exclude(pk=by.pk)
    notify(told, text=f"{case.title}: {text}", url=reverse("reviews:team", args=(case.slug,)))
    if leaves:
        notify([objection.user], text=f"{case.title}: you are no longer in the team", url=reverse("reviews:tasks"))
