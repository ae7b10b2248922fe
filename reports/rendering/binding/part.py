"""A part of a document, laid out and drawn: plain values that can be kept in a file."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

_LENGTH = 8


@dataclass(slots=True)
class Sheet:
    """One page of a part. `strings` are the named texts for running heads that begin here, `bookmarks` in points."""

    height: float
    name: str
    strings: list[tuple[str, str]]
    bookmarks: list[Any]
    page: int = 0
    marked: int = 0


@dataclass(slots=True)
class FaceUse:
    """What a part writes with one face: glyphs with their widths and the texts that they stand for."""

    face: str
    family: str
    style: int
    weight: int
    variations: dict[str, float]
    ascent: int
    descent: int
    widths: dict[int, int]
    texts: dict[int, str]
    missing: dict[int, int]


@dataclass(slots=True)
class Part:
    """Objects by number from `objects.FIRST` on (a stream has its data in `streams`), and where things are in them.

    `anchors` are (name, page in the part, left, top) in points, `children` the outermost elements of the structure,
    `annotations` the elements of the links, all as object numbers.
    """

    objects: list[str] = field(default_factory=list)
    streams: dict[int, bytes] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    anchors: list[tuple[str, int, float, float]] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    annotations: list[int] = field(default_factory=list)
    faces: list[FaceUse] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    may_be_kept: bool = True

    def packed(self) -> bytes:
        """The part as bytes: a JSON head with its length before it, then the data of the streams."""
        head = {**_shallow(self), "sheets": [asdict(sheet) for sheet in self.sheets]}
        head["faces"] = [asdict(face) for face in self.faces]
        head["streams"] = [(number, len(data)) for number, data in self.streams.items()]
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        return b"".join((len(text).to_bytes(_LENGTH, "big"), text, *self.streams.values()))

    @classmethod
    def unpacked(cls, kept: bytes) -> "Part":
        """Return the part that `packed` wrote. Raises ValueError, KeyError or TypeError when the bytes are no part."""
        end = _LENGTH + int.from_bytes(kept[:_LENGTH], "big")
        head = json.loads(kept[_LENGTH:end])
        streams = {}
        for number, length in head["streams"]:
            streams[number] = kept[end : end + length]
            end += length
        sheets = [Sheet(**sheet) for sheet in head["sheets"]]
        return cls(**{**head, "streams": streams, "sheets": sheets, "faces": [_face(face) for face in head["faces"]]})


def _shallow(part: Part) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}


def _face(head: dict[str, Any]) -> FaceUse:
    """JSON has no numbers as keys."""
    numbered = {name: {int(key): value for key, value in head[name].items()} for name in ("widths", "texts", "missing")}
    return FaceUse(**{**head, **numbered})
