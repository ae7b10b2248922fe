"""The self-assessment to read: the text itself, the lead's page of verdicts, and old versions beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotThere
from reviews.differences import Piece, differences
from reviews.evidence_access import evidence_for, sees_host_only
from reviews.models import SectionVerdict, SelfAssessmentVersion
from reviews.queries.frozen import ReadAnswer, ReadSection, content_of, sections_to_read
from reviews.queries.self_assessments import shown_round, verdicts_of_round
from reviews.self_assessment_pages import self_assessment_of

if TYPE_CHECKING:
    from datetime import datetime

    from reviews.access import Seat
    from reviews.models import Evidence, SelfAssessment


@dataclass(frozen=True, slots=True)
class ReadPart:
    """One section to read, with its files and what the lead said of it."""

    section: ReadSection
    evidence: list[Evidence]
    verdict: SectionVerdict | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A self-assessment to read. `version` is None for a text that was not submitted yet."""

    held: SelfAssessment
    parts: list[ReadPart]
    evidence: list[Evidence]
    version: SelfAssessmentVersion | None
    is_latest: bool

    @property
    def submitted_at(self) -> datetime | None:
        """When it was handed over."""
        return self.version.submitted_at if self.version else None


def reading_of(seat: Seat, number: int | None = None) -> Reading:
    """Put the reading view together: the text as it was submitted; the host's side reads its present text.

    The visiting team always reads a submitted version, never what the host is just writing. `number` asks for an old
    version. Raises NotThere for a version that does not exist.
    """
    held = self_assessment_of(seat)
    latest = held.versions.select_related("submitted_by").first()
    if number is not None:
        version = held.versions.select_related("submitted_by").filter(number=number).first()
        if version is None:
            raise NotThere
    else:
        version = None if held.is_open and _reads_drafts(seat) else latest
    if version is None and not _reads_drafts(seat):
        raise NotThere
    content = version.content if version else content_of(held, seat.case)
    return _reading(seat, held, content, version, is_latest=version is None or version == latest)


def _reads_drafts(seat: Seat) -> bool:
    """Whether a person reads what is being written: the host's own people, and the secretariat."""
    return sees_host_only(seat) or seat.is_secretariat


def _reading(
    seat: Seat,
    held: SelfAssessment,
    content: dict[str, object],
    version: SelfAssessmentVersion | None,
    *,
    is_latest: bool,
) -> Reading:
    rows = list(evidence_for(seat))
    verdicts = {v.section.position: v for v in verdicts_of_round(held, _round(held, version)).values()}
    parts = [
        ReadPart(
            section,
            [row for row in rows if row.section and row.section.position == section.position],
            verdicts.get(section.position),
        )
        for section in sections_to_read(content)
    ]
    everywhere = [row for row in rows if row.section is None]
    return Reading(held, parts, everywhere, version, is_latest)


def _round(held: SelfAssessment, version: SelfAssessmentVersion | None) -> int:
    """Whose verdicts to show: those on this version, once they were sent."""
    shown = shown_round(held)
    return shown if version is None else min(version.number, shown)


@dataclass(frozen=True, slots=True)
class Review:
    """The lead's page: the submitted version with a verdict on each section."""

    reading: Reading
    verdicts: dict[int, SectionVerdict]
    changed: set[int]


def review_of(seat: Seat) -> Review:
    """Put the lead's page together: verdicts of this round, those of the round before in the reading, what changed."""
    reading = reading_of(seat)
    held = reading.held
    verdicts = verdicts_of_round(held, held.version)
    previous = held.versions.filter(number__lt=held.version).first()
    changed = changed_sections(previous.content, reading.version.content) if previous and reading.version else set()
    return Review(
        reading,
        {verdict.section.position: verdict for verdict in verdicts.values()},
        changed,
    )


def changed_sections(old: dict[str, object], new: dict[str, object]) -> set[int]:
    """Return the numbers of the sections in which an answer differs."""
    before = {section.position: section.answers for section in sections_to_read(old)}
    return {s.position for s in sections_to_read(new) if before.get(s.position) != s.answers}


@dataclass(frozen=True, slots=True)
class Change:
    """One question of which the answer differs between two versions."""

    old: ReadAnswer | None
    new: ReadAnswer | None
    text: list[Piece]
    reason: list[Piece]

    @property
    def shown(self) -> ReadAnswer:
        """The answer that says which question it is."""
        return self.new or self.old  # type: ignore[return-value]  # one of them is there

    @property
    def reason_changed(self) -> bool:
        """Whether the reason of the rating differs."""
        return any(piece.state != "same" for piece in self.reason)

    @property
    def rating_changed(self) -> bool:
        """Whether the host rates itself differently."""
        return self._of(self.old, "rating") != self._of(self.new, "rating")

    @property
    def trend_changed(self) -> bool:
        """Whether the host sees another trend."""
        return self._of(self.old, "trend") != self._of(self.new, "trend")

    @staticmethod
    def _of(answer: ReadAnswer | None, name: str) -> str:
        return getattr(answer, name) if answer else ""


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """A section with the questions that changed."""

    title: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Versions:
    """All submitted versions, newest first, and the difference between two of them."""

    held: SelfAssessment
    versions: list[SelfAssessmentVersion]
    old: SelfAssessmentVersion | None
    new: SelfAssessmentVersion | None
    sections: list[ChangedSection]


def versions_of(seat: Seat, old: int | None = None, new: int | None = None) -> Versions:
    """Put the page of versions together; without numbers the last two are compared.

    Raises NotThere for a number without a version.
    """
    held = self_assessment_of(seat)
    rows = list(held.versions.select_related("submitted_by"))
    by_number = {row.number: row for row in rows}
    newer = by_number.get(new) if new is not None else (rows[0] if rows else None)
    older = by_number.get(old) if old is not None else (rows[1] if len(rows) > 1 else None)
    if (new is not None and newer is None) or (old is not None and older is None):
        raise NotThere
    sections = _changes(older.content, newer.content) if older and newer else []
    return Versions(held, rows, older, newer, sections)


def _changes(old: dict[str, object], new: dict[str, object]) -> list[ChangedSection]:
    before = {answer.number: answer for section in sections_to_read(old) for answer in section.answers}
    found = []
    for section in sections_to_read(new):
        changes = [
            Change(
                before.get(answer.number),
                answer,
                differences(before[answer.number].text if answer.number in before else "", answer.text),
                differences(
                    before[answer.number].rating_reason if answer.number in before else "", answer.rating_reason
                ),
            )
            for answer in section.answers
            if before.get(answer.number) != answer
        ]
        if changes:
            found.append(ChangedSection(section.title, changes))
    return found
