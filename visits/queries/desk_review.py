"""The desk review as one person may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visits.enums import DESK_REQUESTS, DeskKind
from visits.models import DeskItem

if TYPE_CHECKING:
    from reviews.access import Seat
    from visits.models import StudyVisit

_HELP = {
    DeskKind.QUESTION: "Ask what the self-assessment does not tell already.",
    DeskKind.HYPOTHESIS: "What you expect, so that you notice when it is different.",
    DeskKind.PERSON: "The host city reads these and says who can come.",
    DeskKind.PAPER: "The host city reads these and adds the papers.",
}
_TITLES = {
    DeskKind.QUESTION: "Questions to ask",
    DeskKind.HYPOTHESIS: "What we expect to find",
    DeskKind.PERSON: "People we should meet",
    DeskKind.PAPER: "Documents we need",
}
_FOR_HOST = {
    DeskKind.PERSON: (
        "People your critical friends would like to meet",
        "Say who can come, and put it in the programme.",
    ),
    DeskKind.PAPER: ("Documents they ask for", "Add what you can to the evidence, and say where it is."),
}


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One item. `is_late`: written after the desk review was closed."""

    item: DeskItem
    is_own: bool
    is_late: bool

    @property
    def waits(self) -> bool:
        """Whether a request has no answer yet."""
        return self.item.kind in DESK_REQUESTS and not self.item.answer.strip()


@dataclass(frozen=True, slots=True)
class DeskSection:
    """All items of one kind."""

    kind: str
    title: str
    help: str
    entries: tuple[DeskEntry, ...]

    @property
    def is_request(self) -> bool:
        """Whether the host answers here."""
        return self.kind in DESK_REQUESTS


@dataclass(frozen=True, slots=True)
class DeskReview:
    """The sections that a person may read, and how many requests wait for an answer."""

    sections: tuple[DeskSection, ...]
    waiting: int
    count: int


def desk_review(visit: StudyVisit, seat: Seat) -> DeskReview:
    """The desk review for one person: the host reads requests only. One query."""
    kinds = [kind for kind in DeskKind if kind in DESK_REQUESTS or not seat.is_host]
    rows = DeskItem.objects.filter(visit=visit, removed_at=None, kind__in=kinds).select_related(
        "author__city", "answered_by"
    )
    closed = visit.desk_review_closed_at
    entries = [DeskEntry(row, row.author_id == seat.user.pk, bool(closed and row.created_at > closed)) for row in rows]
    return DeskReview(
        sections=tuple(
            DeskSection(kind, *_words(kind, seat), tuple(entry for entry in entries if entry.item.kind == kind))
            for kind in kinds
        ),
        waiting=sum(entry.waits for entry in entries),
        count=len(entries),
    )


def _words(kind: DeskKind, seat: Seat) -> tuple[str, str]:
    """Title and help of a section, as this person reads it."""
    return _FOR_HOST[kind] if seat.is_host else (_TITLES[kind], _HELP[kind])


def removed_item(visit: StudyVisit, number: str) -> DeskItem | None:
    """An item that was just taken out, by the number in the address. One query or none."""
    if not number.isdecimal() or len(number) > 18:  # noqa: PLR2004 - what a database can count
        return None
    return DeskItem.objects.filter(visit=visit, pk=int(number), removed_at__isnull=False).first()
