"""What people find in a document: words in their script, page numbers, bookmarks, pictures that speak."""

import itertools
import re
from collections import Counter
from typing import Any

import pytest

from tests.reports.rendering import samples
from tests.reports.rendering.conftest import SAMPLES, Samples, run

KINDS = list(SAMPLES)
WITH_CONTENTS = [name for name, compose in SAMPLES.items() if compose().has_contents and name != "arabic"]
"""pdftotext gives the lines of Arabic in another order."""


@pytest.mark.parametrize("name", KINDS)
def test_every_font_is_embedded_and_is_ours(made: Samples, name: str) -> None:
    lines = run("pdffonts", str(made[name].file)).splitlines()[2:]
    fonts = [re.split(r"\s{2,}| (?=CID|TrueType|Type)", line, maxsplit=1) for line in lines]
    assert {font[0].split("+")[1].split("-")[0] for font in fonts} <= {"Inter", "Source", "IBM"}
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines)  # embedded, subset, with a Unicode map


@pytest.mark.parametrize("name", KINDS)
def test_pages_can_be_drawn_without_complaint(made: Samples, name: str) -> None:
    assert run("pdftoppm", "-r", "20", "-png", str(made[name].file), str(made[name].file.with_suffix(""))) == ""


def test_words_in_five_scripts_can_be_read_and_copied(made: Samples) -> None:
    text = "\n".join(made["report"].pages)
    for words in (samples.LATIN, samples.GREEK, samples.BULGARIAN, samples.UKRAINIAN):
        assert words in text
    read = {"".join(sorted(word)) for word in re.sub(r"[\u202a-\u202e.]", "", text).split()}
    # As sorted letters: pdftotext turns the two letters of a ligature round.
    assert {"".join(sorted(word)) for word in samples.ARABIC.rstrip(".").split()} <= read


@pytest.mark.parametrize("name", WITH_CONTENTS)
def test_contents_give_the_page_where_a_chapter_begins(made: Samples, name: str) -> None:
    document = made[name]
    content = SAMPLES[name]()
    contents = " ".join(document.text(2).split())
    for chapter in content.chapters:
        found = re.search(rf"{re.escape(chapter.title)} (\d+)\b", contents)
        assert found, chapter.title
        assert chapter.title in document.text(int(found[1]))


def test_every_page_but_the_cover_says_where_it_is(made: Samples) -> None:
    document = made["handbook"]
    assert "Page" not in document.text(1)
    for page in range(2, document.pdf.pages + 1):
        assert f"Page {page} of {document.pdf.pages}" in document.text(page)
        assert "Handbook · Timișoara 2018" in document.text(page)
    assert "The programme" in document.text(5).splitlines()[0]


@pytest.mark.parametrize("name", KINDS)
def test_contents_have_no_runs_of_dots(made: Samples, name: str) -> None:
    assert not re.search(r"(\.\s*){3,}", "\n".join(made[name].pages))


def test_bookmarks_are_the_chapters_and_their_headings(made: Samples) -> None:
    outline: Any = made["report"].reader.outline
    shape = [[entry["/Title"] for entry in item] if isinstance(item, list) else item["/Title"] for item in outline]
    assert shape == [
        "Timișoara",
        "Contents",
        "1 Summary",
        "2 The review",
        ["Data sheet", "Whom the team met"],
        "3 What the critical friends found",
        ["Planning with the community", "Housing"],
        "4 Recommendations",
        "A Voices in five scripts",
    ]


def test_file_says_what_it_is_and_in_which_language(made: Samples) -> None:
    reader = made["report"].reader
    catalogue: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Critical friend review: Timișoara"
    assert reader.metadata.author == "Working Group Roma Inclusion"
    assert reader.metadata.creation_date_raw == "D:20180814"
    assert catalogue["/Lang"] == "en"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - a PDF's own boolean
    arabic: Any = made["arabic"].reader.trailer["/Root"]
    assert arabic["/Lang"] == "ar"


@pytest.mark.parametrize("name", KINDS)
def test_headings_never_skip_a_level(made: Samples, name: str) -> None:
    levels = [int(tag[1]) for tag, _ in made[name].tags if re.fullmatch(r"H\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_picture_has_words(made: Samples) -> None:
    spoken = [str(element["/Alt"]) for tag, element in made["report"].tags if tag == "Figure"]
    assert spoken == [
        "60 notes led to 19 findings and 6 recommendations.",
        "14 of 20 meetings held in 3 groups: Residents and community: 6 of 8; Front-line staff: 5 of 5; NGOs and partners: 3 of 7.",
        "Findings by kind. Strength: 7; Area for consideration: 6; Question: 4; Good practice: 2.",
        "Progress of 6 recommendations: 1 done, 3 on track, 1 delayed, 1 without an action.",
    ]


def test_tables_say_which_head_a_cell_belongs_to(made: Samples) -> None:
    counted = Counter(tag for tag, _ in made["handbook"].tags)
    cells = [element for tag, element in made["handbook"].tags if tag == "TD"]
    assert counted["Table"] >= 4
    assert all(len(cell.A.Headers) for cell in cells)


def test_heads_of_a_long_table_are_repeated_on_the_next_page(made: Samples) -> None:
    assert "Who you meet" in made["handbook"].text(4)
    assert "Who you meet" in made["handbook"].text(5)


def test_headings_are_never_alone_at_the_foot_of_a_page(made: Samples) -> None:
    for document in made.values():
        for page in range(3, document.pdf.pages + 1):
            lines = [line.strip() for line in document.text(page).splitlines() if line.strip()]
            assert lines[-2] not in {"Housing", "Planning with the community", "Wednesday 13 June 2018"}


def test_paragraphs_of_a_draft_are_numbered(made: Samples) -> None:
    draft, final = made["draft"].text(3), made["report"].text(3)
    assert [found[0] for found in re.finditer(r"^\s{0,12}1\.\d\b", draft, re.MULTILINE)]
    assert "1.3" in draft
    assert "1.3" not in final
