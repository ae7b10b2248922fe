"""The host's consent to publication: given to a text that stands, taken back as long as nothing is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone
from reports.contents import consent_stands, printed_hash
from reports.models import Report
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, Role
from reviews.permissions import Ability
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case


@transaction.atomic
def give_consent(case: Case, *, by: User) -> None:
    """Consent to the publication of the report as it stands, with the host's statement.

    Effects: permit, lock, store with the hash of what would be printed, record, tell the secretariat. When that has
    changed since an earlier consent, this one takes its place. Raises NotAllowed, AlreadyDone.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.CONSENT_PUBLICATION)
    report: Report = case.report
    if report.consent_at and consent_stands(case):
        raise AlreadyDone("The host city has already consented.")
    report.consent_at, report.consent_by, report.consent_hash = timezone.now(), by, printed_hash(case)
    report.save()
    record(case, EventKind.CONSENTED, "Host city consents to publication", by=by)
    text = f"{case.title}: the host city consents to publication"
    notify(people_in(case, (Role.SECRETARIAT, Role.LEAD)), text=text, url=reverse("reports:report", args=(case.slug,)))


@transaction.atomic
def withdraw_consent(case: Case, *, by: User) -> None:
    """Take the consent back before publication. Raises NotAllowed, AlreadyDone."""
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.CONSENT_PUBLICATION)
    report: Report = case.report
    if not report.consent_at:
        raise AlreadyDone("There is no consent that could be taken back.")
    report.forget_consent()
    report.save()
    record(case, EventKind.CONSENTED, "Host city takes back its consent to publication", by=by)
