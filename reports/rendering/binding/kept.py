"""Keeps finished parts in a folder, bounded, so that the next version of a document does not lay them out again.

Several processes may use one folder: a file appears whole or not at all, and one that is gone or damaged is made anew.
A full disk costs speed and never a document.
"""

import hashlib
import logging
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from reports.rendering.binding.part import Part

logger = logging.getLogger(__name__)

_DIGEST = 32
_OLDEST = 30 * 24 * 3600
"""Seconds after which a part that nobody used goes: texts that were withdrawn do not stay for ever."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of parts by key, at most so many bytes."""

    folder: Path
    most: int

    def find(self, key: str) -> Part | None:
        """Return the part of a key, when it is there and whole."""
        file = self.folder / key
        try:
            content = file.read_bytes()
        except OSError:
            return None
        with suppress(OSError):  # it may be tidied away just now
            os.utime(file)
        try:
            return Part.unpacked(content[_DIGEST:]) if _is_whole(content) else None
        except (ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, part: Part) -> None:
        """Keep a part, unless the disk has no room."""
        packed = part.packed()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
                try:
                    file.write(hashlib.sha256(packed).digest() + packed)
                    file.close()
                    Path(file.name).replace(self.folder / key)
                except OSError:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError:
            logger.warning("A part of a document could not be kept, the next version takes longer", exc_info=True)

    def tidy(self) -> None:
        """Remove what was not used for the longest time, until the rest has room."""
        now, room = time.time(), self.most
        for used, size, file in sorted(self._files(), reverse=True):
            room -= size
            if room < 0 or now - used > _OLDEST:
                with suppress(OSError):  # somebody else was faster, or it stays
                    Path(file).unlink()

    def _files(self) -> list[tuple[float, int, str]]:
        """Return use, size and path of each. Paths as text: a thousand `Path`s cost as much as half a page."""
        found = []
        try:
            for entry in os.scandir(self.folder):
                try:
                    about = entry.stat()
                except FileNotFoundError:
                    continue
                found.append((about.st_mtime, about.st_size, entry.path))
        except OSError:
            return []
        return found


def shelf() -> Shelf | None:
    """Return the shelf of this installation, or nothing when it keeps no parts."""
    most = settings.DOCUMENT_PARTS_MB * 1_000_000
    return Shelf(settings.DOCUMENT_PARTS_DIR, most) if most else None


def _is_whole(content: bytes) -> bool:
    return hashlib.sha256(content[_DIGEST:]).digest() == content[:_DIGEST]
