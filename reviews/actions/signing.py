"""Signing: a version by name and office, a section by those who wrote it; or saying why one does not sign.

A signature names the hash of what was signed. What is written later has another hash: the signature stays with what
was signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import AlreadyDone, NotReady, NotThere
from reviews.actions.answers import hold
from reviews.actions.events import record
from reviews.enums import EventKind, Role, SelfAssessmentStatus
from reviews.models import Declined, SectionSignature, SelfAssessmentVersion, Signature
from reviews.pages import address_of
from reviews.permissions import Ability
from reviews.queries.people import people_in
from reviews.queries.self_assessments import parts_of
from reviews.queries.signatures import decline_of, is_signed_by_sponsor, section_digest

if TYPE_CHECKING:
    from people.models import User
    from reviews.access import Seat
    from reviews.models import SelfAssessment
    from reviews.steps import SignedAs

_OTHER_TEXT = "The text has changed since this page was shown. Please read it as it is now, and then sign."


def put_signature(version: SelfAssessmentVersion, role: Role, signed: SignedAs, *, by: User) -> Signature:
    """Write a signature on a version. The same role signs the same content once."""
    row, _ = Signature.objects.get_or_create(
        self_assessment_id=version.self_assessment_id,
        version=version.number,
        role=role,
        sha256=version.sha256,
        defaults={"by": by, "name": signed.name, "function": signed.function},
    )
    return row


# --- The political sponsor -----------------------------------------------------------------------
@transaction.atomic
def sign_version(seat: Seat, sha256: str, signed: SignedAs) -> Signature:
    """Sign the submitted version for the host city's politics. `sha256` is the hash that the page showed.

    Effects in order: permit; hold the self-assessment; compare the hash; write the signature; record; tell the lead
    and the host coordinator. Signing twice is one signature.

    Raises NotAllowed, AlreadyDone when no version waits for a signature or another one does.
    """
    seat.require(Ability.SIGN_SELF_ASSESSMENT)
    version = _waiting(hold(seat))
    if version.sha256 != sha256:
        raise AlreadyDone(_OTHER_TEXT, code="other_text")
    is_signed = is_signed_by_sponsor(version)
    row = put_signature(version, Role.HOST_SPONSOR, signed, by=seat.user)
    if is_signed:
        return row
    text = f"signed version {version.number} of the self-assessment as political sponsor"
    record(seat.case, EventKind.SIGNED, text, by=seat.user)
    told = people_in(seat.case, {Role.LEAD, Role.HOST_COORDINATOR}).exclude(pk=seat.user.pk)
    words = f"{seat.case.title}: the political sponsor signed version {version.number} of the self-assessment"
    notify(told, text=words, url=address_of("reviews:self_assessment", seat.case.slug))
    return row


@transaction.atomic
def decline_version(seat: Seat, message: str) -> Declined:
    """Say why the submitted version is not signed. Only the host reads the message.

    Effects in order: permit; hold the self-assessment; write; tell the host coordinator. The same message twice is
    one message. Raises NotAllowed, AlreadyDone when no version waits, or when it is signed already.
    """
    seat.require(Ability.SIGN_SELF_ASSESSMENT)
    version = _waiting(hold(seat))
    if is_signed_by_sponsor(version):
        raise AlreadyDone(f"Version {version.number} is already signed. Talk to your host coordinator.")
    last = decline_of(version)
    if last and (last.by_id, last.message) == (seat.user.pk, message):
        return last
    row = Declined.objects.create(
        self_assessment_id=version.self_assessment_id, version=version.number, by=seat.user, message=message
    )
    words = f"{seat.case.title}: your political sponsor has not signed the self-assessment, and tells you why"
    url = address_of("reviews:self_assessment", seat.case.slug)
    notify(people_in(seat.case, {Role.HOST_COORDINATOR}).exclude(pk=seat.user.pk), text=words, url=url)
    return row


def _waiting(held: SelfAssessment) -> SelfAssessmentVersion:
    """The submitted version that the lead has not decided on."""
    version = held.versions.filter(number=held.version).first()
    if held.status != SelfAssessmentStatus.SUBMITTED or version is None:
        raise AlreadyDone("No version waits for a signature. The page shows where the self-assessment stands now.")
    return version


# --- Sections ------------------------------------------------------------------------------------
@transaction.atomic
def sign_section(seat: Seat, position: int, sha256: str, signed: SignedAs) -> SectionSignature:
    """Stand for one section as it is. `sha256` is the hash of what the page showed.

    Effects in order: permit (the whole section must be the writer's); hold the self-assessment; compare the hash;
    write. A new signature takes the place of one on an older text; signing twice is one signature.

    Raises NotAllowed, NotThere, NotReady when something required is missing, AlreadyDone when it is not open, or
    when the text has changed.
    """
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    held = hold(seat)
    if not held.is_open:
        raise AlreadyDone("The self-assessment was submitted: its sections are signed off with it.")
    part = next((part for part in parts_of(held, seat.case) if part.section.position == position), None)
    if part is None:
        raise NotThere
    seat.require_section(part.section)
    if section_digest(part) != sha256:
        raise AlreadyDone(_OTHER_TEXT, code="other_text")
    if not part.is_complete:
        raise NotReady("Something is still missing in this section. The check says what.", code="not_complete")
    row = SectionSignature.objects.filter(self_assessment=held, section=part.section).first()
    if row and (row.sha256, row.by_id) == (sha256, seat.user.pk):
        return row
    row = row or SectionSignature(self_assessment=held, section=part.section)
    row.by, row.name, row.sha256, row.at = seat.user, signed.name, sha256, timezone.now()
    row.save()
    return row
