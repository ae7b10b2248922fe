"""The kinds of file that evidence can be, and how a refusal is said."""

from __future__ import annotations

import enum

from people.errors import NotReady


class Kind(enum.Enum):
    """One kind of file: its extension and the type under which it is sent out again."""

    PDF = (".pdf", "application/pdf")
    DOCX = (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    XLSX = (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    PPTX = (".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")
    ODT = (".odt", "application/vnd.oasis.opendocument.text")
    ODS = (".ods", "application/vnd.oasis.opendocument.spreadsheet")
    ODP = (".odp", "application/vnd.oasis.opendocument.presentation")
    PNG = (".png", "image/png")
    JPEG = (".jpg", "image/jpeg")
    WEBP = (".webp", "image/webp")
    CSV = (".csv", "text/csv")
    TXT = (".txt", "text/plain")

    @property
    def extension(self) -> str:
        """With its dot."""
        return self.value[0]

    @property
    def content_type(self) -> str:
        """The media type."""
        return self.value[1]


ACCEPTED = ",".join([*(kind.extension for kind in Kind), ".jpeg"])
"""For the file field of a page."""

ACCEPTED_WORDS = "PDF, Word, Excel, PowerPoint and OpenDocument files, photos (JPEG, PNG, WebP), CSV and plain text"


def refusal(code: str, reason: str) -> NotReady:
    """Return the refusal of a file: `code` is stable, `reason` says what to do instead."""
    return NotReady(reason, code=f"file_{code}")
