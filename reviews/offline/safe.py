"""Before a form is opened: no part of it may declare entities, and none may be too large to be an answer."""

from __future__ import annotations

import zipfile
from io import BytesIO

from reviews.offline.brought import Unreadable

MOST_BYTES = 40 * 1024 * 1024
"""What the texts of a form may unpack to: far more than any form, far less than what fills a worker."""
_TEXTS = (".xml", ".rels", ".vml")
_DECLARES = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
TOO_LONG = (
    "This file is too long to be an answer. Keep it among the files: there it can be searched and quoted, and the "
    "answers stay short."
)
HOSTILE = (
    "This file holds instructions that no form needs (entities). Save it again from Word or Excel and try once more."
)
BROKEN = "This file cannot be read. Open it, save it again, and upload it once more."


def check(content: bytes) -> None:
    """Refuse what is broken, hostile or far too long.

    Raises Unreadable.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            texts = [entry for entry in archive.infolist() if entry.filename.lower().endswith(_TEXTS)]
            if sum(entry.file_size for entry in texts) > MOST_BYTES:
                raise Unreadable("too_long", TOO_LONG)
            for entry in texts:
                _check_part(archive.read(entry))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as problem:
        raise Unreadable("broken", BROKEN) from problem


def _check_part(part: bytes) -> None:
    if any(word in part for word in _DECLARES):
        raise Unreadable("hostile", HOSTILE)
    if len(part) > MOST_BYTES:
        raise Unreadable("too_long", TOO_LONG)
