"""One reader for each kind of file: a path goes in, the texts of its pages or parts come out one after the other.

A reader first yields how many there will be (0 when it cannot know), then the texts. It imports its library itself:
the other kinds do without.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from reviews.extraction.cleaning import clean, in_parts, unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENCODINGS = ("utf-8-sig", "cp1252")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def _pdf(path: str) -> Iterator[int | str]:
    import pypdfium2  # noqa: PLC0415 - the other kinds do without

    with closing(pypdfium2.PdfDocument(path)) as document:
        yield len(document)
        for index in range(len(document)):
            with closing(document[index]) as page, closing(page.get_textpage()) as text:
                yield _without_number(unwrapped(clean(text.get_text_range())), index + 1)


def _without_number(text: str, number: int) -> str:
    """Leave out the page's own number where it stands alone in the last line: it would be quoted."""
    words, _, last = text.rpartition("\n")
    return words.rstrip() if words and last == str(number) else text


def _word(path: str) -> Iterator[int | str]:
    from reviews.extraction.office import word_paragraphs  # noqa: PLC0415 - the other kinds do without

    yield 0
    yield from in_parts(word_paragraphs(path))


def _open_text(path: str) -> Iterator[int | str]:
    from reviews.extraction.office import opendocument  # noqa: PLC0415 - the other kinds do without

    yield 0
    yield from in_parts(text for page in opendocument(path) for text in page)


def _open_pages(path: str) -> Iterator[int | str]:
    from reviews.extraction.office import opendocument  # noqa: PLC0415 - the other kinds do without

    pages = [clean("\n".join(page)) for page in opendocument(path)]
    yield len(pages)
    yield from pages


def _slides(path: str) -> Iterator[int | str]:
    from reviews.extraction.office import slides  # noqa: PLC0415 - the other kinds do without

    pages = [clean("\n".join(page)) for page in slides(path)]
    yield len(pages)
    yield from pages


def _sheets(path: str) -> Iterator[int | str]:
    from openpyxl import load_workbook  # noqa: PLC0415 - the other kinds do without

    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        yield 0
        for sheet in book.worksheets:
            rows = (_row(cells) for cells in sheet.iter_rows(values_only=True))
            yield from in_parts(_grouped(sheet.title, rows))


def _row(cells: tuple[object, ...]) -> str:
    return " | ".join(str(cell) for cell in cells if cell is not None)


def _grouped(title: str, rows: Iterator[str], size: int = 20) -> Iterator[str]:
    """Yield rows together, so that a table does not fall apart into paragraphs of one line."""
    held = [title] if title else []
    for row in rows:
        if row.strip():
            held.append(row)
        if len(held) >= size:
            yield "\n".join(held)
            held = []
    if held:
        yield "\n".join(held)


def _table(path: str) -> Iterator[int | str]:
    import csv  # noqa: PLC0415 - the other kinds do without

    yield 0
    text = _decoded(path)
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    csv.field_size_limit(1_000_000)
    rows = csv.reader(text.splitlines(), delimiter=sign)
    yield from in_parts(_grouped("", (_row(tuple(cells)) for cells in rows)))


def _plain(path: str) -> Iterator[int | str]:
    yield 0
    yield from in_parts(_decoded(path).replace("\r\n", "\n").split("\n\n"))


def _decoded(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - a child that imports little
        content = file.read()
    if content.startswith(_WIDE):
        return content.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


READERS: dict[str, Callable[[str], Iterator[int | str]]] = {
    ".pdf": _pdf,
    ".docx": _word,
    ".odt": _open_text,
    ".ods": _open_pages,
    ".odp": _open_pages,
    ".pptx": _slides,
    ".xlsx": _sheets,
    ".csv": _table,
    ".txt": _plain,
}
