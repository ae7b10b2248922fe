"""One section of the working draft as its page shows it: the chapter, and the pieces that the case gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from people.errors import NotThere
from reports.photos import on_case_pages
from reports.pieces import PieceState, states_in
from reports.rendering import RenderError
from reports.rendering.compose.report import SectionDrawn, section_drawn
from reports.rendering.pages import context_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.models import ReportSection


def drawing_of(row: ReportSection) -> dict[str, Any]:
    """Return what the page of a section needs: the chapter as the templates of documents take it, and the pieces.

    `chapters` is empty while there is nothing to show.
    """
    drawn = _drawn(row)
    states = states_in(row, drawn.pieces)
    own = [state for state in states if state.is_ours or state.given_up]
    return {
        **_shown(row, drawn),
        "pieces": states,
        "pieces_own": own,
        "pieces_given": [state for state in states if state not in own],
        "pieces_open": sum(state.is_open for state in states),
    }


def preview_of(row: ReportSection, text: str | None, words: Mapping[str, str]) -> dict[str, Any]:
    """Return the chapter with what somebody is typing; nothing is stored."""
    return _shown(row, _drawn(row, text=text, words=words))


def piece_state(row: ReportSection, key: str) -> PieceState:
    """Return one piece of a section. Raises NotThere."""
    found = next((state for state in states_in(row, _drawn(row).pieces) if state.key == key), None)
    if found is None:
        raise NotThere
    return found


def _shown(row: ReportSection, drawn: SectionDrawn) -> dict[str, Any]:
    return context_of(on_case_pages(row.report.case, drawn.content))


def _drawn(row: ReportSection, **typed: Any) -> SectionDrawn:
    try:
        return section_drawn(row.report.case_id, row.key, **typed)
    except RenderError as error:
        raise NotThere(error.message) from error
