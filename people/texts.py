"""The texts that people write: Markdown in, safe HTML or plain text out.

Two locks, one after the other: the Markdown parser takes no HTML at all, and what it makes is sanitised against
a list of allowed elements. Pictures are left out: the page would load them from a stranger's server.
"""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {
    *("p", "br", "strong", "em", "s", "a", "code", "pre", "blockquote", "hr"),
    *("ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "th": {"scope"}}
_SCHEMES = {"http", "https", "mailto"}
_LOWEST_HEADING = 6
_DEEPEST = 12
"""Emphasis, strokes and links inside one another."""
MOST_COLUMNS = 40
"""Of a table: four millimetres each on a page. Word takes 63, and laying out thousands takes minutes."""
_BLANK_LINES = re.compile(r"\n{3,}")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """The one parser: CommonMark without HTML and pictures, with tables; a new line stays a new line."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    return parser.enable(["table", "strikethrough"]).disable(["image"])


def tokens_of(text: str) -> list[Token]:
    """What a text consists of, for whoever writes it into something else than a page."""
    return _parser().parse(text)


def to_html(text: str, *, top: int = 3) -> str:
    """Sanitised HTML of one Markdown text.

    `top` is the level (2 to 6) that the text's highest heading gets, so that the page keeps one order of headings.
    Of a table with more than `MOST_COLUMNS` the first ones are shown, and a sentence says so.
    """
    tokens = _not_too_wide(_parser().parse(text))
    _move_headings(tokens, top)
    return _safe_html(tokens)


def as_written(text: str) -> str:
    """Sanitised HTML of one Markdown text with its headings as they were typed: what the editor shows."""
    return _safe_html(_parser().parse(text))


def _safe_html(tokens: list[Token]) -> str:
    """Render, and let through only what is on the lists above."""
    parser = _parser()
    for token in tokens:
        if token.children:
            token.children = _not_too_deep(token.children)
    return nh3.clean(
        parser.renderer.render(tokens, parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def _not_too_deep(tokens: list[Token]) -> list[Token]:
    """Leave out emphasis in emphasis in emphasis: two thousand asterisks would be too deep for whoever lays it out."""
    depth, kept = 0, []
    for token in tokens:
        depth += token.nesting == 1
        if token.nesting == 0 or depth <= _DEEPEST:
            kept.append(token)
        depth -= token.nesting == -1
    return kept


def _not_too_wide(tokens: list[Token]) -> list[Token]:
    """Leave out the columns of a table that no page can hold, and say so below it. The text itself keeps them."""
    kept: list[Token] = []
    column = widest = 0
    for token in tokens:
        if token.type == "table_open":
            widest = 0
        elif token.type == "tr_open":
            column = 0
        elif token.type in {"th_open", "td_open"}:
            column += 1
            widest = max(widest, column)
        if column <= MOST_COLUMNS or token.type == "tr_close":
            kept.append(token)
        if token.type == "tr_close":
            column = 0
        elif token.type == "table_close" and widest > MOST_COLUMNS:
            said = f"This table has {widest:,} columns: the first {MOST_COLUMNS} are shown."
            kept += _parser().parse(f"{said} The rest is better added as a file.")
    return kept


def _move_headings(tokens: list[Token], top: int) -> None:
    """Shift all headings so that the highest of the text becomes `top`, and give column heads their scope."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = top - min(levels, default=top)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + shift, _LOWEST_HEADING)}"
        elif token.type == "th_open":
            token.attrSet("scope", "col")


def plain(text: str) -> str:
    """The words of a Markdown text without its marks: paragraphs are kept apart by an empty line."""
    parts: list[str] = []
    for token in _parser().parse(text):
        if token.type == "inline":
            parts.append("".join(_inline_text(child) for child in token.children or []))
        elif token.type in {"fence", "code_block"}:
            parts.append(token.content)
        elif token.type in {"paragraph_close", "heading_close", "tr_close"}:
            parts.append("\n\n")
        elif token.type in {"th_close", "td_close"}:
            parts.append(" ")
    return _BLANK_LINES.sub("\n\n", "".join(parts)).strip()


def _inline_text(token: Token) -> str:
    """What one inline token shows to a reader."""
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return token.content


def word_count(text: str) -> int:
    """How many words a text has: runs between white space that hold a letter or digit (as static/js/counter.js)."""
    return sum(run[0].isalnum() or any(map(str.isalnum, run)) for run in text.split())
