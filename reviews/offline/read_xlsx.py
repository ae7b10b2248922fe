"""What a filled spreadsheet form says: by its hidden marks, or by the heads of its columns and the questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from reviews.offline.brought import Brought, Filled, cleaned
from reviews.offline.words import FIELDS, column_named, is_ours
from reviews.offline.xlsx_form import FIELDS_AT

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from reviews.offline.matching import Matcher

_MOST_ROWS, _MOST_COLUMNS = 2000, 40
_HEADS_WITHIN = 30


def read_xlsx(content: bytes, matcher: Matcher, tick: Callable[[], None]) -> Filled:
    """Read a spreadsheet form."""
    book = load_workbook(BytesIO(content), data_only=False, keep_links=False, rich_text=True)
    filled = Filled(case_mark=str(book.properties.identifier or ""))
    for sheet in book.worksheets:
        if columns := _columns(sheet, matcher):
            for row in _rows(sheet):
                tick()
                _Row(row, columns, matcher, filled).read()
        elif sheet.sheet_state == "visible":
            _keep_sheet(sheet, filled, str(book.properties.subject or ""))
    filled.questions_seen = len(filled.answers)
    return filled


def _keep_sheet(sheet: Worksheet, filled: Filled, review: str) -> None:
    """Keep what somebody wrote on a sheet of their own."""
    texts = (said(cell) for row in _rows(sheet) for cell in row)
    filled.keep(
        "\n".join(text for text in texts if text not in {"", review} and not is_ours(text, at_front=True)), sheet.title
    )


def _rows(sheet: Worksheet) -> Iterator[tuple[Any, ...]]:
    yield from sheet.iter_rows(max_row=min(sheet.max_row, _MOST_ROWS), max_col=min(sheet.max_column, _MOST_COLUMNS))


def _columns(sheet: Worksheet, matcher: Matcher) -> dict[str, int]:
    """Which column holds what: by the heads, in whatever language; where they are gone, as the form was made."""
    is_marked = False
    for number, row in enumerate(_rows(sheet)):
        found = {name: at for at, cell in enumerate(row) if (name := column_named(said(cell)))}
        if "answer" in found and number < _HEADS_WITHIN:
            return found
        is_marked = is_marked or any(matcher.anchored(said(cell)) is not None for cell in row[:1])
    return {name: at - 1 for name, at in FIELDS_AT.items()} if is_marked else {}


class _Row:
    """One row of a sheet."""

    def __init__(self, cells: tuple[Any, ...], columns: dict[str, int], matcher: Matcher, filled: Filled) -> None:
        self.cells, self.columns, self.matcher, self.filled = cells, columns, matcher, filled

    def read(self) -> None:
        """Put what the row says to its question; keep what belongs to none."""
        question = self._question()
        if question is None:
            self._keep_loose()
            return
        where = f"Question {self.matcher.questions[question].number}"
        brought = self.filled.answers.setdefault(question, Brought())
        for field in FIELDS:
            self._take(brought, field, where)
        for at, cell in enumerate(self.cells):
            if at not in self.columns.values():
                self._keep_beside(at, where)
            if cell.comment:
                self.filled.keep(cell.comment.text, f"Comment at {where.lower()}")

    def _take(self, brought: Brought, field: str, where: str) -> None:
        cell = self._cell(field)
        if cell is None:
            return
        if cell.data_type == "f":
            self.filled.keep(f"A formula stands here instead of a text: {cell.value}", where)
            return
        text = cleaned(said(cell))
        if field in {"rating", "trend"}:
            self.filled.choose(brought, field, text, where)
            return
        name = "text" if field == "answer" else field
        before = getattr(brought, name)
        setattr(brought, name, "\n\n".join(filter(None, (before, text))) if text != before else before)

    def _keep_beside(self, at: int, where: str) -> None:
        """Keep what somebody wrote into a column of their own."""
        text = said(self.cells[at])
        if self.matcher.anchored(text) is None:
            self.filled.keep(text, where)

    def _question(self) -> int | None:
        """By the mark, wherever it stands; else by number and words."""
        for cell in self.cells:
            if (found := self.matcher.anchored(said(cell))) is not None:
                return found
        number = said(self._cell("number"))
        text = said(self._cell("question"))
        return self.matcher.asked(text, number=int(number) if number.isdigit() else None) if text else None

    def _keep_loose(self) -> None:
        written = [said(self._cell(field)) for field in FIELDS]
        if any(column_named(text) for text in written):
            return
        self.filled.keep("\n".join(text for text in written if text), said(self._cell("question"))[:80])

    def _cell(self, name: str) -> Any:
        at = self.columns.get(name)
        return self.cells[at] if at is not None and at < len(self.cells) else None


def said(cell: Any) -> str:
    """Return the text of a cell; bold and italic words in it as Markdown."""
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, CellRichText):
        return "".join(_marked(piece) for piece in value).strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _marked(piece: str | TextBlock) -> str:
    if isinstance(piece, str):
        return piece
    mark = ("**" if piece.font.b else "") + ("*" if piece.font.i else "")
    text = piece.text
    inner = text.strip()
    if not mark or not inner:
        return text
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{head}{mark}{inner}{mark[::-1]}{tail}"
