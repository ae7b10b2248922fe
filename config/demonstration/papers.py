"""Longer papers of a host city, to read beside the form: a strategy, minutes and a scan. Invented, and real files."""

from __future__ import annotations

import tomllib
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from docx import Document
from PIL import Image, ImageDraw
from weasyprint import HTML

_TEXTS = tomllib.loads((Path(__file__).parent / "papers.toml").read_text(encoding="utf-8"))
_STYLE = """@page { size: A4; margin: 26mm 24mm; @bottom-center { content: counter(page); font: 9pt Ours; } }
body { font: 12.5pt/1.6 Ours; }
h1 { font-size: 30pt; line-height: 1.2; margin-top: 60mm; }
h2 { break-before: page; font-size: 20pt; }"""


@cache
def strategy() -> bytes:
    """Return a PDF of a dozen pages, with summaries in three more languages."""
    face = (settings.FONTS_DIR / "print" / "inter-400.ttf").as_uri()
    chapters = "".join(
        f"<h2>{number}. {chapter['title']}</h2>{''.join(f'<p>{text}</p>' for text in chapter['texts'])}"
        for number, chapter in enumerate(_TEXTS["chapters"], start=1)
    )
    ends = "".join(
        f'<div lang="{part["language"]}"><h2>{part["title"]}</h2><p>{part["text"]}</p></div>'
        for part in _TEXTS["summaries"]
    )
    page = (
        f'<html lang="en"><title>Strategy</title><style>@font-face {{ font-family: Ours; src: url({face}); }}{_STYLE}'
        "</style><h1>Together in the neighbourhood</h1><p>Strategy 2016 to 2020. Written for the demonstration; no"
        f" such document exists.</p>{chapters}{ends}</html>"
    )
    content: bytes = HTML(string=page).write_pdf()
    return content


@cache
def minutes() -> bytes:
    """Return a Word document: minutes of a meeting with residents."""
    document = Document()
    for part in _TEXTS["minutes"]:
        document.add_heading(part["title"], 1)
        document.add_paragraph(part["text"])
    table = document.add_table(rows=1, cols=2)
    for place, words in enumerate(("Who does what", "By when")):
        table.rows[0].cells[place].text = words
    for row in (("Desk open until seven on Thursdays", "April 2017"), ("Answer on rents", "June 2017")):
        for place, cell in enumerate(table.add_row().cells):
            cell.text = row[place]
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@cache
def scan() -> bytes:
    """Return a PDF as a copier makes it: a picture of paper, without text."""
    sheet = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(sheet)
    pen.text((150, 170), "Council decision 118/2016 (copy)", fill=40, font_size=44)
    for line in range(22):
        pen.rectangle((150, 300 + line * 52, 1090 - (line * 137) % 300, 312 + line * 52), fill=120)
    pen.ellipse((820, 1430, 1080, 1690), outline=90, width=8)
    stream = BytesIO()
    sheet.rotate(0.7, fillcolor=250).save(stream, "PDF", resolution=150)
    return stream.getvalue()
