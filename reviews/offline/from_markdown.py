"""Markdown into a Word document: what people wrote here becomes what they can go on writing there."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from people.texts import tokens_of
from reviews.offline import look

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run
    from markdown_it.token import Token

_LEVELS = 6
_LOWEST = 5
_BULLETS = "•–▪"
_OURS = 0x43460000
"""The names of our definitions: Word takes those of one name for one."""
_RIGHT_TO_LEFT = {"R", "AL"}


@dataclass(slots=True)
class _List:
    """A list that is being written."""

    number: int
    is_begun: bool = False


@dataclass(slots=True)
class Writer:
    """Writes texts at the end of a document. `style` is that of plain paragraphs, `top` the highest heading."""

    document: DocxDocument
    style: str = look.ANSWER
    top: int = 3

    def write(self, text: str) -> None:
        """Write one text."""
        _Pass(self, tokens_of(text)).run()

    def paragraph(self, style: str, text: str = "") -> Paragraph:
        """Add a paragraph of ours, in the direction of its text."""
        made = self.document.add_paragraph(style=style)
        if text:
            run = made.add_run(text)
            turn(made, run, text)
        return made

    def new_list(self, *, is_ordered: bool, start: int) -> int:
        """Return the number of a new list that counts for itself.

        Each has a definition of its own: of lists that share one, LibreOffice gives every item another number.
        """
        numbering = self.document.part.numbering_part.element
        number = numbering.add_num(_add_definition(numbering, is_ordered=is_ordered, start=start))
        return int(number.numId)


class _Pass:
    """One walk over the tokens of one text."""

    def __init__(self, writer: Writer, tokens: list[Token]) -> None:
        self.writer, self.tokens = writer, tokens
        levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
        self.shift = writer.top - min(levels, default=writer.top)
        self.lists: list[_List] = []
        self.quotes = 0
        self.heading = 0
        self.rows: list[list[Token]] = []

    def run(self) -> None:
        for token in self.tokens:
            step = getattr(self, f"_{token.type}", None)
            if step:
                step(token)

    # --- blocks -----------------------------------------------------------------------------------
    def _heading_open(self, token: Token) -> None:
        self.heading = min(int(token.tag[1]) + self.shift, _LOWEST)

    def _heading_close(self, _: Token) -> None:
        self.heading = 0

    def _bullet_list_open(self, _: Token) -> None:
        self.lists.append(_List(self.writer.new_list(is_ordered=False, start=1)))

    def _ordered_list_open(self, token: Token) -> None:
        start = int(token.attrs.get("start", 1))
        self.lists.append(_List(self.writer.new_list(is_ordered=True, start=start)))

    def _list_item_open(self, _: Token) -> None:
        self.lists[-1].is_begun = False

    def _bullet_list_close(self, _: Token) -> None:
        self.lists.pop()

    _ordered_list_close = _bullet_list_close

    def _blockquote_open(self, _: Token) -> None:
        self.quotes += 1

    def _blockquote_close(self, _: Token) -> None:
        self.quotes -= 1

    def _hr(self, _: Token) -> None:
        self.writer.paragraph(look.RULE)

    def _fence(self, token: Token) -> None:
        made = self.writer.paragraph(look.CODE_BLOCK)
        _write_runs(
            made, [_text_token(token, line) for line in token.content.rstrip("\n").split("\n")], between_lines=True
        )

    _code_block = _fence

    def _inline(self, token: Token) -> None:
        if self.rows:
            self.rows[-1].append(token)
            return
        _write_runs(self._paragraph(), token.children or [])

    def _paragraph(self) -> Paragraph:
        document = self.writer.document
        if self.heading:
            return document.add_paragraph(style=f"Heading {self.heading}")
        if self.lists:
            return self._item()
        return document.add_paragraph(style="Quote" if self.quotes else self.writer.style)

    def _item(self) -> Paragraph:
        """A paragraph of a list: the first of an item has its mark, further ones stand below it."""
        level, current = len(self.lists) - 1, self.lists[-1]
        made = self.writer.document.add_paragraph(style="List Continue" if current.is_begun else "List Paragraph")
        made.paragraph_format.left_indent = None
        if not current.is_begun:
            mark = made._p.get_or_add_pPr().get_or_add_numPr()
            mark.get_or_add_ilvl().val = level
            mark.get_or_add_numId().val = current.number
            current.is_begun = True
        return made

    # --- tables -----------------------------------------------------------------------------------
    def _tr_open(self, _: Token) -> None:
        self.rows.append([])

    def _table_close(self, _: Token) -> None:
        width = max(len(row) for row in self.rows)
        table = self.writer.document.add_table(rows=len(self.rows), cols=width, style="Table Grid")
        for at, row in enumerate(self.rows):
            for cell, token in zip(table.rows[at].cells, row, strict=False):
                _write_runs(cell.paragraphs[0], token.children or [], is_bold=at == 0)
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(OxmlElement("w:tblHeader"))
        self.rows = []


def _text_token(like: Token, text: str) -> Token:
    made = type(like)("text", "", 0)
    made.content = text
    return made


def _write_runs(
    paragraph: Paragraph, tokens: list[Token], *, is_bold: bool = False, between_lines: bool = False
) -> None:
    """Write the runs of one paragraph."""
    on = {"strong": is_bold, "em": False, "s": False}
    link: Any = None
    whole = "".join(token.content for token in tokens)
    for at, token in enumerate(tokens):
        kind, _, end = token.type.rpartition("_")
        if kind in on:
            on[kind] = end == "open" or (kind == "strong" and is_bold)
        elif token.type == "link_open":
            link = _link(paragraph, str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            link = None
        elif token.type in {"softbreak", "hardbreak"}:
            paragraph.add_run().add_break()
        elif token.content:
            if between_lines and at:
                paragraph.add_run().add_break()
            run = paragraph.add_run(token.content, style=look.CODE if token.type == "code_inline" else None)
            run.bold, run.italic, run.font.strike = on["strong"] or None, on["em"] or None, on["s"] or None
            turn(paragraph, run, whole)
            if link is not None:
                _as_link(run)
                link.append(run._r)


def _link(paragraph: Paragraph, address: str) -> Any:
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(made)
    return made


def _as_link(run: Run) -> None:
    run.font.underline = True
    run.font.color.rgb = look.BRAND


def turn(paragraph: Paragraph, run: Run, text: str) -> None:
    """Let a text run from right to left where it begins with such a sign."""
    if runs_left(text):
        properties = paragraph._p.get_or_add_pPr()
        if properties.find(qn("w:bidi")) is None:
            properties.append(OxmlElement("w:bidi"))
        run.font.rtl = True


def runs_left(text: str) -> bool:
    """Whether the first letter of a text belongs to a script that runs from right to left."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in _RIGHT_TO_LEFT | {"L"}), False)


def _add_definition(numbering: Any, *, is_ordered: bool, start: int) -> int:
    """Write the look of one of our lists into the document; returns its number."""
    known = [int(row.get(qn("w:abstractNumId"))) for row in numbering.findall(qn("w:abstractNum"))]
    number = max(known, default=-1) + 1
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{"decimal" if is_ordered else "bullet"}"/>'
        f'<w:lvlText w:val="{f"%{level + 1}." if is_ordered else _BULLETS[level % 3]}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{357 * (level + 1)}" w:hanging="357"/></w:pPr></w:lvl>'
        for level in range(_LEVELS)
    )
    made = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:nsid w:val="{_OURS + number:08X}"/>'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(made)
    else:
        first.addprevious(made)
    return number
