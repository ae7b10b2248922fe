"""Files in forms: one that is too large is not kept, not even for a moment, and is told by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

if TYPE_CHECKING:
    from django.http import HttpRequest

_MARK = "_files_too_large"


class StopLargeFiles(FileUploadHandler):
    """Drops a file the moment it grows beyond EVIDENCE_MAX_BYTES; the rest of the form is read on."""

    def new_file(self, *args: object, **options: object) -> None:
        """Begin to count."""
        super().new_file(*args, **options)  # type: ignore[arg-type]  # passed on as they come
        self.bytes = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's signature
        """Count, and let the next handler keep what came."""
        self.bytes += len(raw_data)
        if self.bytes > settings.EVIDENCE_MAX_BYTES:
            files_too_large(self.request).append(str(self.file_name))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handler that kept it."""


def files_too_large(request: HttpRequest | None) -> list[str]:
    """Return the names of the files of a form that were dropped; read the form first."""
    names: list[str] = request.__dict__.setdefault(_MARK, []) if request else []
    return names
