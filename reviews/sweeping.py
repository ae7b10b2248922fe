"""Tidying the storage: uploads that nobody went on with, and files that no row names."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from reviews.models import Case, Evidence, EvidenceVersion, Upload
from reviews.uploads import pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)
_FOLDER = "evidence"
_SETTLED = timedelta(hours=24)
"""A file younger than this may belong to a row that is just being written."""


def sweep_uploads(*, now: datetime | None = None) -> int:
    """Forget uploads that nobody went on with, finished ones too, and pieces without a row; returns how many.

    Safe to run at any time and twice at once: what somebody goes on with meanwhile stays.
    """
    before = (now or timezone.now()) - timedelta(hours=settings.UPLOAD_HOURS)
    forgotten = sum(_forget(upload, before) for upload in Upload.objects.filter(touched_at__lt=before))
    known = {str(pk) for pk in Upload.objects.values_list("pk", flat=True)}
    lost = [name for name in pieces.folders() if name not in known and not Upload.objects.filter(pk=name).exists()]
    for name in lost:
        pieces.drop(name)
    return forgotten + len(lost)


@transaction.atomic
def _forget(upload: Upload, before: datetime) -> bool:
    """Delete the row unless it was touched meanwhile, then its pieces."""
    held = Upload.objects.select_for_update().filter(pk=upload.pk, touched_at__lt=before).first()
    if held is None:
        return False
    held.delete()
    pieces.drop(upload.pk)
    return True


def sweep_files_without_row(*, now: datetime | None = None) -> int:
    """Delete stored files of more than a day that no row names; returns how many.

    Effects, one case at a time: hold the case, delete the files. A file that is just being added waits for that.
    """
    before = (now or timezone.now()) - _SETTLED
    return sum(_sweep_case(int(name), before) for name in _folders(_FOLDER) if name.isdecimal())


@transaction.atomic
def _sweep_case(pk: int, before: datetime) -> int:
    list(Case.objects.select_for_update(no_key=True).filter(pk=pk))
    named = {
        *Evidence.objects.filter(case=pk).values_list("file", flat=True),
        *EvidenceVersion.objects.filter(evidence__case=pk).values_list("file", flat=True),
    }
    lost = [path for path in _stored(pk) if path not in named and default_storage.get_modified_time(path) < before]
    for path in lost:
        logger.warning("deleting %s: no row names it", path)
        default_storage.delete(path)
    return len(lost)


def _stored(pk: int) -> Iterator[str]:
    for part in _folders(f"{_FOLDER}/{pk}"):
        folder = f"{_FOLDER}/{pk}/{part}"
        yield from (f"{folder}/{name}" for name in default_storage.listdir(folder)[1])


def _folders(path: str) -> list[str]:
    try:
        return list(default_storage.listdir(path)[0])
    except FileNotFoundError:
        return []
