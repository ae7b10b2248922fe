"""From the bytes of a filled form to what it says to each question."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from docx.opc.exceptions import OpcError
from openpyxl.utils.exceptions import InvalidFileException

from people.texts import word_count
from reviews.offline import safe
from reviews.offline.brought import Filled, Unreadable
from reviews.offline.matching import Matcher
from reviews.offline.read_docx import read_docx
from reviews.offline.read_xlsx import read_xlsx
from reviews.uploads.kinds import Kind

if TYPE_CHECKING:
    from reviews.models import Question, QuestionSet

logger = logging.getLogger(__name__)

READERS = {Kind.DOCX.content_type: read_docx, Kind.XLSX.content_type: read_xlsx}
_BROKEN = (OpcError, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError)
"""What the two libraries raise for an archive of the right kind that is yet no document."""
MOST_WORDS = 40_000
"""A form with more is a book: about a hundred pages."""
_PER_PAGE = 400
FREE_FORM = (
    "None of the questions of this self-assessment was found in the file. If it is a paper of your own, keep it among "
    "the files: there it can be read and quoted beside the form."
)


def read_form(
    content: bytes, content_type: str, question_set: QuestionSet, questions: list[Question], tick: Callable[[], None]
) -> Filled:
    """Read a filled form.

    Raises Unreadable with a code: `broken`, `hostile`, `too_long` or `free_form`.
    """
    safe.check(content)
    matcher = Matcher.of(question_set, questions)
    try:
        filled = READERS[content_type](content, matcher, tick)
    except _BROKEN as problem:
        logger.warning("a filled form could not be read", exc_info=True)
        raise Unreadable("broken", safe.BROKEN) from problem
    _is_an_answer(filled)
    _keep_unasked(filled, matcher)
    return filled


def _keep_unasked(filled: Filled, matcher: Matcher) -> None:
    """Keep, without a field, what was said of a question that asks for no rating."""
    for pk, brought in filled.answers.items():
        if not matcher.questions[pk].is_rated:
            filled.keep(brought.reason, f"Question {matcher.questions[pk].number}")
            brought.rating = brought.reason = brought.trend = ""


def _is_an_answer(filled: Filled) -> None:
    words = sum(word_count(a.text) + word_count(a.reason) for a in filled.answers.values())
    words += sum(word_count(row["text"]) for row in filled.loose)
    if words > MOST_WORDS:
        raise Unreadable("too_long", f"This file has about {words // _PER_PAGE} pages. {safe.TOO_LONG}")
    if not filled.questions_seen:
        raise Unreadable("free_form", FREE_FORM)
