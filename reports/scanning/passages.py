"""The words of a composed document, passage by passage, each with the place where a reader finds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from html import unescape
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags

from reports.rendering.model import Chart, Finding, People, Photo, Recommendation
from reports.rendering.places import placed

if TYPE_CHECKING:
    from reports.rendering import DocumentContent
    from reports.rendering.model import Block

_LINKED = re.compile(r'<a [^>]*href="#[fr]\d+"[^>]*>.*?</a>', re.DOTALL)
"""A link to a finding or a recommendation repeats its first words, which are read where they stand in full."""
_END_OF_LINE = re.compile(r"</(?:p|li|h\d|tr|blockquote)>|<br ?/?>")
_END_OF_CELL = re.compile(r"</t[hd]>")
_NO_WORDS = frozenset(
    (
        *("kind", "anchor", "label", "language", "sources", "effort", "when", "zone", "starts", "ends", "number"),
        *("svg", "name", "digest", "url", "findings", "status", "due"),
    )
)
"""Fields that hold no words of anybody, or words that stand elsewhere in full."""
_NOT_READ = (Chart, People, Photo)
"""Pictures, and the table of people who agreed to be in the report. What is said of a photo is read."""
SAYS_NOTHING = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """One block's words. `label` is how people say the place; `about` names the finding or recommendation (f12, r3)."""

    text: str
    chapter: str
    anchor: str
    label: str
    place: str
    heading: str = ""
    about: str = ""


def passages_of(content: DocumentContent) -> Iterator[Passage]:
    """Yield the passages of a document in their order; those without words are left out."""
    for found in placed(replace(content, is_numbered=True)):
        heading = ""
        for place in found.blocks:
            if not place.anchor:
                heading = getattr(place.block, "anchor", "")
            text = words_of(place.block)
            if len(text) > SAYS_NOTHING:
                yield Passage(
                    text=text,
                    chapter=found.chapter.title,
                    anchor=found.chapter.anchor,
                    label=place.label,
                    place=place.anchor,
                    heading=heading,
                    about=place.block.anchor if isinstance(place.block, Finding | Recommendation) else "",
                )


def words_of(block: Block) -> str:
    """Everything that a block says, without marks: lines are kept apart."""
    if isinstance(block, _NOT_READ):
        return "\n".join(filter(None, (block.caption, block.alt))) if isinstance(block, Photo) else ""
    return "\n".join(part for part in _strings(block) if part)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, tuple):
        for item in value:
            yield from _strings(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name == "html":
                yield _shown(str(getattr(value, field.name)))
            elif field.name not in _NO_WORDS:
                yield from _strings(getattr(value, field.name))


def _shown(html: str) -> str:
    """Sanitised HTML as plain lines."""
    lines = _END_OF_CELL.sub(" ", _END_OF_LINE.sub("\n", _LINKED.sub("", html)))
    return "\n".join(" ".join(line.split()) for line in unescape(strip_tags(lines)).splitlines() if line.strip())
