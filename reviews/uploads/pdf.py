"""PDF: readable, not locked, without programs and hidden files, and nothing else at the same time."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

import pikepdf

from reviews.uploads.kinds import refusal
from reviews.uploads.plain import looks_like_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEAD = 1024
_TAIL = 1024
_UNPACKED = 200 * 1024 * 1024
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PIECE = 1024  # of a bomb it unpacks to a megabyte: more at once takes longer
_DEEPEST = 20
_PROGRAMS = {"/JavaScript", "/Launch", "/ImportData", "/Rendition"}
_ACTIVE = {"/RichMedia", "/3D", "/Movie", "/Screen", "/Sound"}
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
    """Refuse streams that unpack to more than a machine should hold: before anything else unpacks them."""
    view = memoryview(content)
    for found in _STREAM.finditer(content):
        if _unpacked(view[found.end() :]) > _UNPACKED:
            raise refusal("bomb", f"This PDF unpacks to far more than its size. {_AGAIN}")


def _unpacked(packed: memoryview) -> int:
    """Count the bytes of a packed stream without keeping them; stop above the limit. 0 for other streams."""
    unpacker, size, at = zlib.decompressobj(), 0, 0
    try:
        while not unpacker.eof and at < len(packed) and size <= _UNPACKED:
            size += len(unpacker.decompress(packed[at : at + _PIECE]))
            at += _PIECE
    except zlib.error:
        pass  # another packing, or the end of this one: what came so far counts
    return size


def _has_no_programs(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        for part in _parts(thing, _DEEPEST):
            is_program = part.get("/JS") is not None or str(part.get("/S", "")) in _PROGRAMS
            if is_program or part.get("/XFA") is not None or str(part.get("/Subtype", "")) in _ACTIVE:
                raise refusal("program", f"This PDF holds a program. {_AGAIN}")
            if part.get("/EF") is not None and _is_foreign(part):
                raise refusal(
                    "attachment", "This PDF has other files inside it. Add them one by one, then this one without."
                )


def _is_foreign(attached: pikepdf.Dictionary) -> bool:
    """Whether a file inside, wherever it hangs, is anything but data."""
    names = [str(attached[key]) for key in ("/F", "/UF") if attached.get(key) is not None]
    return not names or bool({PurePath(name).suffix.lower() for name in names} - _DATA)


def _parts(thing: object, depth: int) -> Iterator[pikepdf.Dictionary]:
    """Yield the dictionaries that stand inside an object; those that are objects of their own are met elsewhere."""
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    inside: Iterable[object] = ()
    if isinstance(thing, pikepdf.Dictionary):
        yield thing
        inside = thing.values()
    elif isinstance(thing, pikepdf.Array):
        inside = thing
    for value in inside:
        if depth and isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
            yield from _parts(value, depth - 1)


def _has_no_files(document: pikepdf.Pdf) -> None:
    """Allow attached data, as archival reports have them, and no other files."""
    for name, attached in document.attachments.items():
        if {PurePath(str(name)).suffix.lower(), PurePath(attached.filename).suffix.lower()} - _DATA:
            raise refusal(
                "attachment", "This PDF has other files inside it. Add them one by one, then this one without."
            )
