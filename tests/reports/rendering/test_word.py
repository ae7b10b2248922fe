"""The report as a Word document, opened again: structure, styles, languages, pictures."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image

from people.texts import to_html
from reports.rendering.errors import TooManyPictures
from reports.rendering.model import Chapter, DocumentContent, Look, Photo, RichText
from reports.rendering.progress import Limits
from reports.rendering.word import styles, write_word
from reports.rendering.word.order import _PLACES
from reports.rendering.word.pen import WIDEST_CM
from tests.reports.rendering import samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as DocxDocument

TEXT = """\
First with **bold**, *soft*, ~~gone~~, `code` and [a link](https://example.org/a?b=1&c=2).
Second line.

# A heading

- one
  - inside
    1. deep
    2. deeper
  - again
- two

  still two

5. five
6. six

> Said by residents.

| Place | People |
|-------|--------|
| Centre | 12 |

```
as typed
```
"""


def nobody(_done: int, _all: int) -> None:
    """Tells nobody."""


def written(content: DocumentContent) -> DocxDocument:
    return Document(BytesIO(write_word(content, nobody).content))


def of_text(text: str, language: str = "en") -> DocxDocument:
    chapter = Chapter("Chapter", (RichText(to_html(text)),), "s1", "1")
    return written(DocumentContent("report", "team", "Final report", "A city", language, date(2026, 6, 1), (chapter,)))


@cache
def report() -> DocxDocument:
    return written(samples.report())


def blocks(document: DocxDocument) -> Iterator[Paragraph | Table]:
    for element in document.element.body:
        if element.tag == qn("w:p"):
            yield Paragraph(element, document)
        elif element.tag == qn("w:tbl"):
            yield Table(element, document)


def told(document: DocxDocument) -> list[tuple[str, str]]:
    """Style and text of the paragraphs after the first chapter's heading."""
    found = [
        (str(row.style.name if row.style else ""), row.text) for row in blocks(document) if isinstance(row, Paragraph)
    ]
    begins = next(at for at, (style, _) in enumerate(found) if style == "Heading 1")
    return [(style, text) for style, text in found[begins:] if text]


def test_texts_keep_their_structure() -> None:
    assert told(of_text(TEXT)) == [
        ("Heading 1", "1 Chapter"),
        ("Normal", "First with bold, soft, gone, code and a link.\nSecond line."),
        ("Heading 2", "A heading"),
        ("List Bullet", "one"),
        ("List Bullet 2", "inside"),
        ("List Number 3", "deep"),
        ("List Number 3", "deeper"),
        ("List Bullet 2", "again"),
        ("List Bullet", "two"),
        ("List Continue", "still two"),
        ("List Number", "five"),
        ("List Number", "six"),
        ("Quote", "Said by residents."),
        ("Code block", "as typed"),
    ]


def test_words_keep_their_looks_and_links_lead_on() -> None:
    document = of_text(TEXT)
    first = next(row for row in blocks(document) if isinstance(row, Paragraph) and row.text.startswith("First"))
    looks = {run.text: (run.bold, run.italic, run.font.strike, run.style.name) for run in first.runs}
    plain = "Default Paragraph Font"
    assert looks["bold"] == (True, None, None, plain)
    assert looks["soft"] == (None, True, None, plain)
    assert looks["gone"] == (None, None, True, plain)
    assert looks["code"] == (None, None, None, "Code")
    assert [(link.text, link.url) for link in first.hyperlinks] == [("a link", "https://example.org/a?b=1&c=2")]


def test_every_ordered_list_counts_for_itself() -> None:
    document = of_text("1. a\n2. b\n\nText\n\n7. c\n8. d")
    numbers: dict[str, str] = {}
    for row in document.paragraphs:
        if row.style is not None and row.style.name == "List Number":
            numbers[row.text] = row._p.find(f".//{qn('w:numId')}").get(qn("w:val"))
    assert numbers["a"] == numbers["b"] != numbers["c"] == numbers["d"]
    numbering = document.part.numbering_part.element
    starts = {
        row.get(qn("w:numId")): row.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for row in numbering.findall(qn("w:num"))
        if row.find(f".//{qn('w:startOverride')}") is not None
    }
    assert (starts[numbers["a"]], starts[numbers["c"]]) == ("1", "7")


def test_heads_of_tables_are_repeated_and_tables_have_captions() -> None:
    rows = list(blocks(report()))
    tables = [(rows[at - 1], row) for at, row in enumerate(rows) if isinstance(row, Table)]
    captions = [
        before.text
        for before, _ in tables
        if isinstance(before, Paragraph) and before.style and before.style.name == "Caption"
    ]
    assert captions == ["Meetings by group", "The team"]
    meetings = next(table for _, table in tables if table.rows[0].cells[0].text == "Group")
    assert meetings.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert meetings.rows[1]._tr.find(f".//{qn('w:tblHeader')}") is None
    assert [cell.text for cell in meetings.rows[1].cells] == ["Residents", "6", "Housing, schooling"]


def test_tables_are_as_wide_as_the_text_and_say_so_to_every_program() -> None:
    tables = [row for row in blocks(report()) if isinstance(row, Table)]
    for table in tables:
        told = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        widths = [cell.width for cell in table.rows[0].cells]
        assert told == [width.twips for width in widths if width is not None]
        assert sum(told) == pytest.approx(Cm(WIDEST_CM).twips, abs=len(told))
        assert len(set(widths)) > 1


def test_contents_are_a_field_with_links_to_every_chapter() -> None:
    document = report()
    text = "".join(part.text or "" for part in document.element.iter(qn("w:instrText")))
    assert text.strip() == r'TOC \o "1-2" \h \z \u'
    marks = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    asked = [link.get(qn("w:anchor")) for link in document.element.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert len(asked) >= len(samples.report().chapters)
    assert set(asked) <= marks


def test_pages_have_heads_numbers_and_a_cover_without() -> None:
    section = report().sections[0]
    assert section.different_first_page_header_footer
    assert "Timișoara" in section.header.paragraphs[0].text
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_charts_are_pictures_with_what_they_show_in_words() -> None:
    drawings = list(report().element.iter(qn("wp:docPr")))
    charts = sum(type(block).__name__ == "Chart" for chapter in samples.report().chapters for block in chapter.blocks)
    assert len(drawings) == charts > 0
    assert all(len(drawing.get("descr")) > 40 for drawing in drawings)
    pictures = [part.blob for part in report().part.package.parts if part.partname.endswith(".png")]
    with Image.open(BytesIO(pictures[0])) as image:
        assert image.width > 900
        assert len(set(image.convert("RGB").resize((60, 40)).get_flattened_data())) > 4


def test_a_photo_has_its_description_and_a_broken_one_is_told() -> None:
    stream = BytesIO()
    Image.new("RGB", (600, 400), "teal").save(stream, "WEBP")
    blocks_ = (Photo("good", "The square in June", "The square"), Photo("bad", "The lost picture"))

    def pictures(name: str) -> bytes:
        if name == "bad":
            raise FileNotFoundError(name)
        return stream.getvalue()

    content = replace(samples.report(), chapters=(Chapter("Photos", blocks_, "s1"),))
    made = write_word(content, nobody, pictures=pictures)
    document = Document(BytesIO(made.content))
    assert [drawing.get("descr") for drawing in document.element.iter(qn("wp:docPr"))] == ["The square in June"]
    assert ("Caption", "The square") in told(document)
    assert ("Note", "Picture missing. The lost picture") in told(document)
    assert made.warnings == ("A picture could not be shown, its description stands in its place: The lost picture.",)
    with pytest.raises(TooManyPictures):
        write_word(content, nobody, pictures=pictures, limits=Limits(pictures=1))


@pytest.mark.parametrize(
    ("language", "text", "kind", "code"),
    [
        ("ro", samples.LATIN, "val", "ro-RO"),
        ("el", samples.GREEK, "val", "el-GR"),
        ("bg", samples.BULGARIAN, "val", "bg-BG"),
        ("ar", samples.ARABIC, "bidi", "ar-SA"),
    ],
)
def test_each_script_has_its_language_and_direction(language: str, text: str, kind: str, code: str) -> None:
    document = of_text(text, language)
    assert told(document)[1] == ("Normal", text)
    spoken = document.styles["Normal"].element.find(f".//{qn('w:lang')}")
    assert spoken.get(qn(f"w:{kind}")) == code
    paragraph = next(row for row in document.paragraphs if row.text == text)
    turned = paragraph._p.find(f".//{qn('w:bidi')}") is not None
    assert turned == (paragraph.runs[0].font.rtl is True) == (language == "ar")
    assert (document.sections[0]._sectPr.find(qn("w:bidi")) is not None) == (language == "ar")


def test_tables_of_a_language_that_runs_left_begin_right() -> None:
    table = written(samples.arabic()).tables[0]
    assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None


def test_a_numbered_draft_keeps_the_numbers_that_the_fact_check_names() -> None:
    labels = [text.split("  ")[0] for _, text in told(written(samples.report(is_numbered=True)))]
    assert [label for label in labels if label.startswith("1.")] == [f"1.{number}" for number in range(1, 7)]


def test_report_has_the_logo_and_the_colour_of_its_group() -> None:
    stream = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(stream, "PNG")
    content = replace(samples.report(), look=Look("#7a1f3d", "logos/roofs/abc.png", "Three roofs"))
    made = write_word(content, nobody, pictures=lambda _: stream.getvalue())
    document = Document(BytesIO(made.content))
    xml = str(document.styles.element.xml) + str(document.element.xml)
    assert made.warnings == ()
    assert document.styles["Heading 1"].font.color.rgb == RGBColor(0x7A, 0x1F, 0x3D)
    assert ("0F5257" in xml, styles.TINT in xml, xml.count(styles.tint_of("#7a1f3d")) > 2) == (False, False, True)
    logo = document.inline_shapes[0]
    assert (logo._inline.docPr.get("descr"), round(logo.width.cm, 1), round(logo.height.cm, 1)) == (
        "Three roofs",
        2.7,
        1.8,
    )
    assert "0F5257" in str(report().styles.element.xml)


def test_properties_say_what_it_is() -> None:
    core = report().core_properties
    content = samples.report()
    assert (core.title, core.language, core.author) == (
        content.name,
        "en",
        ", ".join(content.authors) or "Critical Friend",
    )
    assert core.created is not None
    assert core.created.date() == content.dated


def test_properties_stand_in_the_order_of_the_standard() -> None:
    """Word calls a file damaged that has them in another."""
    wrong: list[str] = []
    for element in report().element.iter(*_PLACES):
        places: Any = [_PLACES[element.tag].get(child.tag) for child in element]
        if None in places or places != sorted(places):
            wrong.append(element.tag)
    assert wrong == []


def test_progress_is_told_in_chapters_and_can_end_it() -> None:
    seen: list[tuple[int, int]] = []
    write_word(samples.arabic(), lambda done, expected: seen.append((done, expected)))
    assert seen == [(0, 2), (1, 2), (2, 2)]

    def stop(done: int, _expected: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_word(samples.arabic(), stop)


def test_same_content_says_the_same() -> None:
    first, second = (hashlib.sha256(written(samples.arabic()).element.xml.encode()).digest() for _ in range(2))
    assert first == second
