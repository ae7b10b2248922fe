"""File names as people gave them, made harmless: they are only ever shown, and proposed when a file is downloaded."""

from __future__ import annotations

import re
import unicodedata

from reviews.uploads.kinds import Kind

_MOST_BYTES = 150
_FORBIDDEN = re.compile(r'[<>:"/\\|?*;]')
_KNOWN = {*(kind.extension for kind in Kind), ".jpeg", ".text", ".tsv", ".md"}
_UNSAFE = re.compile(
    r"\.(exe|com|scr|pif|bat|cmd|msi|dll|js|mjs|jse|vbs|vbe|wsf|hta|ps1|sh|jar|apk|html?|xhtml|svg|php|lnk|docm|xlsm|pptm|zip|rar)$",
    re.IGNORECASE,
)


def safe_name(given: str, kind: Kind) -> str:
    """Return the last part of a path without signs that hide or mislead, and with the extension of the content.

    `../../etc/passwd` becomes `passwd.txt`, and `report<U+202E>fdp.exe` with a PDF in it `reportfdp.pdf`.
    """
    stem = _stem(_visible(re.split(r"[/\\]", given)[-1]))
    return f"{_short(stem) or 'document'}{kind.extension}"


def title_from(given: str, kind: Kind) -> str:
    """Return a title for a file: its name in words."""
    stem = safe_name(given, kind).removesuffix(kind.extension)
    return " ".join(re.sub(r"[_]+", " ", stem).split()) or "Document"


def shown_name(given: str) -> str:
    """Return a name as it is shown and stored while its file is still on the way: one line, nothing that misleads."""
    return _visible(re.split(r"[/\\]", given)[-1])[-255:] or "document"


def _visible(text: str) -> str:
    """Leave out control signs, signs that turn the direction, and everything else that is not seen."""
    shown = (sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign)[0] != "C")
    return " ".join(_FORBIDDEN.sub("_", "".join(shown)).split())


def _stem(name: str) -> str:
    """Take off known and dangerous extensions, however many stand one after the other."""
    while True:
        head, dot, tail = name.rpartition(".")
        if not dot or not (f".{tail.lower()}" in _KNOWN or _UNSAFE.search(name)):
            return name.strip(" .")
        name = head


def _short(stem: str) -> str:
    """Cut at whole signs: file systems count bytes."""
    return stem.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
