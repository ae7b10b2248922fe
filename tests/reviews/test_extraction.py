"""The text and the pictures of files, taken out by a child process; what is broken or hostile harms nobody else."""

from __future__ import annotations

import subprocess
import sys
import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image

from people.folding import folded
from reviews.extraction import limits
from reviews.extraction.cleaning import clean, in_parts
from reviews.extraction.limits import Refused
from reviews.extraction.parent import picture_of, read_pages
from tests.reviews import files, readable_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ALL = list(readable_files.TEXTS.values())
MAKERS: dict[str, Callable[[Sequence[str]], bytes]] = {
    ".pdf": readable_files.pdf_of,
    ".docx": readable_files.docx,
    ".odt": readable_files.odt,
    ".odp": readable_files.odp,
    ".ods": readable_files.ods,
    ".pptx": readable_files.pptx,
    ".xlsx": readable_files.xlsx,
    ".txt": lambda texts: "\n\n".join(texts).encode(),
    ".csv": lambda texts: ";".join(texts).encode("utf-8-sig"),
}


def texts_of(content: bytes, extension: str, cut: list[str] | None = None) -> list[str]:
    parts = list(read_pages(BytesIO(content), extension, on_cut=(cut if cut is not None else []).append))
    assert [part.number for part in parts] == list(range(len(parts)))
    return [part.text for part in parts[1:]]


def refused(content: bytes, extension: str) -> str:
    with pytest.raises(Refused) as found:
        texts_of(content, extension)
    return str(found.value)


# --- What is read ---------------------------------------------------------------------------------
@pytest.mark.parametrize("extension", MAKERS)
def test_text_of_every_kind_comes_out_in_five_languages(extension: str) -> None:
    found = " ".join(texts_of(MAKERS[extension](ALL), extension))

    assert [language for language, text in readable_files.TEXTS.items() if folded(text) not in folded(found)] == []


@pytest.mark.parametrize(("extension", "pages"), [(".pdf", 5), (".pptx", 5), (".odp", 5), (".docx", 1), (".csv", 1)])
def test_files_with_pages_are_told_page_by_page(extension: str, pages: int) -> None:
    assert len(texts_of(MAKERS[extension](ALL), extension)) == pages


def test_slides_come_in_the_order_of_their_numbers() -> None:
    texts = [f"Slide {number}" for number in range(1, 13)]

    assert texts_of(readable_files.pptx(texts), ".pptx") == texts


def test_long_text_without_pages_is_told_in_parts() -> None:
    texts = texts_of(readable_files.docx(["A sentence about schools. " * 40] * 10), ".docx")

    assert len(texts) > 2
    assert max(map(len, texts)) < 2 * limits.PART_SIGNS
    assert "Year | 2017" in texts[-1]


def test_old_code_page_and_wide_text_are_read() -> None:
    assert texts_of("Größe".encode("cp1252"), ".txt") == ["Größe"]
    assert texts_of("Școală".encode("utf-16"), ".txt") == ["Școală"]


def test_word_text_without_what_was_deleted() -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = (
        "<w:r><w:t>It</w:t></w:r><w:del><w:r><w:delText> does not</w:delText></w:r></w:del><w:r><w:t> works</w:t></w:r>"
    )
    body = f"<w:document {names}><w:body><w:p>{runs}</w:p></w:body></w:document>"

    assert texts_of(files.office("docx", {"word/document.xml": body}), ".docx") == ["It works"]


def test_pdf_of_400_pages_is_read_within_seconds() -> None:
    content = readable_files.long_pdf(400)
    begun = time.monotonic()

    texts = texts_of(content, ".pdf")

    assert time.monotonic() - begun < 5
    assert (len(texts), texts[399].split("\n")[0]) == (400, "Page 400, line 0 of the plan")


def test_longer_files_than_allowed_are_cut_and_say_so() -> None:
    cut: list[str] = []
    paragraph = "w" * limits.PART_SIGNS

    texts = texts_of("\n\n".join([paragraph] * (limits.MOST_PAGES + 5)).encode(), ".txt", cut)

    assert (len(texts), cut) == (limits.MOST_PAGES, [limits.CUT])


def test_text_is_fit_for_a_database() -> None:
    assert clean("a\x00b\x0cc\r\nd  e\u00a0f\ud800 \n\n\n g integra\ufffe\ntion") == "abc\nd e f\n\ng integration"


def test_paragraphs_go_into_parts_whole_unless_they_are_far_too_long() -> None:
    assert list(in_parts(["a" * 2000, "b" * 2000, " ", "c"])) == ["a" * 2000, "b" * 2000 + "\n\nc"]
    assert [len(part) for part in in_parts(["x" * 10_000])] == [3000, 3000, 4000]


# --- What cannot be read --------------------------------------------------------------------------
def test_scanned_pdf_says_that_it_is_scanned() -> None:
    assert refused(readable_files.scanned_pdf(), ".pdf").startswith("These pages are scanned")


@pytest.mark.parametrize("extension", sorted(MAKERS.keys() - {".txt", ".csv"}))
def test_truncated_and_foreign_files_are_refused_with_a_sentence(extension: str) -> None:
    whole = MAKERS[extension](ALL)

    assert {refused(whole[: len(whole) // 3], extension), refused(b"rubbish" * 50, extension)} == {limits.UNREADABLE}
    assert refused(b"", extension) == limits.UNREADABLE


def test_empty_text_is_no_text() -> None:
    assert refused(b" \n\n ", ".txt") == limits.NO_TEXT


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    body = f"{bomb}<x xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>"
    body += "<office:body><office:text><text:p>Seen &b;&f;</text:p></office:text></office:body></x>"

    assert texts_of(files.opendocument("odt", {"content.xml": body}), ".odt") == ["Seen"]


def test_deeply_nested_file_ends_only_its_own_child() -> None:
    names = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"
    deep = "<text:section>" * 200 + "<text:p>Deep</text:p>" + "</text:section>" * 200
    deeper = "<text:section>" * 50_000 + "</text:section>" * 50_000
    around = f"<x {names}><office:body><office:text>{{}}</office:text></office:body></x>"

    assert texts_of(files.opendocument("odt", {"content.xml": around.format(deep)}), ".odt") == ["Deep"]
    assert refused(files.opendocument("odt", {"content.xml": around.format(deeper)}), ".odt") == limits.UNREADABLE


def test_file_that_wants_more_memory_than_it_may_have_is_refused() -> None:
    rows = "<row/>" * 1000
    huge = files.office("docx", {"word/document.xml": rows + " " * (limits.MEMORY // 12)})

    assert refused(huge, ".docx") == limits.TOO_BIG


def test_child_that_is_silent_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SILENT_SECONDS", 0.05)

    assert refused(readable_files.long_pdf(2), ".pdf") == limits.TOO_LONG


def test_child_that_crashes_is_a_file_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash in a library of C: the child is gone without a word."""
    monkeypatch.setattr(sys, "executable", "/bin/false")

    assert refused(readable_files.long_pdf(2), ".pdf") == limits.UNREADABLE


def test_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "very secret")
    seen: list[list[str]] = []
    started = subprocess.Popen

    def start(command: list[str], **options: Any) -> object:
        seen.append(sorted(options["env"]))
        return started(["/bin/false"], **options)

    monkeypatch.setattr(subprocess, "Popen", start)
    refused(b"x", ".txt")

    assert seen == [["LANG", "PATH"]]


# --- Pictures -------------------------------------------------------------------------------------
def picture(content: bytes, extension: str, number: int = 1) -> Image.Image:
    found = Image.open(BytesIO(picture_of(BytesIO(content), extension, number)))
    assert found.format == "JPEG"
    return found


def test_picture_of_a_page_has_a_modest_size() -> None:
    assert picture(readable_files.long_pdf(3), ".pdf", 3).width == limits.PICTURE_WIDTH


def test_picture_of_a_photo_is_upright_and_without_its_place() -> None:
    found = picture(files.photo_with_place(), ".jpg")

    assert dict(found.getexif()) == {}
    assert b"Secret" not in found.tobytes()


def test_page_of_a_strange_shape_is_drawn_small() -> None:
    document = pikepdf.new()
    document.add_blank_page(page_size=(14400, 3))
    stream = BytesIO()
    document.save(stream)

    assert picture(stream.getvalue(), ".pdf").size == (1000, 1)


@pytest.mark.parametrize(("content", "extension", "number"), [(b"x", ".pdf", 1), (b"x", ".png", 1), (None, ".pdf", 9)])
def test_what_cannot_be_drawn_is_refused(content: bytes | None, extension: str, number: int) -> None:
    with pytest.raises(Refused):
        picture(content or readable_files.long_pdf(2), extension, number)
