"""What is missing before the report can start: findings with the host, a feedback session held and recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from people.errors import Reason
from reviews import requirements
from reviews.enums import FindingStatus, Role
from visits.models import StudyVisit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.models import Case

_LEAD, _RAPPORTEUR, _TEAM = Role.LEAD.label, Role.RAPPORTEUR.label, "Review team"


@requirements.gate("start_report")
def findings_are_released(case: Case) -> Iterable[Reason]:
    """The findings are with the host, and none is left as a draft."""
    if case.findings_shared_at is None:
        yield Reason(
            "The findings are not released to the host yet", _LEAD, reverse("visits:release", args=(case.slug,))
        )
    elif drafts := case.findings.filter(status=FindingStatus.DRAFT).count():
        words = "1 finding is" if drafts == 1 else f"{drafts} findings are"
        url = reverse("visits:findings", args=(case.slug,))
        yield Reason(f"{words} still a draft: release or drop {'it' if drafts == 1 else 'them'}", _TEAM, url)


@requirements.gate("start_report")
def feedback_session_is_recorded(case: Case) -> Iterable[Reason]:
    """The feedback session was held, and how many people of the host came is recorded."""
    visit = StudyVisit.objects.filter(case=case).first()
    url = reverse("visits:feedback", args=(case.slug,))
    if visit is None or visit.feedback_held_on is None:
        yield Reason("The feedback session is not held yet", _LEAD, url)
    if visit is None or visit.feedback_attendance is None:
        yield Reason("It is not recorded how many people of the host came to the feedback session", _RAPPORTEUR, url)
