"""What the pages on which somebody signs show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotThere
from reviews.enums import Role, SelfAssessmentStatus
from reviews.queries.frozen import ReadSection, read_section
from reviews.queries.self_assessments import Part, parts_of
from reviews.queries.signatures import Stand, decline_of, section_digest, signatures_on, stands_of
from reviews.self_assessment_pages import can_write, self_assessment_of

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Declined, SelfAssessmentVersion, Signature


@dataclass(frozen=True, slots=True)
class SectionToSign:
    """One section to read once more, and the hash of what it says."""

    part: Part
    section: ReadSection
    sha256: str
    stand: Stand
    can_sign: bool


def section_to_sign(seat: Seat, position: int) -> SectionToSign:
    """Put the page together. Raises NotThere for a number without a section, NotAllowed for one of somebody else."""
    held = self_assessment_of(seat)
    part = next((part for part in parts_of(held, seat.case) if part.section.position == position), None)
    if part is None:
        raise NotThere
    seat.require_section(part.section)
    stand = stands_of(held, [part])[part.section.pk]
    return SectionToSign(part, read_section(part), section_digest(part), stand, can_write(seat) and part.is_complete)


@dataclass(frozen=True, slots=True)
class Signing:
    """The version that waits for the political sponsor, or None; who signed it, and what the sponsor last said."""

    version: SelfAssessmentVersion | None
    signatures: list[Signature]
    decline: Declined | None

    @property
    def is_signed(self) -> bool:
        """Whether the political sponsor signed it."""
        return any(signature.role == Role.HOST_SPONSOR for signature in self.signatures)


def signing_of(seat: Seat) -> Signing:
    """How the last submitted version stands with its signatures; the message of a sponsor only for the host.

    At most three queries. While the host works on the next version there is nothing to sign.
    """
    held = self_assessment_of(seat)
    version = None if held.is_open else held.versions.filter(number=held.version).first()
    signatures = signatures_on(version)
    reads_message = version is not None and seat.is_host and seat.reads_whole
    return Signing(version, signatures, decline_of(version) if version and reads_message else None)


def waits_for_signature(seat: Seat) -> bool:
    """Whether a submitted version is there that the lead has not decided on."""
    return bool(self_assessment_of(seat).status == SelfAssessmentStatus.SUBMITTED)
