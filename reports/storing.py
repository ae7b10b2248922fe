"""Putting a finished file into the storage, whatever its size, while the row shows that somebody works on it."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection

from people.errors import StorageAway

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

logger = logging.getLogger(__name__)
BEAT_SECONDS = 5.0


class _Movable(File):  # type: ignore[type-arg] # of bytes; the class is not generic at run time
    """A file with a path of its own: a storage on the same disk moves it instead of copying it."""

    def temporary_file_path(self) -> str:
        """Where it is now."""
        return str(self.name)


def store(name: str, file: BinaryIO, *, beat: Callable[[], object]) -> str:
    """Store a file under a free name and return the name; what was written of it is deleted when that fails.

    `beat` is called every few seconds from a thread of its own, however long the storage takes.
    """
    content = _Movable(file) if isinstance(getattr(file, "name", None), str) else File(file)
    try:
        with _beating(beat):
            return default_storage.save(name, content)
    except BaseException:
        drop(name)
        raise


def drop(name: str) -> None:
    """Delete a file that no row names. Where the storage is away, it stays until it is found (sweeping)."""
    try:
        default_storage.delete(name)
    except StorageAway:
        logger.warning("%s could not be deleted now", name)


@contextmanager
def _beating(beat: Callable[[], object]) -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(done, beat), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat_until(done: threading.Event, beat: Callable[[], object]) -> None:
    """A beat that fails is no reason to stop storing: the row is looked at again when the file is there."""
    try:
        while not done.wait(BEAT_SECONDS):
            beat()
    finally:
        connection.close()
