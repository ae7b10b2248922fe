"""What the lead says of the sections: drafts until the version is returned or accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import AlreadyDone, NotThere, StaleText
from reviews.actions.answers import hold
from reviews.enums import SelfAssessmentStatus
from reviews.models import Section, SectionVerdict
from reviews.permissions import Ability

if TYPE_CHECKING:
    from reviews.access import Seat


@transaction.atomic
def save_verdict(seat: Seat, position: int, *, verdict: str, reason: str, version: int) -> SectionVerdict:
    """Save what is said of one section of the submitted version. `version` is the number the writer's page had.

    Effects in order: permit; hold the self-assessment; compare; write. The same verdict sent twice is one save.

    Raises NotAllowed, NotThere for a section of another set, AlreadyDone when the version is not submitted (any
    more), StaleText when somebody else saved in between.
    """
    seat.require(Ability.REVIEW_SELF_ASSESSMENT)
    held = hold(seat)
    if held.status != SelfAssessmentStatus.SUBMITTED:
        raise AlreadyDone("This version is not waiting for a decision any more. Nothing was changed.")
    section = Section.objects.filter(question_set=held.question_set_id, position=position).first()
    if section is None:
        raise NotThere
    row = held.verdicts.filter(section=section, version=held.version).select_related("by").first()
    row = row or SectionVerdict(self_assessment=held, section=section, version=held.version, saves=0)
    if (row.verdict, row.reason) == (verdict, reason):
        return row
    if version != row.saves:
        texts = {"verdict": row.verdict, "reason": row.reason}
        raise StaleText(version=row.saves, texts=texts, by=str(row.by or ""), at=row.at)
    row.verdict, row.reason = verdict, reason
    row.by, row.at, row.saves = seat.user, timezone.now(), row.saves + 1
    row.save()
    return row
