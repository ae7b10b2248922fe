"""One part of a document: laid out by WeasyPrint, drawn without its margins, and cut loose from the renderer.

`drawn` does what WeasyPrint's `generate_pdf` does, with numbers that can still move. It uses functions below
WeasyPrint's public face; the lock names the version, and the tests compare with what WeasyPrint writes itself.
"""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any, Final

import pydyf
from weasyprint import HTML
from weasyprint.matrix import Matrix
from weasyprint.pdf import _use_references
from weasyprint.pdf.anchors import add_links, resolve_links
from weasyprint.pdf.stream import Stream
from weasyprint.pdf.tags import _build_box_tree

from reports.rendering.binding import faces
from reports.rendering.binding.objects import Shared, Sheaf, mark, stream_of, written
from reports.rendering.binding.part import Part, Sheet
from reports.rendering.engine import Engine
from reports.rendering.pictures import DocumentFetcher
from reports.rendering.tree import mend

VARIANT: Final = "pdf/a-3a"
POINTS: Final = 0.75
"""Points in a CSS pixel."""

STATES: Final = {"a1": ("ca", 1), "a1.0": ("ca", 1), "A1": ("CA", 1), "A1.0": ("CA", 1)}
"""Full opacity, which every text asks for. Margins may use these, because every part has them."""


def typeset(html: str, engine: Engine, fetcher: DocumentFetcher, *, level: int, elsewhere: Iterable[str]) -> Part:
    """Lay out and draw one part. `level` is that of the heading before it; `elsewhere` are anchors of other parts."""
    page = HTML(string=html, url_fetcher=fetcher)
    warnings = list(mend(page.etree_element, fetcher, engine.signs, level))
    document = page.render(font_config=engine.fonts, stylesheets=[engine.style, engine.bare], pdf_variant=VARIANT)
    part = drawn(document, engine, elsewhere)
    warnings += [f"This address was not loaded, documents stand alone: {url}" for url in fetcher.refused]
    part.warnings = list(dict.fromkeys(warnings))
    part.may_be_kept = not fetcher.broken
    return part


def drawn(document: Any, engine: Engine, elsewhere: Iterable[str]) -> Part:
    """Draw a laid out document into a part."""
    sheaf, fonts, images = Sheaf(), {}, {}  # type: ignore[var-annotated] # filled by WeasyPrint
    resources = resources_of()
    sheaf.add_object(resources)
    made = Part()
    places: list[Any] = []
    streams = []
    others = SimpleNamespace(anchors=dict.fromkeys(elsewhere, (0, 0, 0, 0)), links=[])
    for number, (page, links) in enumerate(zip(document.pages, resolve_links([*document.pages, others]), strict=False)):
        stream = stream_on(page, engine, resources, fonts, images, tags={})
        sheaf.add_object(stream)
        leaf = _leaf(page, number, stream, resources)
        sheaf.add_object(leaf)
        sheaf.page_references.append(leaf.reference)
        names: list[Any] = []
        add_links(links, Matrix(POINTS, 0, 0, -POINTS, 0, page.height * POINTS), sheaf, leaf, names, {})
        places += [(name, number, float(place[2]), float(place[3])) for name, place in names]
        page.paint(stream, POINTS)
        stream.stream = [b"q", *stream.stream, b"Q"]  # the margins follow in a stream of their own
        streams.append(stream)
        made.sheets.append(_sheet(page, leaf.number))
    _tag(document, sheaf, streams, made)
    _use_references(sheaf, resources, images, engine.profiles)
    made.anchors = places
    made.faces = faces.used(fonts.values())
    _write(sheaf, made)
    return made


def resources_of() -> Any:
    """Resources as WeasyPrint's streams fill them."""
    states = {name: pydyf.Dictionary({key: value}) for name, (key, value) in STATES.items()}
    return pydyf.Dictionary(
        {
            "ExtGState": pydyf.Dictionary(states),
            "XObject": pydyf.Dictionary(),
            "Pattern": pydyf.Dictionary(),
            "Shading": pydyf.Dictionary(),
            "ColorSpace": Shared.reference(Shared.COLOURS),
            "Font": Shared.reference(Shared.FONTS),
        }
    )


def stream_on(page: Any, engine: Engine, resources: Any, fonts: Any, images: Any, *, tags: Any) -> Any:
    """An empty content stream of a page, its origin in the top left corner."""
    bleed = page.bleed
    rectangle = (
        -bleed["left"],
        -bleed["top"],
        page.width + bleed["left"] + bleed["right"],
        page.height + bleed["top"] + bleed["bottom"],
    )
    stream = Stream(fonts, rectangle, resources, images, tags, engine.profiles, "srgb", compress=True)
    stream.transform(d=-1, f=page.height * POINTS)
    return stream


def _leaf(page: Any, number: int, stream: Any, resources: Any) -> Any:
    box = pydyf.Array([0, 0, page.width * POINTS, page.height * POINTS])
    return pydyf.Dictionary(
        {
            "Type": "/Page",
            "Parent": Shared.reference(Shared.PAGES),
            "MediaBox": box,
            "TrimBox": box,
            "BleedBox": box,
            "Contents": pydyf.Array([stream.reference, mark("m", number)]),
            "Resources": resources.reference,
            "Tabs": "/S",
            "StructParents": mark("p", number),
        }
    )


def _sheet(page: Any, number: int) -> Sheet:
    matrix = Matrix(POINTS, 0, 0, -POINTS, 0, page.height * POINTS)
    bookmarks = [(level, label, matrix.transform_point(*point), state) for level, label, point, state in page.bookmarks]
    return Sheet(page.height, page._page_box.page_type.name or "", list(_strings(page._page_box)), bookmarks, number)


def _strings(box: Any) -> Iterator[tuple[str, str]]:
    """Yield the named texts that are set on a page, in order."""
    for child in box.descendants():
        if child.string_set and child.string_set != "none":
            yield from ((name, text) for name, text in child.string_set)


def _tag(document: Any, sheaf: Sheaf, streams: list[Any], made: Part) -> None:
    """Build the structure of the part, and the arrays that lead from marked content to it."""
    root = pydyf.Dictionary({"S": "/Document", "K": pydyf.Array()})
    root.number = Shared.DOCUMENT
    annotations: list[Any] = []
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        marked: dict[int, bytes] = {}
        for element in _build_box_tree(page._page_box, root, sheaf, number, marked, annotations, stream._tags):
            root["K"].append(element.reference)
        elements = pydyf.Array(reference for _, reference in sorted(marked.items()))
        sheaf.add_object(elements)
        made.sheets[number].marked = elements.number
    for number, (_, annotation) in enumerate(annotations):
        annotation["StructParent"] = mark("a", number)
    made.children = [int(reference.split()[0]) for reference in root["K"]]
    made.annotations = [int(reference.split()[0]) for reference, _ in annotations]


def _write(sheaf: Sheaf, made: Part) -> None:
    for item in sheaf.objects:
        if isinstance(item, pydyf.Stream):
            head, made.streams[item.number] = stream_of(item)
        else:
            if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Annot":
                item["F"] = 4  # links are printed, PDF/A asks for it
            head = written(item)
        made.objects.append(head.decode("latin-1"))
