"""The texts that people write become safe HTML, plain words, and a count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import texts


def test_markdown_becomes_html_with_line_breaks() -> None:
    assert texts.to_html("**Owners**\nand dates") == "<p><strong>Owners</strong><br>\nand dates</p>\n"


def test_html_is_shown_as_the_letters_that_it_is() -> None:
    assert texts.to_html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"])
def test_a_dangerous_address_is_no_link(address: str) -> None:
    assert "href" not in texts.to_html(f"[press]({address})")


def test_a_link_leads_out_without_telling_where_from() -> None:
    assert texts.to_html("[plan](https://city.example/plan)") == (
        '<p><a href="https://city.example/plan" rel="noopener noreferrer nofollow">plan</a></p>\n'
    )


def test_a_picture_is_not_loaded() -> None:
    assert "<img" not in texts.to_html("![map](https://elsewhere.example/pixel.png)")


def test_headings_start_where_the_page_wants_them() -> None:
    assert texts.to_html("# One\n\n### Three", top=4) == "<h4>One</h4>\n<h6>Three</h6>\n"


def test_headings_do_not_leave_a_gap_above_the_first() -> None:
    assert texts.to_html("### Only", top=3) == "<h3>Only</h3>\n"


def test_a_table_names_its_columns_for_screen_readers() -> None:
    html = texts.to_html("|City|Since|\n|-|-:|\n|Ghent|2016|")
    assert '<th scope="col">City</th>' in html
    assert "style" not in html


def wide(columns: int) -> str:
    return "\n".join(f"|{sign * columns}" for sign in ("h|", "-|", "c|"))


def test_a_table_that_no_page_can_hold_is_cut_and_says_so() -> None:
    html = texts.to_html(f"Before\n\n{wide(2000)}\n\nAfter")
    assert (html.count("<th "), html.count("<td>"), html.count("<tr>")) == (40, 40, 2)
    assert html.endswith(
        "</table>\n<p>This table has 2,000 columns: the first 40 are shown. The rest is better added as a file.</p>\n"
        "<p>After</p>\n"
    )
    assert (texts.as_written(wide(2000)).count("<td>"), texts.plain(wide(2000)).count("c")) == (2000, 2000)


def test_a_table_of_as_many_columns_as_a_page_holds_is_whole() -> None:
    html = texts.to_html(f"{wide(40)}\n\n{wide(2)}")
    assert (html.count("<th "), html.count("<td>"), "columns" in html) == (42, 42, False)


def test_emphasis_is_never_deeper_than_a_layout_can_follow() -> None:
    html = texts.to_html("*" * 4000 + "word" + "*" * 4000)
    assert (html.count("<strong>"), html.count("</strong>"), "word" in html) == (12, 12, True)
    assert texts.to_html("***a** b* [c **d** e](https://x.example)").count("<strong>") == 2


def test_plain_keeps_words_and_paragraphs() -> None:
    assert (
        texts.plain("# Plan\n\nOne **owner**\n[here](https://x.example)\n\n- a\n- b")
        == "Plan\n\nOne owner\nhere\n\na\n\nb"
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("- two words", 2),
        ("# 12 \N{EM DASH} c", 2),
        ("schools\nand\tcities", 3),
        ("de-facto don't", 2),
    ],
)
def test_words_are_counted_as_people_count(text: str, count: int) -> None:
    assert texts.word_count(text) == count


SIGNS = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
HTML = [
    "<script>",
    "</p>",
    "<img",
    "<svg/onload=",
    "onerror=",
    "<style>",
    "<!--",
    "<![CDATA[",
    "<",
    ">",
    "&lt;",
    "&#60;",
]
MARKDOWN = ["](javascript:", "![", "](", "<https:", "`", "```\n", "**", "[x]: ", "\\", "\n\n", "> ", "    ", "* ", "# "]
TRAPS = st.sampled_from(HTML + MARKDOWN)
"""What starts something in HTML or in Markdown."""


@given(SIGNS | st.lists(TRAPS | SIGNS, max_size=12).map("".join))
def test_no_text_makes_an_element_outside_the_list(text: str) -> None:
    html = texts.to_html(text).lower()
    assert not any(f"<{name}" in html for name in ("script", "img", "iframe", "style", "svg", "form", "input"))
