"""What goes into an archive."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.core.files.storage import default_storage

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKED = ("text/", "application/json", "application/xml", "image/svg")
"""Types that get smaller when packed; the others are packed already."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an archive: where it stands, its hash, and where its bytes are.

    `stored` is a name in the storage; without one, `content` is the file. `sha256` may be empty for a stored file that
    was never counted.
    """

    path: str
    sha256: str
    size: int
    dated: datetime
    content_type: str = ""
    stored: str = ""
    content: bytes = b""
    title: str = ""

    @property
    def is_packed(self) -> bool:
        """Whether it is made smaller."""
        return self.content_type.startswith(PACKED)

    def open(self) -> BinaryIO:
        """Open the bytes. Raises OSError when the storage has lost them."""
        return cast("BinaryIO", default_storage.open(self.stored)) if self.stored else BytesIO(self.content)


def text_entry(path: str, text: str, dated: datetime) -> Entry:
    """A file of ours: text in UTF-8."""
    content = text.encode()
    kind = "application/json" if path.endswith(".json") else "text/plain"
    return Entry(path, hashlib.sha256(content).hexdigest(), len(content), dated, kind, content=content)


def json_entry(path: str, values: Any, dated: datetime) -> Entry:
    """A file of ours: JSON, to be read by people too."""
    return text_entry(path, json.dumps(values, ensure_ascii=False, indent=2, default=_plain) + "\n", dated)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


@dataclass(frozen=True)
class Plan:
    """All entries, in the order of their paths, below one folder."""

    folder: str
    entries: tuple[Entry, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what goes in: names, hashes and dates."""
        told = [[entry.path, entry.sha256, entry.dated.isoformat()] for entry in self.entries]
        return hashlib.sha256(json.dumps([self.folder, told], ensure_ascii=False).encode()).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.entries)


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sort entries by path, whatever order the database gave them in."""
    return tuple(sorted(entries, key=lambda entry: entry.path))
