"""What a document has once: catalogue, pages, structure, outline, information."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pydyf
from tinycss2.color5 import D50, D65
from weasyprint import VERSION
from weasyprint.anchors import make_page_bookmark_tree
from weasyprint.matrix import Matrix
from weasyprint.pdf import _w3c_date_to_pdf
from weasyprint.pdf.anchors import add_outlines

from reports.rendering.binding.objects import Place, Shared, Sheaf
from reports.rendering.binding.part import Part

Placed = list[tuple[Part, Place]]


def outline(tail: Sheaf, parts: list[Part]) -> None:
    """Add the bookmarks of all parts."""
    tree: list[Any] = []
    skipped: list[Any] = []
    depths = [tree]
    level = 0
    for number, sheet in enumerate(sheet for part in parts for sheet in part.sheets):
        page = SimpleNamespace(bookmarks=sheet.bookmarks)
        level = make_page_bookmark_tree(page, skipped, depths, level, number, Matrix())
    add_outlines(tail, tree)


def info(metadata: Any) -> Any:
    """Return the document information."""
    values = {
        "Title": metadata.title,
        "Author": ", ".join(metadata.authors),
        "Subject": metadata.description,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": metadata.generator,
        "CreationDate": _w3c_date_to_pdf(metadata.created, "created"),
        "ModDate": _w3c_date_to_pdf(metadata.modified, "modified"),
    }
    known = {name: pydyf.String(value) for name, value in values.items() if value}
    return pydyf.Dictionary({"Producer": pydyf.String(f"WeasyPrint {VERSION}"), **known})


def colours() -> Any:
    """Return the colour spaces that WeasyPrint's streams name."""
    spaces = {"srgb": pydyf.Array(("/ICCBased", Shared.reference(Shared.PROFILE)))}
    for name, white in (("lab-d50", D50), ("lab-d65", D65)):
        space = {"WhitePoint": pydyf.Array(white), "Range": pydyf.Array((-125, 125, -125, 125))}
        spaces[name] = pydyf.Array(("/Lab", pydyf.Dictionary(space)))
    return pydyf.Dictionary(spaces)


def catalogue(placed: Placed, metadata: Any) -> dict[str, Any]:
    """Return the catalogue, but for what the tail adds: outline and metadata."""
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String("sRGB2014.icc"),
        "Info": pydyf.String("sRGB2014.icc"),
        "DestOutputProfile": Shared.reference(Shared.PROFILE),
    }
    return {
        "Type": "/Catalog",
        "Pages": Shared.reference(Shared.PAGES),
        "Lang": pydyf.String(metadata.lang or ""),
        "Names": {"Dests": {"Names": list(_destinations(placed))}},
        "StructTreeRoot": Shared.reference(Shared.ROOT),
        "ViewerPreferences": {"DisplayDocTitle": "true"},
        "MarkInfo": {"Marked": "true"},
        "OutputIntents": [intent],
    }


def _destinations(placed: Placed) -> Iterator[Any]:
    """Names and places of all anchors, sorted as a name tree must be. The first of a name counts."""
    known: dict[str, list[Any]] = {}
    for part, place in placed:
        for name, page, left, top in part.anchors:
            reference = b"%d 0 R" % (part.sheets[page].page + place.objects)
            known.setdefault(name, [reference, "/XYZ", left, top, 0])
    for name in sorted(known):
        yield pydyf.String(name)
        yield known[name]


def pages_and_structure(placed: Placed, tail: Sheaf) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the roots of pages and structure by their numbers."""
    pages = tail.page_references
    yield Shared.PAGES, {"Type": "/Pages", "Kids": pages, "Count": len(pages)}
    yield (
        Shared.ROOT,
        {
            "Type": "/StructTreeRoot",
            "ParentTree": Shared.reference(Shared.PARENTS),
            "K": [Shared.reference(Shared.DOCUMENT)],
        },
    )
    children = [b"%d 0 R" % (child + place.objects) for part, place in placed for child in part.children]
    root = Shared.reference(Shared.ROOT)
    yield Shared.DOCUMENT, {"Type": "/StructElem", "S": "/Document", "K": children, "P": root}
    yield Shared.PARENTS, {"Nums": list(_parents(placed))}


def _parents(placed: Placed) -> Iterator[Any]:
    """From the keys of pages and annotations to what is marked there."""
    for part, place in placed:
        for key, sheet in enumerate(part.sheets, start=place.pages):
            yield from (key, b"%d 0 R" % (sheet.marked + place.objects))
    for part, place in placed:
        for key, element in enumerate(part.annotations, start=place.annotations):
            yield from (key, b"%d 0 R" % (element + place.objects))
