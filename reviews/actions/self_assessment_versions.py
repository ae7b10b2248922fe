"""What belongs to the steps of the self-assessment: frozen versions, and the reasons of a return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from reviews import steps
from reviews.actions.signing import put_signature
from reviews.enums import Role, Verdict
from reviews.models import SectionVerdict, SelfAssessmentVersion
from reviews.queries.frozen import content_of, digest

if TYPE_CHECKING:
    from reviews.steps import Move


@steps.effect("submit_self_assessment")
def freeze(move: Move) -> None:
    """Keep the submitted text for good, with the hash of its content, and sign it for the host coordinator."""
    content = content_of(move.row, move.case)
    version = SelfAssessmentVersion.objects.create(
        self_assessment=move.row,
        number=move.row.version,
        content=content,
        sha256=digest(content),
        submitted_by=move.by,
        submitted_at=move.row.submitted_at or timezone.now(),
    )
    put_signature(version, Role.HOST_COORDINATOR, move.signed, by=move.by)


@steps.effect("return_self_assessment")
def tell_reasons(move: Move) -> None:
    """Put the reasons of the returned sections on the timeline and into the notice to the host."""
    returned = SectionVerdict.objects.filter(
        self_assessment=move.row, version=move.row.version - 1, verdict=Verdict.RETURNED
    ).select_related("section")
    reasons = "\n\n".join(f"**{verdict.section.title}:** {verdict.reason.strip()}" for verdict in returned)
    move.event.reason = f"{move.reason}\n\n{reasons}".strip()
    move.event.save(update_fields=("reason",))


@steps.effect("withdraw_self_assessment")
def carry_verdicts_over(move: Move) -> None:
    """Carry what the lead has drafted over to the version that will come: the host has not been told of it."""
    SectionVerdict.objects.filter(self_assessment=move.row, version=move.row.version - 1).update(
        version=move.row.version
    )
