"""What the pages of one section show beside its text: whose it is, how far, who is writing, what the team says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from people.errors import NotAllowed, NotThere
from people.texts import word_count
from reports.enums import SectionStatus
from reports.permissions import may_write
from reports.queries.locks import other_writer, writer_of
from reports.queries.reports import section_in
from reports.queries.writing import comments_in, is_late
from reviews.differences import Piece, differences
from reviews.permissions import Ability

if TYPE_CHECKING:
    from datetime import datetime

    from people.models import User
    from reports.models import ReportSection
    from reviews.access import Seat

NOT_FOR_HOST = "This is the team’s own work on the report. You read the draft when it is sent to you."


def section_of_team(seat: Seat, key: str) -> ReportSection:
    """One section, for the team alone. Raises NotAllowed for the host, NotThere."""
    if not seat.is_team:
        raise NotAllowed(NOT_FOR_HOST)
    report = getattr(seat.case, "report", None)
    if report is None:
        raise NotThere("The report of this review has not been started.")
    return section_in(report, key)


@dataclass(frozen=True, slots=True)
class Move:
    """A status that this person can set now, and the words of its button."""

    status: str
    label: str
    is_main: bool = False


def moves_for(seat: Seat, row: ReportSection) -> list[Move]:
    """What this person can say of a section now."""
    is_filled = bool(row.text.strip() or row.draws)
    found: list[Move] = []
    if may_write(seat, row):
        if row.status in {SectionStatus.OPEN, SectionStatus.WRITING} and is_filled:
            found.append(Move(SectionStatus.TO_READ, "It is ready to be read"))
        elif row.status == SectionStatus.TO_READ:
            found.append(Move(SectionStatus.WRITING, "Write on"))
        elif row.status == SectionStatus.AGREED:
            found.append(Move(SectionStatus.TO_READ, "Take the agreement back"))
    is_begun = row.status in {SectionStatus.WRITING, SectionStatus.TO_READ}
    if seat.can(Ability.AGREE_SECTION) and is_begun and is_filled:
        found.insert(0, Move(SectionStatus.AGREED, "Agree", is_main=row.status == SectionStatus.TO_READ))
    return found


def desk_of(seat: Seat, row: ReportSection, *, was: str = "") -> dict[str, Any]:
    """The context of `_section_desk.html`. `was` is the status that the page showed before. No query."""
    return {
        "seat": seat,
        "row": row,
        "is_late": is_late(row),
        "words": word_count(row.text),
        "moves": moves_for(seat, row),
        "fell_back": was == SectionStatus.AGREED and row.status == SectionStatus.TO_READ,
    }


def beside_section(seat: Seat, row: ReportSection) -> dict[str, Any]:
    """The context of everything beside the text of a section. One query."""
    said = comments_in(row)
    writer = other_writer(row, seat.user)
    return {
        **desk_of(seat, row),
        "may_write": may_write(seat, row),
        "writer": writer,
        "said_open": [comment for comment in said if comment.resolved_at is None],
        "said_settled": [comment for comment in said if comment.resolved_at is not None],
        "client_id": uuid4(),
    }


def presence_of(seat: Seat, row: ReportSection) -> dict[str, Any]:
    """What a page hears at each sign of life: who is writing, and what has moved since."""
    writer = writer_of(row)
    told = writer and {"name": writer.name, "since": row.locked_since, "is_me": writer.pk == seat.user.pk}
    return {
        "writer": told,
        "version": row.version,
        "status": row.status,
        "comments": row.comments.filter(resolved_at=None).count(),
    }


# --- Versions --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Kept:
    """A state of the text in the list. `number` is that of the save; the first is what stands now."""

    number: int
    text: str
    by: User | None
    at: datetime
    note: str
    is_now: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return word_count(self.text)

    @property
    def label(self) -> str:
        """How a choice names it."""
        return f"Version {self.number}, what stands now" if self.is_now else f"Version {self.number}"


@dataclass(frozen=True, slots=True)
class Versions:
    """What is kept of a section, newest first; the difference between two; and one to read, when asked for."""

    rows: list[Kept]
    old: int | None
    new: int | None
    pieces: list[Piece]
    read: Kept | None


def versions_of(row: ReportSection, old: int | None, new: int | None, read: int | None) -> Versions:
    """Put the page of versions together; without numbers the last two are compared. One query.

    Raises NotThere for a number that was not kept.
    """
    kept = {found.number: found for found in row.versions.select_related("by")}
    note = kept.pop(row.version).note if row.version in kept else ""
    rows = [Kept(row.version, row.text, row.updated_by, row.updated_at, note, is_now=True)]
    rows += [Kept(found.number, found.text, found.by, found.at, found.note) for found in kept.values()]
    texts = {found.number: found for found in rows}
    if {old, new, read} - {None} - texts.keys():
        raise NotThere
    newer = new if new is not None else rows[0].number
    older = old if old is not None else next((found.number for found in rows if found.number != newer), None)
    pieces = differences(texts[older].text, texts[newer].text) if older is not None else []
    return Versions(rows, older, newer, pieces, texts[read] if read is not None else None)
