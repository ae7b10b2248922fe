"""Who stands behind a final report, who has something against it, and who has said nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from reports.enums import ReportStatus
from reports.models import Confirmation, GoAhead, Report
from reviews.enums import STAGES_AT_REST, VISITING_ROLES, Role
from reviews.models import Membership
from reviews.queries.team import members

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User

CONSENTING = (Role.HOST_COORDINATOR, Role.HOST_SPONSOR)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one member of the team says to the report as it is now. `row` may be about an earlier text."""

    user: User
    row: Confirmation | None
    is_current: bool

    @property
    def stands_behind(self) -> bool:
        """Whether they stand behind the text as it is."""
        return self.is_current and self.row is not None and not self.row.objection

    @property
    def objection(self) -> str:
        """What stands against the text as it is."""
        return self.row.objection if self.is_current and self.row is not None else ""

    @property
    def has_lapsed(self) -> bool:
        """Whether they confirmed another text than the one that stands now."""
        return self.row is not None and not self.row.objection and not self.is_current


@dataclass(frozen=True, slots=True)
class Approval:
    """The team's word on one text, known by its hash; None once it is published."""

    digest: str | None
    voices: tuple[Voice, ...]
    go_ahead: GoAhead | None

    @property
    def missing(self) -> list[Voice]:
        """Who does not stand behind the text, or has not said so."""
        return [voice for voice in self.voices if not voice.stands_behind]

    @property
    def confirmed(self) -> int:
        """How many stand behind the text."""
        return len(self.voices) - len(self.missing)

    @property
    def is_given(self) -> bool:
        """Whether the report can go on: everybody stands behind it, or it was decided to go on without somebody."""
        return self.go_ahead is not None or not self.missing

    def of(self, user: User) -> Voice | None:
        """What this person says; None for somebody who is not asked."""
        return next((voice for voice in self.voices if voice.user.pk == user.pk), None)


def approval_of(report: Report, digest: str | None) -> Approval:
    """What the team says to the text with this hash: lead, rapporteur and critical friends, not observers.

    With None, every word counts: the text is published, and no other one stands. Three queries.
    """
    rows = {row.user_id: row for row in report.confirmations.all()}
    asked = [person.user for person in members(report.case) if person.visits and person.user.is_active]
    voices = tuple(
        Voice(user, row := rows.get(user.pk), row is not None and digest in {None, row.content_hash}) for user in asked
    )
    went_on = GoAhead.objects.filter(report=report).select_related("by").first()
    return Approval(digest, voices, went_on if went_on and digest in {None, went_on.content_hash} else None)


def waits_for(user: User) -> QuerySet[Report]:
    """The final reports that wait for this person: for a word of the team, or for the consent of the host city.

    `asks_consent` says which, and `said_before` that the person spoke of a text that has changed since. A consent or a
    word that the text has outrun is found once the clock has noted it (consent_clock.py): whether it has takes
    composing the report.
    """
    hosting = Membership.objects.filter(user=user, role__in=CONSENTING)
    mine = Membership.objects.filter(user=user, role__in=VISITING_ROLES)
    said = Confirmation.objects.filter(report=OuterRef("pk"), user=user, at__gte=OuterRef("finalised_at"))
    stands = said.filter(lapsed_at=None)
    without = Q(consent_at=None) | Q(consent_lapsed_at__isnull=False)
    owed = Q(~Exists(stands), case__in=mine.values("case")) | (without & Q(case__in=hosting.values("case")))
    return (
        Report.objects.filter(owed, status=ReportStatus.FINAL)
        .exclude(case__stage__in=STAGES_AT_REST)
        .annotate(asks_consent=Exists(hosting.filter(case=OuterRef("case"))), said_before=Exists(said))
        .select_related("case__host_city")
        .order_by(F("finalised_at").asc(nulls_last=True), "pk")
    )
