"""Forms filled in as people do it: in Word, in a spreadsheet, and by programs that lose what they do not know."""

from __future__ import annotations

import tomllib
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook

from reviews.enums import QuestionSetStatus
from reviews.models import Question, QuestionSet, Section
from reviews.offline.docx_form import docx_form
from reviews.offline.plan import Form

_TEXTS = tomllib.loads(Path(__file__).with_name("filling.toml").read_text())
ASKED = {code: table["asked"] for code, table in _TEXTS.items()}
SAID = {code: table["said"] for code, table in _TEXTS.items()}


def make_translated_set() -> QuestionSet:
    """Two questions in one section, in four languages; the first is rated."""
    made = QuestionSet.objects.create(
        name="Steering", slug="steering", languages=["ro", "el", "bg"], status=QuestionSetStatus.PUBLISHED
    )
    title, first, help_text, second = ASKED["en"]
    section = Section.objects.create(
        question_set=made,
        position=1,
        title=title,
        translations={code: {"title": ASKED[code][0]} for code in ("ro", "el", "bg")},
    )
    Question.objects.create(
        section=section,
        number=1,
        key="who_decides",
        text=first,
        help_text=help_text,
        is_rated=True,
        max_words=20,
        translations={code: {"text": ASKED[code][1], "help_text": ASKED[code][2]} for code in ("ro", "el", "bg")},
    )
    Question.objects.create(
        section=section,
        number=2,
        key="not_seen",
        text=second,
        is_required=False,
        translations={code: {"text": ASKED[code][3]} for code in ("ro", "el", "bg")},
    )
    return made


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def empty_word(form: Form) -> Any:
    """The Word form without answers, opened. A form that says the same is written once: that takes a third of a second."""
    assert all(asked.answer is None for section in form.sections for asked in section.questions)
    said = repr(form)
    if said not in _written:
        _written[said] = docx_form(form)
    return opened(_written[said])


_written: dict[str, bytes] = {}


def saved(document: Any) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def control(document: Any, number: int, field: str) -> Any:
    """The content control of one field."""
    for found in document.element.body.iter(qn("w:sdt")):
        properties = found.find(qn("w:sdtPr"))
        title, tag = (properties.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("alias", "tag"))
        if title.startswith(f"{number}. ") and tag.endswith(f":{field}"):
            return found
    raise AssertionError(f"no control for {field} of question {number}")


def write(document: Any, number: int, field: str, text: str) -> Paragraph:
    """Click into a field and type over what invites to write; returns the paragraph, to go on."""
    *_, place = control(document, number, field).iter(qn("w:p"))  # the label stands before it
    paragraph = Paragraph(place, document._body)
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    paragraph.add_run(text)
    return paragraph


def below(paragraph: Any, text: str = "", style: str = "Normal") -> Paragraph:
    """Press Enter, and go on in another style."""
    made = OxmlElement("w:p")
    paragraph._p.addnext(made)
    new = Paragraph(made, paragraph._parent)
    new.style = style
    if text:
        new.add_run(text)
    return new


def choose(document: Any, number: int, field: str, label: str) -> None:
    """Choose from a list."""
    found = control(document, number, field)
    labels = [item.get(qn("w:displayText")) for item in found.iter(qn("w:listItem"))]
    assert label in labels
    next(found.iter(qn("w:t"))).text = label


def table_after(document: Any, paragraph: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paragraph._p.addnext(table._tbl)


def without_marks(content: bytes) -> bytes:
    """The form as a program saves it that knows no content controls, no bookmarks and none of our styles."""
    document = opened(content)
    body = document.element.body
    for found in list(body.iter(qn("w:sdt"))):
        for child in list(found.find(qn("w:sdtContent"))):
            found.addprevious(child)
        found.getparent().remove(found)
    for found in list(body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        found.getparent().remove(found)
    for found in list(body.iter(qn("w:pStyle"))):
        if not found.get(qn("w:val")).startswith(("Heading", "List")):
            found.getparent().remove(found)
    document.core_properties.identifier = document.core_properties.subject = ""
    return saved(document)


def through_libreoffice(content: bytes) -> bytes:
    """The form as LibreOffice 7.4 saves it, in what was seen to matter.

    A content control keeps its first paragraph only, whose runs become one without any look, and loses its tag; items of
    lists that share a definition get a number each.
    """
    document = opened(content)
    body = document.element.body
    for found in [row for row in body.iter(qn("w:sdt")) if row.getparent() is body]:
        first, *others = list(found.find(qn("w:sdtContent")))
        runs = Paragraph(first, document._body).runs
        text = "".join(run.text for run in runs)
        for run in runs[1:]:
            run._r.getparent().remove(run._r)
        runs[0].text, runs[0].bold, runs[0].italic = text, None, None
        for child in (first, *others):
            found.addprevious(child)
        body.remove(found)
    _number_each_item(document)
    return saved(document)


def _number_each_item(document: Any) -> None:
    numbering = document.part.numbering_part.element
    definitions = {row.numId: row.abstractNumId.val for row in numbering.findall(qn("w:num"))}
    shared = {one for one in definitions.values() if list(definitions.values()).count(one) > 1}
    begun: set[int] = set()
    for found in document.element.body.iter(qn("w:numId")):
        number = int(found.get(qn("w:val")))
        if definitions[number] in shared:
            made = numbering.add_num(definitions[number])
            if number not in begun:
                made.add_lvlOverride(ilvl=0).add_startOverride(1)
            begun.add(number)
            found.set(qn("w:val"), str(made.numId))


def share_definitions(content: bytes) -> bytes:
    """The form with one definition for all lists of a kind, as Word itself writes them."""
    document = opened(content)
    numbering = document.part.numbering_part.element
    kinds = {
        row.get(qn("w:abstractNumId")): row.find(f"{qn('w:lvl')}/{qn('w:numFmt')}").get(qn("w:val"))
        for row in numbering.findall(qn("w:abstractNum"))
    }
    last = {kind: number for number, kind in kinds.items()}
    for row in numbering.findall(qn("w:num")):
        row.abstractNumId.val = int(last[kinds[str(row.abstractNumId.val)]])
        row.add_lvlOverride(ilvl=0).add_startOverride(1)
    return saved(document)


def sheet_of(content: bytes) -> tuple[Any, Any]:
    book = load_workbook(BytesIO(content))
    return book, book.worksheets[0]


def fill_row(sheet: Any, number: int, **fields: str) -> None:
    """Type into the cells of one question."""
    columns = {"answer": 5, "rating": 6, "reason": 7, "trend": 8}
    row = next(row for row in sheet.iter_rows() if row[1].value == number)
    for name, text in fields.items():
        assert not row[columns[name] - 1].protection.locked
        row[columns[name] - 1].value = text
