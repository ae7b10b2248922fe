"""PDF: readable, not locked, without programs and hidden files, and nothing else at the same time."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import PurePath
from typing import BinaryIO

import pikepdf

from reviews.uploads.kinds import refusal
from reviews.uploads.plain import looks_like_markup

_HEAD = 1024
_TAIL = 1024
_UNPACKED = 200 * 1024 * 1024
_STREAM = re.compile(
    rb"<<((?:(?!stream|endobj).){0,2000}?/(?:ObjStm|XRef)\b(?:(?!stream|endobj).){0,2000}?)>>\s*stream\r?\n", re.DOTALL
)
_PROGRAMS = {"/JavaScript", "/Launch", "/ImportData"}
_DATA = {".xml", ".json", ".csv", ".txt"}
_AGAIN = "Print it to a new PDF and try again."


def check(file: BinaryIO) -> None:
    """Read the whole structure once.

    Raises NotReady with the reason.
    """
    content = file.read()
    _is_only_pdf(content, file)
    _is_no_bomb(content)
    file.seek(0)
    try:
        with pikepdf.open(file) as document:
            _has_no_programs(document)
            _has_no_files(document)
            if len(document.pages) == 0:
                raise refusal("broken", f"This PDF has no pages. {_AGAIN}")
    except pikepdf.PasswordError as problem:
        raise refusal(
            "encrypted", "This PDF is protected by a password. Save it without one and try again."
        ) from problem
    except (pikepdf.PdfError, ValueError, RuntimeError) as problem:
        raise refusal("broken", f"This PDF cannot be read. {_AGAIN}") from problem
    file.seek(0)


def _is_only_pdf(content: bytes, file: BinaryIO) -> None:
    """Refuse a file that is also a web page, an archive, or goes on after its end."""
    end = content.rfind(b"%%EOF")
    if looks_like_markup(content[:_HEAD]) or zipfile.is_zipfile(file) or end < len(content) - _TAIL:
        raise refusal("two_in_one", f"This PDF holds something else besides its pages. {_AGAIN}")


def _is_no_bomb(content: bytes) -> None:
    """Refuse lists of objects that unpack to more than a machine should hold."""
    left = _UNPACKED
    for found in _STREAM.finditer(content):
        if b"/FlateDecode" not in found[1]:
            continue
        unpacker = zlib.decompressobj()
        try:
            left -= len(unpacker.decompress(content[found.end() :], left + 1))
        except zlib.error:
            continue
        if left < 0:
            raise refusal("bomb", f"This PDF unpacks to far more than its size. {_AGAIN}")


def _has_no_programs(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and (thing.get("/JS") is not None or _name(thing) in _PROGRAMS):
            raise refusal("program", f"This PDF holds a program. {_AGAIN}")
        if isinstance(thing, pikepdf.Dictionary) and _nested_program(thing):
            raise refusal("program", f"This PDF holds a program. {_AGAIN}")


def _nested_program(thing: pikepdf.Dictionary) -> bool:
    """Whether an action stands inside this object (an action need not be an object of its own)."""
    actions = [thing.get("/A"), thing.get("/OpenAction")]
    if isinstance(more := thing.get("/AA"), pikepdf.Dictionary):
        actions += list(dict(more).values())
    return any(isinstance(action, pikepdf.Dictionary) and _name(action) in _PROGRAMS for action in actions)


def _name(thing: pikepdf.Dictionary) -> str:
    return str(thing.get("/S", ""))


def _has_no_files(document: pikepdf.Pdf) -> None:
    """Allow attached data, as archival reports have them, and no other files."""
    for name, attached in document.attachments.items():
        if {PurePath(str(name)).suffix.lower(), PurePath(attached.filename).suffix.lower()} - _DATA:
            raise refusal(
                "attachment", "This PDF has other files inside it. Add them one by one, then this one without."
            )
