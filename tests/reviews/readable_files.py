"""Files with text in five languages, made in code: one of each kind that can be read."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from django.conf import settings
from docx import Document
from openpyxl import Workbook
from weasyprint import HTML

from tests.reviews import files

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXTS = {
    "en": "Every child has a place in a school near home.",
    "ro": "Școala își deschide porțile: între 2015 și 2018, mediatorii școlari au vizitat 240 de familii.",
    "el": "Δήμος και γονείς στηρίζουν τα σχολεία της γειτονιάς.",
    "bg": "Общината подкрепя семействата и училищата в квартала.",
    "ar": "المدينة تدعم كل مدارس الحي",
}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_O = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = f'xmlns:office="{_O}:office:1.0" xmlns:text="{_O}:text:1.0" xmlns:table="{_O}:table:1.0" xmlns:draw="{_O}:drawing:1.0"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def long_pdf(pages: int, *, lines: int = 30) -> bytes:
    """A PDF with so many pages of text, made in a moment."""
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(1, pages + 1):
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        words = [
            f"BT /F1 11 Tf 60 {780 - 20 * line} Td (Page {number}, line {line} of the plan) Tj ET"
            for line in range(lines)
        ]
        page.Contents = document.make_stream("\n".join(words).encode())
    return _saved(document)


def pdf_of(texts: Sequence[str]) -> bytes:
    return _laid_out(tuple(texts))


@cache
def _laid_out(texts: tuple[str, ...]) -> bytes:
    """A PDF with one page a text, laid out with our own fonts: Arabic is joined and runs from the right."""
    faces = "".join(
        f"@font-face {{ font-family: Ours; src: url({(settings.FONTS_DIR / 'print' / name).as_uri()}); }}"
        for name in ("plex-arabic-400.ttf", "inter-400.ttf")
    )
    style = f"{faces} body {{ font-family: Ours; }} p {{ break-after: page; }}"
    pages = "".join(f"<p lang={language} dir=auto>{text}</p>" for language, text in zip(TEXTS, texts, strict=False))
    content: bytes = HTML(string=f"<style>{style}</style>{pages}").write_pdf()
    return content


def scanned_pdf(pages: int = 3) -> bytes:
    """Pages without any text."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    stream = BytesIO()
    document.save(stream, deterministic_id=True)
    return stream.getvalue()


def docx(texts: Sequence[str]) -> bytes:
    """A Word document with a heading, paragraphs and a table."""
    document = Document()
    document.add_heading("Plan", 1)
    for text in texts:
        document.add_paragraph(text)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Year", "2017"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def odt(texts: Sequence[str]) -> bytes:
    paragraphs = "".join(f"<text:p>{text}</text:p>" for text in texts)
    return files.opendocument("odt", {"content.xml": _open(f"<office:text>{paragraphs}</office:text>")})


def odp(texts: Sequence[str]) -> bytes:
    pages = "".join(
        f"<draw:page><draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></draw:page>"
        for text in texts
    )
    return files.opendocument("odp", {"content.xml": _open(f"<office:presentation>{pages}</office:presentation>")})


def ods(texts: Sequence[str]) -> bytes:
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts)
    table = f'<table:table table:name="Years"><table:table-row>{cells}</table:table-row></table:table>'
    return files.opendocument("ods", {"content.xml": _open(f"<office:spreadsheet>{table}</office:spreadsheet>")})


def _open(body: str) -> str:
    return f"<office:document-content {_NAMES}><office:body>{body}</office:body></office:document-content>"


def pptx(texts: Sequence[str]) -> bytes:
    slides: dict[str, bytes | str] = {
        f"ppt/slides/slide{number}.xml": f"<p:sld {_A}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
        for number, text in enumerate(texts, start=1)
    }
    return files.office("pptx", slides)


def xlsx(texts: Sequence[str]) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Years"
    sheet.append(list(texts))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
