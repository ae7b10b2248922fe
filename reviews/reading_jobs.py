"""The reading of one file in a worker. The row is the truth; a worker that lost it leaves quietly.

An attempt is known by its number and by the hash of the bytes: pages and progress are only written while the row is
still being read by the same attempt. So a worker that was given up, or whose file has a newer version, changes nothing.
The file itself is read in a child process (reviews/extraction): it cannot take the worker down.
"""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from people.errors import StorageAway
from people.folding import folded
from people.texts import word_count
from reviews.enums import ReadingStatus
from reviews.extraction.limits import READ_SECONDS, TOO_LONG, UNREADABLE, Part, Refused
from reviews.extraction.parent import read_pages
from reviews.models import Evidence, EvidencePage, EvidenceText
from reviews.queries.evidence_text import READABLE, extension_of

if TYPE_CHECKING:
    from typing import BinaryIO

logger = logging.getLogger(__name__)

STALE_AFTER = timedelta(seconds=30)
"""A file that is being read and shows no sign of life for so long has lost its worker."""
RESEND_AFTER = timedelta(seconds=20)
MOST_ATTEMPTS = 3
SOFT_SECONDS, HARD_SECONDS = READ_SECONDS + 40, READ_SECONDS + 70
"""Of the task: the child ends first, so that its reason is told."""
_WRITE_SECONDS = 0.5
_WRITE_PAGES = 50
_NEW_AT_ONCE = 50

LOST = "This file cannot be opened at the moment. Please tell the secretariat."
GAVE_UP = "The server stopped three times while reading this file, so it was given up. The file itself is kept."


class Stopped(Exception):  # noqa: N818 - not an error: somebody else decided
    """The file has a newer version, or another attempt reads it now."""


def read(evidence_id: int) -> None:
    """Read one file that waits. Safe to call twice: the second finds another state and leaves."""
    row = _start(evidence_id)
    if row is None:
        return
    try:
        _read(row)
    except Stopped:
        logger.info("Reading of file %s was stopped in attempt %s", row.evidence_id, row.attempts)
    except Refused as refused:
        _end(row, ReadingStatus.FAILED, str(refused))
    except SoftTimeLimitExceeded:
        _end(row, ReadingStatus.FAILED, TOO_LONG)
    except StorageAway:
        logger.warning("File %s waits for the storage", row.evidence_id)
        _wait(row)
    except OSError:
        logger.exception("File %s is not in the storage", row.evidence_id)
        _end(row, ReadingStatus.FAILED, LOST)
    except Exception:
        logger.exception("Reading of file %s failed", row.evidence_id)
        _end(row, ReadingStatus.FAILED, UNREADABLE)


def unread() -> list[int]:
    """Put right what a lost worker or a lost message left behind; returns the files to hand to a worker again."""
    _begin_new()
    now = timezone.now()
    lost = EvidenceText.objects.filter(status=ReadingStatus.READING, heartbeat_at__lt=now - STALE_AFTER)
    lost.filter(attempts__gte=MOST_ATTEMPTS).update(status=ReadingStatus.FAILED, message=GAVE_UP)
    lost.update(status=ReadingStatus.QUEUED, queued_at=now - RESEND_AFTER - timedelta(seconds=1))
    waiting = EvidenceText.objects.filter(status=ReadingStatus.QUEUED, queued_at__lt=now - RESEND_AFTER)
    ids = list(waiting.order_by("queued_at").values_list("evidence", flat=True))
    waiting.filter(evidence__in=ids).update(queued_at=now)
    return ids


def renew(evidence: Evidence) -> None:
    """Let a file be read anew: its text belongs to the bytes that it has now. Send the task yourself, after commit."""
    row, _ = EvidenceText.objects.update_or_create(
        evidence=evidence,
        defaults={
            "sha256": evidence.sha256,
            "status": ReadingStatus.QUEUED,
            "pages_done": 0,
            "pages_total": 0,
            "words": 0,
            "message": "",
            "attempts": 0,
            "queued_at": timezone.now(),
            "heartbeat_at": None,
        },
    )
    row.pages.all().delete()


def _begin_new() -> None:
    """Find files that nobody asked to read: those from before, or brought by a command."""
    unread = Q(text__isnull=True) | ~Q(text__sha256=F("sha256"))
    files = Evidence.objects.filter(unread, content_type__in=READABLE, removed_at__isnull=True).exclude(file="")
    for evidence in files.order_by("pk")[:_NEW_AT_ONCE]:
        with transaction.atomic():
            renew(evidence)
            EvidenceText.objects.filter(evidence=evidence).update(queued_at=timezone.now() - RESEND_AFTER * 2)


def _start(evidence_id: int) -> EvidenceText | None:
    """Take the row, unless somebody else has it or the file has changed; what an attempt before left is thrown away."""
    with transaction.atomic():
        rows = EvidenceText.objects.select_for_update(of=("self",)).select_related("evidence")
        row = rows.filter(evidence=evidence_id, status=ReadingStatus.QUEUED).first()
        if row is None or row.sha256 != row.evidence.sha256:
            return None
        row.status, row.heartbeat_at = ReadingStatus.READING, timezone.now()
        row.attempts += 1
        row.pages_done = row.words = 0
        row.message = ""
        row.save()
        row.pages.all().delete()
        return row


def _wait(row: EvidenceText) -> None:
    """Let the sweeper give the file out again after its pause. Nothing was read, so it was no attempt."""
    _ours(row).update(status=ReadingStatus.QUEUED, queued_at=timezone.now(), attempts=F("attempts") - 1)


def _read(row: EvidenceText) -> None:
    cut: list[str] = []
    writer = _Writer(row)
    with row.evidence.file.open("rb") as file:
        content: BinaryIO = file  # type: ignore[assignment]  # reads like one
        for part in read_pages(content, extension_of(row.evidence), on_cut=cut.append):
            writer.add(part)
    writer.write()
    _end(row, ReadingStatus.READY, "".join(cut[:1]), words=writer.words, pages=writer.done)


class _Writer:
    """Writes pages together, at least twice a second, so that the page can tell how far it is."""

    def __init__(self, row: EvidenceText) -> None:
        self.row = row
        self.held: list[EvidencePage] = []
        self.words = self.done = self.total = 0
        self.told = time.monotonic()

    def add(self, part: Part) -> None:
        self.total = part.total
        if part.number:
            self.words += word_count(part.text)
            page = EvidencePage(evidence_text=self.row, number=part.number, text=part.text, folded=folded(part.text))
            self.held.append(page)
        if len(self.held) >= _WRITE_PAGES or time.monotonic() - self.told > _WRITE_SECONDS or not part.number:
            self.write()

    @transaction.atomic
    def write(self) -> None:
        done = self.done + len(self.held)
        now = timezone.now()
        ours = _ours(self.row)
        if not ours.update(pages_done=done, pages_total=self.total, words=self.words, heartbeat_at=now):
            raise Stopped
        EvidencePage.objects.bulk_create(self.held)
        self.done, self.held, self.told = done, [], time.monotonic()


def _ours(row: EvidenceText) -> QuerySet[EvidenceText]:
    """The row, while this attempt has it."""
    return EvidenceText.objects.filter(
        pk=row.pk, status=ReadingStatus.READING, attempts=row.attempts, sha256=row.sha256
    )


def _end(row: EvidenceText, status: ReadingStatus, message: str, *, words: int = 0, pages: int | None = None) -> None:
    """Say how it ended. Of a file that could not be read, no half text is kept."""
    with transaction.atomic():
        known = {} if pages is None else {"pages_done": pages, "pages_total": pages}
        ours = _ours(row).update(status=status, message=message, words=words, heartbeat_at=timezone.now(), **known)
        if ours and status == ReadingStatus.FAILED:
            EvidencePage.objects.filter(evidence_text=row).delete()
