"""When a question is asked: pure rules over the review's theme and over the answers before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reviews.enums import QuestionCondition, Rating, Theme

if TYPE_CHECKING:
    from reviews.models import Answer, Question

Kind = QuestionCondition


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in its parts, as `Question.condition` and `condition_value` store it."""

    kind: str = Kind.ALWAYS
    themes: tuple[str, ...] = ()
    key: str = ""
    ratings: tuple[str, ...] = ()

    @classmethod
    def of(cls, kind: str, value: str) -> Condition:
        """Take a stored condition apart."""
        if kind == Kind.THEME:
            return cls(kind, themes=_listed(value))
        key, _, ratings = value.partition(":")
        if kind == Kind.ANSWERED:
            return cls(kind, key=key)
        return cls(kind, key=key, ratings=_listed(ratings)) if kind == Kind.RATED else cls(kind)

    @property
    def value(self) -> str:
        """What is stored as `condition_value`."""
        if self.kind == Kind.THEME:
            return ",".join(self.themes)
        if self.kind == Kind.RATED:
            return f"{self.key}:{','.join(self.ratings)}"
        return self.key if self.kind == Kind.ANSWERED else ""

    @property
    def needs_question(self) -> bool:
        """Whether it looks at the answer to another question."""
        return self.kind in {Kind.ANSWERED, Kind.RATED}

    def in_words(self, numbers: Mapping[str, int]) -> str:
        """Say it to people; `numbers` are the numbers of the set's questions by key. Empty for always."""
        other = f"question {numbers[self.key]}" if self.key in numbers else "a question that is not there"
        if self.kind == Kind.REPEAT:
            return "Asked when the city was reviewed before"
        if self.kind == Kind.THEME:
            return f"Asked when the theme is {_either([str(Theme(theme).label) for theme in self.themes])}"
        if self.kind == Kind.ANSWERED:
            return f"Asked when {other} is answered"
        if self.kind == Kind.RATED:
            return f"Asked when {other} is rated {_either([str(Rating(rating).label) for rating in self.ratings])}"
        return ""


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split(",") if part)


def _either(words: list[str]) -> str:
    """`A`, `A or B`, `A, B or C`; dots for nothing."""
    *most, last = words or ["…"]
    return f"{', '.join(most)} or {last}" if most else last


@dataclass(slots=True)
class Asking:
    """What decides in one self-assessment.

    Ask about the questions in their order: the answer to a question counts only while that question is asked.
    """

    theme: str
    is_repeat: bool
    answers: Mapping[int, Answer]
    _asked: dict[str, Answer | None] = field(default_factory=dict)

    def asks(self, question: Question) -> bool:
        """Whether a question is asked, given those before it."""
        is_asked = self._meets(Condition.of(question.condition, question.condition_value))
        if is_asked and question.key:
            self._asked[question.key] = self.answers.get(question.pk)
        return is_asked

    def _meets(self, condition: Condition) -> bool:
        if condition.kind == Kind.REPEAT:
            return self.is_repeat
        if condition.kind == Kind.THEME:
            return self.theme in condition.themes
        if not condition.needs_question:
            return True
        answer = self._asked.get(condition.key)
        if answer is None:
            return False
        return answer.is_given if condition.kind == Kind.ANSWERED else answer.rating in condition.ratings
