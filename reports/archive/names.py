"""File names that every system takes: no way out of the folder, nothing that reads as something else, none twice."""

from __future__ import annotations

import re
import unicodedata

MOST_BYTES = 200
"""Of one name: file systems take 255, and people put words before it."""
_TAKEN = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe_name(name: str) -> str:
    """Return a name for one file or folder: readable, in any script, without signs that a system forbids or hides.

    Signs that turn the direction of the text are left out: with one, `exe.fdp` can read as `pdf.exe`.
    """
    signs = (sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign)[0] != "C")
    words = " ".join(_FORBIDDEN.sub("-", "".join(signs)).split()).strip(". ")
    if not words or _TAKEN.match(words):
        words = f"file {words}".strip()
    found = _EXTENSION.search(words)
    extension = found[0] if found and found.start() else ""
    return _short(words.removesuffix(extension), MOST_BYTES - len(extension)) + extension


def _short(words: str, most: int) -> str:
    """Cut after whole signs, never inside one."""
    return words.encode()[:most].decode(errors="ignore").rstrip(". ")


class Names:
    """Gives every file of an archive a path of its own; two names that differ in case only are the same."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def path(self, folder: str, name: str) -> str:
        """Return `folder/name`, with a number behind the name where it is taken."""
        safe = safe_name(name)
        found = _EXTENSION.search(safe)
        extension = found[0] if found else ""
        stem, number = safe.removesuffix(extension), 1
        path = f"{folder}/{safe}"
        while path.casefold() in self._taken:
            number += 1
            path = f"{folder}/{stem} ({number}){extension}"
        self._taken.add(path.casefold())
        return path
