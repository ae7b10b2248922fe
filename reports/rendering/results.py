"""What the renderer gives back, and how it tells of its progress."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

Progress = Callable[[int, int], None]
"""Called with (page that is laid out, pages expected or 0)."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """One finished Word document. `warnings` are sentences for the people who asked for it; `seconds` is wall time."""

    content: bytes
    chapters: int
    seconds: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class RenderedPdf:
    """One finished PDF. `warnings` are sentences for the people who asked for it; `seconds` is wall time."""

    content: bytes
    pages: int
    seconds: float
    warnings: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.content)
