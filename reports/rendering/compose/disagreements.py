"""What the host sees differently and has printed: in its own words, beside the team's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.texts import plain, to_html
from reports.queries.fact_checks import printed_disagreements
from reports.rendering.compose.words import escaped
from reports.rendering.model import Callout, Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.models import FactComment, Report
    from reports.rendering.model import Block

ANCHOR = "host-differs"
_MOST_SIGNS = 120


def disagreements(report: Report) -> Iterator[Block]:
    """Yield the disagreements that the host has printed, each on what it is about. One query."""
    if found := printed_disagreements(report):
        yield Heading("Where the host sees it differently", anchor=ANCHOR)
        yield from map(_differs, found)


def _differs(comment: FactComment) -> Callout:
    """The comment on the words that it quotes; the answer stands with it once it is given."""
    answer = ""
    if comment.answer:
        said = plain(comment.answer_reason).strip() or str(comment.get_answer_display())
        answer = to_html(f"**Answer of the review team:** {escaped(said)}", top=4)
    title = f"In the host’s own words, on “{_first(comment.quoted)}”" if comment.quoted else "In the host’s own words"
    return Callout(title, to_html(comment.text, top=4) + answer)


def _first(words: str) -> str:
    return words if len(words) <= _MOST_SIGNS else words[:_MOST_SIGNS].rsplit(" ", 1)[0] + " …"
