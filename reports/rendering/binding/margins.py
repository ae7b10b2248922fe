"""Running heads and page numbers of a whole document, drawn on empty pages of the same kinds."""

from collections.abc import Iterator
from html import escape
from typing import Any

from weasyprint import HTML
from weasyprint.draw import draw_page
from weasyprint.formatting_structure.boxes import MarginBox

from reports.rendering.binding import faces
from reports.rendering.binding.objects import stream_of
from reports.rendering.binding.part import Part, Sheet
from reports.rendering.binding.typeset import POINTS, STATES, VARIANT, resources_of, stream_on
from reports.rendering.engine import Engine
from reports.rendering.pictures import NOTHING

_BEGIN, _END = b"/Artifact<</Type /Pagination>>BDC", b"EMC"


def pages_of(root: str, sheets: list[Sheet]) -> str:
    """Return a document of empty pages, each with its name and the texts that begin there; `root` is its html tag."""
    names = {sheet.name for sheet in sheets}
    texts = {name for sheet in sheets for name, _ in sheet.strings}
    style = "section{display:block;height:0;break-before:page}i{display:block;height:0}body{margin:0}"
    style += "".join(f"section.n-{name}{{page:{name}}}" for name in sorted(names) if name)
    style += "".join(f"i.s-{name}{{string-set:{name} attr(data-text)}}" for name in sorted(texts))
    return f"{root}<style>{style}</style><body>{''.join(_section(sheet) for sheet in sheets)}"


def _section(sheet: Sheet) -> str:
    texts = "".join(f'<i class="s-{name}" data-text="{escape(text)}"></i>' for name, text in sheet.strings)
    return f'<section class="n-{sheet.name}">{texts}</section>'


def margins(html: str, engine: Engine) -> Part:
    """Draw the margins of every page: one stream a page. Raises ValueError when a margin holds more than text."""
    page = HTML(string=html, url_fetcher=NOTHING)
    document = page.render(font_config=engine.fonts, stylesheets=[engine.style], pdf_variant=VARIANT)
    fonts: dict[Any, Any] = {}
    images: dict[str, Any] = {}
    resources = resources_of()
    made = Part()
    for number, sheet in enumerate(document.pages):
        stream = stream_on(sheet, engine, resources, fonts, images, tags=None)
        stream.stream.insert(0, _BEGIN)
        box = sheet._page_box
        box.background = box.canvas_background = None
        box.children = tuple(child for child in box.children if isinstance(child, MarginBox))
        with stream.stacked():
            stream.transform(a=POINTS, d=POINTS)
            draw_page(box, stream)
        stream.stream.append(_END)
        head, made.streams[number] = stream_of(stream)
        made.objects.append(head.decode("latin-1"))
    if list(_more_than_text(resources)):
        raise ValueError("The margins of pages may hold text and lines of full colour only: see binding/margins.py.")
    made.faces = faces.used(fonts.values())
    return made


def _more_than_text(resources: Any) -> Iterator[str]:
    yield from (name for name in resources["ExtGState"] if name not in STATES)
    for kind in ("XObject", "Pattern", "Shading"):
        yield from resources[kind]
