"""The check of a finished PDF finds what is in the file, and what is missing in a file that is not ours."""

from weasyprint import HTML

from reports.rendering.check import figures_of
from reports.rendering.pdf import render_pdf
from tests.reports.rendering import samples
from tests.reports.rendering.conftest import Samples, jpeg


def test_report_is_told_as_it_is(made: Samples) -> None:
    figures = figures_of(made["report"].pdf.content)
    assert {key: figures[key] for key in ("pages", "title", "language", "pdfua", "pdfa", "skips")} == {
        "pages": 8,
        "title": "Critical friend review: Timișoara",
        "language": "en",
        "pdfua": "1",
        "pdfa": "3a",
        "skips": 0,
    }
    assert {key: figures["tags"][key] for key in ("H1", "Figure", "Table")} == {"H1": 1, "Figure": 4, "Table": 5}
    assert (figures["undescribed"], figures["headless"]) == (0, 0)
    assert all(is_embedded for _, is_embedded in figures["fonts"])


def test_bookmarks_come_with_their_pages(made: Samples) -> None:
    assert figures_of(made["report"].pdf.content)["headings"][:6] == [
        (1, "Timișoara", 1),
        (1, "Contents", 2),
        (1, "1 Summary", 3),
        (1, "2 The review", 4),
        (2, "Data sheet", 4),
        (2, "Whom the team met", 4),
    ]


def test_a_page_is_read_in_order_without_what_stands_in_its_margins(made: Samples) -> None:
    sample = figures_of(made["report"].pdf.content)["sample"]
    assert (sample["page"], sample["lines"][:4]) == (
        3,
        [
            ("H2", "1 Summary"),
            (
                "P",
                "Over three days the team met the city’s social services, residents and organisations at four host sites.",
            ),
            ("Figure", "60 notes led to 19 findings and 6 recommendations."),
            ("Caption", "From notes to recommendations."),
        ],
    )
    assert not any("Page 3" in words for _, words in sample["lines"])


def test_words_in_five_scripts_are_read_whole(made: Samples) -> None:
    content = made["report"].pdf.content
    words = {text for page in (7, 8) for _, text in figures_of(content, sample=page)["sample"]["lines"]}
    assert {samples.LATIN, samples.GREEK, samples.BULGARIAN, samples.UKRAINIAN} <= words
    assert sum("المدينة" in text for text in words) == 1


def test_pictures_without_words_are_counted() -> None:
    html = '<html lang="en"><title>T</title><h1>T</h1><img src="photo:a"><img src="photo:a" alt="A yard.">'
    figures = figures_of(render_pdf(html, pictures=lambda _: jpeg()).content)
    assert (figures["tags"]["Figure"], figures["undescribed"]) == (2, 1)


def test_table_without_heads_is_counted() -> None:
    html = '<html lang="en"><title>T</title><h1>T</h1><table><tr><td>1</td></tr></table>'
    figures = figures_of(render_pdf(html).content)
    assert (figures["tags"]["Table"], figures["headless"]) == (1, 1)


def test_file_without_tags_title_and_language_is_told_so() -> None:
    content = HTML(string="<p>Plain</p>").write_pdf()
    figures = figures_of(content)
    assert {key: figures[key] for key in ("title", "language", "pdfua", "pdfa", "tags", "headings")} == {
        "title": "",
        "language": "",
        "pdfua": "",
        "pdfa": "",
        "tags": {},
        "headings": [],
    }
    assert figures["sample"]["lines"] == []
