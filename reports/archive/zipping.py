"""Writes an archive into a temporary file, a piece at a time."""

from __future__ import annotations

import hashlib
import tempfile
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings

from people.errors import StorageAway
from reports.archive.entries import Entry, text_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reports.archive.entries import Plan
    from reports.rendering import Progress

PIECE = 1024 * 1024
HASHES = "SHA256SUMS"
MISSING = "MISSING.txt"
PREFIX = "archive-"
_LARGE = 1024**3
_FIRST_DAY, _LAST_DAY = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
"""A ZIP knows no other days."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A finished archive: open at its beginning, gone when the context ends unless a storage moved it away."""

    file: BinaryIO
    files: int
    size: int
    seconds: float
    sha256: str
    warnings: tuple[str, ...]


@contextmanager
def written(plan: Plan, on_progress: Progress) -> Iterator[Archive]:
    """Write an archive. `on_progress(file, files)` is called for every piece; whatever it raises ends the writing."""
    started = time.monotonic()
    settings.WORK_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=settings.WORK_DIR, prefix=PREFIX, suffix=".zip", delete=False) as file:
        try:
            writer = _Writer(plan, on_progress)
            writer.write(cast("BinaryIO", file))
            file.flush()
            size = file.seek(0, 2)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            took = time.monotonic() - started
            yield Archive(cast("BinaryIO", file), len(plan.entries), size, took, digest, tuple(writer.warnings))
        finally:
            Path(file.name).unlink(missing_ok=True)


@dataclass
class _Writer:
    """Writes the entries of one plan, then the list of hashes of what was really written."""

    plan: Plan
    on_progress: Progress
    sums: list[str] = field(default_factory=list)
    missing: list[Entry] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    done: int = 0

    def write(self, file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for entry in self.plan.entries:
                self._add(archive, entry)
                self.done += 1
            latest = max(entry.dated for entry in self.plan.entries)
            if self.missing:
                self._add(archive, _list_of_missing(self.missing, latest))
            self._add(archive, text_entry(HASHES, "".join(sorted(self.sums, key=lambda line: line[66:])), latest))

    def _add(self, archive: zipfile.ZipFile, entry: Entry) -> None:
        try:
            source = entry.open()
        except StorageAway:
            raise  # an archive without the files that are only out of reach would say that they are lost
        except OSError:
            self.missing.append(entry)
            self.warnings.append(f"The storage has lost the file {entry.path}: it is not in the archive.")
            return
        with source, archive.open(_head(self.plan.folder, entry), "w", force_zip64=entry.size > _LARGE) as target:
            digest = self._copied(source, cast("BinaryIO", target))
        self.sums.append(f"{digest}  {entry.path}\n")
        if entry.sha256 and digest != entry.sha256:
            self.warnings.append(f"The file {entry.path} is not what was uploaded: its hash is another.")

    def _copied(self, source: BinaryIO, target: BinaryIO) -> str:
        digest = hashlib.sha256()
        while piece := source.read(PIECE):
            digest.update(piece)
            target.write(piece)
            self.on_progress(self.done, len(self.plan.entries))
        return digest.hexdigest()


def _head(folder: str, entry: Entry) -> zipfile.ZipInfo:
    head = zipfile.ZipInfo(f"{folder}/{entry.path}", date_time=_day(entry.dated))
    head.compress_type = zipfile.ZIP_DEFLATED if entry.is_packed else zipfile.ZIP_STORED
    head.external_attr = 0o100644 << 16
    head.create_system = 3
    head.file_size = entry.size
    return head


def _day(moment: datetime) -> tuple[int, int, int, int, int, int]:
    at = moment.astimezone(UTC)
    return min(max((at.year, at.month, at.day, at.hour, at.minute, at.second), _FIRST_DAY), _LAST_DAY)


def _list_of_missing(missing: list[Entry], dated: datetime) -> Entry:
    lines = [f"{entry.path}\n    SHA-256 {entry.sha256 or 'unknown'}, {entry.size} bytes\n" for entry in missing]
    return text_entry(
        MISSING, "The storage had lost these files when this archive was made.\n\n" + "".join(lines), dated
    )
