"""From a composed document to HTML: for the renderer (whole, or cut into parts) and for the page (the same blocks)."""

from collections.abc import Iterator
from typing import Any, Final

from django.template.loader import render_to_string

from reports.enums import DocumentKind
from reports.rendering.binding.paper import Paper, Section
from reports.rendering.model import DocumentContent, Photo
from reports.rendering.places import PlacedChapter, placed

PAPER: Final = "reports/documents/paper.html"
PART: Final = "reports/documents/part.html"
CERTIFICATE: Final = "reports/documents/certificate.html"
"""The cover of a certificate is all there is of it."""
COVER, IMPRINT, CONTENTS, CHAPTERS = "cover", "imprint", "contents", "body"
_BEFORE: Final = {COVER: 0, IMPRINT: 1, CONTENTS: 1, CHAPTERS: 2}
"""The level of the heading before each kind of part: the cover has the title, imprint and contents one below."""


def html_of(content: DocumentContent) -> str:
    """Render the whole HTML file."""
    return render_to_string(PAPER, {**context_of(content), "is_paper": True, "is_whole": True})


def paper_of(content: DocumentContent) -> Paper:
    """Render the HTML file in parts: cover, imprint, contents, and each run of chapters that begins on a new page.

    Brief documents have no contents; a document without chapters is its cover: one page.
    """
    context = {**context_of(content), "is_paper": True}
    sections = [_section(context, COVER)]
    if content.imprint:
        sections.append(_section(context, IMPRINT))
    if content.has_contents:
        sections.append(_section(context, CONTENTS))
    sections += [_section(context, CHAPTERS, run) for run in _runs(context["chapters"])]
    return Paper(render_to_string(PAPER, context), tuple(sections), content.look.colour if content.look else "")


def _section(context: dict[str, Any], kind: str, chapters: tuple[PlacedChapter, ...] = ()) -> Section:
    shown = {**context, "shows": context["cover"] if kind == COVER else f"reports/documents/{kind}.html"}
    if kind == CHAPTERS:
        shown["chapters"] = chapters
    photos = (place.block for chapter in chapters for place in chapter.blocks if isinstance(place.block, Photo))
    return Section(
        html=render_to_string(PART, shown),
        level=_BEFORE[kind],
        lists_pages=kind == CONTENTS,
        photos=tuple(photo.digest for photo in photos),
    )


def _runs(chapters: tuple[PlacedChapter, ...]) -> Iterator[tuple[PlacedChapter, ...]]:
    """Yield chapters together with the short ones that follow on the same page."""
    run: list[PlacedChapter] = []
    for chapter in chapters:
        if run and chapter.chapter.starts_page:
            yield tuple(run)
            run = []
        run.append(chapter)
    if run:
        yield tuple(run)


def context_of(content: DocumentContent) -> dict[str, Any]:
    """Return what the templates below reports/documents/ need; a page adds its own and includes `body.html`."""
    return {"document": content, "chapters": placed(content), "cover": _cover(content), "is_paper": False}


def _cover(content: DocumentContent) -> str:
    return CERTIFICATE if content.kind == DocumentKind.CERTIFICATE else f"reports/documents/{COVER}.html"
