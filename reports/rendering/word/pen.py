"""Writes paragraphs, lists, tables and pictures at the end of a Word document or of a cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from reports.rendering.word import styles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document as DocxDocument
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

DEEPEST = 3
WIDEST_CM = 16.0
_RIGHT_TO_LEFT = {"R", "AL"}


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of one look. `is_break` starts a new line instead."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""
    language: str = ""
    is_break: bool = False


class Pen:
    """One document that is being written. `is_rtl`: whether it runs from right to left; `tint`: of heads of columns."""

    def __init__(self, document: DocxDocument, *, is_rtl: bool, tint: str = styles.TINT) -> None:
        self.document, self.is_rtl, self.tint = document, is_rtl, tint
        self._marks: dict[str, str] = {}
        self._styles: dict[str, str | None] = {}

    # --- paragraphs -------------------------------------------------------------------------------
    def paragraph(
        self,
        where: DocxDocument | _Cell,
        style: str,
        words: Iterable[Words],
        *,
        is_rtl: bool,
        anchors: Iterable[str] = (),
    ) -> Paragraph:
        """Add a paragraph; an empty first one of a cell is taken."""
        made = self._room(where)
        self.dress(made, style)
        if is_rtl:
            turn(made)
        for anchor in anchors:
            self._bookmark(made, anchor)
        for part in words:
            self._write(made, part)
        return made

    def dress(self, paragraph: Paragraph, style: str) -> None:
        """Give a paragraph its style. Each is looked up once: python-docx goes through all of them every time."""
        if style not in self._styles:
            self._styles[style] = self.document.styles.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)
        paragraph._p.style = self._styles[style]

    def _room(self, where: DocxDocument | _Cell) -> Paragraph:
        last = where.paragraphs[-1] if where is not self.document and where.paragraphs else None
        is_free = last is not None and len(where.paragraphs) == 1 and last._p.find(qn("w:pPr")) is None
        return last if last is not None and is_free and not last.runs else where.add_paragraph()

    def _write(self, paragraph: Paragraph, words: Words) -> None:
        if words.is_break:
            paragraph.add_run().add_break()
            return
        run = paragraph.add_run(words.text, style=styles.CODE if words.code else styles.LINK if words.link else None)
        run.bold, run.italic, run.font.strike = words.bold or None, words.italic or None, words.strike or None
        if runs_left(words.text):
            run.font.rtl = True
            run.font.cs_bold, run.font.cs_italic = run.bold, run.italic
        if words.language:
            _say_language(run, words)
        if words.link:
            self._link(paragraph, words.link).append(run._r)

    def _link(self, paragraph: Paragraph, address: str) -> Any:
        made = OxmlElement("w:hyperlink")
        if address.startswith("#"):
            made.set(qn("w:anchor"), self.mark(address[1:]))
        else:
            made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(made)
        return made

    def mark(self, anchor: str) -> str:
        """Return the name of a bookmark: Word takes forty letters, digits and underscores."""
        if anchor not in self._marks:
            self._marks[anchor] = f"m{len(self._marks) + 1}_{re.sub(r'[^A-Za-z0-9]', '_', anchor)}"[:40]
        return self._marks[anchor]

    def _bookmark(self, paragraph: Paragraph, anchor: str) -> None:
        name = self.mark(anchor)
        number = name[1:].partition("_")[0]
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            made = OxmlElement(tag)
            made.set(qn("w:id"), number)
            if tag == "w:bookmarkStart":
                made.set(qn("w:name"), name)
            paragraph._p.append(made)

    # --- lists ------------------------------------------------------------------------------------
    def new_count(self, depth: int, start: int) -> int:
        """Return the number of a new ordered list that counts for itself, in the look of its style."""
        style = self.document.styles[f"List Number{_end(depth)}"]
        numbering = self.document.part.numbering_part.element
        told = style.element.find(f".//{qn('w:numId')}").get(qn("w:val"))
        known = next(row for row in numbering.findall(qn("w:num")) if row.get(qn("w:numId")) == told)
        made = numbering.add_num(int(known.find(qn("w:abstractNumId")).get(qn("w:val"))))
        made.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(made.numId)

    def count(self, paragraph: Paragraph, number: int) -> None:
        """Make a paragraph the next item of an ordered list."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number

    # --- tables -----------------------------------------------------------------------------------
    def table(self, where: DocxDocument | _Cell, rows: int, columns: int, *, heads: int, described: str) -> Table:
        """Add a table whose first rows are repeated on every page; no row breaks across pages."""
        made = self.document.add_table(rows, columns) if where is self.document else where.add_table(rows, columns)
        made.style = self.document.styles["Table Grid"]
        properties = made._tbl.tblPr
        if self.is_rtl:
            properties.append(OxmlElement("w:bidiVisual"))
        for at, row in enumerate(made.rows):
            told = row._tr.get_or_add_trPr()
            told.append(OxmlElement("w:cantSplit"))
            if at < heads:
                told.append(OxmlElement("w:tblHeader"))
        if described:
            caption = OxmlElement("w:tblCaption")
            caption.set(qn("w:val"), described)
            properties.append(caption)
        return made

    def shade(self, cell: _Cell) -> None:
        """Mark the head of a column."""
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", self.tint)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)

    # --- pictures ---------------------------------------------------------------------------------
    def picture(self, where: DocxDocument | _Cell, content: bytes, alt: str, *, width_cm: float) -> None:
        """Add a picture with its description."""
        made = self.paragraph(where, "Normal", (), is_rtl=self.is_rtl)
        made.paragraph_format.keep_with_next = True
        shape = made.add_run().add_picture(BytesIO(content), width=Cm(min(width_cm, WIDEST_CM)))
        shape._inline.docPr.set("descr", alt)


def turn(paragraph: Paragraph) -> None:
    """Let a paragraph run from right to left."""
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:bidi")) is None:
        properties.append(OxmlElement("w:bidi"))


def runs_left(text: str) -> bool:
    """Whether the first letter of a text belongs to a script that runs from right to left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in _RIGHT_TO_LEFT | {"L"}), False)


def list_style(kind: str, depth: int) -> str:
    """The style of a list at a depth that counts from 1; deeper ones look like the third."""
    return f"List {kind}{_end(depth)}"


def _end(depth: int) -> str:
    return f" {min(depth, DEEPEST)}" if depth > 1 else ""


def _say_language(run: Run, words: Words) -> None:
    made = OxmlElement("w:lang")
    made.set(qn("w:bidi" if runs_left(words.text) else "w:val"), styles.region_of(words.language))
    run._r.get_or_add_rPr().append(made)
