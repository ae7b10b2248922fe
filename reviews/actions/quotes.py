"""Quoting a file in an answer: the words as a Markdown quote with their source, and the file linked to the question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from people.errors import NotAllowed, NotReady, NotThere
from reviews.actions.answers import Written, hold, save_answer
from reviews.models import Question
from reviews.permissions import Ability
from reviews.queries.evidence_text import source_of
from reviews.reader_pages import readable

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Evidence

MOST_SIGNS = 6000
_SIGNS = re.compile(r"([\\`*_\[\]<>|~])")
_STARTS = re.compile(r"^(\s*)(#{1,6}(?=\s)|[-+](?=\s)|=+\s*$|-+\s*$|\d{1,9}(?=[.)]\s))")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The words, and the page of the file on which they stand."""

    text: str
    page: int


def as_markdown(row: Evidence, quote: Quote) -> str:
    """Return the words as a quote: each paragraph on one line, the source below. Signs of Markdown are only signs."""
    paragraphs = [" ".join(part.split()) for part in _PARAGRAPH.split(quote.text.strip()) if part.strip()]
    lines = "\n>\n".join(f"> {_plain(paragraph)}" for paragraph in paragraphs)
    return f"{lines}\n>\n> ({_plain(source_of(row, quote.page))})"


def _plain(text: str) -> str:
    escaped = _SIGNS.sub(r"\\\1", text)
    return _STARTS.sub(lambda found: f"{found[1]}{_escaped(found[2])}", escaped)


def _escaped(start: str) -> str:
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"


@transaction.atomic
def quote_for(seat: Seat, pk: int, question_id: int, quote: Quote) -> str:
    """Return a quote as Markdown for an answer that somebody is just writing, and link the file to the question.

    Effects: permit, hold the self-assessment, link. Raises NotAllowed, NotThere, NotReady without words.
    """
    row, question = _held(seat, pk, question_id, quote)
    row.questions.add(question)
    return as_markdown(row, quote)


@transaction.atomic
def quote_into(seat: Seat, pk: int, question_id: int, quote: Quote) -> Question:
    """Put a quote at the end of the stored answer, and link the file to the question.

    Effects: permit, hold the self-assessment, link, save the answer as a new version of it. Whoever has the answer
    open is asked, as after every save of somebody else. Raises NotAllowed, NotThere, NotReady without words.
    """
    row, question = _held(seat, pk, question_id, quote)
    row.questions.add(question)
    stored = seat.case.self_assessment.answers.filter(question=question).first()
    before = stored.text.rstrip() if stored else ""
    text = f"{before}\n\n{as_markdown(row, quote)}\n" if before else f"{as_markdown(row, quote)}\n"
    rest = {name: getattr(stored, name) for name in ("rating", "rating_reason", "trend")} if stored else {}
    save_answer(seat, question.pk, Written(text=text, **rest), version=stored.version if stored else 0)
    return question


def _held(seat: Seat, pk: int, question_id: int, quote: Quote) -> tuple[Evidence, Question]:
    """Permit, and hold the self-assessment so that a submission waits."""
    seat.require(Ability.EDIT_SELF_ASSESSMENT)
    if not quote.text.strip():
        raise NotReady("Select the words that you want to quote.", code="no_words")
    held = hold(seat)
    if not held.is_open:
        raise NotAllowed("The self-assessment has been submitted: its answers stay as they are.", code="not_open")
    row = readable(seat, pk)
    found = Question.objects.select_related("section").filter(section__question_set=held.question_set_id)
    question = found.filter(pk=question_id).first()
    if question is None:
        raise NotThere
    seat.require_to_write(question)
    return row, question
