"""Reads the HTML of a document, block by block, and has it written. What is a block is decided by the tag."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from docx.shared import Cm

from people.languages import language_of
from reports.rendering.word import inline, styles
from reports.rendering.word.grid import Grid, grid_of
from reports.rendering.word.inline import Look
from reports.rendering.word.pen import WIDEST_CM, Words, list_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from docx.document import Document as DocxDocument
    from docx.table import _Cell
    from lxml.html import HtmlElement

    from reports.rendering.word.pen import Pen

STYLES = {
    "doc-lead": styles.LEAD,
    "doc-word": styles.LABEL,
    "doc-question": "Heading 3",
    "doc-finding-title": styles.BLOCK_TITLE,
    "doc-recommendation-title": styles.BLOCK_TITLE,
    "doc-response-word": styles.LABEL,
    "doc-callout-title": styles.CALLOUT_TITLE,
    "doc-thought-note": styles.LABEL,
    "doc-rests-on": styles.LABEL,
    "doc-rating": styles.NOTE,
    "doc-meta": styles.NOTE,
    "doc-sources": styles.NOTE,
    "doc-empty": styles.NOTE,
    "doc-small": styles.NOTE,
    "doc-callout": styles.CALLOUT,
    "doc-class": styles.NOTE,
    "doc-edition": styles.NOTE,
    "doc-kind": styles.LABEL,
    "doc-subtitle-label": styles.LABEL,
    "doc-subtitle": "Subtitle",
    "doc-title": "Title",
}
"""Class -> style, of a paragraph or of all paragraphs inside; the first that fits counts."""
SKIPPED = frozenset({"doc-rules", "doc-brand", "doc-contents"})
_HEADINGS = {f"h{level}": max(level - 1, 1) for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one writes: the document or a cell, in which style, how deep in lists, in which language."""

    where: DocxDocument | _Cell
    style: str = "Normal"
    look: Look = Look()  # noqa: RUF009 - frozen
    depth: int = 0
    item: str = ""
    count: int = 0
    is_rtl: bool = False


class Walker:
    """One walk over one document. `figure` writes what is inside a figure; `begins_page`: the next heading does."""

    def __init__(self, pen: Pen, figure: Callable[[Walker, HtmlElement, Place], None]) -> None:
        self.pen, self.figure = pen, figure
        self.anchors: list[str] = []
        self.label = ""
        self.begins_page = False

    def inside(self, element: HtmlElement, place: Place) -> None:
        """Write everything inside an element; words between blocks make paragraphs of their own."""
        loose: list[Words] = list(inline.said(element.text, place.look))
        for child in element:
            if child.tag in inline.BLOCKS or child.tag == "img":
                self._loose(loose, place)
                loose = []
                self.block(child, place)
            else:
                loose += inline.inline(child, place.look)
            loose += inline.said(child.tail, place.look)
        self._loose(loose, place)

    def _loose(self, words: Iterable[Words], place: Place) -> None:
        if told := inline.tidy(words):
            self.write(told, place)

    def block(self, element: HtmlElement, place: Place) -> None:
        """Write one block."""
        classes = (element.get("class") or "").split()
        if SKIPPED & set(classes):
            return
        if element.get("id"):
            self.anchors.append(element.get("id"))
        if "doc-place" in classes:
            self.label = element.find_class("doc-place-number")[0].text_content()
        place = self._turned(element, place)
        place = replace(place, style=next((STYLES[name] for name in classes if name in STYLES), place.style))
        known: dict[str, Callable[[HtmlElement, Place], None]] = {
            "p": self._paragraph,
            "ul": self._list,
            "ol": self._list,
            "table": self._table,
            "figure": self._figure,
            "img": self._figure,
            "pre": self._code,
            "hr": lambda _element, _place: None,
            "blockquote": lambda quote, at: self.inside(quote, replace(at, style="Quote")),
            **dict.fromkeys(_HEADINGS, self._heading),
        }
        write = self._figure if "doc-logo" in classes else known.get(element.tag, self.inside)
        write(element, place)

    def _turned(self, element: HtmlElement, place: Place) -> Place:
        language = element.get("lang")
        if not language:
            return place
        is_rtl = language_of(language).direction == "rtl"
        return replace(place, look=replace(place.look, language=language), is_rtl=is_rtl)

    def write(self, words: list[Words], place: Place) -> Any:
        """Write one paragraph; the first of a list item carries its mark, the first of a place its number."""
        if self.label:
            words = [Words(f"{self.label}  ", bold=True), *words]
        style = list_style(place.item, place.depth) if place.item else place.style
        made = self.pen.paragraph(place.where, style, words, is_rtl=place.is_rtl, anchors=self.anchors)
        if place.item == "Number":
            self.pen.count(made, place.count)
        self.anchors, self.label = [], ""
        return made

    def place_alone(self, place: Place) -> None:
        """Write the number of a place that has no words of its own to stand before."""
        if self.label:
            self.write([], replace(place, style=styles.NOTE, item=""))

    def _figure(self, element: HtmlElement, place: Place) -> None:
        self.figure(self, element, place)

    def _paragraph(self, element: HtmlElement, place: Place) -> None:
        if words := inline.words_in(element, place.look):
            self.write(words, place)

    def _heading(self, element: HtmlElement, place: Place) -> None:
        is_title = place.style == "Title"
        style = place.style if is_title else f"Heading {_HEADINGS[element.tag]}"
        made = self.write(inline.words_in(element, place.look), replace(place, style=style, item=""))
        if self.begins_page and not is_title:
            made.paragraph_format.page_break_before = True
            self.begins_page = False

    def _code(self, element: HtmlElement, place: Place) -> None:
        lines = element.text_content().rstrip("\n").split("\n")
        words = [part for line in lines for part in (Words("", is_break=True), Words(line))][1:]
        self.write(words, replace(place, style=styles.CODE_BLOCK, item=""))

    def _list(self, element: HtmlElement, place: Place) -> None:
        depth = place.depth + 1
        count = self.pen.new_count(depth, int(element.get("start") or 1)) if element.tag == "ol" else 0
        item = "Number" if count else "Bullet"
        for child in element.iterchildren("li"):
            self._item(child, replace(place, depth=depth, item=item, count=count))

    def _item(self, element: HtmlElement, place: Place) -> None:
        """The first paragraph has the mark, whatever stands further below has none."""
        if element.get("id"):
            self.anchors.append(element.get("id"))
        loose: list[Words] = list(inline.said(element.text, place.look))
        at = place
        for child in [*element, None]:
            if child is None or child.tag in inline.BLOCKS:
                if told := inline.tidy(loose):
                    self.write(told, at)
                    at = replace(place, item="Continue")
                loose = []
                if child is not None:
                    is_text = child.tag in {"p", "div"}
                    self.block(child, at if is_text else replace(place, item="Continue"))
                    at = replace(place, item="Continue")
                    loose = list(inline.said(child.tail, place.look))
            else:
                loose += [*inline.inline(child, place.look), *inline.said(child.tail, place.look)]

    def _table(self, element: HtmlElement, place: Place) -> None:
        grid = grid_of(element)
        if not grid.rows:
            return
        if grid.caption is not None and (words := inline.words_in(grid.caption, place.look)):
            self.write(words, replace(place, style="Caption", item="")).paragraph_format.keep_with_next = True
        self.place_alone(place)
        described = "" if grid.caption is None else " ".join(grid.caption.text_content().split())
        made = self.pen.table(place.where, len(grid.rows), grid.width, heads=grid.heads, described=described)
        self._cells(grid, made, place)
        after = self.pen.paragraph(place.where, styles.NOTE, (), is_rtl=place.is_rtl)
        after.paragraph_format.space_after = 0

    def _cells(self, grid: Grid, made: Any, place: Place) -> None:
        shares = grid.shares
        for column, share in zip(made.columns, shares, strict=True):  # LibreOffice reads these, Word those of the cells
            column.width = Cm(share * WIDEST_CM)
        for at, row in enumerate(grid.rows):
            for column, source in enumerate(row):
                cell = made.cell(at, column)
                cell.width = Cm(shares[column] * WIDEST_CM)
                style = styles.CELL_HEAD if source.tag == "th" else styles.CELL
                if at < grid.heads:
                    self.pen.shade(cell)
                inner = self._turned(source, replace(place, where=cell, style=style, item="", depth=0))
                self.inside(source, inner)
                if not cell.paragraphs[0]._p.findall(".//{*}t"):
                    self.pen.dress(cell.paragraphs[0], style)
