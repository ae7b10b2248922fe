"""The renderer: same bytes, no way out, broken pictures, limits, progress, and fonts that survive a fork."""

import gc
import os
import re
import socket
import subprocess
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import InMemoryStorage
from PIL import Image
from pypdf import PdfReader
from pytest_django import Settings

from reports.rendering import RenderError, engine, pictures, render_document
from reports.rendering.model import Chapter
from reports.rendering.pdf import render_pdf
from reports.rendering.progress import Limits
from tests.reports.rendering import brief_samples, samples
from tests.reports.rendering.conftest import Samples, jpeg, run

PAGE = '<html lang="en"><title>Test</title><h1>Test</h1>'


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def no_picture(name: str) -> bytes:
    raise FileNotFoundError(name)


def test_the_same_content_gives_the_same_bytes(made: Samples) -> None:
    again = render_document(brief_samples.progress())
    assert again.content == made["progress"].pdf.content
    assert again.sha256 == made["progress"].pdf.sha256


def test_a_whole_document_is_small(made: Samples) -> None:
    assert all(document.pdf.size < 400_000 for document in made.values())
    assert all(document.pdf.warnings == () for document in made.values())


def test_scripts_files_and_addresses_of_a_hostile_text_do_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("do not print me")

    def forbidden(*_: object) -> None:
        pytest.fail("The renderer tried the network.")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    pdf = render_pdf(
        f'{PAGE}<base href="file://{tmp_path}/"><link rel="stylesheet" href="http://evil.example/a.css">'
        f'<link rel="attachment" href="file://{secret}"><style>@import "http://evil.example/b.css";'
        f'p{{background:url("file://{secret}")}}@font-face{{font-family:x;src:url("http://evil.example/c.ttf")}}</style>'
        f'<script>document.write("script ran")</script><p>Harmless</p><img src="file://{secret}" alt="A file">'
        f'<img src="http://evil.example/d.png" alt="An address"><img src="secret.txt" alt="A relative file">'
        f'<object data="file://{secret}"></object><embed src="http://evil.example/e.svg"><iframe src="file://{secret}"></iframe>'
        f'<svg width="9" height="9"><title>Drawing</title><image href="http://evil.example/f.png" width="9" height="9"/></svg>',
        pictures=no_picture,
    )
    text = text_of(pdf.content)
    assert "Harmless" in text
    assert "script ran" not in text
    assert "do not print me" not in text
    assert b"EmbeddedFile" not in pdf.content
    assert "A picture could not be shown, its description stands in its place: An address." in pdf.warnings
    assert "This address was not loaded, documents stand alone: http://evil.example/a.css" in pdf.warnings
    assert f"This address was not loaded, documents stand alone: file://{secret}" in pdf.warnings


def claims_to_be_huge() -> bytes:
    """A small PNG that says it has a billion pixels."""
    stream = BytesIO()
    Image.new("L", (1, 1)).save(stream, "PNG")
    png = bytearray(stream.getvalue())
    png[16:24] = (32_000).to_bytes(4, "big") * 2
    png[29:33] = zlib.crc32(bytes(png[12:29])).to_bytes(4, "big")
    return bytes(png)


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", b"%PDF-1.7 not a picture", jpeg()[:200], jpeg()[: len(jpeg()) // 2], claims_to_be_huge()],
    ids=["empty", "words", "wrong-type", "head-only", "truncated", "huge"],
)
def test_broken_picture_becomes_a_box_with_its_description(content: bytes) -> None:
    pdf = render_pdf(
        f'{PAGE}<p>Before</p><img src="photo:yard.jpg" alt="Two people talk."><p>After</p>', pictures=lambda _: content
    )
    words = text_of(pdf.content).split()
    assert " ".join(words) == "Test Before This picture could not be shown. Two people talk. After Page 1 of 1"
    assert pdf.warnings == ("A picture could not be shown, its description stands in its place: Two people talk.",)


def test_empty_chapter_says_so() -> None:
    empty = replace(samples.report(), chapters=(Chapter("Good practices", (), "s1", "1"),))
    pdf = render_document(empty)
    assert "Nothing has been written here yet." in text_of(pdf.content)
    assert pdf.warnings == ("A chapter is empty, the document says so: 1 Good practices.",)


def test_picture_that_is_gone_from_the_storage_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "default_storage", InMemoryStorage())
    pdf = render_document(samples.with_photo("evidence/1/gone"))
    assert [warning.partition(",")[0] for warning in pdf.warnings] == ["A picture could not be shown"]


def test_picture_of_the_storage_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = InMemoryStorage()
    name = storage.save("evidence/1/a photo ü", BytesIO(jpeg()))
    monkeypatch.setattr(pictures, "default_storage", storage)
    pdf = render_document(samples.with_photo(name))
    images = [image for page in PdfReader(BytesIO(pdf.content)).pages for image in page.images]
    assert pdf.warnings == ()
    assert {image.image.size for image in images if image.image} == {(1240, 827)}


def test_picture_outside_the_storage_is_not_read(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "outside.jpg").write_bytes(jpeg())
    pdf = render_document(samples.with_photo("../outside.jpg"))
    assert [warning.partition(",")[0] for warning in pdf.warnings] == ["A picture could not be shown"]


def test_missing_descriptions_are_told() -> None:
    pdf = render_pdf(f'{PAGE}<img src="photo:yard.jpg"><svg width="9" height="9"></svg>', pictures=lambda _: jpeg())
    assert pdf.warnings == (
        "A picture has no description for people who cannot see it.",
        "A drawing has no description for people who cannot see it.",
    )


def test_signs_that_no_font_has_are_printed_as_words() -> None:
    pdf = render_pdf(f"{PAGE}<p>Thank you \U0001f64f\ufe0f → next ✓</p>")
    assert "Thank you (person with folded hands) → next ✓" in text_of(pdf.content)
    assert pdf.warnings == ("No font of the server has these signs, they are printed as words: \U0001f64f",)


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    pdf = render_document(brief_samples.progress(), lambda page, expected: told.append((page, expected)))
    assert pdf.pages > 2
    first = told[: pdf.pages]
    assert first == [(page, 0) for page in range(1, pdf.pages + 1)]
    assert set(told[pdf.pages :]) <= {(page, pdf.pages) for page in range(1, pdf.pages + 1)}


def test_what_the_progress_raises_ends_the_rendering() -> None:
    class CancelledError(Exception):
        pass

    def cancel(page: int, _expected: int) -> None:
        if page == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        render_document(samples.handbook(), cancel)
    assert gc.isenabled()
    assert render_pdf(PAGE).pages == 1


def test_too_many_pages_are_refused_in_a_sentence() -> None:
    with pytest.raises(RenderError) as refusal:
        render_pdf(PAGE + '<p style="break-after:page">x</p>' * 9, limits=Limits(pages=4))
    assert (refusal.value.code, refusal.value.message) == (
        "too_many_pages",
        "The document would have more than 4 pages. Shorten its longest texts and try again.",
    )


def test_too_slow_a_rendering_is_ended() -> None:
    with pytest.raises(RenderError) as refusal:
        render_pdf(PAGE, limits=Limits(seconds=-1))
    assert refusal.value.code == "too_slow"


def test_missing_fonts_are_named_with_their_cure(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FONTS_DIR = tmp_path
    monkeypatch.setattr(engine, "_kept", [])
    with pytest.raises(RenderError) as refusal:
        render_pdf(PAGE)
    assert refusal.value.code == "fonts_missing"
    assert "manage.py build_fonts" in refusal.value.message


def test_text_stays_visible_after_a_child_process_has_used_the_fonts(tmp_path: Path) -> None:
    """A child that ends must not take the parent's fonts away, and makes documents of its own (see engine.py)."""
    before = render_pdf(PAGE + "<p>Before</p>")
    in_child = tmp_path / "child.pdf"
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        try:
            in_child.write_bytes(render_pdf(PAGE + "<p><i>In the child</i></p>").content)
            gc.collect()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    after = render_pdf(PAGE + "<h2>Heading</h2><p><i>After</i> <b>the</b> child</p>")
    for name, pdf in (("before", before.content), ("child", in_child.read_bytes()), ("after", after.content)):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf)
        assert run("pdftoppm", "-r", "30", "-png", str(file), str(tmp_path / name)) == ""
        fonts = run("pdffonts", str(file)).splitlines()[2:]
        assert fonts
        assert all(line.split()[-5] == "yes" for line in fonts)
    assert "After the child" in text_of(after.content)
    assert "In the child" in text_of(in_child.read_bytes())


def test_a_process_that_made_a_document_ends_in_peace() -> None:
    """Freed at the very end of Python, the fonts would crash the process (see engine.py)."""
    program = "import django; django.setup(); from reports.rendering.pdf import render_pdf; print(render_pdf('<html lang=en>x').pages)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=settings.BASE_DIR
    )
    assert (done.returncode, done.stdout) == (0, "1\n")


def test_a_child_never_owns_its_parents_folder_of_fonts() -> None:
    folder = engine.engine().fonts._folder
    assert folder is not None
    child = os.fork()
    if child == 0:  # pragma: no cover - another process
        own = engine.engine().fonts._folder
        os._exit(0 if own != folder and engine._kept[0].process != os.getppid() else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert folder.exists()


def test_where_a_link_leads_is_printed_as_a_note_on_its_page() -> None:
    address = "https://example.org/strategy"
    pdf = render_pdf(
        f'{PAGE}<div class="doc-text"><p>See <a href="{address}">the strategy</a>, <a href="{address}">{address}</a>'
        f' and <a href="#x">below</a>.</p></div><p style="break-before:page" id="x">Below</p>'
    )
    first, second = (page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert first.count(address) == 2  # as it was written, and once as a note
    assert re.search(rf"^1\s+{address}$", first, re.MULTILINE)
    assert address not in second


def test_dates_in_a_text_from_right_to_left_keep_their_order() -> None:
    pdf = render_pdf('<html lang="ar" dir="rtl"><title>T</title><h1>تيميشوارا</h1><p>12–14 June 2018</p>')
    assert "12–14 June 2018" in text_of(pdf.content)
