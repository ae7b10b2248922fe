"""Fonts of a document: what its parts write with each face, joined, and each face embedded once."""

from collections.abc import Iterable
from typing import Any

from weasyprint.pdf.fonts import Font, build_fonts_dictionary
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import get_pango_font_key

from reports.rendering.binding.objects import Sheaf
from reports.rendering.binding.part import FaceUse
from reports.rendering.engine import Engine

_SIZE = 1000


class FaceGone(Exception):  # noqa: N818 - named after what is the case
    """A kept part was written with a face that this machine does not have any more."""


def used(fonts: Iterable[Any]) -> list[FaceUse]:
    """Return what a part wrote with its fonts. Several fonts may be of one face."""
    return [
        FaceUse(
            face=font.hash,
            family=font.family,
            style=int(font.style),
            weight=int(font.weight),
            variations=font.variations,
            ascent=font.ascent,
            descent=font.descent,
            widths=font.widths,
            texts=font.to_unicode,
            missing=font.missing,
        )
        for font in fonts
    ]


def joined(uses: Iterable[FaceUse]) -> dict[str, FaceUse]:
    """Join the uses of each face. Where two disagree, the earlier part of the document is right."""
    faces: dict[str, FaceUse] = {}
    for use in uses:
        known = faces.setdefault(
            use.face,
            FaceUse(
                use.face,
                use.family,
                use.style,
                use.weight,
                use.variations,
                use.ascent,
                use.descent,
                widths={},
                texts={},
                missing={},
            ),
        )
        known.widths = {**use.widths, **known.widths}
        known.texts = {**use.texts, **known.texts}
        known.missing = {**use.missing, **known.missing}
    return faces


def embedded(sheaf: Sheaf, uses: Iterable[FaceUse], engine: Engine) -> Any:
    """Add each face with the signs that are used, and return the dictionary of fonts. Raises `FaceGone`."""
    faces = joined(uses)
    fonts = {name: _font(faces[name], engine) for name in sorted(faces)}
    return build_fonts_dictionary(sheaf, fonts, True, True, {"hinting": False, "pdf_version": "1.7"})


def _font(use: FaceUse, engine: Engine) -> Any:
    """Load a face by its description, and give it what was written with it."""
    context = ffi.gc(pango.pango_font_map_create_context(engine.fonts.font_map), gobject.g_object_unref)
    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    family = ffi.new("char[]", use.family.encode())
    pango.pango_font_description_set_family(description, family)
    pango.pango_font_description_set_style(description, use.style)
    pango.pango_font_description_set_weight(description, use.weight)
    pango.pango_font_description_set_absolute_size(description, _SIZE * TO_UNITS)
    loaded = pango.pango_font_map_load_font(engine.fonts.font_map, context, description)
    if loaded == ffi.NULL:
        raise FaceGone(use.family)
    loaded = ffi.gc(loaded, gobject.g_object_unref)
    _, found, size = get_pango_font_key(loaded)
    font = Font(loaded, found, size)
    font.loaded = loaded  # HarfBuzz reads it until the font is cut to the used signs
    if font.hash != use.face:
        raise FaceGone(use.family)
    font.ascent, font.descent = use.ascent, use.descent
    font.widths = dict(sorted(use.widths.items()))
    font.to_unicode = dict(sorted(use.texts.items()))
    font.missing = use.missing
    return font
