"""What a file really is: honest ones are kept as they are, hostile ones refused or made safe, one by one."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from PIL import Image, ImageFile

from people.errors import NotReady
from reviews.uploads import checked
from reviews.uploads.kinds import Kind
from reviews.uploads.names import safe_name, title_from
from tests.reviews import files

MOST = 20 * 1024 * 1024


@pytest.mark.parametrize("name", files.HONEST)
def test_honest_file_is_kept_under_the_type_of_its_bytes(name: str) -> None:
    content, content_type = files.HONEST[name]

    found = checked(BytesIO(content), name, most_bytes=MOST)

    assert found.kind.content_type == content_type
    found.content.seek(0)
    kept = found.content.read()
    assert (found.size, found.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    if not content_type.startswith("image/"):
        assert kept == content


@pytest.mark.parametrize("case", files.HOSTILE)
def test_hostile_file_is_refused_with_a_reason_for_people(case: str) -> None:
    name, content, code = files.hostile(case)

    with pytest.raises(NotReady) as refused:
        checked(BytesIO(content), name, most_bytes=MOST)

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_file_above_the_limit_is_refused_before_it_is_read() -> None:
    with pytest.raises(NotReady) as refused:
        checked(BytesIO(b"%PDF-" + bytes(3_000_000)), "plan.pdf", most_bytes=2 * 1024 * 1024)

    assert (refused.value.code, refused.value.message) == (
        "file_too_large",
        "This file is too large: at most 2 MB.",
    )


@pytest.mark.parametrize("told", files.TOLD)
def test_picture_keeps_nothing_but_its_pixels(told: str) -> None:
    content = files.TOLD[told]
    assert b"Secret" in content

    kept = checked(BytesIO(content), "photo", most_bytes=MOST).content.read()

    assert b"Secret" not in kept
    with Image.open(BytesIO(kept)) as image, Image.open(BytesIO(content)) as before:
        assert (image.size, image.format) == (before.size, before.format)
        assert dict(image.getexif()) == {}
        assert image.info.keys() <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
            "timestamp",
            "duration",
        }


@pytest.mark.parametrize(
    ("content", "secret"),
    [
        (files.photo_with_place(), b"Secret"),
        (files.png_with_text(), b"Secret"),
        (files.picture() + files.HTML, b"<html"),
        (files.picture("JPEG") + files.archive({"a.txt": "Secret"}), b"a.txt"),
    ],
    ids=["place and camera", "author", "page behind the picture", "archive behind the picture"],
)
def test_picture_is_drawn_anew_and_loses_what_it_hid(content: bytes, secret: bytes) -> None:
    assert secret in content

    kept = checked(BytesIO(content), "photo.png", most_bytes=MOST).content.read()

    assert secret not in kept
    with Image.open(BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif())) == ((40, 30), {})


def test_photo_held_sideways_stands_upright_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    kept = checked(BytesIO(files.picture("JPEG", (40, 30), exif=exif)), "photo.jpg", most_bytes=MOST).content

    with Image.open(kept) as image:
        assert (image.size, dict(image.getexif())) == ((30, 40), {})


def test_large_picture_keeps_what_a_scanned_page_needs() -> None:
    kept = checked(BytesIO(files.picture("PNG", (3300, 2200))), "scan.png", most_bytes=MOST).content

    with Image.open(kept) as image:
        assert (image.size, image.format) == ((3000, 2000), "PNG")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ana\\Plan local.pdf", "Plan local.pdf"),
        ("report\u202efdp.exe", "reportfdp.pdf"),
        ("in\u200bvisi\u2066ble\x00\x1b[31m.pdf", "invisible[31m.pdf"),
        ("plan.pdf.exe", "plan.pdf"),
        ("plan.exe.pdf", "plan.pdf"),
        ("Ordinance 2.1 of 2017.pdf", "Ordinance 2.1 of 2017.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("   ", "document.pdf"),
        ("\u202e\u202d.pdf", "document.pdf"),
        ("Σχέδιο δράσης.pdf", "Σχέδιο δράσης.pdf"),
        ("خطة العمل.pdf", "خطة العمل.pdf"),
        ("e\u0301cole.pdf", "école.pdf"),
    ],
)
def test_file_name_is_made_harmless_and_says_what_the_file_is(given: str, safe: str) -> None:
    assert safe_name(given, Kind.PDF) == safe


def test_long_file_name_is_cut_at_whole_signs() -> None:
    name = safe_name("щ" * 500 + ".pdf", Kind.PDF)

    assert name == "щ" * 75 + ".pdf"


def test_title_is_made_from_the_file_name() -> None:
    assert title_from("Plan_local__de acțiune.2017.pdf", Kind.PDF) == "Plan local de acțiune.2017"


def test_half_a_picture_is_refused_although_the_renderer_lets_pillow_read_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(NotReady) as refusal:
        checked(BytesIO(files.picture("PNG")[:60]), "photo.png", most_bytes=MOST)
    assert refusal.value.code == "file_broken"
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
