"""A Word document as a row of blocks: paragraphs, items of lists and tables, each with where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from reviews.offline.inline import Runs, markdown_of, plain_of
from reviews.offline.lists import Lists, Mark

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_PARAGRAPH, _TABLE, _CONTROL = qn("w:p"), qn("w:tbl"), qn("w:sdt")
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADINGS = {"title": 1, **{f"heading {level}": level for level in range(1, 10)}}


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document. `tags` are those of the content controls around it, `names` its bookmarks."""

    kind: str
    markdown: str
    plain: str
    style: str = ""
    heading: int = 0
    mark: Mark | None = None
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    pictures: int = 0


@dataclass(slots=True)
class Reader:
    """Walks through a document. `tick` is called for each block, so that a long one shows signs of life."""

    document: DocxDocument
    tick: Callable[[], None]
    runs: Runs = field(init=False)
    lists: Lists = field(init=False)
    styles: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.runs = Runs(self.document.part, notes_of(self.document))
        self.lists = Lists(self.document)
        self.styles = {style.style_id: style for style in self.document.styles}

    def blocks(self) -> Iterator[Block]:
        """Yield every block of the text, in order."""
        yield from self._inside(self.document.element.body, ())

    def _inside(self, element: Any, tags: tuple[str, ...]) -> Iterator[Block]:
        names: tuple[str, ...] = ()
        for child in element:
            self.tick()
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child, tags, names)
                names = ()
            elif child.tag == _TABLE:
                yield from self._table(child, tags)
            elif child.tag == _CONTROL:
                yield from self._control(child, tags)
            elif child.tag == qn("w:bookmarkStart"):
                names += (child.get(qn("w:name")) or "",)
            elif child.tag in {qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:sdtContent")}:
                yield from self._inside(child, tags)

    def _control(self, control: Any, tags: tuple[str, ...]) -> Iterator[Block]:
        """What stands in a content control, unless that is only its invitation to write."""
        properties = control.find(qn("w:sdtPr"))
        tag = properties.find(qn("w:tag")) if properties is not None else None
        if properties is not None and properties.find(qn("w:showingPlcHdr")) is not None:
            return
        inner = tags if tag is None else (*tags, tag.get(qn("w:val")) or "")
        for content in control.findall(qn("w:sdtContent")):
            yield from self._inside(content, inner)

    def _paragraph(self, paragraph: Any, tags: tuple[str, ...], names: tuple[str, ...]) -> Iterator[Block]:
        segments = self.runs.segments(paragraph)
        inner = tuple(mark.get(qn("w:name")) or "" for mark in paragraph.iter(qn("w:bookmarkStart")))
        style = self._style(paragraph)
        mark = self.lists.mark_of(paragraph, style)
        name = (style.name or "").lower() if style is not None else ""
        heading = self._heading(style)
        yield Block(
            kind="rule" if name == "form rule" else "code" if name == "form code block" else "paragraph",
            markdown=plain_of(segments) if name == "form code block" else markdown_of(segments, is_head=bool(heading)),
            plain=plain_of(segments),
            style=name,
            heading=heading,
            mark=mark,
            tags=(*tags, *_tags_inside(paragraph)),
            names=names + inner,
            pictures=_pictures(paragraph),
        )
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(parent.tag == _ALTERNATIVE for parent in box.iterancestors()):
                yield from self._inside(box, tags)

    def _style(self, paragraph: Any) -> Any:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.styles.get(named.get(qn("w:val"))) if named is not None else None

    @staticmethod
    def _heading(style: Any) -> int:
        while style is not None:
            if level := _HEADINGS.get((style.name or "").lower()):
                return level
            style = style.base_style
        return 0

    def _table(self, table: Any, tags: tuple[str, ...]) -> Iterator[Block]:
        rows = [self._cells(row) for row in table.iter(qn("w:tr")) if _owner(row) is table]
        width = max((len(row) for row in rows), default=0)
        if width == 1:  # a frame around a text, not a table
            for cell in table.iter(qn("w:tc")):
                if _owner(cell) is table:
                    yield from self._inside(cell, tags)
            return
        lines = [
            [self._said(cell, is_head=at == 0) for cell in row] + [""] * (width - len(row))
            for at, row in enumerate(rows)
        ]
        if not any(any(line) for line in lines):
            return
        lines.insert(1, ["---"] * width)
        text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        yield Block("table", text, text, tags=tags, pictures=_pictures(table))

    @staticmethod
    def _cells(row: Any) -> list[Any]:
        """The cells of a row; None where a cell goes on."""
        found: list[Any] = []
        for cell in row.iter(qn("w:tc")):
            if next(cell.iterancestors(qn("w:tr"))) is not row:
                continue
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            found += [
                None if goes_on else cell,
                *[None] * (int(span.get(qn("w:val"), "1")) - 1 if span is not None else 0),
            ]
        return found

    def _said(self, cell: Any, *, is_head: bool) -> str:
        if cell is None:
            return ""
        texts = (
            markdown_of(self.runs.segments(paragraph), in_table=True, is_head=is_head)
            for paragraph in cell.iter(_PARAGRAPH)
        )
        return " ".join(text for text in texts if text)


def _owner(element: Any) -> Any:
    """The table in which a row or a cell stands."""
    return next(element.iterancestors(_TABLE))


def _tags_inside(paragraph: Any) -> tuple[str, ...]:
    """The tags of the fields in a line."""
    return tuple(tag.get(qn("w:val")) or "" for tag in paragraph.iter(qn("w:tag")))


def _pictures(element: Any) -> int:
    return sum(1 for _ in element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))


def notes_of(document: DocxDocument) -> dict[str, str]:
    """The footnotes and endnotes of a document by kind and id."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - here only

    found: dict[str, str] = {}
    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if kind in {"footnotes", "endnotes"} and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            for note in root.iter(qn(f"w:{kind[:-1]}")):
                text = "".join(piece.text or "" for piece in note.iter(qn("w:t"))).strip()
                if text:
                    found[f"{kind[:-1]}{note.get(qn('w:id'))}"] = text
    return found


def joined(blocks: list[Block]) -> str:
    """Return the Markdown of blocks that follow each other."""
    parts: list[str] = []
    before: Block | None = None
    for block in (replace(block, markdown=_headed(block)) for block in blocks):
        if not block.markdown and block.kind != "rule":
            continue
        close = before is not None and before.mark and block.mark
        parts.append("" if before is None else "\n" if close else "\n\n")
        parts.append(_written(block, before))
        before = block
    return "".join(parts)


def _headed(block: Block) -> str:
    return f"{'#' * min(block.heading, 6)} {block.markdown}" if block.heading and block.markdown else block.markdown


def _written(block: Block, before: Block | None) -> str:
    if block.kind == "rule":
        return "***"
    if block.kind == "code":
        return f"```\n{block.markdown}\n```"
    if block.mark is not None:
        return block.mark.before(block.markdown)
    if block.style == "list continue" and before is not None and before.mark is not None:
        return before.mark.below(block.markdown)
    if block.style in {"quote", "intense quote"}:
        return "\n".join(f"> {line}" for line in block.markdown.split("\n"))
    return block.markdown
