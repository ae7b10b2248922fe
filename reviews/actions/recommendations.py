"""Writing recommendations: few, each with its reason and the findings it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotThere
from reviews.access import seat_in
from reviews.actions.drafts import check_is_draft, next_position, save_draft, trace
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, FindingStatus
from reviews.models import Finding, Recommendation
from reviews.permissions import Ability

if TYPE_CHECKING:
    from collections.abc import Collection

    from people.models import User
    from reviews.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationText:
    """What a recommendation says. Effort, impact and feasibility may be empty."""

    text: str = ""
    reason: str = ""
    addressee: str = ""
    time_frame: str = ""
    effort: str = ""
    impact: str = ""
    feasibility: str = ""


@transaction.atomic
def create_recommendation(case: Case, *, by: User, findings: Collection[int] = ()) -> Recommendation:
    """Put a new recommendation at the end of the list, as a draft that rests on these findings (by id).

    Without findings, one of this person's in which nothing was written yet is that one: who went back goes on with it.

    Effects in order: lock, permit (edit_findings), create, link, record for the team.

    Raises NotThere when one of the findings is not of this case.
    """
    held = locked_case(case.pk)
    seat_in(by, held).require(Ability.EDIT_FINDINGS)
    rests_on = _findings_of(held, findings)
    if not rests_on and (begun := _begun(held, by=by)):
        return begun
    made = Recommendation.objects.create(
        case=held, position=next_position(held, Recommendation), created_by=by, updated_by=by
    )
    made.findings.set(rests_on)
    record(held, EventKind.EDITED, "New recommendation", by=by, team_only=True)
    return made


def _begun(case: Case, *, by: User) -> Recommendation | None:
    untouched = case.recommendations.filter(created_by=by, status=FindingStatus.DRAFT, version=1, text="")
    return untouched.filter(findings=None).first()


@transaction.atomic
def save_recommendation(
    recommendation: Recommendation, *, by: User, version: int, wording: RecommendationText, findings: Collection[int]
) -> Recommendation:
    """Save what a recommendation says, and the findings (by id) it rests on, while it is a draft.

    Effects in order: hold the row, permit (edit_findings), check state and version, save, trace the change of
    another person's text.

    Raises AlreadyDone when it is released or dropped, StaleText when somebody else saved in between, NotThere when
    one of the findings is not of this case.
    """
    held = _held(recommendation)
    seat_in(by, held.case).require(Ability.EDIT_FINDINGS)
    rests_on = _findings_of(held.case, findings)
    has_new_links = {found.pk for found in rests_on} != set(held.findings.values_list("pk", flat=True))
    saved = save_draft(held, asdict(wording), by=by, version=version, has_new_links=has_new_links)
    if has_new_links:
        saved.findings.set(rests_on)
    return saved


@transaction.atomic
def link_finding(recommendation: Recommendation, finding: Finding, *, by: User, linked: bool = True) -> None:
    """Let a draft recommendation rest on one more finding of the same case, or no longer on it. Twice is once.

    Raises AlreadyDone when the recommendation is released or dropped, NotThere for a finding of another case.
    """
    held = _held(recommendation)
    seat_in(by, held.case).require(Ability.EDIT_FINDINGS)
    if finding.case_id != held.case_id:
        raise NotThere
    check_is_draft(held)
    if linked:
        held.findings.add(finding)
    else:
        held.findings.remove(finding)
    trace(held, by=by)


def _held(recommendation: Recommendation) -> Recommendation:
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("case", "updated_by")
    return rows.get(pk=recommendation.pk)


def _findings_of(case: Case, ids: Collection[int]) -> list[Finding]:
    """Fetch findings through their case: another case's ids are not there."""
    found = list(case.findings.filter(pk__in=ids))
    if len(found) != len(set(ids)):
        raise NotThere
    return found
