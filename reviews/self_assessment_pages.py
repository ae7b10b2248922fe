"""What the pages of the self-assessment show to one person: put together from queries and abilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from people.errors import NotAllowed, NotThere
from reviews.enums import Role, SelfAssessmentStatus, Stage
from reviews.evidence_access import evidence_for, sees_host_only
from reviews.evidence_pages import section_files
from reviews.models import Answer, Question
from reviews.permissions import Ability
from reviews.queries.evidence import counts_by_section
from reviews.queries.self_assessments import parts_with_progress, theirs
from reviews.queries.shares import NOT_YOURS

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import Evidence, GuidingQuestion, SelfAssessment
    from reviews.queries.self_assessments import Part

S = SelfAssessmentStatus


@dataclass(frozen=True, slots=True)
class Overview:
    """The self-assessment in short."""

    held: SelfAssessment
    parts: list[Part]
    status: str
    evidence_count: int
    is_form: bool
    is_reader: bool
    mine: list[Part]
    """What this person writes: all of it, or their share."""

    @property
    def required(self) -> int:
        """How many questions must be answered."""
        return sum(part.required for part in self.parts)

    @property
    def answered(self) -> int:
        """How many of those are."""
        return sum(part.answered for part in self.parts)

    @property
    def returned(self) -> list[Part]:
        """The sections in which the lead asked for changes."""
        return [part for part in self.parts if part.is_returned]

    @property
    def first_open(self) -> Part | None:
        """Where to go on writing: the first section that still misses something, those that were returned first."""
        asked = (part for part in self.mine if part.is_returned and not part.is_reworked)
        return next(asked, None) or next((part for part in self.mine if not part.is_complete), None)


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section with its neighbours."""

    held: SelfAssessment
    parts: list[Part]
    part: Part
    evidence: list[Evidence]
    linked: dict[int, list[Evidence]]
    guiding_questions: list[GuidingQuestion]
    is_form: bool

    @property
    def previous(self) -> Part | None:
        """The section before."""
        at = self.parts.index(self.part)
        return self.parts[at - 1] if at else None

    @property
    def next(self) -> Part | None:
        """The section after."""
        at = self.parts.index(self.part) + 1
        return self.parts[at] if at < len(self.parts) else None


def self_assessment_of(seat: Seat) -> SelfAssessment:
    """Return the self-assessment of a case.

    Raises NotThere for a case without one.
    """
    held: SelfAssessment | None = getattr(seat.case, "self_assessment", None)
    if held is None:
        raise NotThere
    return held


def can_write(seat: Seat) -> bool:
    """Whether this person may write answers now."""
    return self_assessment_of(seat).is_open and seat.can(Ability.EDIT_SELF_ASSESSMENT)


def can_decide(seat: Seat) -> bool:
    """Whether this person may accept or return the submitted version now."""
    return self_assessment_of(seat).status == S.SUBMITTED and seat.can(Ability.REVIEW_SELF_ASSESSMENT)


def is_reader(seat: Seat) -> bool:
    """Whether this person is one of those for whom it is written: the visiting team."""
    return not sees_host_only(seat) and not seat.is_secretariat


def overview_of(seat: Seat) -> Overview:
    """Put the overview together. Five queries."""
    held = self_assessment_of(seat)
    files = counts_by_section(evidence_for(seat))
    parts = theirs(parts_with_progress(held, seat.case, files), seat.reads)
    total, words = sum(files.values()), status_sentence(seat)
    mine = theirs(parts, seat.writes) if can_write(seat) else []
    return Overview(held, parts, words, total, is_form=can_write(seat), is_reader=is_reader(seat), mine=mine)


def section_of(seat: Seat, position: int) -> SectionPage:
    """Put the page of one section together. Six queries, however many questions it has, and one for links of files.

    Raises NotThere for a number without a section, NotAllowed for a section of which nothing is this person's.
    """
    held = self_assessment_of(seat)
    read = theirs(parts_with_progress(held, seat.case, {}), seat.reads)
    written = theirs(read, seat.writes) if can_write(seat) else []
    part = _at(written, position) or _at(read, position)
    if part is None:
        _refuse_section(seat, position)
    files = section_files(seat, part.section)
    is_form = any(found is part for found in written)
    questions = list(seat.case.guiding_questions.all())
    return SectionPage(held, written if is_form else read, part, files.rows, files.linked, questions, is_form=is_form)


def _at(parts: list[Part], position: int) -> Part | None:
    return next((part for part in parts if part.section.position == position), None)


def _refuse_section(seat: Seat, position: int) -> NoReturn:
    """Say why there is no such section: it is not this person's, or it is not there at all."""
    held = self_assessment_of(seat)
    if not seat.reads.everything and held.question_set.sections.filter(position=position).exists():
        raise NotAllowed(NOT_YOURS, code="not_assigned")
    raise NotThere


def asked_question(seat: Seat, pk: int) -> Question:
    """Return a question of this case's set, with its section.

    Raises NotThere for a question of another set, NotAllowed for one that is not this person's.
    """
    held = self_assessment_of(seat)
    found = Question.objects.select_related("section").filter(pk=pk, section__question_set=held.question_set_id).first()
    if found is None:
        raise NotThere
    seat.require_to_read(found)
    return found


def answer_to(seat: Seat, question: Question) -> Answer:
    """Return the stored answer to a question; an unsaved one with version 0 when nothing was written yet."""
    held = self_assessment_of(seat)
    found = Answer.objects.filter(self_assessment=held, question=question).first()
    return found or Answer(self_assessment=held, question=question, version=0)


def status_sentence(seat: Seat) -> str:
    """Say where the self-assessment stands and who must act, to this person."""
    held = self_assessment_of(seat)
    if held.status == S.ACCEPTED:
        return "Accepted. The review team can read it; nobody has to act."
    if held.status == S.SUBMITTED:
        return _submitted(seat)
    if seat.case.effective_stage in {Stage.DRAFT, Stage.PLANNING}:
        return _early(seat)
    if held.status == S.RETURNED:
        return "Returned for changes: the host city works on it and submits it again."
    return "The host city is writing. The host coordinator submits it when it is complete."


def _submitted(seat: Seat) -> str:
    if Role.LEAD in seat.roles:
        return "Submitted. You decide: accept it, or return sections with a reason."
    return "Submitted. The review lead reads it, and accepts it or returns sections with a reason."


def _early(seat: Seat) -> str:
    if sees_host_only(seat):
        return "You can begin to write. It can be submitted once the review team is confirmed."
    return "The host city can begin to write. It can be submitted once the review team is confirmed."
