"""What Word works out itself: the table of contents, page numbers, the lines at the head and foot of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from reports.rendering.word import styles
from reports.rendering.word.pen import Words, turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.text.paragraph import Paragraph

    from reports.rendering.model import DocumentContent
    from reports.rendering.word.pen import Pen


def contents(pen: Pen, title: str, lines: Sequence[tuple[int, str, str]]) -> None:
    """Write a table of contents: (level, anchor, text), with links until Word fills in the page numbers."""
    head = pen.paragraph(pen.document, "TOC Heading", [Words(title)], is_rtl=pen.is_rtl)
    head.paragraph_format.page_break_before = True
    made = [
        pen.paragraph(pen.document, "Normal", [Words(text, link=f"#{anchor}")], is_rtl=pen.is_rtl)
        for _, anchor, text in lines
    ]
    for paragraph, (level, _, _) in zip(made, lines, strict=True):
        paragraph.paragraph_format.left_indent = Cm(0.7 * (level - 1))
        paragraph.paragraph_format.space_after = Cm(0.05)
    _begin(made[0], r'TOC \o "1-2" \h \z \u')
    made[-1]._p.append(_mark("end"))


def _begin(paragraph: Paragraph, code: str) -> None:
    """Put the beginning of a field before what the paragraph says; Word brings it up to date when it opens the file."""
    begin, told = _mark("begin"), OxmlElement("w:r")
    begin[0].set(qn("w:dirty"), "true")
    told.append(_instruction(code))
    place = paragraph._p.find(qn("w:hyperlink"))
    for element in (begin, told, _mark("separate")):
        place.addprevious(element)


def _mark(kind: str) -> Any:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    return run


def _instruction(code: str) -> Any:
    made = OxmlElement("w:instrText")
    made.set(qn("xml:space"), "preserve")
    made.text = f" {code} "
    return made


def lines_of_pages(pen: Pen, content: DocumentContent) -> None:
    """Write the lines at head and foot: what it is and for whom, version and page; the cover has none."""
    section = pen.document.sections[0]
    section.different_first_page_header_footer = True
    width = Cm(21 - 2 * 2.4)
    for paragraph, left, right in (
        (
            section.header.paragraphs[0],
            content.running_title or content.name,
            content.confidentiality or content.edition_label,
        ),
        (section.footer.paragraphs[0], content.version, "Page "),
    ):
        paragraph.style = pen.document.styles[styles.NOTE]
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{left}\t{right}")
        if pen.is_rtl:
            turn(paragraph)
    foot = section.footer.paragraphs[0]
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
