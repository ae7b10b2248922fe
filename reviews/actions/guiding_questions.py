"""The questions that the host asks of its critical friends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviews.models import Case, GuidingQuestion

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_QUESTIONS = 3


def write_guiding_questions(case: Case, texts: Sequence[str]) -> None:
    """Make the guiding questions those of `texts`, in their places; an empty text leaves its place empty.

    A question that only changes its words keeps its row, so that findings keep their question.
    """
    rows = {row.position: row for row in case.guiding_questions.all()}
    padded = [*texts, *[""] * MOST_QUESTIONS][:MOST_QUESTIONS]
    for position, text in enumerate((text.strip() for text in padded), start=1):
        row = rows.get(position)
        if row and not text:
            row.delete()
        elif row and row.text != text:
            row.text = text
            row.save(update_fields=["text"])
        elif text and row is None:
            GuidingQuestion.objects.create(case=case, position=position, text=text)
