"""The life of one document in a worker. The row is the truth; a worker that lost it leaves quietly.

An attempt is known by its number: progress, result and failure are only written while the row is still being made
by the same attempt. So a worker that was given up, or whose document was cancelled, changes nothing any more.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from people.actions.notifications import notify
from people.errors import Refusal, StorageAway
from reports.enums import DocumentStatus, Edition
from reports.models import Document
from reports.models.documents import document_path
from reports.queries.documents import versions_of
from reports.rendering import RenderError
from reports.storing import drop, store
from reports.works import Made, work_of
from reviews.actions.events import record
from reviews.actions.steps import locked_case
from reviews.enums import EventKind

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 0.5
STALE_AFTER = timedelta(seconds=30)
"""A document that is being made and shows no sign of life for so long has lost its worker."""
RESEND_AFTER = timedelta(seconds=20)
"""A document that waits for so long is handed to the worker again: the first message may be lost."""
MOST_ATTEMPTS = 3
WATCHED_WITHIN = timedelta(seconds=8)

SERVER_FAULT = "Something went wrong on the server while the document was made. Your texts are safe. Please try again."
NOT_STORED = (
    "The document was made but could not be stored. The server’s operator should look at its disk. Try again later."
)
STORAGE_AWAY = (
    "The storage of files did not answer three times, so this document was given up. Your texts are safe. "
    "Please try again later."
)
TOO_SLOW = "Making the document took too long, so it was ended. Please try again."
TOO_LARGE = "Making the document needed too much memory. Shorten its longest texts, or leave out pictures."
GAVE_UP = "The server stopped three times while making this document, so it was given up. Your texts are safe."


class Stopped(Exception):  # noqa: N818 - not an error: somebody else decided
    """The document was cancelled, or another attempt has it now."""


def make(document_id: int) -> None:
    """Make one document that waits. Safe to call twice: the second finds another state and leaves."""
    document = _start(document_id)
    if document is None:
        return
    try:
        _make(document)
    except Stopped:
        logger.info("Document %s was stopped in attempt %s", document.pk, document.attempts)
    except StorageAway:
        logger.warning("Document %s waits for the storage in attempt %s", document.pk, document.attempts)
        _wait_for_storage(document)
    except (RenderError, Refusal) as refused:
        _fail(document, refused.message)
    except SoftTimeLimitExceeded:
        logger.warning("Document %s took too long", document.pk)
        _fail(document, TOO_SLOW)
    except MemoryError:
        logger.exception("Document %s needed more memory than there is", document.pk)
        _fail(document, TOO_LARGE)
    except OSError:
        logger.exception("Document %s could not be stored", document.pk)
        _fail(document, NOT_STORED)
    except Exception:
        logger.exception("Document %s failed", document.pk)
        _fail(document, SERVER_FAULT)


def sweep() -> list[int]:
    """Put right what a lost worker or a lost message left behind; returns the ids to hand to a worker again."""
    now = timezone.now()
    lost = Document.objects.filter(status=DocumentStatus.RENDERING, heartbeat_at__lt=now - STALE_AFTER)
    for row in lost:
        _free(row)
    waiting = Document.objects.filter(status=DocumentStatus.QUEUED, queued_at__lt=now - RESEND_AFTER)
    ids = list(waiting.order_by("queued_at").values_list("pk", flat=True))
    Document.objects.filter(pk__in=ids, status=DocumentStatus.QUEUED).update(queued_at=now)
    return ids


def _start(document_id: int) -> Document | None:
    """Take the row, unless somebody else has it or nobody wants it any more."""
    with transaction.atomic():
        rows = Document.objects.select_for_update(of=("self",)).select_related("case")
        row = rows.filter(pk=document_id).first()
        if row is None or row.status != DocumentStatus.QUEUED:
            return None
        row.pages_expected = _length_last_time(row)
        row.file = ""
        row.start()
        row.save()
        return row


def _length_last_time(row: Document) -> int:
    """The length of the version before: the best guess until the layout knows better."""
    before = versions_of(row).filter(format=row.format, pages__gt=0)
    return before.order_by("-number").values_list("pages", flat=True).first() or 0


def _make(document: Document) -> None:
    work = work_of(document)
    if work.digest != document.content_hash:
        _take_new_content(document, work.digest)
    with work.make(_progress(document)) as made:
        name = _store(document, made)
        try:
            _finish(document, made, name)
        except BaseException:
            drop(name)
            raise


def _store(document: Document, made: Made) -> str:
    """Write the file. The row names it before, so that whoever frees the row deletes what a killed worker wrote."""
    name = document_path(document, "")
    if not _ours(document).update(file=name):
        raise Stopped
    return store(name, made.file, beat=lambda: _ours(document).update(heartbeat_at=timezone.now()))


def _take_new_content(document: Document, digest: str) -> None:
    """The case changed after the request: the document shows what is there now.

    When the newer content has a row of its own, this row ends and that one is made.
    """
    with transaction.atomic():
        row = _held(document)
        if row is None:
            raise Stopped
        others = versions_of(row).select_for_update()
        newer = others.filter(format=row.format, content_hash=digest).first()
        if newer is None:
            row.content_hash = document.content_hash = digest
            row.save()
            return
        row.error = f"The content changed before this version was made. Version {newer.number} shows the newer content."
        row.cancel()
        row.save()
        if newer.status in {DocumentStatus.FAILED, DocumentStatus.CANCELLED}:
            newer.requeue()
            newer.queued_at = timezone.now() - RESEND_AFTER  # the sweeper sends it at its next turn
            newer.save()
    raise Stopped


def _progress(document: Document) -> Callable[[int, int], None]:
    """Return a function that tells the page how far it is, at most twice a second, and ends what nobody wants."""
    told = 0.0

    def tell(page: int, expected: int) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < HEARTBEAT_SECONDS:
            return
        told = now
        _show_life(document, page, expected)

    return tell


def _show_life(document: Document, page: int, expected: int) -> None:
    known = {"pages_expected": expected} if expected else {}
    if not _ours(document).update(pages_done=page, heartbeat_at=timezone.now(), **known):
        raise Stopped


def _ours(document: Document) -> QuerySet[Document]:
    """The row, while this attempt has it."""
    return Document.objects.filter(pk=document.pk, status=DocumentStatus.RENDERING, attempts=document.attempts)


def _held(document: Document) -> Document | None:
    """Lock the case and the row, in this order as everybody does, while this attempt has the row."""
    case = locked_case(document.case_id)
    row = _ours(document).select_for_update().first()
    if row is not None:
        row.case = case
    return row


@transaction.atomic
def _finish(document: Document, made: Made, name: str) -> None:
    """Keep the result, write the event, and tell whoever left the page."""
    row = _held(document)
    if row is None:
        raise Stopped
    row.file.name = name
    row.pages = row.pages_done = row.pages_expected = made.units
    row.size, row.seconds, row.sha256 = made.size, made.seconds, made.sha256
    row.warnings, row.figures = list(made.warnings), made.figures
    row.finish()
    row.save()
    is_secret = row.edition == Edition.TEAM
    record(row.case, EventKind.DOCUMENT, f"{row.name} made", by=row.requested_by, team_only=is_secret)
    _tell(row, f"{row.case.title}: {row.name} is ready")


@transaction.atomic
def _fail(document: Document, sentence: str) -> None:
    """Say why it was not made, if this attempt still has it."""
    row = _held(document)
    if row is None:
        return
    _end(row, sentence)


def _end(row: Document, sentence: str) -> None:
    row.error, row.file = sentence, ""
    row.fail()
    row.save()
    _tell(row, f"{row.case.title}: {row.name} could not be made")


@transaction.atomic
def _wait_for_storage(document: Document) -> None:
    """Let the sweeper give it out again after its pause, or end it after the last attempt."""
    row = _held(document)
    if row is None:
        return
    if row.attempts >= MOST_ATTEMPTS:
        _end(row, STORAGE_AWAY)
        return
    row.file = ""
    row.requeue()
    row.save()


@transaction.atomic
def _free(lost: Document) -> None:
    """Give a document whose worker died to the next one, or end it after the last attempt."""
    row = _held(lost)
    if row is None or row.heartbeat_at != lost.heartbeat_at:
        return
    if row.file:
        drop(str(row.file.name))  # what the lost worker wrote of it
    if row.attempts >= MOST_ATTEMPTS:
        _end(row, GAVE_UP)
        return
    row.file = ""
    row.requeue()
    row.queued_at = timezone.now() - RESEND_AFTER - timedelta(seconds=1)  # to be sent in the same turn
    row.save()


def _tell(row: Document, text: str) -> None:
    """Notify the person who asked, unless they are watching the page."""
    if row.requested_by is None or (row.watched_at and row.watched_at > timezone.now() - WATCHED_WITHIN):
        return
    notify(
        [row.requested_by], text=text, url=f"{reverse('reports:documents', args=(row.case.slug,))}#document-{row.pk}"
    )
