"""Documents bound from kept parts: the same bytes, the right pages, and never a document lost to the shelf."""

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader
from pypdf.generic import Destination
from pytest_django import Settings
from weasyprint import CSS, HTML

from reports.rendering import RenderError, check, render_document
from reports.rendering.binding import assembly, margins
from reports.rendering.binding import typeset as typesetting
from reports.rendering.binding.kept import Shelf
from reports.rendering.binding.part import Part
from reports.rendering.engine import engine
from reports.rendering.model import Chapter, DocumentContent, Photo, RichText
from reports.rendering.pages import html_of, paper_of
from reports.rendering.pdf import render_paper
from reports.rendering.progress import Limits
from reports.rendering.results import RenderedPdf
from tests.reports.rendering import samples
from tests.reports.rendering.conftest import SAMPLES, Samples, Vera, jpeg, run

MUCH = 50_000_000
SWEDISH = "<p>" + "Fastighetsmäklarverksamhetens bestämmelser och sjukförsäkringsbestämmelserna. " * 9 + "</p>"
"""Long words, as in German, whose rules for dividing them take a process most of a second to read."""


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "parts", MUCH)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count what is laid out: "part" and "margins"."""
    counted: Counter[str] = Counter()
    typeset, drawn = typesetting.typeset, margins.margins

    def count_part(*args: Any, **options: Any) -> Part:
        counted["part"] += 1
        return typeset(*args, **options)

    def count_margins(*args: Any) -> Part:
        counted["margins"] += 1
        return drawn(*args)

    monkeypatch.setattr(assembly, "typeset", count_part)
    monkeypatch.setattr(assembly, "margins", count_margins)
    return counted


def yard(_: str) -> bytes:
    return jpeg()


def album() -> DocumentContent:
    """A report with two chapters: words, and a photo."""
    photo = Photo("yard", "Two people talk in front of a school.", "The yard of school no. 12.")
    words = book("<p>One.</p>")
    return replace(words, chapters=(*words.chapters, Chapter("Photo", (photo,), "photo", "2")))


def book(*texts: str, language: str = "en", lead: str = "") -> DocumentContent:
    """A report with a chapter for each text; each links to the last one, and to nowhere."""
    links = f'<p>See <a href="#c{len(texts)}">the end</a> and <a href="#gone">nothing</a>.</p>'
    chapters = [
        Chapter(f"Chapter {at}", (RichText(f"{lead}{text}{links}"),), f"c{at}", str(at))
        for at, text in enumerate(texts, start=1)
    ]
    return replace(samples.report(language=language), chapters=tuple(chapters))


def rendered(content: DocumentContent, shelf: Shelf | None = None) -> RenderedPdf:
    return render_paper(paper_of(content), pictures=yard, shelf=shelf)


def reader(pdf: RenderedPdf) -> PdfReader:
    return PdfReader(BytesIO(pdf.content))


def page_of(pdf: PdfReader, name: str) -> int:
    found = pdf.named_destinations[name]
    return (pdf.get_destination_page_number(found) or 0) + 1


@pytest.mark.parametrize(
    "compose",
    [
        album,
        lambda: book(SWEDISH, SWEDISH, language="sv"),
        lambda: book("<p>汉字 and שלום</p>", "<p>Thank you \U0001f64f</p>"),
    ],
    ids=["photo", "swedish", "scripts"],
)
def test_kept_parts_give_the_same_bytes(
    compose: Callable[[], DocumentContent], shelf: Shelf, laid_out: Counter[str]
) -> None:
    content = compose()
    first = rendered(content, shelf)
    laid_out.clear()
    second = rendered(content, shelf)
    assert first.content == second.content
    assert first.warnings == second.warnings
    assert laid_out == Counter()


@pytest.mark.parametrize("name", ["draft", "arabic", "slides"])
def test_a_shelf_changes_no_byte(made: Samples, name: str, shelf: Shelf, laid_out: Counter[str]) -> None:
    """Neither when the parts are laid out and kept nor when all of them were there."""
    content = SAMPLES[name]()
    assert rendered(content, shelf).content == made[name].pdf.content
    laid_out.clear()
    again = rendered(content, shelf)
    assert (again.content, again.warnings) == (made[name].pdf.content, made[name].pdf.warnings)
    assert laid_out == Counter()


def test_the_structure_is_that_of_one_piece(made: Samples, tmp_path: Path) -> None:
    """Tags, texts and their order are those that WeasyPrint writes for the whole document; margins are no content."""
    ours, whole = made["report"].file, tmp_path / "whole.pdf"
    style, fonts = engine().style, engine().fonts
    page = HTML(string=html_of(samples.report()))
    page.write_pdf(whole, font_config=fonts, stylesheets=[style], pdf_variant="pdf/a-3a")
    assert _structure(ours) == _structure(whole)
    assert run("pdftotext", str(ours), "-") == run("pdftotext", str(whole), "-")
    assert _outline(PdfReader(ours)) == _outline(PdfReader(whole))


def _structure(file: Path) -> list[tuple[int, str, str]]:
    """Depth, tag and words of every element in order (pdfinfo -struct-text says the same, in a second a page)."""
    with pikepdf.open(file) as pdf:
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        words = [check.words_of(file.read_bytes(), number) for number in places.values()]

        def walk(element: Any, depth: int) -> Iterator[tuple[int, str, str]]:
            own = [child for child in check.children_of(element) if isinstance(child, int)]
            page = words[places[element.Pg.objgen]] if own else {}
            yield depth, str(element.S), " ".join(page.get(mark, "") for mark in own)
            for child in check.children_of(element):
                if not isinstance(child, int) and "/S" in child:
                    yield from walk(child, depth + 1)

        return list(walk(pdf.Root.StructTreeRoot.K[0], 0))


def _outline(pdf: PdfReader) -> list[Any]:
    def flat(items: list[Any]) -> list[Any]:
        return [
            (item.title, pdf.get_destination_page_number(item), round(float(item.top or 0), 2))
            if isinstance(item, Destination)
            else flat(item)
            for item in items
        ]

    return flat(pdf.outline)


def test_a_word_lays_out_one_part(shelf: Shelf, laid_out: Counter[str]) -> None:
    rendered(book("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>"), shelf)
    laid_out.clear()
    changed = book("<p>One.</p>", "<p>Zwei.</p>", "<p>Three.</p>")
    pdf = rendered(changed, shelf)
    assert laid_out == Counter(part=1)
    assert pdf.content == rendered(changed).content
    assert "Zwei." in reader(pdf).pages[3].extract_text()


def test_a_page_more_moves_numbers_links_and_bookmarks_elsewhere(shelf: Shelf, laid_out: Counter[str]) -> None:
    before = rendered(book("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>"), shelf)
    assert [page_of(reader(before), name) for name in ("c1", "c2", "c3")] == [3, 4, 5]
    laid_out.clear()
    longer = book("<p>One.</p>" * 60, "<p>Two.</p>", "<p>Three.</p>")
    after = rendered(longer, shelf)
    pdf = reader(after)
    pages = [page_of(pdf, name) for name in ("c1", "c2", "c3")]
    assert pages == [3, after.pages - 1, after.pages]
    assert after.pages > before.pages
    assert laid_out == Counter(part=2, margins=1)  # the chapter and the contents
    assert re.findall(r"Chapter \d+ (\d+)", pdf.pages[1].extract_text()) == [str(page) for page in pages]
    chapters = [item for item in pdf.outline if isinstance(item, Destination) and "Chapter" in str(item.title)]
    assert [(pdf.get_destination_page_number(item) or 0) + 1 for item in chapters] == pages
    assert f"Page {after.pages} of {after.pages}" in pdf.pages[-1].extract_text()
    assert after.content == rendered(longer).content


def test_links_lead_to_other_parts_and_never_to_nothing(shelf: Shelf) -> None:
    pdf = reader(rendered(book("<p>One.</p>", "<p>Two.</p>"), shelf))
    links = [str(link.get_object()["/Dest"]) for link in pdf.pages[2]["/Annots"]]  # type: ignore[attr-defined]
    assert links == ["c2"]
    assert page_of(pdf, "c2") == 4
    alone = book("<p>One.</p>")
    assert "gone" not in reader(rendered(alone, shelf)).named_destinations


def test_a_link_goes_when_what_it_leads_to_goes(shelf: Shelf) -> None:
    to = '<p>To <a href="#c9">nine</a>.</p>'
    with_nine = book(to, "<p>Two.</p>")
    nine = replace(with_nine.chapters[1], anchor="c9")
    rendered(replace(with_nine, chapters=(with_nine.chapters[0], nine)), shelf)
    pdf = reader(rendered(with_nine, shelf))
    links = [str(link.get_object()["/Dest"]) for link in pdf.pages[2]["/Annots"]]  # type: ignore[attr-defined]
    assert links == ["c2"]


def test_long_contents_count_their_own_pages(shelf: Shelf) -> None:
    content = book(*(f"<p>Text {number}.</p>" for number in range(30)))
    following = (replace(chapter, starts_page=False) for chapter in content.chapters[1:])
    pdf = reader(rendered(replace(content, chapters=(content.chapters[0], *following)), shelf))
    first = page_of(pdf, "c1")
    assert first > 3
    numbers = re.findall(r"Chapter \d+\s+(\d+)", "\n".join(page.extract_text() for page in pdf.pages[1 : first - 1]))
    assert numbers == [str(page_of(pdf, f"c{number}")) for number in range(1, 31)]


def test_short_chapters_stay_on_the_page_they_follow_on(shelf: Shelf) -> None:
    content = book("<p>One.</p>", "<p>Two.</p>")
    following = replace(content.chapters[1], starts_page=False)
    pdf = reader(rendered(replace(content, chapters=(content.chapters[0], following)), shelf))
    assert (page_of(pdf, "c1"), page_of(pdf, "c2")) == (3, 3)


def test_a_document_without_chapters_is_its_cover(tmp_path: Path, vera: Vera) -> None:
    file = tmp_path / "cover.pdf"
    made = rendered(replace(samples.report(), chapters=()))
    file.write_bytes(made.content)
    assert made.pages == 1
    assert set(vera([file]).values()) == {("compliant", "")}


def test_kept_parts_stay_hyphenated(shelf: Shelf, tmp_path: Path) -> None:
    rendered(book(SWEDISH, "<p>Två.</p>", language="sv"), shelf)
    file = tmp_path / "swedish.pdf"
    file.write_bytes(rendered(book(SWEDISH, "<p>Tre.</p>", language="sv"), shelf).content)
    lines = [line.strip() for line in run("pdftotext", "-layout", "-f", "3", "-l", "3", str(file), "-").splitlines()]
    assert [line for line in lines if line.endswith(("\u2010", "-"))]


def test_a_document_of_kept_parts_is_archival_and_accessible(shelf: Shelf, tmp_path: Path, vera: Vera) -> None:
    content = album()
    rendered(content, shelf)
    file = tmp_path / "changed.pdf"
    more = Chapter("Added", (RichText("<p>A word.</p>"),), "added", "99")
    file.write_bytes(rendered(replace(content, chapters=(*content.chapters, more)), shelf).content)
    assert set(vera([file]).values()) == {("compliant", "")}


def test_a_photo_that_comes_back_is_shown(shelf: Shelf, laid_out: Counter[str]) -> None:
    """A part with a box in place of its photo is not kept."""

    def nothing(name: str) -> bytes:
        raise FileNotFoundError(name)

    paper = paper_of(album())
    broken = render_paper(paper, pictures=nothing, shelf=shelf)
    laid_out.clear()
    mended = render_paper(paper, pictures=yard, shelf=shelf)
    assert (len(broken.warnings), mended.warnings) == (1, ())
    assert laid_out["part"] == 1
    assert [image for page in reader(mended).pages for image in page.images]


def test_another_photo_of_the_same_name_is_laid_out_anew(shelf: Shelf, laid_out: Counter[str]) -> None:
    def content(digest: str) -> DocumentContent:
        photo = Photo("yard", "A yard.", digest=digest)
        return replace(samples.report(), chapters=(Chapter("Photo", (photo,), "c1"),))

    rendered(content("a"), shelf)
    laid_out.clear()
    rendered(content("b"), shelf)
    assert laid_out == Counter(part=1)


def test_a_damaged_part_is_made_anew(shelf: Shelf) -> None:
    content = book("<p>One.</p>", "<p>Two.</p>")
    fresh = rendered(content, shelf)
    for number, file in enumerate(sorted(shelf.folder.iterdir())):
        whole = file.read_bytes()
        file.write_bytes([b"", whole[:50], whole[:-1], whole + b"x"][number % 4])
    assert rendered(content, shelf).content == fresh.content
    assert rendered(content, shelf).content == fresh.content


def test_a_font_that_is_gone_is_replaced_by_making_all_anew(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    content = book("<p>One.</p>")
    fresh = rendered(content, shelf)
    for file in shelf.folder.iterdir():
        part = shelf.find(file.name)
        assert part is not None
        for face in part.faces:
            face.family, face.face = "No such family", "ABCDEF"
        shelf.keep(file.name, part)
    assert rendered(content, shelf).content == fresh.content
    assert "the document is made anew" in caplog.text


def test_a_shelf_that_cannot_be_written_costs_no_document(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    in_the_way = tmp_path / "parts"
    in_the_way.write_text("a file where the folder should be")
    pdf = rendered(book("<p>One.</p>"), Shelf(in_the_way, MUCH))
    assert pdf.pages == 3
    assert "could not be kept" in caplog.text


def test_the_shelf_stays_within_its_bound(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 10_000)
    for number in range(9):
        shelf.keep(f"part-{number}", Part(streams={16: b"x" * 3000}))
        os.utime(tmp_path / f"part-{number}", (time.time() - 100 + number,) * 2)
    assert shelf.find("part-1") is not None  # used again: it is the newest now
    shelf.tidy()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["part-1", "part-7", "part-8"]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= shelf.most


def test_what_nobody_used_for_a_month_goes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, MUCH)
    shelf.keep("old", Part())
    shelf.keep("new", Part())
    os.utime(tmp_path / "old", (time.time() - 31 * 24 * 3600,) * 2)
    shelf.tidy()
    assert [file.name for file in tmp_path.iterdir()] == ["new"]


def test_two_workers_share_a_shelf(tmp_path: Path, shelf: Shelf) -> None:
    content = book("<p>One.</p>", "<p>Two.</p>")
    children = []
    for number in range(2):
        child = os.fork()
        if child == 0:  # pragma: no cover - another process
            try:
                (tmp_path / f"{number}.pdf").write_bytes(rendered(content, shelf).content)
            finally:
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    made = rendered(content).content
    assert [(tmp_path / f"{number}.pdf").read_bytes() == made for number in range(2)] == [True, True]
    assert rendered(content, shelf).content == made


def test_kept_parts_are_progress_and_can_be_cancelled(shelf: Shelf) -> None:
    class CancelledError(Exception):
        pass

    told: list[int] = []

    def tell(page: int, _expected: int) -> None:
        told.append(page)
        if page == 5:
            raise CancelledError

    paper = paper_of(book("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>"))
    render_paper(paper, shelf=shelf)
    with pytest.raises(CancelledError):
        render_paper(paper, shelf=shelf, on_progress=tell)
    assert told == [1, 2, 3, 4, 5]


def test_an_installation_keeps_parts_below_its_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DOCUMENT_PARTS_DIR, settings.DOCUMENT_PARTS_MB = tmp_path / "parts", 1
    content = book("<p>One.</p>")
    made = render_document(content)
    assert len(list((tmp_path / "parts").iterdir())) == len(paper_of(content).sections) + 1  # and the margins
    settings.DOCUMENT_PARTS_MB = 0
    assert render_document(content).content == made.content


def test_too_many_pages_of_all_parts_are_refused(shelf: Shelf) -> None:
    paper = paper_of(book("<p>One.</p>", "<p>Two.</p>", "<p>Three.</p>"))
    for _ in range(2):  # laid out, and from the shelf
        with pytest.raises(RenderError, match="more than 3 pages"):
            render_paper(paper, limits=Limits(pages=3), shelf=shelf)
        render_paper(paper, shelf=shelf)


def test_too_many_pictures_are_refused_before_any_is_read() -> None:
    photos = tuple(Photo("yard", "A yard.") for _ in range(4))
    content = replace(samples.report(), chapters=(Chapter("Photos", photos, "c1"),))

    def never(_: str) -> bytes:
        pytest.fail("A picture was read.")

    with pytest.raises(RenderError) as refusal:
        render_paper(paper_of(content), pictures=never, limits=Limits(pictures=3))
    assert (refusal.value.code, refusal.value.message) == (
        "too_many_pictures",
        "The document would have more than 3 pictures. Leave some of them out and try again.",
    )


def test_pictures_in_margins_are_refused_with_the_place_to_look() -> None:
    sheets = '<html lang="en"><body><section>x</section>'
    made = engine()
    picture = CSS(string='@page{@top-left{content:"x";opacity:.5}}')
    with pytest.raises(ValueError, match="binding/margins"):
        margins.margins(sheets, replace(made, style=picture))
