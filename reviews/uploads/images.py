"""Pictures: drawn anew from their pixels, so that place, camera and anything hidden behind the picture stay behind.

Unlike people/photos.py, which scales photos for reports, this keeps the size up to what a scanned page needs to
stay legible, and the format.
"""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

from people.photos import MAX_PIXELS
from people.strictly import strictly
from reviews.uploads.kinds import Kind, refusal

_LONG_SIDE = 3000
_FORMATS = {"PNG": Kind.PNG, "JPEG": Kind.JPEG, "WEBP": Kind.WEBP}
_OPTIONS: dict[str, dict[str, object]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 85, "optimize": True},
    "WEBP": {"quality": 85},
}
_MODES = {"PNG": {"1", "L", "LA", "RGB", "RGBA"}, "JPEG": {"L", "RGB"}, "WEBP": {"RGB", "RGBA"}}


def cleaned(file: BinaryIO) -> tuple[Kind, bytes]:
    """Return what the picture is, and its bytes drawn anew: upright, without metadata.

    Raises NotReady for a picture that is broken or claims too many pixels.
    """
    with strictly():
        try:
            with Image.open(file, formats=tuple(_FORMATS)) as image:
                return _FORMATS[str(image.format)], _redrawn(image, str(image.format))
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
            raise _too_many() from problem
        except (OSError, ValueError, SyntaxError) as problem:
            raise refusal("broken", "This picture cannot be read. Save it again as JPEG or PNG.") from problem


def _redrawn(image: Image.Image, form: str) -> bytes:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.LANCZOS)
    flat = _flat(upright, form)
    clean = Image.new(flat.mode, flat.size)
    clean.paste(flat)
    stream = BytesIO()
    clean.save(stream, form, **_OPTIONS[form])
    return stream.getvalue()


def _flat(image: Image.Image, form: str) -> Image.Image:
    """Return the picture in a mode that its format keeps; only JPEG has no transparency to lose."""
    if image.mode in _MODES[form]:
        return image
    return image.convert("RGBA" if image.has_transparency_data and form != "JPEG" else "RGB")


def _too_many() -> Exception:
    return refusal("pixels", f"This picture has more than {MAX_PIXELS // 1_000_000} million pixels. Make it smaller.")
