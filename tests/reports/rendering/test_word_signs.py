"""What somebody pasted never keeps a report from becoming a Word document."""

from datetime import date
from io import BytesIO

from docx import Document

from people.texts import to_html
from reports.rendering import write_document
from reports.rendering.model import Chapter, DocumentContent, RichText


def nobody(_done: int, _all: int) -> None:
    """Tells nobody."""


def test_signs_that_word_cannot_hold_are_left_out() -> None:
    chapter = Chapter("Chap\x0cter", (RichText(to_html("Pasted\x0b from\x01 a\uffff scan.")),), "s1", "1")
    content = DocumentContent(
        "report", "team", "Final", "A\x02 city", "en", date(2026, 6, 1), (chapter,), authors=("Net\x03work",)
    )
    document = Document(BytesIO(write_document(content, nobody).content))
    assert [row.text for row in document.paragraphs][-1] == "Pasted from a scan."
    assert document.core_properties.author == "Network"
    assert "A city" in document.core_properties.title
