"""To which question a text belongs: by its mark, by number and words, or by words alone, in any language of the set."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from reviews.offline.plan import anchor_of, said_in
from reviews.offline.words import folded

if TYPE_CHECKING:
    from reviews.models import Question, QuestionSet

_NUMBERED = re.compile(r"^\s*(\d{1,3})\s*[.):\-–]?\s+(.+)$", re.DOTALL)
_ALIKE = 0.82
_ALIKE_AND_NUMBERED = {True: 0.6, False: 0.72}
"""How alike words must be that have the number of the question: less for headings."""
_LONGEST = 480
"""No question is longer: what is longer is an answer, and is not compared."""


@dataclass(slots=True)
class Matcher:
    """Knows the questions of one set in all its languages, and what stands around them."""

    questions: dict[int, Question]
    by_anchor: dict[str, int] = field(default_factory=dict)
    by_text: dict[str, list[int]] = field(default_factory=dict)
    sections: set[str] = field(default_factory=set)
    _around: dict[int, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, question_set: QuestionSet, questions: Iterable[Question]) -> Matcher:
        """Return a matcher; questions come with their sections."""
        made = cls({question.pk: question for question in questions})
        languages = [question_set.language, *question_set.languages]
        for question in made.questions.values():
            made._learn(question, languages)
        return made

    def _learn(self, question: Question, languages: list[str]) -> None:
        self.by_anchor[anchor_of(question)] = question.pk
        around = self._around.setdefault(question.pk, set())
        for language in languages:
            same = self.by_text.setdefault(folded(said_in(question, language, "text")), [])
            if question.pk not in same:
                same.append(question.pk)
            section = question.section
            title = said_in(section, language, "title")
            self.sections |= {folded(title), folded(f"{section.position}. {title}")}
            self.sections.add(folded(said_in(section, language, "help_text")))
            lines = (said_in(question, language, "help_text"), *said_in(question, language, "prompts").splitlines())
            around |= {folded(line) for line in lines}
            around.add(folded(said_in(question, language, "help_text")))

    def anchored(self, anchor: str) -> int | None:
        """The question of a mark."""
        return self.by_anchor.get(anchor)

    def asked(self, text: str, *, is_heading: bool = False, number: int | None = None) -> int | None:
        """The question that a text asks: the same words, or nearly the same where it is a heading or has the number."""
        plain = text.strip()
        if not plain or len(plain) > _LONGEST:
            return None
        numbered = _NUMBERED.match(plain)
        if numbered and number is None:
            number, plain = int(numbered[1]), numbered[2]
        words = folded(plain)
        if same := self.by_text.get(words) or self.by_text.get(folded(text)):
            return self._numbered(same, number)
        if not words or not (is_heading or number is not None):
            return None
        return self._alike(words, number, _ALIKE_AND_NUMBERED[is_heading])

    def is_around(self, question: int | None, text: str) -> bool:
        """Whether a text is the help of a question, or the title or help of a section."""
        words = folded(text)
        if not words:  # a line of signs only is nobody's help
            return False
        return words in self.sections or (question is not None and words in self._around[question])

    def is_section(self, text: str) -> bool:
        """Whether a heading is that of a section."""
        return folded(text) in self.sections

    def _numbered(self, found: list[int], number: int | None) -> int:
        """Of questions with the same words the one with this number, else the first."""
        return next((pk for pk in found if self.questions[pk].number == number), found[0])

    def _alike(self, words: str, number: int | None, with_number: float) -> int | None:
        best, found = 0.0, None
        for text, pks in self.by_text.items():
            pk = self._numbered(pks, number)
            needed = with_number if self.questions[pk].number == number else _ALIKE
            matcher = SequenceMatcher(None, text, words, autojunk=False)
            if matcher.quick_ratio() >= needed and (ratio := matcher.ratio()) >= needed and ratio > best:
                best, found = ratio, pk
        return found
