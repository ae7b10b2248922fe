"""The host's consent to publication: given to a text that stands, taken back as long as nothing is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady
from reports.actions.approval import ANOTHER_TEXT
from reports.contents import consent_stands, printed, shown_hash
from reports.enums import Audience, Licence
from reports.imprint import OPPOSITES, TERMS, contradict
from reports.models import Report
from reports.rendering import content_hash
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind, Role
from reviews.permissions import Ability
from reviews.queries.people import people_in
from reviews.requirements import one_look

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case


@transaction.atomic
@one_look()
def give_consent(
    case: Case,
    *,
    by: User,
    audience: str = Audience.PUBLIC,
    licence: str = Licence.CC_BY,
    seen: str = "",
    before: str | None = None,
) -> None:
    """Consent to the publication of the report as it stands, with the host's statement, for readers and on terms.

    `seen` is the hash of the text that the page showed, if it showed one, and `before` its `consent_mark`: coordinator
    and sponsor may choose different readers at the same time. Effects: permit, lock, store readers, licence and the
    hash of what would be printed with them, record, tell the secretariat. When any of it has changed since an earlier
    consent, this one takes its place. Raises NotAllowed, AlreadyDone, and NotReady for a licence that gives to
    everybody what is kept for members; what was consented to before that was refused stands.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.CONSENT_PUBLICATION)
    if contradict(audience, licence):
        raise NotReady(OPPOSITES, code="readers_and_licence")
    report: Report = case.report
    is_same = (report.audience, report.licence) == (audience, licence)
    if report.consent_at and is_same and consent_stands(case):
        raise AlreadyDone("The host city has already consented.")
    if before is not None and before != report.consent_mark:
        raise AlreadyDone(_meanwhile(report), code="another_consent")
    if seen and seen != shown_hash(printed(case)):
        raise AlreadyDone(ANOTHER_TEXT, code="another_text")
    report.audience, report.licence = Audience(audience), Licence(licence)
    report.consent_at, report.consent_by, report.consent_hash = timezone.now(), by, content_hash(printed(case))
    report.consent_lapsed_at = None
    report.save()
    kept = "for members of the network" if report.audience == Audience.MEMBERS else "for everybody"
    said = f"Host city consents to publication {kept}, {TERMS[report.licence].short}"
    record(case, EventKind.CONSENTED, said, by=by)
    text = f"{case.title}: the host city consents to publication"
    _tell(case, text)


def _meanwhile(report: Report) -> str:
    """What became of the consent since the page was opened."""
    if report.consent_at is None:
        return "The consent was taken back since you opened the page. Nothing was recorded: decide again."
    who = report.consent_by or "Somebody"
    words = f"{report.get_audience_display()}, {TERMS[report.licence].short}"
    return (
        f"{who} has consented since you opened the page: {words}. Nothing of yours was recorded. "
        "If you choose otherwise, speak with each other; what is sent last counts."
    )


@transaction.atomic
def withdraw_consent(case: Case, *, by: User) -> None:
    """Take the consent back before publication; secretariat and lead, who were told of it, are told.

    Raises NotAllowed, AlreadyDone.
    """
    case = locked_case(case.pk)
    seat_in(by, case).require(Ability.CONSENT_PUBLICATION)
    report: Report = case.report
    if not report.consent_at:
        raise AlreadyDone("There is no consent that could be taken back.")
    report.forget_consent()
    report.save()
    record(case, EventKind.CONSENTED, "Host city takes back its consent to publication", by=by)
    _tell(case, f"{case.title}: the host city takes back its consent to publication")


def _tell(case: Case, text: str) -> None:
    notify(people_in(case, (Role.SECRETARIAT, Role.LEAD)), text=text, url=reverse("reports:report", args=(case.slug,)))
