"""Tidying the files of documents: archives after their days, and files that no row names.

Archives are large and hold what is not for everybody; they can be made again.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from reports.archive.zipping import PREFIX
from reports.enums import DocumentStatus, Format
from reports.models import Document

logger = logging.getLogger(__name__)

FORGOTTEN_SECONDS = 24 * 3600
"""A file that is being written and has not grown for so long belongs to a worker that was killed."""

_FOLDER = "documents"
_SETTLED = timedelta(hours=24)
"""A file younger than this may belong to a row that is just being written."""


def sweep_archives() -> int:
    """Delete archives after their days, and what killed workers left of others; returns how many archives went."""
    _forget_unfinished()
    before = timezone.now() - timedelta(days=settings.ARCHIVE_DAYS)
    old = Document.objects.filter(format=Format.ZIP, status=DocumentStatus.READY, finished_at__lt=before).exclude(
        file=""
    )
    return sum(_delete(row) for row in old)


def _delete(row: Document) -> bool:
    """Take the file away from the row first: a row without a file offers to make it again, never a dead link."""
    name = str(row.file.name)
    taken = Document.objects.filter(pk=row.pk, status=DocumentStatus.READY, file=name).update(file="")
    if taken:
        default_storage.delete(name)
        logger.info("Archive %s was deleted after %s days", row.pk, settings.ARCHIVE_DAYS)
    return bool(taken)


def _forget_unfinished() -> None:
    for file in settings.WORK_DIR.glob(f"{PREFIX}*.zip"):
        if file.stat().st_mtime < time.time() - FORGOTTEN_SECONDS:
            file.unlink(missing_ok=True)


def sweep_files_without_row(*, now: datetime | None = None) -> int:
    """Delete files of documents of more than a day that no row names; returns how many.

    So what an erased publication showed goes for good, also when the storage did not answer on that day.
    """
    before = (now or timezone.now()) - _SETTLED
    try:
        cases, _ = default_storage.listdir(_FOLDER)
    except FileNotFoundError:
        return 0
    return sum(_sweep_case(name, before) for name in cases if name.isdecimal())


def _sweep_case(case: str, before: datetime) -> int:
    """A row names its file before it is written, so no file of a day waits for its row."""
    paths = [f"{_FOLDER}/{case}/{name}" for name in default_storage.listdir(f"{_FOLDER}/{case}")[1]]
    named = set(Document.objects.filter(case=int(case)).values_list("file", flat=True))
    lost = [path for path in paths if path not in named and default_storage.get_modified_time(path) < before]
    for path in lost:
        logger.warning("deleting %s: no row names it", path)
        default_storage.delete(path)
    return len(lost)
