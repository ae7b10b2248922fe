"""A self-assessment as it leaves the product: what one person may read of one version, with who signed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.evidence_access import sees_host_only
from reviews.models import Addendum
from reviews.queries.signatures import signatures_on

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Case, Evidence, Signature
    from reviews.self_assessment_reading import Reading


@dataclass(frozen=True, slots=True)
class Exported:
    """What is exported. Evidence, signatures and addenda are those that the reader may know of."""

    case: Case
    reading: Reading
    signatures: list[Signature]
    addenda: list[Addendum]
    is_for_host: bool

    @property
    def evidence(self) -> list[Evidence]:
        """All files: those of sections in their order, then those for all."""
        return [row for part in self.reading.parts for row in part.evidence] + self.reading.evidence

    @property
    def version_words(self) -> str:
        """Which version it is, for a file name."""
        version = self.reading.version
        return f"v{version.number}" if version else "draft"


def exported(seat: Seat, reading: Reading) -> Exported:
    """Put an export together. Two queries. Addenda belong to the newest version, and to who reads the whole."""
    version, held = reading.version, reading.held
    takes_addenda = version is not None and reading.is_latest and seat.reads.everything
    addenda = Addendum.objects.filter(self_assessment=held).select_related("question") if takes_addenda else ()
    return Exported(seat.case, reading, signatures_on(version), list(addenda), is_for_host=sees_host_only(seat))
