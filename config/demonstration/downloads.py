"""Documents that are there already: the report to edit, and the archive of a finished review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import jobs
from reports.actions.documents import note_watching, request_document
from reports.enums import DocumentKind, Edition, Format

if TYPE_CHECKING:
    from people.models import User
    from reviews.models import Case

CASE = "timisoara-2018"


def make_documents(case: Case, *, by: User) -> None:
    """Make them at once, as a worker would while somebody looks on. A document that fails says so on its page."""
    for kind, edition, as_format in (
        (DocumentKind.REPORT, Edition.PUBLIC, Format.DOCX),
        (DocumentKind.ARCHIVE, Edition.TEAM, Format.ZIP),
    ):
        row = request_document(case, kind, edition, by=by, as_format=as_format)
        note_watching(row, by=by)
        jobs.make(row.pk)
