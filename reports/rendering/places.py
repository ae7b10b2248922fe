"""Numbers the paragraphs of a document, so that the host can say which sentence it means.

A place has an address in the document (`s3-p2`) and a label that people say (`3.2`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from django.utils.html import strip_tags

from reports.rendering.model import Block, Chapter, DocumentContent, Heading, RichText

_END_OF_LINE = re.compile(r"</(p|li|h\d|t[hdr])>|<br>")
_VOID = frozenset({"br", "hr", "col", "img", "wbr"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A block where it stands. Without numbering, and for headings, `anchor` and `label` are empty."""

    block: Block
    anchor: str = ""
    label: str = ""

    @property
    def text(self) -> str:
        """The words of a paragraph, for quoting; empty for blocks that are more than words."""
        html = getattr(self.block, "html", "") or getattr(self.block, "text", "")
        return " ".join(strip_tags(_END_OF_LINE.sub(r"\g<0> ", html)).split())


@dataclass(frozen=True, slots=True)
class PlacedChapter:
    """A chapter with its blocks in their places."""

    chapter: Chapter
    blocks: tuple[Placed, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings that the contents list below the chapter."""
        found = (placed.block for placed in self.blocks if isinstance(placed.block, Heading))
        return tuple(heading for heading in found if heading.level == 3 and heading.anchor)  # noqa: PLR2004 - level 3


def placed(content: DocumentContent) -> tuple[PlacedChapter, ...]:
    """Return the chapters with every block in its place, numbered when the document asks for it."""
    return tuple(
        PlacedChapter(chapter, tuple(_numbered(chapter) if content.is_numbered else map(Placed, chapter.blocks)))
        for chapter in content.chapters
    )


def places(content: DocumentContent) -> dict[str, Placed]:
    """Return every numbered place of a document by its address, in order."""
    numbered = placed(replace(content, is_numbered=True))
    return {place.anchor: place for chapter in numbered for place in chapter.blocks if place.anchor}


def _numbered(chapter: Chapter) -> Iterator[Placed]:
    number = 0
    for block in _paragraphs(chapter):
        if isinstance(block, Heading):
            yield Placed(block)
            continue
        number += 1
        label = f"{chapter.number}.{number}" if chapter.number else str(number)
        yield Placed(block, f"{chapter.anchor}-p{number}", label)


def _paragraphs(chapter: Chapter) -> Iterator[Block]:
    """Split rich texts into their paragraphs; a heading inside a text stays with the paragraph that follows it."""
    for block in chapter.blocks:
        if isinstance(block, RichText):
            yield from (replace(block, html=part) for part in paragraphs_of(block.html))
        else:
            yield block


def paragraphs_of(html: str) -> list[str]:
    """Split sanitised HTML into its outermost elements, headings joined to what they head."""
    splitter = _Splitter(html)
    parts: list[str] = []
    heading = ""
    for tag, part in splitter.parts:
        if tag in {"h2", "h3", "h4", "h5", "h6"}:
            heading += part
            continue
        parts.append(heading + part)
        heading = ""
    return [*parts, heading] if heading else parts


class _Splitter(HTMLParser):
    """Cuts balanced HTML between its outermost elements."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self._html = html
        self._starts = [0]
        for line in html.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._depth = self._from = 0
        self._tag = ""
        self.parts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        self._cut(len(html))

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        """Open an element; an outermost one ends what was before it."""
        if self._depth == 0:
            self._cut(self._here())
            self._tag = tag
        self._depth += tag not in _VOID

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        self._depth -= tag not in _VOID

    def _here(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def _cut(self, end: int) -> None:
        part = self._html[self._from : end].strip()
        if part:
            self.parts.append((self._tag, part))
        self._from = end
