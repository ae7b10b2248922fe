"""Photos, made ready for page and print when they are uploaded.

A phone photo has 12 million pixels, its place and its time. A page of A4 shows 17 cm at 150 dots an inch, about a
thousand pixels: scaling at upload makes a report sixteen times smaller and twice as fast to make, and removing the
metadata keeps the whereabouts of a school yard private.
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image, ImageOps

from people.errors import NotReady

LONG_SIDE: Final = 1240
"""Pixels of the longer side: 17 cm at 150 dots an inch, and a quarter more for a photo that is cropped."""

QUALITY: Final = 80
MAX_PIXELS: Final = 60_000_000
"""A 60 megapixel camera; more would take a worker's memory (a small file can claim to be huge)."""

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")
_ACROSS: Final = ("L", "RGB")


@dataclass(frozen=True, slots=True)
class ScaledPhoto:
    """A JPEG without metadata, upright, and its size in pixels."""

    content: bytes
    width: int
    height: int


def scaled(file: BinaryIO) -> ScaledPhoto:
    """Return the photo in print size, turned as the camera was held, without metadata.

    Raises `NotReady` with the code `photo_unreadable` or `photo_too_large`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(file, formats=FORMATS) as image:
                return _scaled(image)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
            raise _too_large() from problem
        except (OSError, ValueError, SyntaxError) as problem:
            raise NotReady(
                "This photo cannot be read. Save it as JPEG or PNG and try again.", code="photo_unreadable"
            ) from problem


def _scaled(image: Image.Image) -> ScaledPhoto:
    if image.width * image.height > MAX_PIXELS:
        raise _too_large()
    image.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is decoded at a fraction of its size, never below this
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    flat = _flat(upright)
    stream = BytesIO()
    # Only the pixels go into a new image: whatever else the file carried stays behind.
    clean = Image.new(flat.mode, flat.size)
    clean.paste(flat)
    clean.save(stream, "JPEG", quality=QUALITY, optimize=True, progressive=False)
    return ScaledPhoto(stream.getvalue(), clean.width, clean.height)


def _flat(image: Image.Image) -> Image.Image:
    """Return the image in grey or RGB; what was transparent becomes white paper."""
    if image.mode in _ACROSS:
        return image
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(paper, layer).convert("RGB")


def _too_large() -> NotReady:
    return NotReady(
        f"This photo has more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller and try again.",
        code="photo_too_large",
    )
