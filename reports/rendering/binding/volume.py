"""Binds parts into one file: every part gets its place, and what a document has once is written once."""

from collections.abc import Iterator
from typing import Any

import pydyf

from reports.rendering.archive import declare_accessible
from reports.rendering.binding import faces, shared
from reports.rendering.binding.file import File
from reports.rendering.binding.objects import FIRST, Place, Shared, Sheaf, stream_of, written
from reports.rendering.binding.part import Part
from reports.rendering.engine import Engine

_HERE = Place(0, 0, 0, 0)
"""Objects of the document itself have their numbers already."""


def bound(parts: list[Part], margins: Part, metadata: Any, engine: Engine) -> bytes:
    """Return the PDF. Raises `faces.FaceGone` when a kept part was made with other fonts."""
    *places, end = _places(parts)
    tail = Sheaf(end.margins + len(margins.objects))
    placed = list(zip(parts, places, strict=True))
    tail.page_references = [b"%d 0 R" % (sheet.page + place.objects) for part, place in placed for sheet in part.sheets]
    fonts = faces.embedded(tail, [use for part in (*parts, margins) for use in part.faces], engine)
    shared.outline(tail, parts)
    metadata.include_in_pdf(tail, "a", 3, "A", True)
    declare_accessible(None, tail)
    info = shared.info(metadata)
    tail.add_object(info)
    file = File()
    _put(file, Shared.PROFILE, pydyf.Stream([engine.profile.content], {"N": 3}, compress=True))
    _put(file, Shared.COLOURS, shared.colours())
    _put(file, Shared.FONTS, fonts)
    _put(file, Shared.CATALOG, {**shared.catalogue(placed, metadata), **tail.catalog})
    for number, value in shared.pages_and_structure(placed, tail):
        _put(file, number, value)
    for part, place in placed:
        _write(file, part, place)
    for number, head in enumerate(margins.objects, start=end.margins):
        file.stream(number, head.encode("latin-1"), margins.streams[number - end.margins])
    for item in tail.objects:
        _put(file, item.number, item)
    return file.finished(root=Shared.CATALOG, info=info.number)


def _places(parts: list[Part]) -> Iterator[Place]:
    """Yield the place of each part, and the end.

    Objects stand one after another. The keys of annotations follow those of all pages, margins follow all objects.
    """
    annotation = sum(len(part.sheets) for part in parts)
    margins = FIRST + sum(len(part.objects) for part in parts)
    objects = page = 0
    for part in parts:
        yield Place(objects, page, annotation, margins + page)
        objects += len(part.objects)
        page += len(part.sheets)
        annotation += len(part.annotations)
    yield Place(objects, page, annotation, margins)


def _write(file: File, part: Part, place: Place) -> None:
    for number, text in enumerate(part.objects, start=FIRST):
        filled = place.filled(text.encode("latin-1"))
        if number in part.streams:
            file.stream(number + place.objects, filled, part.streams[number])
        else:
            file.add(number + place.objects, filled)


def _put(file: File, number: int, value: Any) -> None:
    """Write one object of the document itself."""
    if isinstance(value, pydyf.Stream):
        head, data = stream_of(value)
        file.stream(number, _HERE.filled(head), data)
    else:
        file.add(number, _HERE.filled(written(value)))
