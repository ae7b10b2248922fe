"""How far files are read, and where words stand in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Max, QuerySet

from people.folding import words_to_find
from reviews.enums import ReadingStatus
from reviews.models import Evidence, EvidencePage, Question
from reviews.uploads.kinds import Kind

if TYPE_CHECKING:
    from reviews.models import EvidenceText, SelfAssessment

PICTURES = frozenset({Kind.PNG.content_type, Kind.JPEG.content_type, Kind.WEBP.content_type})
READABLE = frozenset(kind.content_type for kind in Kind) - PICTURES
"""What the worker takes the text out of; a picture is only looked at."""
_EXTENSIONS = {kind.content_type: kind.extension for kind in Kind}
_UNITS = {
    Kind.PDF.content_type: ("page", "p."),
    Kind.PPTX.content_type: ("slide", "slide"),
    Kind.ODP.content_type: ("slide", "slide"),
    Kind.ODS.content_type: ("sheet", "sheet"),
}
MOST_HITS = 60


def is_readable(row: Evidence) -> bool:
    """Whether there can be text in a file."""
    return bool(row.file) and row.content_type in READABLE


def is_picture(row: Evidence) -> bool:
    """Whether a file is a picture itself."""
    return row.content_type in PICTURES


def has_pictures(row: Evidence) -> bool:
    """Whether pages of a file can be looked at."""
    return bool(row.file) and (is_picture(row) or row.content_type == Kind.PDF.content_type)


def extension_of(row: Evidence) -> str:
    """The extension that the bytes of a file have, with its dot."""
    return _EXTENSIONS.get(row.content_type, "")


def unit_of(row: Evidence) -> str:
    """What a piece of a file is called: page, slide, sheet, or part where it has no pages."""
    return _UNITS.get(row.content_type, ("part", "part"))[0]


def source_of(row: Evidence, number: int) -> str:
    """Say where a quote comes from: `Housing strategy, p. 12`."""
    return f"{row.title}, {_UNITS.get(row.content_type, ('part', 'part'))[1]} {number}"


def pages_with(text: EvidenceText, query: str) -> list[int]:
    """The numbers of the pages of one file on which all words stand. One query."""
    found = _with_words(EvidencePage.objects.filter(evidence_text=text), query)
    return list(found.values_list("number", flat=True)) if found is not None else []


@dataclass(frozen=True, slots=True)
class Found:
    """Pages on which words stand, and whether there are more than are shown."""

    pages: list[EvidencePage]
    is_more: bool


def pages_of_files_with(files: QuerySet[Evidence], query: str) -> Found:
    """The pages of several files on which all words stand, by file. One query.

    The text must be that of the bytes that the file has now.
    """
    read = EvidencePage.objects.filter(
        evidence_text__evidence__in=files.order_by(),
        evidence_text__status=ReadingStatus.READY,
        evidence_text__sha256=F("evidence_text__evidence__sha256"),
    )
    found = _with_words(read, query)
    if found is None:
        return Found([], is_more=False)
    order = ("evidence_text__evidence__title", "evidence_text__evidence", "number")
    rows = list(found.select_related("evidence_text__evidence").order_by(*order)[: MOST_HITS + 1])
    return Found(rows[:MOST_HITS], is_more=len(rows) > MOST_HITS)


def _with_words(pages: QuerySet[EvidencePage], query: str) -> QuerySet[EvidencePage] | None:
    """Text and words are folded alike, so every database finds the same. None without a word to find."""
    words = words_to_find(query)
    for word in words:
        pages = pages.filter(folded__contains=word)
    return pages if words else None


def longest_answer(held: SelfAssessment) -> int:
    """How many words the longest answer may have; 0 when no answer has a limit. One query."""
    found = Question.objects.filter(section__question_set=held.question_set_id).aggregate(most=Max("max_words"))
    return found["most"] or 0
