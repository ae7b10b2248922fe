"""The host answers each recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import NotReady, StaleText
from reviews.access import seat_in
from reviews.actions import milestones
from reviews.actions.drafts import released_number
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import Decision, EventKind, MilestoneKind, Role
from reviews.models import HostResponse, Recommendation
from reviews.permissions import Ability
from reviews.queries.findings import OPEN_TO_HOST, recommendation_in
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case


@transaction.atomic
def respond(
    recommendation: Recommendation, *, by: User, decision: Decision, reason: str = "", version: int = 0
) -> HostResponse:
    """Store the host's answer to a recommendation; `version` is the one that the person saw, 0 for none yet.

    Effects in order: lock, permit (respond), check reason and version, save, record a new or changed decision;
    when this was the last one missing, complete the milestone and tell the team.

    Raises NotThere for a recommendation that the host may not see, NotReady without a reason for anything but
    acceptance, StaleText when somebody else answered in between.
    """
    case = locked_case(recommendation.case_id)
    seat_in(by, case).require(Ability.RESPOND)
    held = recommendation_in(case, recommendation.pk, for_team=False)
    reason = reason.strip()
    if decision != Decision.ACCEPTED and not reason:
        raise NotReady(
            "Please give a reason: the team and the readers of the report want to understand it.", code="reason_missing"
        )
    before = HostResponse.objects.select_related("by").filter(recommendation=held).first()
    if before and (before.decision, before.reason) == (decision, reason):
        return before
    if (before.version if before else 0) != version:
        raise _stale(before)
    answer = before or HostResponse(recommendation=held, version=0)
    is_new_decision = answer.decision != decision
    answer.decision, answer.reason = decision.value, reason
    answer.version, answer.by, answer.at = version + 1, by, timezone.now()
    answer.save()
    if is_new_decision:
        text = f"Recommendation {released_number(held)}: {decision.label.lower()}"
        record(case, EventKind.RESPONDED, text, by=by)
        _when_complete(case, by=by)
    return answer


def _stale(before: HostResponse | None) -> StaleText:
    if before is None:
        return StaleText(version=0, texts={"decision": "", "reason": ""}, by="", at=None)
    texts = {"decision": before.decision, "reason": before.reason}
    return StaleText(version=before.version, texts=texts, by=str(before.by or ""), at=before.at)


def _when_complete(case: Case, *, by: User) -> None:
    """The action plan is there when every released recommendation has its answer."""
    if case.recommendations.filter(status__in=OPEN_TO_HOST, response=None).exists():
        return
    plan = case.milestones.filter(kind=MilestoneKind.ACTION_PLAN, done_at=None)
    if not plan.exists():
        return
    milestones.sync(case, done=(MilestoneKind.ACTION_PLAN,))
    team = people_in(case, (Role.SECRETARIAT, Role.LEAD, Role.RAPPORTEUR)).exclude(pk=by.pk)
    notify(team, text=f"{case.title}: the host responded to every recommendation", url=case.get_absolute_url())
