"""What of a self-assessment is a person's to read or to write: all of it, or what was assigned to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviews.models import Assignment

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case, Question

NOT_YOURS = "This is not assigned to you. Ask the host coordinator if you should write or read here."
NOT_ALL = "You see the questions that are assigned to you. Ask the host coordinator for the whole self-assessment."


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a self-assessment, by the ids of sections and questions; `everything` covers them all.

    `places` are the same questions as a frozen version names them: the position of the section and the number, None
    for all questions of the section.
    """

    everything: bool = False
    sections: frozenset[int] = frozenset()
    questions: frozenset[int] = frozenset()
    touched: frozenset[int] = frozenset()
    places: frozenset[tuple[int, int | None]] = frozenset()

    def covers(self, question: Question) -> bool:
        """Whether a question belongs to it."""
        return self.everything or question.pk in self.questions or question.section_id in self.sections

    def covers_section(self, section_id: int | None) -> bool:
        """Whether a whole section belongs to it."""
        return self.everything or section_id in self.sections

    def touches(self, section_id: int | None) -> bool:
        """Whether a section, or a question of it, belongs to it."""
        return self.everything or section_id in self.touched

    def covers_place(self, position: int, number: int) -> bool:
        """Whether a question of a frozen version belongs to it."""
        return self.everything or bool(self.places & {(position, None), (position, number)})


WHOLE = Share(everything=True)
NOTHING = Share()


def share_of(user: User, case: Case) -> Share:
    """What was assigned to somebody in a case. One query."""
    rows = Assignment.objects.filter(user=user, self_assessment__case=case).order_by()
    fields = ("section", "section__position", "question", "question__number", "question__section")
    found = list(rows.values_list(*fields, "question__section__position"))
    return Share(
        everything=any(section is None and question is None for section, _, question, *_ in found),
        sections=frozenset(section for section, *_ in found if section),
        questions=frozenset(question for _, _, question, *_ in found if question),
        touched=frozenset(section or parent for section, _, _, _, parent, _ in found if section or parent),
        places=frozenset(
            (at, None) if section else (parent_at, number)
            for section, at, question, number, _, parent_at in found
            if section or question
        ),
    )
