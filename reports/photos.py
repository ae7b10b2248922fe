"""Photos on the pages of a report: which address each has, and its bytes.

The file of a photo is never changed: it lies under its hash, a newer version is another file, and one that is removed
from the evidence stays in the storage (reviews/sweeping.py). So what was sent or published names its photos by hash,
and shows them as they were, whatever becomes of the evidence since.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse

from people.errors import NotThere
from reports.models import Publication, SentDraft
from reports.rendering.compose.photos import photos_of
from reports.rendering.model import Photo, photo_kept
from reviews.page_pictures import photo_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from reports.rendering import DocumentContent
    from reviews.access import Seat
    from reviews.models import Case


def on_case_pages(case: Case, content: DocumentContent) -> DocumentContent:
    """Return a document whose photos have their addresses inside the review: for those who may read its report."""
    return _addressed(content, lambda photo: reverse("reports:report_photo", args=(case.slug, photo.digest)))


def on_published_pages(publication: Publication, content: DocumentContent) -> DocumentContent:
    """Return a document whose photos have their addresses in the library."""
    return _addressed(
        content, lambda photo: reverse("reports:publication_photo", args=(publication.slug, photo.digest))
    )


def photo_for(seat: Seat, digest: str) -> bytes:
    """The JPEG of a photo for somebody who may read the report: of the report as it is, or of what was kept of it.

    Raises NotThere.
    """
    for row in photos_of(seat.case):
        if row.sha256 == digest:
            return photo_picture(str(row.file.name), digest)
    drafts = SentDraft.objects.filter(report__case=seat.case).order_by("-number").values_list("content", flat=True)
    out = Publication.objects.filter(case=seat.case, withdrawn_at=None).values_list("content", flat=True)
    for content in (*out, *drafts):
        if found := photo_kept(content, digest):
            return photo_picture(found.name, digest)
    raise NotThere


def published_photo(publication: Publication, digest: str) -> bytes:
    """The JPEG of a photo of a published version. Raises NotThere."""
    if found := photo_kept(publication.content, digest):
        return photo_picture(found.name, digest)
    raise NotThere


def _addressed(content: DocumentContent, address: Callable[[Photo], str]) -> DocumentContent:
    chapters = tuple(
        replace(
            chapter,
            blocks=tuple(
                replace(block, url=address(block)) if isinstance(block, Photo) and block.digest else block
                for block in chapter.blocks
            ),
        )
        for chapter in content.chapters
    )
    return replace(content, chapters=chapters)
