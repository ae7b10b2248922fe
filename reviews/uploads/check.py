"""From bytes to a checked file. The name and the type that a browser claims decide nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

from reviews.uploads import images, names, office, plain
from reviews.uploads.kinds import ACCEPTED_WORDS, Kind, refusal

_HEAD = 4096
_PIECE = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: what it is, and the bytes to keep (of a picture: made anew, without metadata)."""

    kind: Kind
    content: BinaryIO
    size: int
    sha256: str
    name: str
    title: str


def checked(file: BinaryIO, given_name: str, *, most_bytes: int) -> CheckedFile:
    """Return the file as it may be kept.

    Raises NotReady with a code `file_...` and a sentence for people.
    """
    size = _size(file)
    if size == 0:
        raise refusal("empty", "This file is empty. Save it again and try once more.")
    if size > most_bytes:
        raise refusal("too_large", f"This file is too large: at most {most_bytes // (1024 * 1024)} MB.")
    kind, kept = _inspect(file, given_name)
    kept.seek(0)
    digest, size = _digest(kept), _size(kept)
    kept.seek(0)
    return CheckedFile(
        kind=kind,
        content=kept,
        size=size,
        sha256=digest,
        name=names.safe_name(given_name, kind),
        title=names.title_from(given_name, kind),
    )


def _inspect(file: BinaryIO, given_name: str) -> tuple[Kind, BinaryIO]:
    """Ask the check that belongs to the first bytes."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if head.startswith(b"%PDF-"):
        from reviews.uploads import pdf  # noqa: PLC0415 - its library is large: only who brings a PDF waits for it

        pdf.check(file)
        return Kind.PDF, file
    if head.startswith(b"PK\x03\x04"):
        return office.check(file), file
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        kind, clean = images.cleaned(file)
        return kind, BytesIO(clean)
    if head.startswith(_OLE):
        raise _old_office(file)
    text = plain.check(file, PurePath(given_name).suffix.lower())
    if text is None:
        raise refusal("type", f"{_guess(head)} {ACCEPTED_WORDS} can be added.")
    return text, file


def _old_office(file: BinaryIO) -> Exception:
    """Say whether it is a locked file or one of an old kind."""
    if _ENCRYPTED in file.read():
        return refusal("encrypted", "This file is protected by a password. Save it without one and try again.")
    return refusal(
        "old_office",
        "This is a file of an old kind that can hold programs. Save it as .docx, .xlsx, .pptx or PDF and try again.",
    )


def _guess(head: bytes) -> str:
    """Say what it looks like, where the bytes tell."""
    if plain.looks_like_markup(head):
        return "This is a web page or a drawing that can hold programs: save it as PDF."
    import puremagic  # noqa: PLC0415 - reads a long list of kinds, which an allowed file does not need

    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        found = []
    return f"This looks like another kind of file ({found[0].name})." if found else "We cannot tell what this file is."


def _digest(file: BinaryIO) -> str:
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    return found.hexdigest()


def _size(file: BinaryIO) -> int:
    return file.seek(0, 2)
