"""Logos of working groups: looked into by their bytes, drawn anew, named by their hash.

Only pixels come out of it: no metadata, no script, nothing that follows the picture in its file. What was transparent
becomes white, because a logo stands on a white plate on screen and paper.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final

from PIL import Image

from people.errors import NotReady
from people.strictly import strictly

MOST_BYTES: Final = 4_000_000
MOST_PIXELS: Final = 30_000_000
LEAST_SIDE: Final = 40
WIDEST: Final = 900
HIGHEST: Final = 450
MOST_LONG: Final = 6
FORMATS: Final = ("JPEG", "PNG")


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG, and the name that it is kept under."""

    content: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """The hash of its bytes: another picture is another file, and an old one is never overwritten."""
        return f"{hashlib.sha256(self.content).hexdigest()}.png"


def drawn_anew(file: BinaryIO) -> Logo:
    """Return the logo in the size that page and print need.

    Raises `NotReady` with a sentence that says what is wrong with the file.
    """
    with strictly():
        try:
            with Image.open(file, formats=FORMATS) as image:
                return _drawn(image)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
            raise _too_large() from problem
        except (OSError, ValueError, SyntaxError) as problem:
            message = "This file is no PNG or JPEG that can be read. Save the logo as PNG and try again."
            raise NotReady(message, code="logo_unreadable") from problem


def _drawn(image: Image.Image) -> Logo:
    if image.width * image.height > MOST_PIXELS:
        raise _too_large()
    if min(image.size) < LEAST_SIDE:
        message = f"The logo is only {image.width} by {image.height} pixels. Each side needs {LEAST_SIDE} or more."
        raise NotReady(message, code="logo_too_small")
    if max(image.size) > MOST_LONG * min(image.size):
        message = f"The logo is more than {MOST_LONG} times as long as it is high. Choose a form of it that is shorter."
        raise NotReady(message, code="logo_too_long")
    layer = image.convert("RGBA")
    layer.thumbnail((WIDEST, HIGHEST), Image.Resampling.LANCZOS)
    plate = Image.new("RGB", layer.size, "white")
    plate.paste(layer, mask=layer.getchannel("A"))
    stream = BytesIO()
    plate.save(stream, "PNG", optimize=True)
    return Logo(stream.getvalue(), plate.width, plate.height)


def _too_large() -> NotReady:
    words = f"This logo has more than {MOST_PIXELS // 1_000_000} million pixels. Make it smaller and try again."
    return NotReady(words, code="logo_too_large")
