"""What of a published report can be found by itself: the report, its good practices, its recommendations.

Read from the frozen content only, so that the library says what was published and nothing that was written since.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, is_dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags

from reports.enums import EntryKind
from reports.rendering.model import Chart, DocumentContent, Finding, People, Photo, Recommendation
from reviews.enums import FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE_LENGTH = 200
SUMMARY_LENGTH = 600
_NOT_SAID = frozenset({"kind", "anchor", "language"})
_ENDS = re.compile(r"</(?:p|li|h[1-6]|td|th|tr|blockquote|pre|dd|dt)>|<br\s*/?>", re.IGNORECASE)
_SOURCE = re.compile(r"[fr](\d+)")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that can be found. `paragraphs` is all it says, `source_id` the row of the case it came from."""

    kind: EntryKind
    title: str
    paragraphs: tuple[str, ...]
    anchor: str = ""
    source_id: int | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """The words for lists: what follows the title, or all of them where the title is cut from them."""
        said = self.paragraphs[1:] if self.paragraphs[:1] == (self.title,) else self.paragraphs
        return shortened(" ".join(said), SUMMARY_LENGTH)


def practices_of(content: DocumentContent) -> Iterator[Found]:
    """Yield the good practices in their order, each once."""
    seen: set[str] = set()
    for block in _blocks(content):
        if isinstance(block, Finding) and block.kind == FindingKind.GOOD_PRACTICE and block.anchor not in seen:
            seen |= {block.anchor} - {""}
            lines = lines_of(block.html)
            title = block.title or (lines[0] if lines else block.label)
            yield Found(
                EntryKind.PRACTICE, _titled(title), tuple(lines), block.anchor, _source(block.anchor), _place(block)
            )


def recommendations_of(content: DocumentContent) -> Iterator[Found]:
    """Yield the recommendations in their order, each once, with what is said of whom and when."""
    seen: set[int] = set()
    for block in _blocks(content):
        if isinstance(block, Recommendation) and block.number not in seen:
            seen.add(block.number)
            said = (block.title, *lines_of(block.html), block.reason)
            told = {
                "number": block.number,
                "reason": block.reason,
                "addressee": block.addressee,
                "time_frame": block.when,
                "effort": block.effort,
            }
            details = {name: value for name, value in told.items() if value}
            paragraphs = tuple(line for line in said if line)
            source = _source(block.anchor)
            yield Found(EntryKind.RECOMMENDATION, _titled(block.title), paragraphs, block.anchor, source, details)


def chapters_of(content: DocumentContent, *, names: bool = True) -> Iterator[tuple[str, list[str]]]:
    """Yield the title and the paragraphs of each chapter. Without `names`, lists of people are left out."""
    for chapter in content.chapters:
        blocks = tuple(block for block in chapter.blocks if names or not isinstance(block, People))
        yield chapter.title, list(_said(blocks))


def lines_of(html: str) -> list[str]:
    """Return the paragraphs of a text without its marks."""
    plain = unescape(strip_tags(_ENDS.sub("\n", html)))
    return [" ".join(line.split()) for line in plain.split("\n") if line.strip()]


def shortened(text: str, length: int) -> str:
    """Return a text that ends at a word before `length` characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:–") + " …"


def _blocks(content: DocumentContent) -> Iterator[Any]:
    for chapter in content.chapters:
        yield from chapter.blocks


def _place(block: Finding) -> dict[str, Any]:
    return {"site": block.site} if block.site else {}


def _titled(text: str) -> str:
    return shortened(text, TITLE_LENGTH)


def _source(anchor: str) -> int | None:
    found = _SOURCE.fullmatch(anchor)
    return int(found[1]) if found else None


def _said(value: Any) -> Iterator[str]:
    """Yield every text of a block; addresses, pictures and names of kinds are not texts."""
    if isinstance(value, str):
        yield from lines_of(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _said(item)
    elif is_dataclass(value) and not isinstance(value, Chart | Photo):
        for part in fields(value):
            if part.name not in _NOT_SAID:
                yield from _said(getattr(value, part.name))
