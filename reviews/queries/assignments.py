"""Who writes what, and how far each person is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from reviews.enums import STAGES_AT_REST, QuestionCondition, Rating, Role, SelfAssessmentStatus
from reviews.models import Answer, Assignment, Membership, Question

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from people.models import User
    from reviews.models import Case, SelfAssessment
    from reviews.queries.self_assessments import Item, Part

WRITERS = (Role.HOST_COORDINATOR, Role.HOST_SPONSOR, Role.HOST_CONTRIBUTOR)
_everything = Q(section__isnull=True, question__isnull=True)
_WRITING = (SelfAssessmentStatus.DRAFT, SelfAssessmentStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class Work:
    """One assignment with the questions that it covers, as they are asked now."""

    row: Assignment
    items: list[Item]

    @property
    def label(self) -> str:
        """What is to be written, in words."""
        if self.row.section:
            return f"{self.row.section.position}. {self.row.section.title}"
        return f"Question {self.row.question.number}: {self.row.question.text}" if self.row.question else "Everything"

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to be answered."""
        return any(is_open_in(self.row, item) for item in self.items)

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and something is open."""
        return self.row.due is not None and self.row.due < timezone.localdate() and self.is_open


@dataclass(slots=True)
class Writer:
    """Somebody of the host city with what they write."""

    user: User
    roles: str
    is_contributor: bool
    work: list[Work] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """Each question that they were given, once."""
        return _in_order(item for work in self.work for item in work.items)

    @property
    def answered(self) -> int:
        """How many of their questions are answered."""
        return sum(item.answer.is_given for item in self.items)

    @property
    def open(self) -> list[Item]:
        """What they still have to answer."""
        return _in_order(item for work in self.work for item in work.items if is_open_in(work.row, item))

    @property
    def due(self) -> date | None:
        """The first day by which something of it is due and open."""
        return min((work.row.due for work in self.work if work.row.due and work.is_open), default=None)

    @property
    def is_late(self) -> bool:
        """Whether something is late."""
        return any(work.is_late for work in self.work)


def _in_order(items: Iterable[Item]) -> list[Item]:
    """Each question once, by its number."""
    return sorted({item.question.pk: item for item in items}.values(), key=lambda item: item.question.number)


def is_open_in(row: Assignment, item: Item) -> bool:
    """Whether a question is still to be answered: a required one, or one that was given on its own."""
    return not item.answer.is_given and (item.question.is_required or row.question_id == item.question.pk)


def _covers(row: Assignment, item: Item) -> bool:
    if row.section_id or row.question_id:
        return item.question.section_id == row.section_id or item.question.pk == row.question_id
    return True


def assignments_of(held: SelfAssessment) -> QuerySet[Assignment]:
    """All assignments of a self-assessment with what they are about, in the order of the questions."""
    found = Assignment.objects.filter(self_assessment=held).select_related("section", "question__section", "user")
    place = Coalesce("section__position", "question__section__position", 0)
    return found.order_by(place, F("question__number").asc(nulls_first=True), "pk")


def work_of(rows: Iterable[Assignment], parts: Iterable[Part]) -> list[Work]:
    """Put assignments and questions together. No query."""
    items = [item for part in parts for item in part.items]
    return [Work(row, [item for item in items if _covers(row, item)]) for row in rows]


def writers_of(case: Case, held: SelfAssessment, parts: list[Part]) -> list[Writer]:
    """Everybody of the host city who can write, with what they were given. Two queries."""
    writers: dict[int, Writer] = {}
    memberships = Membership.objects.filter(case=case, role__in=WRITERS, user__is_active=True).select_related("user")
    for found in memberships.order_by("user__name", "user_id", "pk"):
        writer = writers.setdefault(found.user_id, Writer(found.user, "", is_contributor=False))
        writer.roles = ", ".join(filter(None, (writer.roles, found.get_role_display())))
        writer.is_contributor |= found.role == Role.HOST_CONTRIBUTOR
    for work in work_of(assignments_of(held), parts):
        if work.row.user_id in writers:
            writers[work.row.user_id].work.append(work)
    return list(writers.values())


def names_by_section(writers: Iterable[Writer], parts: Iterable[Part]) -> dict[int, list[str]]:
    """Who writes in each section, by the id of the section. No query."""
    found: dict[int, list[str]] = defaultdict(list)
    for writer in writers:
        touched = {item.question.section_id for item in writer.items}
        for part in parts:
            if part.section.pk in touched:
                found[part.section.pk].append(writer.user.name)
    return found


def given_sections(held: SelfAssessment) -> dict[int, str]:
    """The names of the contributors to whom whole sections were given, by the id of the section. One query."""
    contributors = Membership.objects.filter(
        case=OuterRef("self_assessment__case"), user=OuterRef("user"), role=Role.HOST_CONTRIBUTOR
    )
    rows = Assignment.objects.filter(Exists(contributors), self_assessment=held, section__isnull=False)
    found: dict[int, list[str]] = defaultdict(list)
    for section_id, name in rows.order_by("pk").values_list("section", "user__name"):
        found[section_id].append(name)
    return {section_id: ", ".join(names) for section_id, names in found.items() if section_id}


# --- Open work, found by the database --------------------------------------------------------------
def open_assignments() -> QuerySet[Assignment]:
    """The assignments of which something is not answered, in self-assessments that are being written.

    Only of people who still have a role there. Questions that depend on others do not count.
    """
    is_given = ~Q(text="") | (Q(rating=Rating.NOT_APPLICABLE) & ~Q(rating_reason=""))
    given = Answer.objects.filter(
        is_given, self_assessment=OuterRef(OuterRef("self_assessment")), question=OuterRef("pk")
    )
    asked = Question.objects.filter(
        ~Exists(given),
        section__question_set=OuterRef("self_assessment__question_set"),
        condition=QuestionCondition.ALWAYS,
    )
    theirs = Q(pk=OuterRef("question")) | Q(section=OuterRef("section"), is_required=True)
    still_there = Membership.objects.filter(
        case=OuterRef("self_assessment__case"), user=OuterRef("user"), role__in=WRITERS
    )
    return Assignment.objects.filter(
        Exists(asked.filter(theirs)) | (_everything & Q(Exists(asked.filter(is_required=True)))),
        Exists(still_there),
        ~Q(self_assessment__case__stage__in=STAGES_AT_REST),
        self_assessment__status__in=_WRITING,
        user__is_active=True,
    )
