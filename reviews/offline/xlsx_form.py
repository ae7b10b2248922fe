"""The form as a spreadsheet: one row a question, the questions locked (without a password), the answers open."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from reviews.offline.plan import Asked, Form
    from reviews.offline.words import Words

COLUMNS = ("key", "number", "question", "help", "answer", "rating", "reason", "trend")
FIELDS_AT = {name: at for at, name in enumerate(COLUMNS, start=1)}
LOCKED = 4
"""The first so many columns are ours."""
MOST_SIGNS = 32_000
"""What a cell can hold, and a little less."""
_WIDTHS = (4, 6, 44, 44, 72, 18, 40, 18)
_FACE = "Calibri"
_ABOUT_WIDTH, _TALL = 100, 26.0
_HEAD = 4
_INK, _MUTED, _BRAND = "1D2A33", "4B5861", "0F5257"
_TINT, _SUNKEN = PatternFill("solid", fgColor="E1EFED"), PatternFill("solid", fgColor="F2EEE6")
_LINE = Border(bottom=Side("thin", color="DDD6CA"), right=Side("thin", color="DDD6CA"))
_TOP = Alignment(wrap_text=True, vertical="top")
_OPEN = Protection(locked=False)


def xlsx_form(form: Form) -> bytes:
    """Return the form as the bytes of a spreadsheet."""
    book = Workbook()
    book.properties.title, book.properties.subject = form.title, form.review
    book.properties.identifier, book.properties.language = form.case_mark, form.words.language
    book.properties.creator, book.properties.keywords = "Critical Friend", form.question_set
    sheet = book.worksheets[0]
    sheet.title = _sheet_name(form.words["answer"])
    _about(book.create_sheet(_sheet_name(form.words["about"])), form)
    _lists(book.create_sheet("Lists"), form.words)
    _head(sheet, form)
    last = _rows(sheet, form)
    _menus(sheet, form.words, last)
    _shape(sheet, form)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(cell: Cell | MergedCell, text: str | int) -> None:
    """Write a text as a text: nothing that begins with `=`, `+`, `-` or `@` is ever worked out."""
    if isinstance(text, int):
        cell.value = text
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.number_format = "@"
    if text[:1] in {"=", "+", "-", "@"}:
        cell.quotePrefix = True


def _sheet_name(text: str) -> str:
    return text[:31]


def _about(sheet: Worksheet, form: Form) -> None:
    words = form.words
    lines = [words.say("deadline", day=words.day(form.deadline))] if form.deadline else []
    lines += [words.say("contact", contact=form.contact)] if form.contact else []
    lines += [words["how_sheet"], *words.many("how")[2:], "", words["secrecy"], *words.many("secret")]
    for at, line in enumerate([form.title, form.review, form.lede, *lines], start=1):
        cell = sheet.cell(at, 1)
        put(cell, line)
        cell.alignment = _TOP
        cell.font = Font(name=_FACE, bold=at == 1 or line == words["secrecy"], size=16 if at == 1 else 11, color=_INK)
        sheet.row_dimensions[at].height = _TALL if at == 1 else _room([(line, _ABOUT_WIDTH)], least=1)
    sheet.column_dimensions["A"].width = _ABOUT_WIDTH
    _print_on_one_width(sheet)
    sheet.protection.enable()


def _lists(sheet: Worksheet, words: Words) -> None:
    for column, labels in enumerate((words.rating_labels, words.trend_labels), start=1):
        for at, label in enumerate(labels, start=1):
            put(sheet.cell(at, column), label)
    sheet.sheet_state = "hidden"


def _head(sheet: Worksheet, form: Form) -> None:
    for at, (text, size) in enumerate(((form.title, 16), (form.lede, 11), (form.words["how_sheet"], 11)), start=1):
        cell = sheet.cell(at, 2)
        put(cell, text)
        cell.font = Font(name=_FACE, bold=at == 1, size=size, color=_BRAND if at == 1 else _MUTED)
    for at, name in enumerate(COLUMNS, start=1):
        cell = sheet.cell(_HEAD, at)
        put(cell, form.words[name] if name != "key" else name)
        cell.font, cell.fill = Font(name=_FACE, bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_BRAND)
        cell.alignment = _TOP


def _rows(sheet: Worksheet, form: Form) -> int:
    """Write a band a section and a row a question; returns the number of the last row."""
    row = _HEAD
    for section in form.sections:
        row += 1
        put(sheet.cell(row, 2), f"{section.position}. {section.title}")
        for column in range(1, len(COLUMNS) + 1):
            sheet.cell(row, column).fill = _TINT
        sheet.cell(row, 2).font = Font(name=_FACE, bold=True, size=13, color=_BRAND)
        for asked in section.questions:
            row += 1
            _row(sheet, row, asked, form.words)
    return row


def _row(sheet: Worksheet, row: int, asked: Asked, words: Words) -> None:
    limit = words.say("most_words", number=asked.max_words) if asked.max_words else ""
    optional = "" if asked.is_required else words["optional"]
    answer = asked.answer
    text = answer.text if answer else ""
    too_long = words["long"] if len(text) > MOST_SIGNS else ""
    values: dict[str, str | int] = {
        "key": asked.anchor,
        "number": asked.number,
        "question": asked.text,
        "help": "\n".join(
            line for line in (asked.help_text, *asked.prompts, limit, optional, too_long) if line.strip()
        ),
        "answer": "" if too_long else text,
    }
    if asked.is_rated and answer:
        reason = answer.rating_reason if len(answer.rating_reason) <= MOST_SIGNS else ""
        values |= {"rating": words.rating(answer.rating), "reason": reason, "trend": words.trend(answer.trend)}
    for name, column in FIELDS_AT.items():
        cell = sheet.cell(row, column)
        if value := values.get(name):
            put(cell, value)
        is_open = name == "answer" or (column > LOCKED and asked.is_rated)
        cell.alignment, cell.border = _TOP, _LINE
        cell.font = Font(name=_FACE, color=_MUTED if name in {"help", "number"} else _INK, bold=name == "question")
        if is_open:
            cell.protection, cell.number_format = _OPEN, "@"
        elif column > LOCKED:
            cell.fill = _SUNKEN
    sheet.row_dimensions[row].height = _height(values)


def _height(values: dict[str, str | int]) -> float:
    """Room for the longest of the texts beside each other: no program measures this for a file that it did not make."""
    names = ("question", "help", "answer", "reason")
    return _room([(str(values.get(name, "")), _WIDTHS[FIELDS_AT[name] - 1]) for name in names], least=4)


def _room(texts: list[tuple[str, int]], *, least: int) -> float:
    """The height of a row for texts in columns so wide, in points."""
    lines = (sum(1 + len(line) // int(width * 1.05) for line in text.split("\n")) for text, width in texts)
    return min(409.0, 15.0 * max(least, *lines) + 6)


def _menus(sheet: Worksheet, words: Words, last: int) -> None:
    """Lists to choose from; any other text is told, not refused."""
    for name, column, count in (
        ("rating", "A", len(words.rating_labels)),
        ("trend", "B", len(words.trend_labels)),
    ):
        menu = DataValidation(type="list", formula1=f"Lists!${column}$1:${column}${count}", allow_blank=True)
        menu.showDropDown, menu.errorStyle = False, "warning"
        menu.promptTitle, menu.prompt = words[name][:32], words.choices(words.table[f"{name}s"].values())[:255]
        menu.showInputMessage = menu.showErrorMessage = True
        letter = get_column_letter(FIELDS_AT[name])
        menu.add(f"{letter}{_HEAD + 1}:{letter}{last}")
        sheet.add_data_validation(menu)


def _shape(sheet: Worksheet, form: Form) -> None:
    for at, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = f"{get_column_letter(LOCKED)}{_HEAD + 1}"
    sheet.sheet_view.rightToLeft = form.direction == "rtl"
    sheet.sheet_view.showGridLines = False
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    _print_on_one_width(sheet)
    for name in ("formatColumns", "formatRows", "formatCells", "sort", "autoFilter"):
        setattr(sheet.protection, name, False)  # False allows it
    sheet.protection.enable()


def _print_on_one_width(sheet: Worksheet) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # every new sheet has them
