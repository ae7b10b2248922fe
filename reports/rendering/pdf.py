"""The one interface to the renderer: HTML in, a PDF that is archival (PDF/A-3a) and accessible (PDF/UA-1) out."""

import gc
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from weasyprint import HTML
from weasyprint.document import DocumentMetadata
from weasyprint.html import get_html_metadata

from reports.rendering.binding.assembly import Assembly
from reports.rendering.binding.faces import FaceGone
from reports.rendering.binding.kept import Shelf
from reports.rendering.binding.paper import Paper, Section
from reports.rendering.binding.volume import bound
from reports.rendering.engine import engine_in
from reports.rendering.pictures import NOTHING, Pictures, stored_picture
from reports.rendering.progress import Limits, Watch, watched
from reports.rendering.results import Progress, RenderedPdf

LIMITS: Final = Limits()
_FEW: Final = 10
"""The boxes of so few pages may wait for the collector's own turn."""
logger = logging.getLogger(__name__)


def render_pdf(
    html: str,
    *,
    on_progress: Progress | None = None,
    pictures: Pictures = stored_picture,
    limits: Limits = LIMITS,
) -> RenderedPdf:
    """Render one complete HTML document with the style of documents, in one part; see `render_paper`."""
    return render_paper(Paper(html, (Section(html),)), on_progress=on_progress, pictures=pictures, limits=limits)


def render_paper(
    paper: Paper,
    *,
    on_progress: Progress | None = None,
    pictures: Pictures = stored_picture,
    limits: Limits = LIMITS,
    shelf: Shelf | None = None,
) -> RenderedPdf:
    """Render a document part by part, with the parts that are on the shelf already.

    Nothing is loaded from outside: photos come from `pictures` (`<img src="photo:NAME">`), a photo that cannot be shown
    becomes a box with its description, and `warnings` tells. The same paper and photos give the same bytes, with a
    shelf or without. Raises `RenderError`, or what `on_progress` raises.
    """
    started = time.monotonic()
    with watched(on_progress, limits) as watch, _no_garbage_collection():
        watch.pictures(sum(1 for _ in paper.pictures()))
        try:
            content, pages, warnings = _made(paper, watch, pictures, shelf)
        except FaceGone:
            logger.warning("A font of kept parts is gone, the document is made anew")
            content, pages, warnings = _made(paper, watch, pictures, None)
    if pages > _FEW:
        gc.collect()
    return RenderedPdf(content=content, pages=pages, seconds=time.monotonic() - started, warnings=warnings)


def _made(paper: Paper, watch: Watch, pictures: Pictures, shelf: Shelf | None) -> tuple[bytes, int, tuple[str, ...]]:
    assembly = Assembly(paper=paper, engine=engine_in(paper.colour), watch=watch, pictures=pictures, shelf=shelf)
    parts = assembly.parts()
    content = bound(parts, assembly.margins(parts), _metadata(paper), assembly.engine)
    if shelf is not None:
        shelf.tidy()
    warnings = dict.fromkeys(warning for part in parts for warning in part.warnings)
    return content, sum(len(part.sheets) for part in parts), tuple(warnings)


def _metadata(paper: Paper) -> DocumentMetadata:
    """Return what the head of the document says."""
    return DocumentMetadata(**get_html_metadata(HTML(string=paper.shell, url_fetcher=NOTHING)))


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Pause the collector: a layout keeps all its boxes until it is drawn; looking for garbage costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
