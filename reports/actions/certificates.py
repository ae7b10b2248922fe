"""Issuing certificates of participation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.errors import NotReady
from people.models import User
from reports.actions.documents import row_for
from reports.contents import content_for
from reports.enums import DocumentKind, Edition
from reports.models import Certificate
from reports.rendering import content_hash
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import TEAM_ROLES, EventKind
from reviews.permissions import Ability
from visits.enums import VisitStatus
from visits.queries.programme import visit_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from reports.models import Document
    from reviews.models import Case

NOT_HELD = "Certificates are issued when the visit has been held. Say so on the programme page first."


@transaction.atomic
def issue_certificates(case: Case, hours: Mapping[int, Decimal], *, by: User) -> list[Document]:
    """Certify the hours of people of the team, by their ids; whoever has a certificate gets a new version of it.

    Effects, in one transaction: lock the case, permit, write the certificates, write the event; after commit the
    papers are made, and each person is told by the worker when theirs is ready. Unchanged hours change nothing.

    Raises NotAllowed, or NotReady before the visit was held and for somebody who is not of the team.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.ISSUE_CERTIFICATES)
    visit = visit_in(case)
    if visit is None or visit.status != VisitStatus.HELD:
        raise NotReady(NOT_HELD)
    team = User.objects.filter(memberships__case=case, memberships__role__in=TEAM_ROLES, pk__in=hours).distinct()
    people = list(team.order_by("name", "pk"))
    if len(people) != len(hours):
        raise NotReady("Somebody you chose is not in the team any more. Look at the list again.")
    papers = [_issue(case, person, hours[person.pk], by) for person in people]
    record(case, EventKind.DOCUMENT, f"Certificates issued: {', '.join(person.name for person in people)}", by=by)
    return papers


def _issue(case: Case, person: User, hours: Decimal, by: User) -> Document:
    """Write one certificate and ask for its paper, in the name of the person: they are told when it is ready."""
    held = Certificate.objects.filter(case=case, user=person).first()
    if held is None or held.hours != hours:
        Certificate.objects.update_or_create(
            case=case, user=person, defaults={"hours": hours, "issued_by": by, "issued_at": timezone.now()}
        )
    content = content_for(case, DocumentKind.CERTIFICATE, Edition.TEAM, person.pk)
    return row_for(case, DocumentKind.CERTIFICATE, Edition.TEAM, content_hash(content), by=person, about=person)
