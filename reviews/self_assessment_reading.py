"""The self-assessment to read: the text itself, and the lead's page of verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotThere
from reviews.evidence_access import evidence_for, sees_host_only
from reviews.models import SectionVerdict, SelfAssessmentVersion
from reviews.queries.frozen import ReadAnswer, ReadSection, content_of, narrowed, sections_to_read
from reviews.queries.frozen_wordings import in_language
from reviews.queries.self_assessments import shown_round, verdicts_of_round
from reviews.rendering.ratings import RatedSection, rated_sections, rating_pictures
from reviews.self_assessment_pages import self_assessment_of

if TYPE_CHECKING:
    from datetime import datetime

    from reviews.access import Seat
    from reviews.models import Evidence, SelfAssessment


@dataclass(frozen=True, slots=True)
class ReadPart:
    """One section to read, with its files and what the lead said of it.

    `rows` are the answers, each with the files that belong to its question; `evidence` are the files of the section
    that belong to no question of it.
    """

    section: ReadSection
    rows: list[tuple[ReadAnswer, list[Evidence]]]
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
    def rated(self) -> list[RatedSection]:
        """The sections in which something is rated."""
        return rated_sections([part.section for part in self.parts])

    @property
    def pictures(self) -> list[str]:
        """The ratings and trends, drawn."""
        return rating_pictures(self.rated)

    @property
    def submitted_at(self) -> datetime | None:
        """When it was handed over."""
        return self.version.submitted_at if self.version else None


def reading_of(seat: Seat, number: int | None = None, *, language: str = "") -> Reading:
    """Put the reading view together: the text as it was submitted; the host's side reads its present text.

    The visiting team always reads a submitted version, never what the host is just writing. `number` asks for an old
    version, `language` for questions in another language than they were written in. Raises NotThere for a version that
    does not exist.
    """
    held = self_assessment_of(seat)
    latest = held.versions.select_related("submitted_by").first()
    if number is not None:
        version = held.versions.select_related("submitted_by").filter(number=number).first()
        if version is None:
            raise NotThere
    else:
        version = None if held.is_open and reads_drafts(seat) else latest
    if version is None and not reads_drafts(seat):
        raise NotThere
    content = version.content if version else content_of(held, seat.case)
    sections = in_language(narrowed(sections_to_read(content), seat.reads), held.question_set, language)
    return _reading(seat, held, sections, version, is_latest=version is None or version == latest)


def reads_drafts(seat: Seat) -> bool:
    """Whether a person reads what is being written: the host's own people, and the secretariat."""
    return sees_host_only(seat) or seat.is_secretariat


def _reading(
    seat: Seat,
    held: SelfAssessment,
    sections: list[ReadSection],
    version: SelfAssessmentVersion | None,
    *,
    is_latest: bool,
) -> Reading:
    rows = list(evidence_for(seat).prefetch_related("questions"))
    verdicts = {v.section.position: v for v in verdicts_of_round(held, _round(held, version)).values()}
    parts = [_part(section, rows, verdicts.get(section.position)) for section in sections]
    shown = {row.pk for part in parts for _answer, files in part.rows for row in files}
    everywhere = [row for row in rows if row.section is None and row.pk not in shown]
    return Reading(held, parts, everywhere, version, is_latest)


def _part(section: ReadSection, rows: list[Evidence], verdict: SectionVerdict | None) -> ReadPart:
    """Put one section together: files stand at their questions, the rest below the section. No query."""
    linked = [(answer, [row for row in rows if _belongs(row, answer)]) for answer in section.answers]
    shown = {row.pk for _answer, files in linked for row in files}
    ours = (row for row in rows if row.section and row.section.position == section.position)
    return ReadPart(section, linked, [row for row in ours if row.pk not in shown], verdict)


def _belongs(row: Evidence, answer: ReadAnswer) -> bool:
    """Whether a file was linked to a question; a frozen version names its questions by key or number."""
    asked = row.questions.all()
    return any(question.key == answer.key if answer.key else question.number == answer.number for question in asked)


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
