"""Puts a Word file together: cover, contents, imprint, chapters."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from datetime import time as clock
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import html

from people.languages import language_of
from reports.rendering.errors import TooManyPictures
from reports.rendering.pages import html_of
from reports.rendering.pictures import BrokenPicture, DocumentFetcher, Pictures, stored_picture
from reports.rendering.places import placed
from reports.rendering.progress import Limits
from reports.rendering.results import Progress, WordFile
from reports.rendering.word import inline, styles
from reports.rendering.word.drawing import drawn, for_word
from reports.rendering.word.fields import contents, lines_of_pages
from reports.rendering.word.order import bring_into_order
from reports.rendering.word.pen import WIDEST_CM, Pen, Words
from reports.rendering.word.styles import styled_document, tint_of
from reports.rendering.word.walk import Place, Walker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from reports.rendering.model import DocumentContent

TO_EDIT = (
    "This Word document is for editing and quoting. What counts is the PDF; changes made here change nothing there."
)
LIMITS = Limits()
PHOTO_CM, LOGO_CM = (WIDEST_CM, 22.0), (4.6, 1.8)
"""The room for a picture: widest and highest."""
NO_PICTURE = "A picture could not be shown, its description stands in its place: {}."


def write_word(
    content: DocumentContent, on_progress: Progress, *, pictures: Pictures = stored_picture, limits: Limits = LIMITS
) -> WordFile:
    """Write one composed document as a Word file.

    `on_progress(chapter, chapters)` is called for each chapter; whatever it raises ends the writing. Raises
    `RenderError` when the document cannot be made.
    """
    started = time.monotonic()
    root = html.document_fromstring(html_of(content))
    if sum(1 for _ in root.iter("img")) > limits.pictures:
        raise TooManyPictures(limits.pictures)
    is_rtl, colour = content.direction == "rtl", content.look.colour if content.look else ""
    document = styled_document(content.language, is_rtl=is_rtl, colour=colour)
    writer = _Writer(content, Pen(document, is_rtl=is_rtl, tint=tint_of(colour)), DocumentFetcher(pictures))
    writer.write(root, on_progress)
    _describe(document.core_properties, content)
    bring_into_order(document)
    stream = BytesIO()
    document.save(stream)
    took = time.monotonic() - started
    return WordFile(stream.getvalue(), len(content.chapters), took, tuple(dict.fromkeys(writer.warnings)))


@dataclass
class _Writer:
    content: DocumentContent
    pen: Pen
    fetcher: DocumentFetcher
    warnings: list[str] = field(default_factory=list)

    def write(self, root: HtmlElement, on_progress: Progress) -> None:
        walker = Walker(self.pen, self._figure)
        place = Place(self.pen.document, is_rtl=self.content.direction == "rtl")
        chapters = len(self.content.chapters)
        done = 0
        on_progress(done, chapters)
        for part in root.body:
            classes = (part.get("class") or "").split()
            walker.begins_page |= bool({"doc-contents", "doc-imprint", "doc-new-page"} & set(classes))
            if "doc-contents" in classes:
                contents(self.pen, "Contents", list(self._lines()))
                walker.begins_page = True
                continue
            walker.block(part, place)
            if "doc-chapter" in classes:
                done += 1
                on_progress(done, chapters)
            elif "doc-cover" in classes:
                self.pen.paragraph(self.pen.document, styles.NOTE, [Words(TO_EDIT)], is_rtl=place.is_rtl)
                walker.begins_page = True
        lines_of_pages(self.pen, self.content)

    def _lines(self) -> Iterator[tuple[int, str, str]]:
        for chapter in placed(self.content):
            number = f"{chapter.chapter.number} " if chapter.chapter.number else ""
            yield 1, chapter.chapter.anchor, f"{number}{chapter.chapter.title}"
            for heading in chapter.headings:
                yield 2, heading.anchor, heading.text

    # --- pictures ---------------------------------------------------------------------------------
    def _figure(self, walker: Walker, element: HtmlElement, place: Place) -> None:
        """Write the picture, then its caption, with the number of its place."""
        room = LOGO_CM if "doc-logo" in (element.get("class") or "").split() else PHOTO_CM
        for picture in [element] if element.tag == "img" else element.iter("img"):
            self._photo(picture, place, room)
        for drawing in element.iter("svg"):
            self._chart(drawing, place)
        for caption in element.iter("figcaption"):
            walker.write(inline.words_in(caption, place.look), replace(place, style="Caption", item=""))
        walker.place_alone(place)

    def _photo(self, picture: HtmlElement, place: Place, room: tuple[float, float]) -> None:
        alt = picture.get("alt") or ""
        try:
            stored = self.fetcher.picture(picture.get("src") or "")
            content, width = for_word(stored, widest=room[0], highest=room[1])
        except BrokenPicture:
            self.warnings.append(NO_PICTURE.format(alt or "no description"))
            words = [Words(f"Picture missing. {alt}".strip())]
            self.pen.paragraph(place.where, styles.NOTE, words, is_rtl=place.is_rtl)
            return
        self.pen.picture(place.where, content, alt, width_cm=width)

    def _chart(self, drawing: HtmlElement, place: Place) -> None:
        told = [" ".join(part.text_content().split()) for part in drawing if part.tag in {"title", "desc"}]
        size = (float(drawing.get("width") or 460), float(drawing.get("height") or 240))
        picture = drawn(html.tostring(drawing, encoding="unicode", with_tail=False), width=size[0], height=size[1])
        self.pen.picture(place.where, picture, " ".join(told), width_cm=WIDEST_CM)


def _describe(core: object, content: DocumentContent) -> None:
    """Say what it is, for readers' programs and archives; dated with the content."""
    at = datetime.combine(content.dated, clock(), UTC).replace(tzinfo=None)
    told = {
        "title": content.name,
        "subject": content.description or content.subtitle,
        "author": ", ".join(content.authors) or "Critical Friend",
        "keywords": ", ".join(content.keywords),
        "category": content.edition_label,
        "language": language_of(content.language).code,
        "comments": "",
        "last_modified_by": "Critical Friend",
        "created": at,
        "modified": at,
    }
    for name, value in told.items():
        setattr(core, name, value[:255] if isinstance(value, str) else value)
