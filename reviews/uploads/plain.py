"""Plain text and tables as text: they have no mark of their own, so everything else has to be ruled out."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from reviews.uploads.kinds import Kind, refusal

_KINDS = {".csv": Kind.CSV, ".tsv": Kind.CSV, ".txt": Kind.TXT, ".text": Kind.TXT, ".md": Kind.TXT}
_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|iframe|object|\?xml|\?php)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_COMMAND = re.compile(rb'(?:^|[,;\t\r\n"])\s*=[^,;\t\r\n]*\|[^,;\t\r\n]*!')
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def looks_like_markup(content: bytes) -> bool:
    """Whether a browser might take it for a page."""
    return bool(_MARKUP.search(content))


def check(file: BinaryIO, extension: str) -> Kind | None:
    """Return CSV or TXT for a text whose name says so; None for anything else.

    Raises NotReady for a table with cells that start programs.
    """
    kind = _KINDS.get(extension)
    content = file.read() if kind else b""
    if kind is None or looks_like_markup(_narrow(content)) or not _is_text(content):
        return None
    if kind is Kind.CSV and _COMMAND.search(_narrow(content)):
        raise refusal("command", "This table has a cell that starts a program. Remove the formula and try again.")
    return kind


def _is_text(content: bytes) -> bool:
    """Whether it can be read as text: Unicode, or one of the old code pages, without control signs."""
    if content.startswith(b"#!"):
        return False
    if content.startswith(_WIDE):
        return _decodes(content, "utf-16")
    return not _CONTROL.search(content)


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _narrow(content: bytes) -> bytes:
    """Return the text with one byte a sign, so that one pattern fits UTF-16 too."""
    return content.decode("utf-16", errors="ignore").encode() if content.startswith(_WIDE) else content
