"""How each kind of file comes to be: one table of makers by format, for one machine of jobs (jobs.py).

A maker looks at the row of a document and returns its `Work`: the hash of what the file will show, and a function
that makes the file while it tells how far it is.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from reports.archive import plan_of, written
from reports.contents import content_for, content_of, hash_for
from reports.enums import Format
from reports.rendering import check_document, render_document, write_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from reports.archive import Plan
    from reports.models import Document
    from reports.rendering import DocumentContent, Progress


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file, open at its beginning. `units` counts what the progress counted: pages, chapters or files."""

    file: BinaryIO
    units: int
    size: int
    seconds: float
    sha256: str
    warnings: tuple[str, ...] = ()
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Work:
    """What a document will show (`digest`), and how it is made; the file is gone when the context ends."""

    digest: str
    make: Callable[[Progress], AbstractContextManager[Made]]


def digest_of(document: Document) -> str:
    """Return the hash of what a document of this kind shows now; the row need not be saved.

    Raises `NotReady` when there is nothing to show yet.
    """
    if document.format == Format.ZIP:
        return plan_of(document.case, document.edition).digest
    content = content_for(document.case, document.kind, document.edition, document.about_id)
    return hash_for(document.case, document.kind, document.edition, content)


def work_of(document: Document) -> Work:
    """Return the work of a document that was asked for. Raises `RenderError` or `Refusal`."""
    return _MAKERS[Format(document.format)](document)


def _pdf(document: Document) -> Work:
    content, digest = content_of(document)
    return Work(digest, partial(_printed, content))


@contextmanager
def _printed(content: DocumentContent, on_progress: Progress) -> Iterator[Made]:
    pdf = render_document(content, on_progress=on_progress)
    figures = check_document(pdf)
    yield Made(BytesIO(pdf.content), pdf.pages, pdf.size, pdf.seconds, pdf.sha256, pdf.warnings, figures)


def _docx(document: Document) -> Work:
    content, digest = content_of(document)
    return Work(digest, partial(_written, content))


@contextmanager
def _written(content: DocumentContent, on_progress: Progress) -> Iterator[Made]:
    word = write_document(content, on_progress=on_progress)
    digest = hashlib.sha256(word.content).hexdigest()
    yield Made(BytesIO(word.content), word.chapters, len(word.content), word.seconds, digest, word.warnings)


def _zip(document: Document) -> Work:
    plan = plan_of(document.case, document.edition)
    return Work(plan.digest, partial(_zipped, plan))


@contextmanager
def _zipped(plan: Plan, on_progress: Progress) -> Iterator[Made]:
    with written(plan, on_progress) as archive:
        yield Made(archive.file, archive.files, archive.size, archive.seconds, archive.sha256, archive.warnings)


_MAKERS: dict[Format, Callable[[Document], Work]] = {
    Format.PDF: _pdf,
    Format.DOCX: _docx,
    Format.ZIP: _zip,
}
