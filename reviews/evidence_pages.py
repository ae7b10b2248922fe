"""What the page of files shows to one person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from reviews.evidence_access import evidence_for, removed_evidence_for, sees_host_only
from reviews.models import Section
from reviews.permissions import Ability
from reviews.queries.evidence import MOST_FILES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reviews.access import Seat
    from reviews.models import Evidence


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """The files of one section; `section` is None for those of all sections."""

    section: Section | None
    rows: list[Evidence]


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """All files, by section."""

    groups: list[EvidenceGroup]
    removed: list[Evidence]
    can_edit: bool
    sees_host_only: bool
    count: int

    @property
    def is_many(self) -> bool:
        """Whether there are more files than reviewers will read."""
        return self.count > MOST_FILES

    @property
    def most(self) -> int:
        """How many files reviewers will read."""
        return MOST_FILES


def evidence_page(seat: Seat) -> EvidencePage:
    """Put the page together. Two queries for writers, one for readers."""
    rows = sorted(evidence_for(seat), key=lambda row: (row.section is None, row.section.position if row.section else 0))
    groups = [EvidenceGroup(section, list(found)) for section, found in groupby(rows, key=lambda row: row.section)]
    return EvidencePage(
        groups=groups,
        removed=list(removed_evidence_for(seat)),
        can_edit=seat.can(Ability.EDIT_SELF_ASSESSMENT),
        sees_host_only=sees_host_only(seat),
        count=len(rows),
    )


def sections_of(seat: Seat) -> QuerySet[Section]:
    """Return the sections that a file can belong to."""
    return Section.objects.filter(question_set=seat.case.self_assessment.question_set_id)
