"""Asking for documents, cancelling them, trying again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed
from people.queries.statements import SOME_CASE, kept_objects
from reports.access import refused_row
from reports.enums import DocumentStatus, Edition, Format
from reports.models import Document
from reports.queries.documents import versions_of
from reports.tasks import make_document
from reports.works import digest_of
from reviews.access import seat_in
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind
from reviews.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User

UNFINISHED = frozenset({DocumentStatus.FAILED, DocumentStatus.CANCELLED})
WATCHED_EVERY = 3
"""Seconds between two notes that somebody is watching."""


def request_document(
    case: Case, kind: str, edition: str, *, by: User, as_format: str = Format.PDF, about: User | None = None
) -> Document:
    """Ask for a document. The same content is the same row: a finished one is returned as it is, without rendering.

    Effects: permit, compose outside of any lock, then in one transaction: lock the case, find or make the row; after
    commit hand it to a worker. A broker that does not answer fails nothing: the sweeper sends the row later.

    Raises NotAllowed, or NotReady when there is nothing to show.
    """
    wanted = Document(case=case, kind=kind, edition=edition, format=as_format, about=about)
    wanted.case = _permitted(wanted, by)
    wanted.content_hash = digest_of(wanted)
    return _row(wanted, by)


def row_for(case: Case, kind: str, edition: str, digest: str, *, by: User, about: User | None = None) -> Document:
    """Return the PDF of one content, made and handed to a worker if it is new or was not finished."""
    return _row(Document(case=case, kind=kind, edition=edition, content_hash=digest, about=about), by)


@transaction.atomic
def _row(wanted: Document, by: User) -> Document:
    """Return the row of what is wanted, or save it as a new one."""
    locked_case(wanted.case_id)
    same = versions_of(wanted)
    row = same.select_for_update().filter(format=wanted.format, content_hash=wanted.content_hash).first()
    if row is None:
        wanted.number = _number(same, wanted.content_hash)
        wanted.requested_by = by
        wanted.save()
        _send(wanted)
        return wanted
    if row.status in UNFINISHED or _is_lost(row):
        _again(row, by)
    return row


def _number(same: QuerySet[Document], digest: str) -> int:
    """The next number; the same content in another format has one number."""
    twin = same.filter(content_hash=digest).values_list("number", flat=True).first()
    return twin or (same.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def cancel_document(document: Document, *, by: User) -> None:
    """End a document that is waiting or being made; the worker notices within a second.

    Raises NotAllowed, or AlreadyDone when it is finished.
    """
    _permitted(document, by)
    row = Document.objects.select_for_update().get(pk=document.pk)
    if row.is_final:
        raise AlreadyDone("This document is already finished. Nothing was cancelled.")
    if row.publications.exists():
        raise NotAllowed("This is the PDF of the published report: the library waits for it.")
    row.error = ""
    row.cancel()
    row.save()


@transaction.atomic
def retry_document(document: Document, *, by: User) -> None:
    """Try again after a failure or a cancellation, or make again what was swept.

    Raises NotAllowed, or AlreadyDone when it is under way or finished.
    """
    _permitted(document, by)
    row = Document.objects.select_for_update().get(pk=document.pk)
    if row.status not in UNFINISHED and not row.is_swept:
        raise AlreadyDone("This document is already under way or finished.")
    _again(row, by)


def note_watching(document: Document, *, by: User) -> None:
    """Remember that the person who asked is looking at the page: they need no notification."""
    last = document.watched_at
    if document.requested_by_id != by.pk or (last and (timezone.now() - last).total_seconds() < WATCHED_EVERY):
        return
    Document.objects.filter(pk=document.pk).update(watched_at=timezone.now())


@transaction.atomic
def note_download(document: Document, *, by: User) -> None:
    """Write into the timeline who took which document."""
    text = f"{document.name} downloaded"
    record(document.case, EventKind.DOWNLOADED, text, by=by, team_only=document.edition == Edition.TEAM)


def _permitted(document: Document, by: User) -> Case:
    """Return the case as it is now, if this person may have the document."""
    case = kept_objects(_case, said={SOME_CASE: document.case_id})[0]
    if refused := refused_row(seat_in(by, case), document):
        raise NotAllowed(refused)
    return case


def _case() -> QuerySet[Case]:
    return Case.objects.filter(pk=SOME_CASE).select_related("host_city", "self_assessment", "report").order_by()


def _is_lost(row: Document) -> bool:
    """Whether a finished document has lost its file."""
    return row.status == DocumentStatus.READY and not (row.file and row.file.storage.exists(str(row.file.name)))


def _again(row: Document, by: User) -> None:
    row.attempts = row.pages_done = 0
    row.requested_by, row.requested_at, row.watched_at = by, timezone.now(), None
    row.requeue()
    row.save()
    _send(row)


def _send(row: Document) -> None:
    """Hand it to a worker after commit. Robust: what a broker raises is logged, and the sweeper sends the row later."""
    transaction.on_commit(lambda: make_document.delay(row.pk), robust=True)
