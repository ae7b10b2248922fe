"""Who signed what: versions by the coordinator and the sponsor, sections by those who wrote them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.enums import Role
from reviews.models import Declined, SectionSignature, Signature
from reviews.queries.frozen import plain_answers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.models import SelfAssessment, SelfAssessmentVersion
    from reviews.queries.self_assessments import Part


# --- Versions ------------------------------------------------------------------------------------
def signatures_of(held: SelfAssessment) -> list[Signature]:
    """All signatures on all versions, in their order. One query."""
    return list(Signature.objects.filter(self_assessment=held).order_by("version", "at", "pk"))


def signatures_on(version: SelfAssessmentVersion | None) -> list[Signature]:
    """The signatures on one version: those over exactly its content. One query, none without a version."""
    if version is None:
        return []
    found = Signature.objects.filter(
        self_assessment=version.self_assessment_id, version=version.number, sha256=version.sha256
    )
    return list(found.order_by("at", "pk"))


def is_signed_by_sponsor(version: SelfAssessmentVersion) -> bool:
    """Whether the political sponsor signed exactly this content. One query."""
    return any(signature.role == Role.HOST_SPONSOR for signature in signatures_on(version))


def decline_of(version: SelfAssessmentVersion) -> Declined | None:
    """The last message of a sponsor who does not sign this version. One query."""
    found = Declined.objects.filter(self_assessment=version.self_assessment_id, version=version.number)
    return found.select_related("by").order_by("-at", "-pk").first()


# --- Sections ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Stand:
    """How a section stands: signed by somebody, changed since then, or not signed."""

    signature: SectionSignature | None
    is_current: bool

    @property
    def is_lapsed(self) -> bool:
        """Whether the text changed after it was signed."""
        return self.signature is not None and not self.is_current


def section_digest(part: Part) -> str:
    """SHA-256 of what one section says: its questions as they are asked, and the answers."""
    content = {"position": part.section.position, "answers": plain_answers(part)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stands_of(held: SelfAssessment, parts: Iterable[Part]) -> dict[int, Stand]:
    """How each of these whole sections stands, by the id of the section. One query."""
    rows = {row.section_id: row for row in SectionSignature.objects.filter(self_assessment=held)}
    return {part.section.pk: _stand(rows.get(part.section.pk), part) for part in parts}


def _stand(row: SectionSignature | None, part: Part) -> Stand:
    return Stand(row, row is not None and row.sha256 == section_digest(part))
