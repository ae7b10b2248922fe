"""What a self-assessment asks, what is answered, and how far each section is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from people.texts import word_count
from reviews.conditions import Asking, Condition
from reviews.enums import SelfAssessmentStatus, Stage, Verdict
from reviews.models import Answer, Case, Question, SectionVerdict, SelfAssessment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from people.models import User
    from reviews.models import Section
    from reviews.queries.shares import Share

_REVIEWED = (Stage.FOLLOW_UP, Stage.CLOSED)


@dataclass(frozen=True)
class Item:
    """One question with its answer; `answer` is unsaved, with version 0, when nothing was written yet.

    `decides` says that another question waits for this answer.
    """

    question: Question
    answer: Answer
    decides: bool = False

    @property
    def needs_answer(self) -> bool:
        """Whether it must be answered before the self-assessment can be submitted, and is not."""
        return self.question.is_required and not self.answer.is_given

    @property
    def needs_reason(self) -> bool:
        """Whether a rating stands there without its reason."""
        return bool(self.answer.rating) and not self.answer.rating_reason.strip()

    @cached_property
    def words_too_many(self) -> int:
        """By how many words the answer is too long; 0 when it is not."""
        most = self.question.max_words
        return max(0, word_count(self.answer.text) - most) if most else 0


@dataclass(slots=True)
class Part:
    """One section with its questions and how far it is.

    `kept` are the questions that were answered and are no longer asked: nothing of them is demanded, nothing lost.
    """

    section: Section
    items: list[Item] = field(default_factory=list)
    kept: list[Item] = field(default_factory=list)
    evidence_count: int = 0
    verdict: SectionVerdict | None = None

    @property
    def required(self) -> int:
        """How many questions must be answered."""
        return sum(item.question.is_required for item in self.items)

    @property
    def answered(self) -> int:
        """How many of those are."""
        return sum(item.question.is_required and item.answer.is_given for item in self.items)

    @property
    def unanswered(self) -> list[Item]:
        """The required questions without an answer."""
        return [item for item in self.items if item.needs_answer]

    @property
    def unexplained(self) -> list[Item]:
        """The ratings without a reason."""
        return [item for item in self.items if item.needs_reason]

    @property
    def over_long(self) -> list[Item]:
        """The answers with too many words."""
        return [item for item in self.items if item.words_too_many]

    @property
    def is_complete(self) -> bool:
        """Whether nothing in it stands against submitting."""
        return not (self.unanswered or self.unexplained or self.over_long)

    @property
    def is_begun(self) -> bool:
        """Whether anybody wrote anything."""
        return any(item.answer.pk for item in self.items)

    @property
    def is_returned(self) -> bool:
        """Whether the lead asked for changes here."""
        return self.verdict is not None and self.verdict.verdict == Verdict.RETURNED

    @property
    def is_reworked(self) -> bool:
        """Whether the host wrote here after the lead had asked for changes."""
        return self.verdict is not None and self.last_at is not None and self.last_at > self.verdict.at

    @property
    def last(self) -> Answer | None:
        """The answer that was written last, with who wrote it."""
        written = [item.answer for item in self.items if item.answer.pk]
        return max(written, key=lambda answer: answer.updated_at, default=None)

    @property
    def last_by(self) -> User | None:
        """Who wrote last."""
        return self.last.updated_by if self.last else None

    @property
    def last_at(self) -> datetime | None:
        """When somebody wrote last."""
        return self.last.updated_at if self.last else None


def is_repeat(case: Case) -> bool:
    """Whether the host city was reviewed before, so that the questions for repeat reviews are asked."""
    earlier = Case.objects.filter(host_city_id=case.host_city_id, stage__in=_REVIEWED).exclude(pk=case.pk)
    if case.visit_start:
        earlier = earlier.filter(visit_start__lt=case.visit_start)
    return earlier.exists()


def questions_asked(held: SelfAssessment, case: Case) -> list[Question]:
    """The questions of a self-assessment with their sections, in order: those whose condition is met. Three queries."""
    return [item.question for part in parts_of(held, case) for item in part.items]


def parts_of(held: SelfAssessment, case: Case) -> list[Part]:
    """All sections with questions and answers, by the conditions of the questions. Three queries."""
    answers = {
        answer.question_id: answer
        for answer in Answer.objects.filter(self_assessment=held).select_related("updated_by")
    }
    asking = Asking(theme=case.theme, is_repeat=is_repeat(case), answers=answers)
    parts: dict[int, Part] = {}
    questions = _questions(held)
    deciding = {Condition.of(one.condition, one.condition_value).key for one in questions} - {""}
    for question in questions:
        is_asked = asking.asks(question)
        answer = answers.get(question.pk) or Answer(self_assessment=held, question=question, version=0)
        if is_asked or _is_written(answer):
            part = parts.setdefault(question.section_id, Part(question.section))
            (part.items if is_asked else part.kept).append(Item(question, answer, question.key in deciding))
    return list(parts.values())


def _questions(held: SelfAssessment) -> list[Question]:
    """Every question of the set with its section, in order. One query."""
    found = Question.objects.filter(section__question_set=held.question_set_id).select_related("section")
    return list(found.order_by("section__position", "number"))


def _is_written(answer: Answer) -> bool:
    """Whether anything stands there that would be missed."""
    return bool(answer.text.strip() or answer.rating or answer.rating_reason.strip())


def parts_with_progress(held: SelfAssessment, case: Case, files: Mapping[int | None, int]) -> list[Part]:
    """All sections, with the verdicts of the last round. Four queries. `files` are the numbers of files by section."""
    parts = parts_of(held, case)
    verdicts = verdicts_of_round(held, shown_round(held))
    for part in parts:
        part.verdict = verdicts.get(part.section.pk)
        part.evidence_count = files.get(part.section.pk, 0)
    return parts


def theirs(parts: list[Part], share: Share) -> list[Part]:
    """The sections and questions that belong to a share; sections without any are left out."""
    if share.everything:
        return parts
    return [mine for part in parts if (mine := _narrowed(part, share)).items or mine.kept]


def _narrowed(part: Part, share: Share) -> Part:
    return replace(
        part,
        items=[item for item in part.items if share.covers(item.question)],
        kept=[item for item in part.kept if share.covers(item.question)],
    )


def shown_round(held: SelfAssessment) -> int:
    """The number of the version whose verdicts the host reads; 0 before the first was sent.

    While the lead is still reading a version, its verdicts are drafts: then those of the round before are shown.
    """
    return held.version if held.status == SelfAssessmentStatus.ACCEPTED else held.version - 1


def verdicts_of_round(held: SelfAssessment, number: int) -> dict[int, SectionVerdict]:
    """The verdicts on one version, by section. One query."""
    found = SectionVerdict.objects.filter(self_assessment=held, version=number).select_related("by", "section")
    return {verdict.section_id: verdict for verdict in found}
