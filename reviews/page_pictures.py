"""Pictures of the pages of files: drawn when somebody looks, kept in the storage, handed out after the access check.

The file itself never reaches the browser this way: what comes is a JPEG that we drew (reviews/extraction).
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from people.errors import NotNow, NotThere, StorageAway
from reviews.extraction.limits import Refused
from reviews.extraction.parent import picture_of
from reviews.queries.evidence_text import extension_of, has_pictures, is_picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

    from reviews.models import Evidence

logger = logging.getLogger(__name__)

NO_PICTURE = "There is no picture of this page."
_WAIT_SECONDS = 10
_drawing = threading.BoundedSemaphore(2)
"""So many pictures at once in one web process: whoever turns many pages waits, and nobody else does."""


def page_picture(row: Evidence, number: int) -> bytes:
    """Return the JPEG of a page; of a photo, the photo as it is.

    Raises NotThere for a page that cannot be drawn, NotNow when too many are drawn at once.
    """
    text = getattr(row, "text", None)
    most = 1 if is_picture(row) else (text.pages_total if text else 0) or 1
    if not has_pictures(row) or not 1 <= number <= most:
        raise NotThere
    path = f"previews/{row.case_id}/{row.sha256[:2]}/{row.sha256}/{number:04}.jpg"
    return _kept(path) or _drawn(row, number, path)


def photo_picture(name: str, sha256: str) -> bytes:
    """Return the JPEG of a photo by the name of its file in the storage: also of one that is no evidence any more.

    Raises NotThere when it cannot be drawn, NotNow when too many are drawn at once.
    """
    path = f"photos/{sha256[:2]}/{sha256}.jpg"
    return _kept(path) or _draw(lambda: default_storage.open(name), ".jpg", 1, path, f"photo {name}")


def _kept(path: str) -> bytes:
    try:
        with default_storage.open(path, "rb") as file:
            content: bytes = file.read()
            return content
    except StorageAway:
        raise
    except OSError:
        return b""


def _drawn(row: Evidence, number: int, path: str) -> bytes:
    return _draw(lambda: row.file.open("rb"), extension_of(row), number, path, f"page {number} of file {row.pk}")


def _draw(opened: Callable[[], Any], extension: str, number: int, path: str, what: str) -> bytes:
    """Draw one picture and keep it; `what` is for the log alone."""
    try:
        with opened() as source:
            content = drawn_page(source, extension, number)
    except StorageAway:
        raise
    except OSError as problem:
        logger.info("This cannot be drawn: %s: %s", what, problem)
        raise NotThere(NO_PICTURE) from problem
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return content


def drawn_page(file: BinaryIO, extension: str, number: int) -> bytes:
    """Return the JPEG of one page of a file, drawn now; two at once in one process.

    Raises NotThere for a page that cannot be drawn, NotNow when too many are drawn at once.
    """
    if not _drawing.acquire(timeout=_WAIT_SECONDS):
        raise NotNow("Many pages are being drawn at this moment. Please try again in a minute.")
    try:
        return picture_of(file, extension, number)
    except Refused as problem:
        logger.info("A page cannot be drawn: %s", problem)
        raise NotThere(NO_PICTURE) from problem
    finally:
        _drawing.release()
