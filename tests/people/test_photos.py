"""Photos are small, upright and silent about where they were taken."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from people.errors import NotReady
from people.photos import LONG_SIDE, scaled


def photo(size: tuple[int, int], *, kind: str = "JPEG", mode: str = "RGB", **options: object) -> BytesIO:
    image = Image.linear_gradient("L").resize(size).convert(mode)
    stream = BytesIO()
    image.save(stream, kind, **options)
    stream.seek(0)
    return stream


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def test_photo_is_scaled_to_print_size() -> None:
    result = scaled(photo((4000, 3000)))
    assert (result.width, result.height) == (LONG_SIDE, 930)
    assert opened(result.content).size == (LONG_SIDE, 930)
    assert len(result.content) < 100_000


def test_small_photo_is_not_blown_up() -> None:
    assert (scaled(photo((320, 200))).width, scaled(photo((320, 200))).height) == (320, 200)


def test_photo_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    result = scaled(photo((800, 600), exif=exif))
    assert (result.width, result.height) == (600, 800)


def test_metadata_is_removed() -> None:
    exif = Image.Exif()
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(0x8825)[1] = "N"
    result = scaled(photo((800, 600), exif=exif, comment=b"in the yard"))
    assert b"CameraMaker" not in result.content
    assert b"in the yard" not in result.content
    assert dict(opened(result.content).getexif()) == {}


def test_transparent_parts_become_white_paper() -> None:
    stream = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(stream, "PNG")
    assert opened(scaled(BytesIO(stream.getvalue())).content).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_every_colour_model_becomes_a_jpeg(mode: str) -> None:
    result = opened(scaled(photo((50, 40), mode=mode)).content)
    assert (result.format, result.size) == ("JPEG", (50, 40))


def test_the_same_photo_gives_the_same_bytes() -> None:
    assert scaled(photo((1500, 900))).content == scaled(photo((1500, 900))).content


@pytest.mark.parametrize("side", [8_000, 12_000, 40_000])
def test_small_file_that_claims_to_be_huge_is_refused(side: int) -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    with pytest.raises(NotReady) as refusal:
        scaled(BytesIO(bomb))
    assert refusal.value.code == "photo_too_large"


@pytest.mark.parametrize("content", [b"", b"no photo", b"\xff\xd8\xff\xe0 cut"])
def test_broken_photo_is_refused_with_a_way_out(content: bytes) -> None:
    with pytest.raises(NotReady) as refusal:
        scaled(BytesIO(content))
    assert refusal.value.code == "photo_unreadable"
    assert "JPEG or PNG" in refusal.value.message
