"""From the inside of an HTML element to words of one look each, with white space as a browser shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.rendering.word.pen import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "ul",
        "ol",
        "li",
        "table",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "hr",
        "nav",
        "dl",
        "dt",
        "dd",
    ]
)
_LINES = frozenset({"doc-slot-line", "doc-slot-person", "doc-slot-title"})
"""Spans that stand on a line of their own."""
_APART = frozenset({"doc-trend", "doc-rating-reason", "doc-single"})
"""Spans that a sign sets apart where the PDF has room between them."""
_ROWS = frozenset({"doc-meta", "doc-sources", "doc-edition"})
_SILENT = frozenset({"doc-place-number", "doc-scale", "doc-dot"})
_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Look:
    """How words look inside the elements around them."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""
    language: str = ""


def words_in(element: HtmlElement, look: Look) -> list[Words]:
    """Return everything that is said inside an element; blocks inside it are left out."""
    return tidy(_inside(element, look))


def tidy(words: Iterable[Words]) -> list[Words]:
    """Leave one space between words, and none at the ends of lines."""
    told: list[Words] = []
    for part in words:
        if part.is_break:
            _strip_end(told)
            told.append(part)
            continue
        text = _SPACE.sub(" ", part.text)
        if not told or told[-1].is_break or told[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            told.append(replace(part, text=text))
    _strip_end(told)
    while told and told[-1].is_break:
        told.pop()
    while told and told[0].is_break:
        told.pop(0)
    return told


def _strip_end(told: list[Words]) -> None:
    while told and not told[-1].is_break:
        text = told[-1].text.rstrip(" ")
        if text:
            told[-1] = replace(told[-1], text=text)
            return
        told.pop()


def _inside(element: HtmlElement, look: Look) -> Iterator[Words]:
    yield from said(element.text, look)
    for child in element:
        yield from inline(child, look)
        yield from said(child.tail, look)


def said(text: str | None, look: Look) -> Iterator[Words]:
    """Yield plain text in a look."""
    if text:
        yield Words(text, look.bold, look.italic, look.strike, look.code, look.link, look.language)


def inline(element: HtmlElement, look: Look) -> Iterator[Words]:
    """Yield what one element inside a paragraph says."""
    classes = set((element.get("class") or "").split())
    if not isinstance(element.tag, str) or element.tag in BLOCKS or classes & _SILENT:
        return
    if element.tag == "br":
        yield Words("", is_break=True)
        return
    if classes & _LINES:
        yield Words("", is_break=True)
    elif classes & _APART or _is_apart(element):
        yield from said(" · ", look)
    yield from _inside(element, _changed(element, look))


def _is_apart(element: HtmlElement) -> bool:
    """Whether it is one of several facts in a row."""
    row = element.getparent()
    if row is None or element.tag != "span" or not _ROWS & set((row.get("class") or "").split()):
        return False
    return any(isinstance(before.tag, str) for before in element.itersiblings(preceding=True))


def _changed(element: HtmlElement, look: Look) -> Look:
    tag = element.tag
    if tag in {"strong", "b"}:
        look = replace(look, bold=True)
    elif tag in {"em", "i"}:
        look = replace(look, italic=True)
    elif tag in {"s", "del"}:
        look = replace(look, strike=True)
    elif tag == "code":
        look = replace(look, code=True)
    elif tag == "a" and element.get("href"):
        look = replace(look, link=element.get("href"))
    return replace(look, language=element.get("lang")) if element.get("lang") else look
