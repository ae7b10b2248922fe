"""PDF objects as text whose references are filled in when the part has its place in a document.

What is not known yet stands between two NUL characters, which no PDF text holds: `r12` a reference to object 12, `i12`
the number of object 12 in an identifier, `p3` the key of the part's page 3 in the parent tree, `a7` that of its
annotation 7, `m3` the margins of its page 3.
"""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

FIRST = 16
"""Objects below are the same in every part: see `Shared`."""


class Shared:
    """Numbers of the objects that a document has once."""

    PAGES, CATALOG, PROFILE, COLOURS, FONTS, ROOT, DOCUMENT, PARENTS = range(1, 9)

    @staticmethod
    def reference(number: int) -> bytes:
        """The reference to one of them, as pydyf writes it."""
        return b"%d 0 R" % number


class Sheaf:
    """Collects objects and numbers them from `first`: the part of `pydyf.PDF` that the renderer's functions need."""

    def __init__(self, first: int = FIRST) -> None:
        self.first = first
        self.objects: list[Any] = []
        self.page_references: list[bytes] = []
        self.catalog = pydyf.Dictionary()

    def add_object(self, made: Any) -> None:
        """Give an object its number."""
        made.number = self.first + len(self.objects)
        self.objects.append(made)


def mark(kind: str, number: int) -> bytes:
    """Return what stands for something that is not known yet."""
    return f"\0{kind}{number}\0".encode()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands in a document: what to add to its numbers."""

    objects: int
    pages: int
    annotations: int
    margins: int

    def filled(self, text: bytes) -> bytes:
        """Replace the marks of a text by what they are here."""
        pieces = text.split(b"\0")
        for at in range(1, len(pieces), 2):
            pieces[at] = self._value(pieces[at][:1], int(pieces[at][1:]))
        return b"".join(pieces)

    def _value(self, kind: bytes, number: int) -> bytes:
        if kind == b"r":
            return b"%d 0 R" % (number + self.objects if number >= FIRST else number)
        if kind == b"m":
            return b"%d 0 R" % (number + self.margins)
        return b"%d" % (number + {b"i": self.objects, b"p": self.pages, b"a": self.annotations}[kind])


_REFERENCE = re.compile(rb"(\d+) 0 R")
_CELL = re.compile(rb"\((\d+)(-\d+-\d+)\)")


def written(value: Any) -> bytes:
    """Return the text of a value, with a mark for each reference."""
    if isinstance(value, bytes | str):
        text = value if isinstance(value, bytes) else value.encode("ascii")
        return b"\0r%b\0" % text[:-4] if _REFERENCE.fullmatch(text) else text
    if isinstance(value, Mapping):
        return b"<<" + b"".join(_entry(str(key), item) for key, item in value.items()) + b">>"
    if isinstance(value, list | tuple):
        return b"[" + b" ".join(map(written, value)) + b"]"
    if isinstance(value, pydyf.String):
        escaped: bytes = value.data
        return escaped.replace(b"\0", b"")
    if isinstance(value, float) and not value.is_integer():
        return f"{value:f}".rstrip("0").encode("ascii")
    return str(int(value)).encode("ascii")


def _entry(key: str, value: Any) -> bytes:
    """One entry of a dictionary. Table heads are named by the number of their table, which is not known yet."""
    text = written(value)
    if key in {"ID", "Headers"}:
        text = _CELL.sub(rb"(" + b"\0i" + rb"\1" + b"\0" + rb"\2)", text)
    return b"/" + key.encode("ascii") + b" " + text


def stream_of(made: Any) -> tuple[bytes, bytes]:
    """Return dictionary and data of a stream object, compressed when it asks for it."""
    data = b"\n".join(pydyf._to_bytes(item) for item in made.stream)
    extra = dict(made.extra)
    if made.compress:
        extra["Filter"] = "/FlateDecode"
        data = zlib.compress(data, 6)
    return written({**extra, "Length": len(data)}), data
