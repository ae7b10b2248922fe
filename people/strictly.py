"""Pillow as strict as it was before the renderer of documents came: WeasyPrint makes the whole process lenient."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile


@contextmanager
def strictly() -> Iterator[None]:
    """Take neither half a picture (OSError) nor one that would fill the memory (DecompressionBombWarning)."""
    was_lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = was_lenient
