"""From a case to the bytes of a document, in three steps that can be taken apart.

1. `compose_document` reads the case once and returns frozen dataclasses (model.py); nothing after it asks the database.
2. `content_hash` names what the document shows; the same content is never rendered twice.
3. `render_document` makes the PDF. The page on the screen shows the same dataclasses with the same block templates.

The renderer itself is heavy (half a second to import), so it is only imported by `render_document`.
"""

import logging
from typing import Any

from reports.rendering.compose import compose_certificate, compose_document
from reports.rendering.errors import RenderError
from reports.rendering.model import DocumentContent, content_hash, deserialise, serialise, text_hash
from reports.rendering.results import Progress, RenderedPdf, WordFile

logger = logging.getLogger(__name__)
__all__ = [
    "DocumentContent",
    "Progress",
    "RenderError",
    "RenderedPdf",
    "check_document",
    "compose_certificate",
    "compose_document",
    "content_hash",
    "deserialise",
    "render_document",
    "serialise",
    "text_hash",
    "write_document",
]


def render_document(content: DocumentContent, on_progress: Progress | None = None) -> RenderedPdf:
    """Render one composed document to PDF/A-3a and PDF/UA-1 in one file, with the parts that are kept already.

    `on_progress(page, expected)` is called for every page that is laid out; `expected` is 0 in the first pass, when
    the number of pages is not known. Whatever it raises ends the rendering: that is how a job is cancelled.
    Raises `RenderError` with a sentence for people when the document cannot be made.
    """
    from reports.rendering.binding.kept import shelf  # noqa: PLC0415 - the renderer is heavy
    from reports.rendering.pages import paper_of  # noqa: PLC0415 - the renderer is heavy
    from reports.rendering.pdf import render_paper  # noqa: PLC0415 - the renderer is heavy

    return render_paper(paper_of(content), on_progress=on_progress, shelf=shelf())


def check_document(pdf: RenderedPdf) -> dict[str, Any]:
    """Count what a finished file holds, for the page "PDF check"; empty when it cannot be told.

    A document is never lost because somebody wanted to know more of it.
    """
    from reports.rendering.check import figures_of  # noqa: PLC0415 - the libraries are heavy

    try:
        return figures_of(pdf.content)
    except Exception:
        logger.exception("A finished document could not be looked into")
        return {}


def write_document(content: DocumentContent, on_progress: Progress) -> WordFile:
    """Write one composed document as a Word file, for those who must edit it.

    `on_progress(chapter, chapters)` is called for every chapter. Raises as `render_document`.
    """
    from reports.rendering.word import write_word  # noqa: PLC0415 - the renderer is heavy
    from reports.rendering.word.signs import speakable  # noqa: PLC0415 - the renderer is heavy

    return write_word(speakable(content), on_progress)
