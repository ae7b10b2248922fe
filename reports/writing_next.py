"""What comes next in writing a report together, in sentences, with who must act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from people.errors import Reason
from people.templatetags.words import counted, due
from reports.enums import SectionStatus
from reports.pieces import open_pieces
from reports.queries.writing import lines_of
from reviews.enums import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.models import Report
    from reports.queries.writing import Line
    from reviews.access import Seat

LEADERS = f"{Role.LEAD.label} or {Role.RAPPORTEUR.label.lower()}"


def writing_of(seat: Seat, report: Report) -> dict[str, Any]:
    """The context of the sections on the report's page: nothing for the host.

    Four queries, and those of composing where the team has words of its own.
    """
    lines = lines_of(report) if seat.is_team else []
    if not seat.is_team or not report.is_open:
        return {"lines": lines, "to_do": [], "open_pieces": []}
    return {"lines": lines, "to_do": next_in_writing(seat, lines), "open_pieces": open_pieces(seat.case)}


def next_in_writing(seat: Seat, lines: list[Line]) -> list[Reason]:
    """What stands between the sections and a draft that can be sent. No query."""
    found = [*_without_owner(seat, lines), *_late(seat, lines), *_writing(seat, lines)]
    return [*found, *_commented(seat, lines), *_to_read(seat, lines)]


def _address(seat: Seat, line: Line) -> str:
    return reverse("reports:section", args=(seat.case.slug, line.row.key))


def _titles(lines: list[Line]) -> str:
    """One title, two titles, or a number."""
    names = [f"“{line.row.title}”" for line in lines]
    return " and ".join(names) if len(names) <= 2 else counted(len(names), "section")  # noqa: PLR2004 - more are counted


def _without_owner(seat: Seat, lines: list[Line]) -> Iterator[Reason]:
    free = [line for line in lines if line.row.owner is None and line.is_unfinished]
    if free:
        verb = "has" if len(free) == 1 else "have"
        yield Reason(f"{_titles(free)} {verb} no owner yet", LEADERS, reverse("reports:share", args=(seat.case.slug,)))


def _late(seat: Seat, lines: list[Line]) -> Iterator[Reason]:
    for line in lines:
        if line.is_late and line.row.owner:
            words = f"“{line.row.title}” is {due(line.row.due)}"
            yield Reason(words, line.row.owner.name, _address(seat, line))


def _writing(seat: Seat, lines: list[Line]) -> Iterator[Reason]:
    owners: dict[str, list[Line]] = {}
    for line in lines:
        if line.is_unfinished and not line.is_late and line.row.owner:
            owners.setdefault(line.row.owner.name, []).append(line)
    for name, theirs in owners.items():
        verb = "is" if len(theirs) == 1 else "are"
        yield Reason(f"{_titles(theirs)} {verb} not ready to be read yet", name, _address(seat, theirs[0]))


def _commented(seat: Seat, lines: list[Line]) -> Iterator[Reason]:
    for line in lines:
        if line.comments:
            who = line.row.owner.name if line.row.owner else LEADERS
            words = f"{counted(line.comments, 'open comment')} of the team on “{line.row.title}”"
            yield Reason(words, who, f"{_address(seat, line)}#comments")


def _to_read(seat: Seat, lines: list[Line]) -> Iterator[Reason]:
    ready = [line for line in lines if line.row.status == SectionStatus.TO_READ]
    if ready:
        verb = "waits" if len(ready) == 1 else "wait"
        yield Reason(f"{_titles(ready)} {verb} to be read and agreed", LEADERS, _address(seat, ready[0]))
