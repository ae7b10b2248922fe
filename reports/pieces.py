"""How the team's words for pieces of the report stand beside what the case gives now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from reports.queries.pieces import pieces_of, pieces_used_in
from reports.rendering.compose.report import pieces_drawn
from reviews.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.models import PieceText, PieceVersion, ReportSection
    from reports.rendering.compose.words import Piece
    from reviews.differences import Piece as Run
    from reviews.models import Case


@dataclass(frozen=True, slots=True)
class PieceState:
    """One piece of a section: what the case gives now (`drawn`, nothing when its source is gone), and our words."""

    key: str
    label: str
    drawn: Piece | None
    row: PieceText | None

    @property
    def anchor(self) -> str:
        """Its address on the page of the section."""
        return anchor_of(self.key)

    @property
    def seen(self) -> str:
        """Stands for what the case gives, as the person saw it who decides."""
        return digest(self.drawn.drawn) if self.drawn else ""

    @property
    def is_ours(self) -> bool:
        """Whether the report shows the team's words."""
        return self.row is not None and self.row.is_used

    @property
    def is_gone(self) -> bool:
        """Whether the case has nothing any more that these words stand for."""
        return self.drawn is None

    @property
    def is_changed(self) -> bool:
        """Whether the case gives something else than when the words were taken over or last looked at."""
        return bool(self.is_ours and self.row and self.drawn and not same(self.row.base, self.drawn.drawn))

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look."""
        return self.is_changed or (self.is_ours and self.is_gone)

    @property
    def changes(self) -> list[Run]:
        """What the case changed since, word by word."""
        return differences(self.row.base, self.drawn.drawn) if self.row and self.drawn else []

    @property
    def rewording(self) -> list[Run]:
        """How our words differ from those of the case, word by word."""
        return differences(self.drawn.drawn, self.row.text) if self.row and self.drawn else []

    @property
    def given_up(self) -> PieceText | None:
        """Words of ours that are not used any more and that the case does not say."""
        row = self.row
        is_other = row is not None and not row.is_used and row.text.strip() != ""
        return row if is_other and not (self.drawn and row and same(row.text, self.drawn.drawn)) else None

    @property
    def earlier(self) -> list[PieceVersion]:
        """Words that were there before, newest first."""
        return list(self.row.versions.all()) if self.row else []


@dataclass(frozen=True, slots=True)
class Open:
    """A piece whose case has changed: which, in which section, and where to look at it."""

    section: ReportSection
    label: str
    is_gone: bool
    url: str


def states_in(section: ReportSection, drawn: Iterable[Piece]) -> list[PieceState]:
    """Every piece of a section in its order, those whose source is gone at the end. Two queries."""
    rows = {row.key: row for row in pieces_of(section.report)}
    here = {piece.key: piece for piece in drawn}
    states = [PieceState(key, piece.label, piece, rows.get(key)) for key, piece in here.items()]
    gone = (row for row in rows.values() if row.section_id == section.pk and row.key not in here)
    return [*states, *(PieceState(row.key, row.label, None, row) for row in gone)]


def open_pieces(case: Case) -> list[Open]:
    """Return the pieces of a report at which somebody has to look. One query where no words were taken over."""
    rows = pieces_used_in(case)
    if not rows:
        return []
    now = {piece.key: piece for piece in pieces_drawn(case.pk)}
    states = (
        PieceState(row.key, now[row.key].label if row.key in now else row.label, now.get(row.key), row) for row in rows
    )
    return [_open(case, state) for state in states if state.is_open]


def _open(case: Case, state: PieceState) -> Open:
    assert state.row is not None  # noqa: S101 - only what is ours can be open
    section = state.row.section
    url = f"{reverse('reports:section', args=(case.slug, section.key))}#{state.anchor}"
    return Open(section, state.label, state.is_gone, url)


def anchor_of(key: str) -> str:
    """The address of a piece on the page of its section."""
    return f"piece-{key.replace(':', '-')}"


def digest(text: str) -> str:
    """A short name of a text."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever white space stands around them."""
    return one.strip() == other.strip()
