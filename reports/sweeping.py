"""Archives are large and hold what is not for everybody: they go after some days, and can be made again."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from reports.archive.zipping import PREFIX
from reports.enums import DocumentStatus, Format
from reports.models import Document

logger = logging.getLogger(__name__)

FORGOTTEN_SECONDS = 24 * 3600
"""A file that is being written and has not grown for so long belongs to a worker that was killed."""


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
