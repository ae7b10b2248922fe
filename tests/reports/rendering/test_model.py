"""A document is a value: it can be kept, compared, hashed and cut into places."""

import json
from dataclasses import replace

import pytest

from reports.rendering import content_hash, deserialise, serialise
from reports.rendering.charts import Coverage, Span, Strip, coverage, funnel, timetable
from reports.rendering.model import Lead
from reports.rendering.pages import context_of, html_of
from reports.rendering.places import paragraphs_of, places
from tests.reports.rendering import samples
from tests.reports.rendering.conftest import SAMPLES


@pytest.mark.parametrize("name", list(SAMPLES))
def test_a_kept_document_comes_back_as_it_was(name: str) -> None:
    content = SAMPLES[name]()
    assert deserialise(json.loads(json.dumps(serialise(content)))) == content


def test_a_document_kept_by_an_older_version_still_opens() -> None:
    kept = serialise(samples.handbook())
    del kept["keywords"]
    kept["gone"] = "a field of long ago"
    assert deserialise(kept) == samples.handbook()


def test_hash_follows_the_content() -> None:
    report = samples.report()
    assert content_hash(report) == content_hash(samples.report())
    assert content_hash(report) != content_hash(replace(report, title="Ghent"))
    chapter = replace(report.chapters[0], blocks=(Lead("Another word."), *report.chapters[0].blocks[1:]))
    assert content_hash(report) != content_hash(replace(report, chapters=(chapter, *report.chapters[1:])))


def test_places_name_every_paragraph_once() -> None:
    found = places(samples.report())
    assert list(found)[:6] == ["s1-p1", "s1-p2", "s1-p3", "s1-p4", "s1-p5", "s1-p6"]
    assert found["s1-p1"].label == "1.1"
    assert (
        found["s1-p1"].text
        == "Over three days the team met the city’s social services, residents and organisations at four host sites."
    )
    assert found["s1-p6"].text == "Neighbourhood centre Housing advice on two afternoons"
    assert found["s3-p3"].text.startswith("The plan names activities")
    assert found["s5-p1"].label == "A.1"


def test_places_are_the_same_with_and_without_numbers_on_the_page() -> None:
    assert list(places(samples.report())) == list(places(samples.report(is_numbered=True)))


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ("", []),
        ("<p>One</p>\n<p>Two</p>\n", ["<p>One</p>", "<p>Two</p>"]),
        ("<h4>Head</h4>\n<p>One<br>line</p>", ["<h4>Head</h4><p>One<br>line</p>"]),
        ("<p>One</p><h4>Head</h4>", ["<p>One</p>", "<h4>Head</h4>"]),
        (
            "<ul>\n<li><p>a</p>\n<ul><li>b</li></ul></li>\n</ul><hr><p>&lt;x&gt; &amp;</p>",
            ["<ul>\n<li><p>a</p>\n<ul><li>b</li></ul></li>\n</ul>", "<hr>", "<p>&lt;x&gt; &amp;</p>"],
        ),
    ],
)
def test_a_text_is_cut_between_its_paragraphs(html: str, parts: list[str]) -> None:
    assert paragraphs_of(html) == parts


def test_plain_texts_are_escaped() -> None:
    report = samples.report()
    chapter = replace(report.chapters[0], title="<script>x</script>", blocks=(Lead("a < b & c"),))
    html = html_of(replace(report, title='"><img src=x>', chapters=(chapter,)))
    assert "<script>" not in html
    assert "<img" not in html
    assert "a &lt; b &amp; c" in html


def test_page_and_paper_show_the_same_places() -> None:
    context = context_of(samples.report(is_numbered=True))
    anchors = [place.anchor for chapter in context["chapters"] for place in chapter.blocks if place.anchor]
    assert anchors == list(places(samples.report()))


def test_charts_speak_and_escape() -> None:
    chart = coverage((Coverage("Parents & <families>", 1, 2),))
    assert "<title" in chart
    assert "1 of 2 meetings held in 1 group: Parents &amp; &lt;families&gt;: 1 of 2." in chart
    assert "<families>" not in chart


def test_charts_stand_with_nothing_to_show() -> None:
    assert "0 notes led to 0 findings and 0 recommendations." in funnel(notes=0, findings=0, recommendations=0)
    assert "0 of 0 meetings held in 0 groups" in coverage(())
    assert "The visit at a glance: 0 days, 0 slots." in timetable((), words=())


def test_the_same_chart_is_the_same_markup() -> None:
    days = (Strip("Tue", (Span(540, 600, "panel", "Panel"),)),)
    assert timetable(days, words=(("panel", "Panel"),)) == timetable(days, words=(("panel", "Panel"),))
    assert "Tue: 09:00 Panel" in timetable(days, words=(("panel", "Panel"),))
