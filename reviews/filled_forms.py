"""Filled forms as one person sees them: which ones, and what each says beside what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotThere
from people.texts import word_count
from reviews.differences import Piece, differences
from reviews.enums import Rating, ReadingStatus, TakeOver, Trend
from reviews.models import Answer, FilledForm
from reviews.permissions import Ability
from reviews.self_assessment_pages import can_write, self_assessment_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reviews.access import Seat
    from reviews.models import FilledAnswer, Question, SelfAssessment

FINAL = frozenset({ReadingStatus.READY, ReadingStatus.FAILED})
AS_FILE = frozenset({"too_long", "free_form", "too_slow"})
"""Problems of a file that is none of our forms, and may be good evidence."""


def forms_for(seat: Seat) -> QuerySet[FilledForm]:
    """The filled forms that a person may see: all for those who write everything, else those that they brought.

    Who writes a share of the answers does not read in a form what others wrote.
    """
    if not seat.can(Ability.EDIT_SELF_ASSESSMENT):
        return FilledForm.objects.none()
    found = FilledForm.objects.filter(self_assessment__case=seat.case).select_related("uploaded_by")
    return found if seat.writes.everything else found.filter(uploaded_by=seat.user)


def form_named(seat: Seat, pk: int) -> FilledForm:
    """One filled form of this case that this person may see. Raises NotThere."""
    found = forms_for(seat).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of a form beside what is there. `after` is what stands there once it is taken over."""

    row: FilledAnswer
    present: Answer
    after: Answer
    is_theirs: bool

    @property
    def question(self) -> Question:
        """What is asked."""
        return self.row.question

    @property
    def is_empty_here(self) -> bool:
        """Whether nothing is there that taking over could replace."""
        here = self.present
        return not (here.text.strip() or here.rating or here.rating_reason.strip() or here.trend)

    @property
    def text(self) -> list[Piece]:
        """What changes in the answer."""
        return differences(self.present.text, self.after.text)

    @property
    def reason(self) -> list[Piece]:
        """What changes in the reason of the rating."""
        return differences(self.present.rating_reason, self.after.rating_reason)

    @property
    def text_changes(self) -> bool:
        """Whether the answer changes."""
        return self.present.text != self.after.text

    @property
    def reason_changes(self) -> bool:
        """Whether the reason changes."""
        return self.present.rating_reason != self.after.rating_reason

    @property
    def words_too_many(self) -> int:
        """By how many words the answer of the file is too long."""
        most = self.question.max_words
        return max(0, word_count(self.row.text) - most) if most else 0

    @property
    def has_moved_on(self) -> bool:
        """Whether somebody changed the answer after it was taken over."""
        return self.row.decision == TakeOver.TAKEN and self.row.earlier.get("version") != self.present.version


@dataclass(frozen=True, slots=True)
class FormPage:
    """One filled form with everything that it says. `can_take` is false where nobody may write any more."""

    form: FilledForm
    held: SelfAssessment
    lines: list[Line]
    can_take: bool

    def _with(self, *decisions: TakeOver) -> list[Line]:
        return [line for line in self.lines if line.row.decision in decisions]

    @property
    def open(self) -> list[Line]:
        """What is still to decide, and this person's to decide."""
        return [line for line in self._with(TakeOver.OPEN) if line.is_theirs]

    @property
    def of_others(self) -> list[Line]:
        """What is somebody else's to decide."""
        return [line for line in self._with(TakeOver.OPEN) if not line.is_theirs]

    @property
    def decided(self) -> list[Line]:
        """What was taken over or left."""
        return self._with(TakeOver.TAKEN, TakeOver.LEFT)

    @property
    def same(self) -> list[Line]:
        """What was there already."""
        return self._with(TakeOver.SAME)

    @property
    def empty_here(self) -> list[Line]:
        """What can be taken over without replacing anything."""
        return [line for line in self.open if line.is_empty_here]

    @property
    def is_final(self) -> bool:
        """Whether the worker is done with it."""
        return self.form.status in FINAL

    @property
    def may_be_evidence(self) -> bool:
        """Whether it is none of our forms and can be kept among the files."""
        return self.form.status == ReadingStatus.FAILED and self.form.problem in AS_FILE and not self.form.closed_at

    @property
    def can_be_read_again(self) -> bool:
        """Whether reading it failed through no fault of the file."""
        return self.form.status == ReadingStatus.FAILED and self.form.problem in {"server", "too_slow"}


def form_page(seat: Seat, pk: int) -> FormPage:
    """Put the page of one form together. Four queries, however many answers it brings.

    Raises NotThere.
    """
    form = form_named(seat, pk)
    held = self_assessment_of(seat)
    rows = list(form.answers.select_related("question__section", "decided_by"))
    rows.sort(key=lambda row: (row.question.section.position, row.question.number))
    answers = Answer.objects.filter(self_assessment=held).select_related("updated_by")
    present = {answer.question_id: answer for answer in answers}
    lines = [_line(seat, row, present.get(row.question_id), held) for row in rows]
    return FormPage(form, held, lines, can_take=can_write(seat))


def _line(seat: Seat, row: FilledAnswer, there: Answer | None, held: SelfAssessment) -> Line:
    here = there or Answer(self_assessment=held, question=row.question, version=0)
    return Line(row, here, merged(row, here), is_theirs=seat.writes.covers(row.question))


def merged(row: FilledAnswer, here: Answer) -> Answer:
    """Return the answer as it stands once the form's is taken over: what the form leaves empty stays."""
    return Answer(
        question_id=row.question_id,
        text=row.text or here.text,
        rating=row.rating or here.rating,
        rating_reason=row.rating_reason or here.rating_reason,
        trend=row.trend or here.trend,
    )


def rating_words(value: str) -> str:
    """Return a stored rating in words."""
    return str(Rating(value).label) if value else "Not rated"


def trend_words(value: str) -> str:
    """Return a stored trend in words."""
    return str(Trend(value).label) if value else "Not said"
