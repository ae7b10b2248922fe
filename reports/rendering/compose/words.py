"""The team's own words for what the case gives: which pieces there are, and a data sheet written as a text.

A piece is a text of the case that the report shows: a finding, a reason, the data sheet. Whoever draws it asks
`Words.said` for the words, and puts them where the case's own would stand: in the same card, with the same kind,
sources and links.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from people.texts import to_html, tokens_of
from reports.rendering.model import Fact, Facts, RichText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.token import Token

_SIGNS = "\\`*_[]<>~|"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: `drawn` is what the case gives now, as Markdown; `label` says what it is."""

    key: str
    label: str
    drawn: str


@dataclass(slots=True)
class Words:
    """What the team says instead, by key, and the pieces that were drawn so far."""

    taken: Mapping[str, str]
    pieces: list[Piece] = field(default_factory=list)

    def said(self, key: str, drawn: str, label: str) -> str:
        """Return the words of a piece that is drawn here. Empty words are none: the case's own stand there."""
        if all(piece.key != key for piece in self.pieces):
            self.pieces.append(Piece(key, label, drawn))
        return self.mentioned(key, drawn)

    def mentioned(self, key: str, drawn: str) -> str:
        """Return the words of a piece that is drawn elsewhere."""
        words = self.taken.get(key, "")
        return words if words.strip() else drawn


def escaped(words: str) -> str:
    """Keep words from being read as Markdown."""
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in words)


def text_of_facts(facts: Facts) -> str:
    """Write a data sheet as a list: one line a fact, its term in bold."""
    lines = (f"- **{escaped(fact.term)}:** {_indented(escaped(fact.value))}" for fact in facts.rows)
    return "\n".join(lines)


def facts_of_text(text: str, caption: str = "") -> Facts | RichText:
    """Read a data sheet from a text. What is no list of bold terms any more is shown as the text that it is."""
    tokens = [token for token in tokens_of(text) if token.type not in _FRAME]
    rows = [_fact(token) for token in tokens]
    facts = tuple(row for row in rows if row is not None)
    if not facts or len(facts) < len(rows):
        return RichText(to_html(text))
    return Facts(facts, caption)


_FRAME = frozenset(
    {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "paragraph_open", "paragraph_close"}
)


def _fact(token: Token) -> Fact | None:
    """`**Term:** value` in a list, or nothing. Marks in the value are left out: a cell holds plain words."""
    parts = [part for part in token.children or [] if part.type != "text" or part.content]
    kinds = [part.type for part in parts]
    if token.type != "inline" or token.level <= 1 or kinds[:1] != ["strong_open"]:
        return None
    end = kinds.index("strong_close")
    term = _words(parts[1:end]).strip().removesuffix(":")
    return Fact(term, _words(parts[end + 1 :]).strip().removeprefix(":").strip()) if term else None


def _words(parts: list[Token]) -> str:
    return "".join("\n" if part.type in {"softbreak", "hardbreak"} else part.content for part in parts)


def _indented(value: str) -> str:
    return value.replace("\n", "\n  ")
