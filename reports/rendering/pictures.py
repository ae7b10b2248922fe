"""What a document may load: photos through a callback, `data:` addresses, and nothing else.

There is no network and no file: whatever else a text manages to ask for is refused and reported.
"""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from PIL import Image
from weasyprint.urls import URLFetcher, URLFetcherResponse

from people.errors import NotReady, StorageAway
from people.photos import LONG_SIDE, scaled
from people.strictly import strictly

Pictures = Callable[[str], bytes]
"""From the storage name of a photo to its bytes. Any OSError means that there is no such photo."""

SCHEME = "photo:"
_UNSHOWABLE = (
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    SuspiciousOperation,
    NotReady,
)
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class BrokenPicture(Exception):  # noqa: N818 - named after what is the case
    """The picture is not there, or no program can show it."""


def stored_picture(name: str) -> bytes:
    """Read a photo from the media storage."""
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


class DocumentFetcher(URLFetcher):  # type: ignore[misc] # brings no types
    """The renderer's only door to the outside.

    `refused` collects the addresses that it did not open, `broken` the photos that cannot be shown.
    """

    def __init__(self, pictures: Pictures) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._pictures = pictures
        self._read: dict[str, bytes] = {}
        self.refused: list[str] = []
        self.broken: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Open a photo or a `data:` address; refuse the rest."""
        if url.startswith(SCHEME):
            return URLFetcherResponse(url, self.picture(url))
        if url.startswith("data:"):
            return super().fetch(url, headers)
        self.refused.append(url)
        raise ValueError("A document loads nothing from outside.")

    def picture(self, url: str) -> bytes:
        """Bytes of a photo that can be shown, in print size, read and checked once. Raises `BrokenPicture`."""
        if not url.startswith(SCHEME):
            raise BrokenPicture(url)
        if url not in self._read:
            self._read[url] = self._checked(unquote(url.removeprefix(SCHEME)))
        return self._read[url]

    def _checked(self, name: str) -> bytes:
        try:
            content = self._pictures(name)
            return _whole(content)
        except StorageAway:
            raise  # a document without a picture that is only out of reach would stay without it
        except _UNSHOWABLE as problem:
            self.broken.append(name)
            raise BrokenPicture(name) from problem


def _whole(content: bytes) -> bytes:
    """Return a picture in print size that can be read to its end; raises one of `_UNSHOWABLE` otherwise.

    A large picture is read while it is made smaller. A small one is read in an eighth of its size where the format
    allows it: that finds a file that ends too early in a third of the time.
    """
    with strictly(), Image.open(BytesIO(content), formats=_FORMATS) as image:
        if max(image.size) > LONG_SIDE:
            return scaled(BytesIO(content)).content
        image.draft(None, (image.width // 8, image.height // 8))
        image.load()
        return content


def _no_picture(name: str) -> bytes:
    raise FileNotFoundError(name)


NOTHING = DocumentFetcher(_no_picture)
"""For HTML of our own that loads nothing: making a fetcher takes as long as a short line of text."""
