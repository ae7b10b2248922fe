"""The submitted versions beside each other, and beside what the host is writing now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotThere
from reviews.differences import Piece, differences
from reviews.queries.frozen import ReadAnswer, ReadSection, content_of, narrowed, sections_to_read
from reviews.queries.signatures import signatures_of
from reviews.self_assessment_pages import self_assessment_of
from reviews.self_assessment_reading import reads_drafts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reviews.access import Seat
    from reviews.models import SelfAssessment, SelfAssessmentVersion, Signature
    from reviews.queries.shares import Share

DRAFT = 0
"""Stands for what is written now, where a number of a version is asked for."""


@dataclass(frozen=True, slots=True)
class Change:
    """One question of which the answer differs between two versions; it may be missing in one of them."""

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
class Side:
    """One of the two texts that are compared. `number` is DRAFT for what is written now."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One submitted version in the list, with who signed it."""

    version: SelfAssessmentVersion
    signatures: list[Signature]


@dataclass(frozen=True, slots=True)
class Versions:
    """All submitted versions, newest first, and the difference between two texts."""

    held: SelfAssessment
    rows: list[Row]
    sides: list[Side]
    old: int | None
    new: int | None
    sections: list[ChangedSection]


def versions_of(seat: Seat, old: int | None = None, new: int | None = None) -> Versions:
    """Put the page of versions together; without numbers the last two are compared.

    Number 0 is what the host writes now, for those who may read it. Raises NotThere for a number without a text.
    """
    held = self_assessment_of(seat)
    versions = list(held.versions.select_related("submitted_by"))
    texts = {row.number: row.content for row in versions}
    if held.is_open and versions and reads_drafts(seat):
        texts = {DRAFT: content_of(held, seat.case), **texts}
    if {old, new} - {None} - texts.keys():
        raise NotThere
    numbers = list(texts)
    newer = new if new is not None else next(iter(numbers), None)
    older = old if old is not None else next((n for n in numbers[1:] if n != newer), None)
    sections = [] if newer is None or older is None else changes(texts[older], texts[newer], seat.reads)
    signed = signatures_of(held)
    rows = [Row(row, [s for s in signed if s.sha256 == row.sha256 and s.version == row.number]) for row in versions]
    return Versions(held, rows, [_side(number) for number in numbers], older, newer, sections)


def _side(number: int) -> Side:
    return Side(number, f"Version {number}" if number != DRAFT else "What is written now")


def changes(old: dict[str, object], new: dict[str, object], share: Share) -> list[ChangedSection]:
    """Return the sections in which answers differ, in their order, as far as they belong to a share."""
    before, after = narrowed(sections_to_read(old), share), narrowed(sections_to_read(new), share)
    titles = {section.position: section.title for section in (*before, *after)}
    found = [
        ChangedSection(title, list(_changed(_at(before, position), _at(after, position))))
        for position, title in sorted(titles.items())
    ]
    return [section for section in found if section.changes]


def _at(sections: list[ReadSection], position: int) -> dict[int, ReadAnswer]:
    """The answers of one section, by number."""
    return {a.number: a for section in sections if section.position == position for a in section.answers}


def _changed(before: dict[int, ReadAnswer], after: dict[int, ReadAnswer]) -> Iterator[Change]:
    for number in sorted(before.keys() | after.keys()):
        old, new = before.get(number), after.get(number)
        if old == new or not _says_something(old, new):
            continue
        yield Change(old, new, _pieces(old, new, "text"), _pieces(old, new, "rating_reason"))


def _says_something(old: ReadAnswer | None, new: ReadAnswer | None) -> bool:
    """Whether there is anything to show: a question that came or went without an answer is no change of the text."""
    return any(answer and (answer.text or answer.rating or answer.trend) for answer in (old, new))


def _pieces(old: ReadAnswer | None, new: ReadAnswer | None, name: str) -> list[Piece]:
    return differences(getattr(old, name) if old else "", getattr(new, name) if new else "")
