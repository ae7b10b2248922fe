"""What the pages of files show to one person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from reviews.enums import HOST_ROLES
from reviews.evidence_access import (
    can_bring,
    can_change,
    evidence_for,
    removed_evidence_for,
    sees_host_only,
    versions_for,
)
from reviews.models import Evidence, Question, Section, Upload
from reviews.permissions import Ability
from reviews.queries.evidence import MOST_FILES
from reviews.queries.people import people_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from people.models import User
    from reviews.access import Seat
    from reviews.models import EvidenceVersion

FILTERED_FROM = 8
"""With fewer files nobody needs a filter."""


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """The files of one section; `section` is None for those of all sections."""

    section: Section | None
    rows: list[Evidence]


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """The files that were asked for, by section."""

    groups: list[EvidenceGroup]
    removed: list[Evidence]
    unfinished: list[Upload]
    can_edit: bool
    sees_host_only: bool
    count: int
    total: int
    to_come: int

    @property
    def is_many(self) -> bool:
        """Whether there are more files than reviewers will read."""
        return self.total > MOST_FILES

    @property
    def has_filter(self) -> bool:
        """Whether the list is long enough for a filter."""
        return self.total >= FILTERED_FROM

    @property
    def most(self) -> int:
        """How many files reviewers will read."""
        return MOST_FILES


def evidence_page(seat: Seat, wanted: dict[str, Any]) -> EvidencePage:
    """Put the page together: all files, narrowed to what is wanted. Four queries for writers, two for readers."""
    everything = list(evidence_for(seat).prefetch_related("questions"))
    rows = [row for row in everything if _is_wanted(row, wanted)]
    can_edit = seat.can(Ability.EDIT_SELF_ASSESSMENT)
    return EvidencePage(
        groups=_grouped(rows),
        removed=list(removed_evidence_for(seat)),
        unfinished=list(_unfinished(seat)) if can_edit else [],
        can_edit=can_edit,
        sees_host_only=sees_host_only(seat),
        count=len(rows),
        total=len(everything),
        to_come=sum(row.is_announced for row in everything),
    )


def _is_wanted(row: Evidence, wanted: dict[str, Any]) -> bool:
    """Whether a row is among what was asked for. A case has few enough rows to ask each of them."""
    if wanted.get("state") == "to_come" and not row.is_announced:
        return False
    if wanted.get("state") == "gaps" and not _has_gap(row):
        return False
    exact = {name: wanted[name] for name in ("section", "kind", "access_class") if name in wanted}
    return all(getattr(row, name) == value for name, value in exact.items())


def _has_gap(row: Evidence) -> bool:
    return row.is_announced or not row.note.strip() or (row.section is None and not row.questions.all())


def _grouped(rows: Iterable[Evidence]) -> list[EvidenceGroup]:
    ordered = sorted(rows, key=lambda row: (row.section is None, row.section.position if row.section else 0))
    return [EvidenceGroup(section, list(found)) for section, found in groupby(ordered, key=lambda row: row.section)]


def _unfinished(seat: Seat) -> QuerySet[Upload]:
    """A person's own uploads of new files that are not whole yet."""
    rows = Upload.objects.filter(case=seat.case, by=seat.user, finished_at__isnull=True)
    return rows.select_related("evidence").order_by("begun_at")


@dataclass(frozen=True, slots=True)
class OneFile:
    """One file, or one that is still to come, with its older versions and its questions."""

    row: Evidence
    versions: list[EvidenceVersion]
    questions: list[Question]
    unlinked: list[Question]
    unfinished: list[Upload]
    can_change: bool
    can_bring: bool
    sees_versions: bool


def one_file(seat: Seat, row: Evidence) -> OneFile:
    """Put the page of one file together."""
    changes, linked = can_change(seat, row), list(row.questions.select_related("section"))
    return OneFile(
        row=row,
        versions=versions_for(seat, row),
        questions=linked,
        unlinked=[q for q in places_of(seat).questions if q not in linked] if changes else [],
        unfinished=list(_unfinished(seat).filter(evidence=row)),
        can_change=changes,
        can_bring=can_bring(seat, row),
        sees_versions=sees_host_only(seat),
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Where a file of one person can belong, and who can bring it."""

    sections: QuerySet[Section]
    questions: QuerySet[Question]
    people: QuerySet[User]


def places_of(seat: Seat) -> Places:
    """Return the sections and questions that a file of this person can belong to. No query until they are read."""
    sections = sections_of(seat)
    questions = Question.objects.filter(section__question_set=seat.case.self_assessment.question_set_id)
    if not seat.writes.everything:
        questions = questions.filter(Q(pk__in=seat.writes.questions) | Q(section__in=seat.writes.sections))
    return Places(
        sections=sections,
        questions=questions.select_related("section").order_by("section__position", "number"),
        people=people_in(seat.case, HOST_ROLES).order_by("name"),
    )


def question_named(places: Places, pk: object) -> Question | None:
    """Return the question from which somebody came to add a file; None for what is no question of theirs."""
    return places.questions.filter(pk=int(str(pk))).first() if str(pk).isdecimal() else None


def sections_of(seat: Seat) -> QuerySet[Section]:
    """Return the sections that a file of this person can belong to."""
    found = Section.objects.filter(question_set=seat.case.self_assessment.question_set_id)
    return found if seat.writes.everything else found.filter(pk__in=seat.writes.touched)


@dataclass(frozen=True, slots=True)
class SectionFiles:
    """The files of one section, and those of its questions by the question's id."""

    rows: list[Evidence]
    linked: dict[int, list[Evidence]]


def section_files(seat: Seat, section: Section) -> SectionFiles:
    """Return what a person may read of the files of a section and of its questions. Two queries, one without files."""
    mine = Q(section=section) | Q(
        pk__in=Evidence.objects.filter(case=seat.case, questions__section=section).values("pk")
    )
    found = {row.pk: row for row in evidence_for(seat).filter(mine)}
    links = Evidence.questions.through.objects.filter(evidence__in=found).values_list("evidence_id", "question_id")
    asked: dict[int, list[int]] = {}
    for evidence, question in links if found else ():
        asked.setdefault(evidence, []).append(question)
    linked: dict[int, list[Evidence]] = {}
    for row in found.values():
        for question in asked.get(row.pk, ()):
            linked.setdefault(question, []).append(row)
    return SectionFiles([row for row in found.values() if row.section_id == section.pk], linked)
