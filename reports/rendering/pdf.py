"""The one interface to the renderer: HTML in, a PDF that is archival (PDF/A-3a) and accessible (PDF/UA-1) out."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from weasyprint import HTML

from reports.rendering.archive import declare_accessible
from reports.rendering.engine import engine
from reports.rendering.pictures import DocumentFetcher, Pictures, stored_picture
from reports.rendering.progress import Limits, watched
from reports.rendering.results import Progress, RenderedPdf
from reports.rendering.tree import mend

VARIANT: Final = "pdf/a-3a"
LIMITS: Final = Limits()


def render_pdf(
    html: str,
    *,
    on_progress: Progress | None = None,
    pictures: Pictures = stored_picture,
    limits: Limits = LIMITS,
) -> RenderedPdf:
    """Render one complete HTML document with the style of documents.

    Nothing is loaded from outside: photos come from `pictures` (`<img src="photo:NAME">`), a photo that cannot be shown
    becomes a box with its description, and `warnings` tells. The same HTML and photos give the same bytes. Raises
    `RenderError`, or what `on_progress` raises.
    """
    started = time.monotonic()
    ours = engine()
    fetcher = DocumentFetcher(pictures)
    with watched(on_progress, limits), _no_garbage_collection():
        page = HTML(string=html, url_fetcher=fetcher)
        warnings = list(mend(page.etree_element, fetcher, ours.signs))
        document = page.render(font_config=ours.fonts, stylesheets=[ours.style], pdf_variant=VARIANT)
        content = document.write_pdf(finisher=declare_accessible, pdf_variant=VARIANT)
    warnings += [f"This address was not loaded, documents stand alone: {url}" for url in fetcher.refused]
    return RenderedPdf(
        content=content,
        pages=len(document.pages),
        seconds=time.monotonic() - started,
        warnings=tuple(dict.fromkeys(warnings)),
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Pause the collector: a layout keeps all its boxes until it is written; looking for garbage costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect()
