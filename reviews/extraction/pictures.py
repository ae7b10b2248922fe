"""A picture of one page: modest, a JPEG, and never the file itself."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO

from PIL import Image

from people.photos import scaled
from reviews.extraction.limits import PICTURE_HEIGHT, PICTURE_WIDTH

_QUALITY = 78
_SMALLEST = 1.0


def draw(path: str, extension: str, number: int) -> bytes:
    """Return a JPEG of a page (the first is 1), or of a photo as it is, upright and without its metadata.

    Raises IndexError for a page that is not there.
    """
    if extension == ".pdf":
        return _page(path, number)
    with open(path, "rb") as file:  # noqa: PTH123 - a child that imports little
        return scaled(file).content


def _page(path: str, number: int) -> bytes:
    import pypdfium2  # noqa: PLC0415 - photos do without

    with closing(pypdfium2.PdfDocument(path)) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        with closing(document[number - 1]) as page:
            wide, high = (max(side, _SMALLEST) for side in page.get_size())
            scale = min(PICTURE_WIDTH / wide, PICTURE_HEIGHT / high)
            with closing(page.render(scale=scale, may_draw_forms=False)) as bitmap:
                return _jpeg(bitmap.to_pil())


def _jpeg(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.convert("RGB").save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return stream.getvalue()
