"""The pieces of a file on its way, in the storage of all machines: any web process can take the next one.

A piece lies under its offset. One that was stored twice, because the answer got lost, is replaced.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

_FOLDER = "uploads"
_IN_MEMORY = 2 * 1024 * 1024


def put(upload: UUID, offset: int, piece: bytes) -> None:
    """Store one piece."""
    name = _name(upload, offset)
    default_storage.delete(name)
    default_storage.save(name, File(BytesIO(piece)))


@contextmanager
def whole(upload: UUID, size: int) -> Iterator[BinaryIO]:
    """Put the pieces together in a temporary file. Raises FileNotFoundError when one is missing."""
    with SpooledTemporaryFile(_IN_MEMORY) as file:
        while file.tell() < size:
            before = file.tell()
            with default_storage.open(_name(upload, before), "rb") as piece:
                shutil.copyfileobj(piece, file)
            if file.tell() == before:
                raise FileNotFoundError(_name(upload, before))
        file.seek(0)
        yield cast("BinaryIO", file)


def drop(upload: UUID | str) -> None:
    """Delete all pieces of an upload."""
    folder = f"{_FOLDER}/{upload}"
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)  # a folder on disk; an object storage has none


def folders() -> list[str]:
    """Return the uploads of which pieces lie in the storage."""
    try:
        names, _ = default_storage.listdir(_FOLDER)
    except FileNotFoundError:
        return []
    return list(names)


def _name(upload: UUID, offset: int) -> str:
    return f"{_FOLDER}/{upload}/{offset:012d}"
