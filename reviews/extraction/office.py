"""Office files are ZIP archives of XML: read with a parser that opens nothing else and expands no entities."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml$")
_MOST_PART = 80 * 1024 * 1024
_MOST_REPEATS = 200
_NO_TEXT = {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls"}


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    """Parse one part: no entities, no network, no document type."""
    entry = archive.getinfo(name)
    if entry.file_size > _MOST_PART:
        raise MemoryError
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(entry), parser)


# --- Word -----------------------------------------------------------------------------------------
def word_paragraphs(path: str) -> Iterator[str]:
    """Yield the paragraphs and the rows of tables of a Word document, in order."""
    with zipfile.ZipFile(path) as archive:
        body = _tree(archive, _word_part(archive)).find(f"{_W}body")
    for block in body if body is not None else ():
        if block.tag == f"{_W}tbl":
            yield "\n".join(_word_rows(block))
        else:
            yield from (_word_text(paragraph) for paragraph in block.iter(f"{_W}p"))


def _word_part(archive: zipfile.ZipFile) -> str:
    """The main part is nearly always here; some programs name it otherwise."""
    names = archive.namelist()
    return next((name for name in names if re.fullmatch(r"word/document\d*\.xml", name)), "word/document.xml")


def _word_rows(table: Any) -> Iterator[str]:
    for row in table.iter(f"{_W}tr"):
        cells = (" ".join(_word_text(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc"))
        yield " | ".join(cell.strip() for cell in cells)


def _word_text(paragraph: Any) -> str:
    """Return the text of a paragraph; what was deleted with tracked changes is not there."""
    parts: list[str] = []
    for piece in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if piece.tag == f"{_W}t":
            parts.append(piece.text or "")
        else:
            parts.append({f"{_W}tab": " ", f"{_W}br": "\n"}.get(piece.tag, "-"))
    return "".join(parts)


# --- Slides ---------------------------------------------------------------------------------------
def slides(path: str) -> Iterator[list[str]]:
    """Yield the paragraphs of each slide, in the order of the slides' numbers."""
    with zipfile.ZipFile(path) as archive:
        found = sorted(
            (int(match[1]), name) for name in archive.namelist() if (match := _SLIDE.match(name)) is not None
        )
        for _number, name in found:
            tree = _tree(archive, name)
            yield ["".join(t.text or "" for t in p.iter(f"{_A}t")) for p in tree.iter(f"{_A}p")]


# --- OpenDocument ---------------------------------------------------------------------------------
def opendocument(path: str) -> Iterator[list[str]]:
    """Yield the paragraphs of a text, of each sheet, or of each slide."""
    with zipfile.ZipFile(path) as archive:
        body = _tree(archive, "content.xml").find(f"{_OFFICE}body")
    content = body[0] if body is not None and len(body) else None
    if content is None:
        return
    if content.tag == f"{_OFFICE}spreadsheet":
        for table in content.iter(f"{_TABLE}table"):
            yield [str(table.get(f"{_TABLE}name") or ""), *_rows(table)]
    elif content.tag == f"{_OFFICE}presentation":
        for page in content.iter(f"{_DRAW}page"):
            yield list(_paragraphs(page))
    else:
        yield list(_paragraphs(content))


def _paragraphs(block: Any) -> Iterator[str]:
    """Yield headings, paragraphs and rows of tables, in order."""
    for child in block:
        if not isinstance(child.tag, str) or child.tag in _NO_TEXT:
            continue
        if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            yield _open_text(child)
        elif child.tag == f"{_TABLE}table":
            yield "\n".join(_rows(child))
        else:
            yield from _paragraphs(child)


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(f"{_TABLE}table-row"):
        cells = (" ".join(_open_text(p) for p in cell.iter(f"{_TEXT}p")) for cell in row.iter(f"{_TABLE}table-cell"))
        if text := " | ".join(cell for cell in cells if cell):
            yield text


def _open_text(paragraph: Any) -> str:
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(int(child.get(f"{_TEXT}c") or 1), _MOST_REPEATS))
        elif child.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            parts.append("\n" if child.tag.endswith("break") else " ")
        elif isinstance(child.tag, str) and child.tag not in _NO_TEXT:
            parts.append(_open_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
