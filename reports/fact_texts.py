"""Where the paragraph that a comment quotes stands in the text of its section now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from people.texts import to_html, tokens_of
from reports.models import ReportSection
from reports.queries.places import anchor_of, keys_by_anchor
from reports.rendering.model import RichText
from reports.rendering.places import Placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.models import FactComment


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in the Markdown of a section: lines `first` to `last` (not included)."""

    section: ReportSection
    first: int
    last: int

    @property
    def source(self) -> str:
        """The paragraph as its writer typed it."""
        return "\n".join(_lines(self.section.text)[self.first : self.last])

    def replaced(self, text: str) -> str:
        """Return the section's text with another text for this paragraph, and nothing else changed."""
        lines = _lines(self.section.text)
        return "\n".join([*lines[: self.first], *_lines(text.strip()), *lines[self.last :]])


def section_of(comment: FactComment) -> ReportSection | None:
    """The section in which a commented paragraph stands. Two queries."""
    key = keys_by_anchor(comment.report).get(anchor_of(comment.place))
    rows = ReportSection.objects.filter(report=comment.report, key=key).select_related("updated_by")
    return rows.first()


def paragraph_of(comment: FactComment) -> Paragraph | None:
    """Find the paragraph that still reads as it was quoted; nothing when it reads otherwise, or twice the same."""
    section = section_of(comment)
    if section is None or not comment.quoted:
        return None
    found = [Paragraph(section, *lines) for lines, words in _paragraphs(section.text) if words == comment.quoted]
    return found[0] if len(found) == 1 else None


def _paragraphs(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the lines of each outermost paragraph with its words; those of a heading before it come first."""
    lines = _lines(text)
    heading = ""
    for token in tokens_of(text):
        if token.level or token.map is None or token.nesting < 0:
            continue
        first, last = token.map
        while last > first + 1 and not lines[last - 1].strip():
            last -= 1
        html = to_html("\n".join(lines[first:last]))
        if token.type == "heading_open":
            heading += html
            continue
        yield (first, last), Placed(RichText(heading + html)).text
        heading = ""


def _lines(text: str) -> list[str]:
    """The lines as the reader of Markdown counts them."""
    return text.replace("\r\n", "\n").split("\n")
