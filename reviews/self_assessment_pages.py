"""What the pages of the self-assessment show to one person: put together from queries and abilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.errors import NotThere
from reviews.enums import Role, SelfAssessmentStatus, Stage
from reviews.evidence_access import evidence_for, sees_host_only
from reviews.models import Question
from reviews.permissions import Ability
from reviews.queries.evidence import counts_by_section
from reviews.queries.self_assessments import parts_with_progress

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
        asked = (part for part in self.returned if not part.is_reworked)
        return next(asked, None) or next((part for part in self.parts if not part.is_complete), None)


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section with its neighbours."""

    held: SelfAssessment
    parts: list[Part]
    part: Part
    evidence: list[Evidence]
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
    files = counts_by_section(seat.case, counts_host_only=sees_host_only(seat))
    parts = parts_with_progress(held, seat.case, files)
    total, words = sum(files.values()), status_sentence(seat)
    return Overview(held, parts, words, total, is_form=can_write(seat), is_reader=is_reader(seat))


def section_of(seat: Seat, position: int) -> SectionPage:
    """Put the page of one section together. Six queries, however many questions it has.

    Raises NotThere for a number without a section.
    """
    held = self_assessment_of(seat)
    parts = parts_with_progress(held, seat.case, {})
    part = next((part for part in parts if part.section.position == position), None)
    if part is None:
        raise NotThere
    evidence = list(evidence_for(seat).filter(section=part.section))
    return SectionPage(held, parts, part, evidence, list(seat.case.guiding_questions.all()), is_form=can_write(seat))


def asked_question(seat: Seat, pk: int) -> Question:
    """Return a question of this case's set, with its section.

    Raises NotThere for a question of another set.
    """
    held = self_assessment_of(seat)
    found = Question.objects.select_related("section").filter(pk=pk, section__question_set=held.question_set_id).first()
    if found is None:
        raise NotThere
    return found


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
