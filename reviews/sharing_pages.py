"""What the pages about the shared work show: who writes what, how far everybody is, who signed off which section."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reviews.queries.assignments import Writer, assignments_of, names_by_section, work_of, writers_of
from reviews.queries.earlier import earlier_of
from reviews.queries.self_assessments import Item, Part, parts_of
from reviews.queries.signatures import Stand, stands_of
from reviews.self_assessment_pages import can_write, self_assessment_of
from reviews.talk_pages import talk_of

if TYPE_CHECKING:
    from reviews.access import Seat
    from reviews.models import SelfAssessment
    from reviews.self_assessment_pages import SectionPage


@dataclass(frozen=True, slots=True)
class Free:
    """A section of which something was not given to anybody: all of it, or some questions."""

    part: Part
    items: list[Item]

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the section was given to anybody."""
        return len(self.items) == len(self.part.items)


@dataclass(frozen=True, slots=True)
class Branch:
    """One section in the list to tick: who writes the section as a whole, and who single questions."""

    part: Part
    names: list[str]
    questions: list[tuple[Item, list[str]]]


@dataclass(frozen=True, slots=True)
class WhoWrites:
    """The page of the host coordinator."""

    held: SelfAssessment
    parts: list[Part]
    writers: list[Writer]

    @property
    def busy(self) -> list[Writer]:
        """The people to whom something was given."""
        return [writer for writer in self.writers if writer.work]

    @property
    def idle(self) -> list[Writer]:
        """The contributors to whom nothing was given: they see no question."""
        return [writer for writer in self.writers if not writer.work and writer.is_contributor]

    @property
    def free(self) -> list[Free]:
        """What was not given to anybody."""
        given = {item.question.pk for writer in self.writers for item in writer.items}
        found = [Free(part, [item for item in part.items if item.question.pk not in given]) for part in self.parts]
        return [free for free in found if free.items]

    @property
    def tree(self) -> list[Branch]:
        """Sections and questions to tick, with the names of those who write them."""
        return [
            Branch(
                part,
                [w.user.name for w in self.writers if any(x.row.section_id == part.section.pk for x in w.work)],
                [(item, self._names_at(item)) for item in part.items],
            )
            for part in self.parts
        ]

    def _names_at(self, item: Item) -> list[str]:
        return [w.user.name for w in self.writers if any(x.row.question_id == item.question.pk for x in w.work)]


def who_writes(seat: Seat) -> WhoWrites:
    """Put the page together. Five queries, however many people and questions there are."""
    held = self_assessment_of(seat)
    parts = parts_of(held, seat.case)
    return WhoWrites(held, parts, writers_of(seat.case, held, parts))


@dataclass(frozen=True, slots=True)
class Sharing:
    """What the host sees of its own work beside the sections; nothing of it for anybody else."""

    writers: list[Writer] = field(default_factory=list)
    names: dict[int, list[str]] = field(default_factory=dict)
    stands: dict[int, Stand] = field(default_factory=dict)
    signs: frozenset[int] = frozenset()
    is_host: bool = False
    is_empty_share: bool = False


def sharing_of(seat: Seat, parts: list[Part]) -> Sharing:
    """How the work is shared, for the host's own people; a contributor sees their own share and nobody else's.

    No query for others; for the host three, for a contributor one.
    """
    if not seat.is_host:
        return Sharing()
    held = self_assessment_of(seat)
    stands = stands_of(held, [part for part in parts if seat.reads.covers_section(part.section.pk)])
    writes = can_write(seat)
    signs = frozenset(p.section.pk for p in parts if writes and seat.writes.covers_section(p.section.pk))
    if not seat.reads_whole:
        return Sharing(stands=stands, signs=signs, is_host=True, is_empty_share=not seat.is_assigned)
    writers = [writer for writer in writers_of(seat.case, held, parts) if writer.work or writer.is_contributor]
    return Sharing(writers, names_by_section(writers, parts), stands, signs, is_host=True)


def my_work(seat: Seat) -> Writer | None:
    """What this person was given, while something of it is open. Four queries."""
    held = self_assessment_of(seat)
    rows = [row for row in assignments_of(held) if row.user_id == seat.user.pk]
    work = work_of(rows, parts_of(held, seat.case))
    mine = Writer(seat.user, seat.role_words, is_contributor=not seat.reads_whole, work=work)
    return mine if mine.open else None


def around_section(seat: Seat, page: SectionPage) -> dict[str, Any]:
    """What stands around the questions of a form: comments, what the earlier review left, how the section stands.

    Five queries, one more for a repeat review, and three more where the earlier recommendations are asked for.
    """
    questions = [item.question for item in page.part.items]
    section = page.part.section
    whole = seat.writes.covers_section(section.pk)
    return {
        "talk": talk_of(seat, questions),
        "earlier": earlier_of(seat.case, questions),
        "stand": stands_of(page.held, [page.part])[section.pk] if whole else None,
    }
