"""Declaring interests before reading the host's papers, and deciding on what was declared."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import NotAllowed, NotReady
from people.models import User
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, Interest, InterestDecision, Role
from reviews.models import Case, InterestDeclaration
from reviews.permissions import Ability
from reviews.queries.people import declaration_in, people_in

_AT_ONCE = {
    Interest.NONE: InterestDecision.CLEARED,
    Interest.DECLARED: InterestDecision.PENDING,
    Interest.NOT_ELIGIBLE: InterestDecision.REFUSED,
}


@transaction.atomic
def declare_interest(case: Case, interest: Interest, *, text: str, by: User) -> InterestDeclaration:
    """Keep what somebody declares; it takes the place of an earlier declaration, which is kept.

    No conflict clears at once, "should not take part" refuses at once, anything else waits for a decision.
    Effects: lock, permit, declaration, event, lead and secretariat are told of what waits or refuses.

    Raises NotAllowed, and NotReady when something is declared without words.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.DECLARE_INTEREST)
    if interest != Interest.NONE and not text.strip():
        raise NotReady("Say in a sentence what it is: the lead decides on it.", code="text_missing")
    held.declarations.filter(user=by, is_current=True).update(is_current=False)
    made = InterestDeclaration.objects.create(
        case=held, user=by, interest=interest, text=text.strip(), decision=_AT_ONCE[interest]
    )
    record(held, EventKind.INTEREST_DECLARED, "Interests declared", by=by)
    if interest != Interest.NONE:
        told = people_in(held, {Role.LEAD, Role.SECRETARIAT}).exclude(pk=by.pk)
        notify(
            told, text=f"{held.title}: {by} has declared an interest", url=reverse("reviews:team", args=(held.slug,))
        )
    return made


@transaction.atomic
def decide_interest(
    case: Case, declaration_id: int, decision: InterestDecision, *, reason: str, by: User
) -> InterestDeclaration:
    """Decide whether somebody who declared an interest may take part. Can be decided anew later.

    Effects: lock, permit, decision, event that only the team sees, the person is told.

    Raises NotThere for a declaration of another case, NotAllowed (also on oneself), NotReady without a reason.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.DECIDE_INTEREST)
    declared = declaration_in(held, declaration_id)
    if declared.user_id == by.pk:
        raise NotAllowed("Nobody decides on their own interests. Somebody of the secretariat, or the lead, does.")
    if decision == InterestDecision.PENDING or not reason.strip():
        raise NotReady("Give the decision and a reason: it stays in the log.", code="reason_missing")
    declared.decision, declared.decision_reason = decision, reason.strip()
    declared.decided_by, declared.decided_at = by, timezone.now()
    declared.save(update_fields=["decision", "decision_reason", "decided_by", "decided_at"])
    text = f"Interests of {declared.user}: {decision.label.lower()}"
    record(held, EventKind.INTEREST_DECIDED, text, by=by, reason=declared.decision_reason, team_only=True)
    url = held.get_absolute_url()
    notify([declared.user], text=f"{held.title}: decided on your interests: {decision.label.lower()}", url=url)
    return declared
