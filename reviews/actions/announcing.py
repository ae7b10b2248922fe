"""Announcing a file that is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from people.actions.notifications import notify
from people.errors import NotReady
from reviews.actions.events import record
from reviews.actions.evidence import Described, Promise, begun
from reviews.actions.evidence_files import hold_case, require_room
from reviews.enums import HOST_ROLES, EventKind
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Evidence


@transaction.atomic
def announce_evidence(seat: Seat, described: Described, promise: Promise) -> Evidence:
    """Say that a file will come: what, from whom of the host city, and by when.

    Effects in order: permit; hold the case; write the row without a file, and the event; tell the owner.

    Raises NotAllowed, NotThere for a foreign section, NotReady `owner_unknown` for somebody who is not of the host.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    hold_case(seat.case)
    require_room(seat.case, 0, rows=1)
    if not people_in(seat.case, HOST_ROLES).filter(pk=promise.owner.pk).exists():
        raise NotReady("Choose somebody of the host city who brings the file.", code="owner_unknown")
    row = begun(seat, described, title=described.title.strip()[:200])
    row.owner, row.due = promise.owner, promise.due
    row.save()
    if described.question:
        row.questions.add(described.question)
    record(seat.case, EventKind.EDITED, "announced {file}", by=seat.user, evidence=row)
    if promise.owner != seat.user:
        url = reverse("reviews:evidence_edit", args=(seat.case.slug, row.pk))
        notify([promise.owner], text=f"{seat.case.title}: {seat.user} counts on you to bring a file", url=url)
    return row
