"""What the team says to each other about a section. Never for the host: no line of the timeline, no word in a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import NotAllowed, NotThere
from people.models import User
from reports.models import ReportSection, SectionComment
from reviews.enums import TEAM_ROLES
from reviews.permissions import Ability

if TYPE_CHECKING:
    from uuid import UUID

    from reviews.access import Seat


@transaction.atomic
def add_comment(seat: Seat, key: str, text: str, *, quoted: str = "", client_id: UUID | None = None) -> SectionComment:
    """Say something about a section, or about words in it.

    Effects: permit, write, tell the owner and those who commented before. The same `client_id` sent twice is one
    comment. Raises NotAllowed, NotThere for an unknown section.
    """
    seat.require(Ability.COMMENT_REPORT)
    section = ReportSection.objects.filter(report__case=seat.case, key=key).first()
    if section is None:
        raise NotThere
    if client_id and (same := section.comments.filter(client_id=client_id).first()):
        if same.author_id != seat.user.pk:
            raise NotAllowed("This comment is somebody else’s.")
        return same
    row = section.comments.create(text=text, quoted=quoted.strip(), author=seat.user, client_id=client_id)
    words = f"{seat.case.title}: {seat.user} comments on section “{section.title}” of the report"
    notify(_told(seat, section), text=words, url=place_of(seat.case.slug, row))
    return row


def place_of(slug: str, row: SectionComment) -> str:
    """The address at which a comment stands."""
    return f"{reverse('reports:section', args=(slug, row.section.key))}#said-{row.pk}"


@transaction.atomic
def settle(seat: Seat, pk: int) -> SectionComment:
    """Mark a comment as settled; twice is once. Raises NotAllowed, NotThere."""
    row = _held(seat, pk)
    if row.resolved_at is None:
        row.resolved_at, row.resolved_by = timezone.now(), seat.user
        row.save(update_fields=("resolved_at", "resolved_by"))
    return row


@transaction.atomic
def reopen(seat: Seat, pk: int) -> SectionComment:
    """Open a settled comment again; twice is once. Raises NotAllowed, NotThere."""
    row = _held(seat, pk)
    row.resolved_at = row.resolved_by = None
    row.save(update_fields=("resolved_at", "resolved_by"))
    return row


def _told(seat: Seat, section: ReportSection) -> list[User]:
    """The owner and everybody who commented, without the writer, as far as they still belong to the team."""
    said = Q(pk=section.owner_id) | Q(pk__in=section.comments.values("author"))
    of_team = Q(is_secretariat=True) | Q(pk__in=seat.case.memberships.filter(role__in=TEAM_ROLES).values("user"))
    return list(User.objects.filter(said, of_team, is_active=True).exclude(pk=seat.user.pk))


def _held(seat: Seat, pk: int) -> SectionComment:
    seat.require(Ability.COMMENT_REPORT)
    rows = SectionComment.objects.select_for_update(of=("self",)).filter(section__report__case=seat.case, pk=pk)
    row = rows.select_related("section").first()
    if row is None:
        raise NotThere
    return row
