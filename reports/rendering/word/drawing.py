"""Pictures for a Word file: photos as the PDF has them, charts as PNG, for not every Word shows SVG."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image
from weasyprint import CSS, HTML

from reports.rendering.engine import engine
from reports.rendering.pictures import NOTHING

if TYPE_CHECKING:
    from typing import Any

DOTS_AN_INCH = 200
_SHEET = "@page{{size:{width}px {height}px;margin:0}}body{{margin:0}}svg{{display:block}}"
_TAKEN = ("JPEG", "PNG", "GIF")


def drawn(svg: str, *, width: float, height: float) -> bytes:
    """Draw a chart of ours with the fonts of documents. Raises `FontsMissing`."""
    sheet = CSS(string=_SHEET.format(width=width, height=height))
    fonts = engine().fonts
    page = HTML(string=svg, url_fetcher=NOTHING).write_pdf(stylesheets=[sheet], font_config=fonts)
    document: Any = pypdfium2.PdfDocument(page)
    try:
        image = document[0].render(scale=DOTS_AN_INCH / 72).to_pil()
    finally:
        document.close()
    return _as_png(image)


def for_word(content: bytes, *, widest: float, highest: float) -> tuple[bytes, float]:
    """Return a photo in a format that Word opens, and its width in centimetres: the size of print, if there is room."""
    with Image.open(BytesIO(content)) as image:
        width = min(image.width / DOTS_AN_INCH * 2.54, widest, highest * image.width / image.height)
        return (content if image.format in _TAKEN else _as_png(image)), width


def _as_png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()
