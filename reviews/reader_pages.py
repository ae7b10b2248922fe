"""What the reader shows: the files of a case with their text, one page of one file, and where words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotThere
from people.folding import folded, words_to_find
from reviews.enums import ReadingStatus
from reviews.evidence_access import evidence_for
from reviews.extraction.limits import NO_TEXT, SCANNED
from reviews.hits import Run, around_first_hit, marked
from reviews.permissions import Ability
from reviews.queries.evidence_text import (
    has_pictures,
    is_picture,
    is_readable,
    longest_answer,
    pages_of_files_with,
    pages_with,
    source_of,
    unit_of,
)
from reviews.queries.self_assessments import questions_asked

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Evidence, EvidencePage, EvidenceText, Question


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file in the list of those that can be read here."""

    row: Evidence
    text: EvidenceText | None

    @property
    def unit(self) -> str:
        """Page, slide, sheet or part."""
        return unit_of(self.row)

    @property
    def is_picture(self) -> bool:
        """Whether there is only something to look at."""
        return is_picture(self.row)


@dataclass(frozen=True, slots=True)
class Hit:
    """A page on which the words stand, with the line around the first of them."""

    page: EvidencePage
    line: list[Run]

    @property
    def row(self) -> Evidence:
        """The file."""
        return self.page.evidence_text.evidence

    @property
    def unit(self) -> str:
        """Page, slide, sheet or part."""
        return unit_of(self.row)


@dataclass(frozen=True, slots=True)
class Reader:
    """All files of a case that this person may read here; with `query`, the pages on which it stands."""

    query: str
    files: list[FileLine]
    hits: list[Hit]
    is_more: bool
    unread: int


@dataclass(frozen=True, slots=True)
class FilePage:
    """One page of one file."""

    row: Evidence
    text: EvidenceText | None
    number: int
    total: int
    page: EvidencePage | None
    runs: list[Run]
    query: str
    hits: list[int]
    most_words: int
    questions: list[Question]

    @property
    def unit(self) -> str:
        """Page, slide, sheet or part."""
        return unit_of(self.row)

    @property
    def is_waiting(self) -> bool:
        """Whether the worker is about to read it."""
        return self.text is not None and self.text.status in {ReadingStatus.QUEUED, ReadingStatus.READING}

    @property
    def has_failed(self) -> bool:
        """Whether there is no text to be had."""
        return self.text is not None and self.text.status == ReadingStatus.FAILED

    @property
    def can_try_again(self) -> bool:
        """Whether another attempt may find more: there is no text in a scan, however often it is read."""
        return self.text is not None and self.has_failed and self.text.message not in {SCANNED, NO_TEXT}

    @property
    def has_picture(self) -> bool:
        """Whether this page can be looked at."""
        return has_pictures(self.row)

    @property
    def is_picture(self) -> bool:
        """Whether the file is a picture itself."""
        return is_picture(self.row)

    @property
    def is_too_long(self) -> bool:
        """Whether nobody could hand this text in as one answer."""
        return bool(self.text and self.most_words and self.text.words > self.most_words)

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.number < self.total else None

    @property
    def source(self) -> str:
        """Where a quote from this page comes from."""
        return source_of(self.row, self.number)


def reader_of(seat: Seat, query: str = "") -> Reader:
    """Put the list together. One query; with words to find, two."""
    rows = list(evidence_for(seat).select_related("section", "text"))
    files = [FileLine(row, _text_of(row)) for row in rows if is_readable(row) or has_pictures(row)]
    if not words_to_find(query):
        return Reader("", files, [], is_more=False, unread=0)
    found = pages_of_files_with(evidence_for(seat), query)
    hits = [Hit(page, around_first_hit(page.text, query)) for page in found.pages]
    unread = sum(line.text is None or line.text.status != ReadingStatus.READY for line in files if not line.is_picture)
    named = [line for line in files if _is_named(line.row, query)]
    return Reader(query, named, hits, is_more=found.is_more, unread=unread)


def file_of(seat: Seat, pk: int, number: int | None = None, query: str = "") -> FilePage:
    """Put one page of one file together; without a number the first, or the first on which the words stand.

    Three queries; one more with words to find, three more for writers (the questions that are asked now).

    Raises NotThere for a file that this person may not read, that is still to come, and for a page that is not there.
    """
    row = readable(seat, pk)
    text = _text_of(row)
    is_ready = text is not None and text.status == ReadingStatus.READY
    total = text.pages_total if text else 0
    hits = pages_with(text, query) if text and is_ready and query else []
    if number is None:
        number = hits[0] if hits else 1
    page = text.pages.filter(number=number).first() if text and is_ready else None
    if number < 1 or number > max(total, 1):
        raise NotThere
    return FilePage(
        row=row,
        text=text,
        number=number,
        total=total,
        page=page,
        runs=marked(page.text, query) if page else [],
        query=query if words_to_find(query) else "",
        hits=hits,
        most_words=longest_answer(seat.case.self_assessment) if is_ready else 0,
        questions=_questions(seat) if is_ready else [],
    )


def readable(seat: Seat, pk: int) -> Evidence:
    """Return a file of which this person may see pages. One query.

    Raises NotThere.
    """
    row = evidence_for(seat).select_related("section", "text").filter(pk=pk).first()
    if row is None or not (is_readable(row) or has_pictures(row)):
        raise NotThere
    return row


def _text_of(row: Evidence) -> EvidenceText | None:
    """Return the text of the bytes that the file has now."""
    text: EvidenceText | None = getattr(row, "text", None)
    return text if text is not None and text.sha256 == row.sha256 else None


def _is_named(row: Evidence, query: str) -> bool:
    title = folded(row.title)
    return all(word in title for word in words_to_find(query))


def _questions(seat: Seat) -> list[Question]:
    """Return the questions into which this person may quote now."""
    held = seat.case.self_assessment
    if not held.is_open or not seat.can(Ability.EDIT_SELF_ASSESSMENT):
        return []
    return [question for question in questions_asked(held, seat.case) if seat.writes.covers(question)]
