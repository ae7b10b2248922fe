"""Reading a file beside the form in a real browser: open, search, quote; what is quoted is saved."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reviews import reading_jobs
from reviews.actions.evidence import Described, add_evidence
from reviews.enums import Stage
from reviews.models import Answer, Evidence, Question
from tests.browser.hands import axe, log_in, saved, until, write
from tests.cast import Cast, make_cast
from tests.reviews import readable_files

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.stack import Stack

pytestmark = pytest.mark.browser
SELECT = """(words) => {
  const text = document.querySelector("[data-quote-text]");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let node;
  while ((node = walker.nextNode()) && !node.data.includes(words));
  const at = node.data.indexOf(words);
  getSelection().setBaseAndExtent(node, at, node, at + words.length);
}"""


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


@pytest.fixture
def row(cast: Cast) -> Evidence:
    pages = ["A first page.", "Mediatorii din școală au vizitat 240 de familii. Finanțarea se încheie în 2019."]
    seat = cast.seat(cast.coordinator)
    row = add_evidence(seat, BytesIO(readable_files.pdf_of(pages)), "plan.pdf", Described(title="Plan"))
    reading_jobs.read(row.pk)
    return row


def open_section(page: Page, stack: Stack, cast: Cast) -> None:
    log_in(page, stack, cast.coordinator)
    page.goto(f"{stack.url}/cases/timisoara/self-assessment/sections/1/")


def search_and_open(page: Page) -> None:
    page.get_by_role("button", name="Read your files beside the form").click()
    page.get_by_label("Search in all files").fill("scoala")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#beside .hits mark")).to_have_text("școală")
    page.get_by_role("link", name="Plan, page 2").click()
    expect(page.locator("[data-quote-text] mark")).to_have_text("școală")
    expect(page.locator(".reader-picture")).to_have_js_property("naturalWidth", 1000)


def answer_of(number: int) -> str:
    found = Answer.objects.filter(question__number=number).first()
    return found.text if found else ""


def test_words_are_quoted_into_this_and_another_section_and_files_stay_open_until_escape(
    page: Page, live_stack: Stack, cast: Cast, row: Evidence
) -> None:
    open_section(page, live_stack, cast)
    address = page.url
    write(page, "#answer-2", "We do a lot.")
    search_and_open(page)
    expect(page.get_by_label("Quote into the answer to").locator("option:checked")).to_contain_text("2. ")

    page.evaluate(SELECT, "au vizitat 240 de familii.")
    expect(page.get_by_label("Words to quote")).to_have_value("au vizitat 240 de familii.")
    page.get_by_role("button", name="Quote into answer").click()
    expect(page.locator("[data-quote-told]")).to_have_text("Quoted in the answer.")
    saved(page, "#answer-2")
    assert answer_of(2).strip() == "We do a lot.\n\n> au vizitat 240 de familii.\n>\n> (Plan, p. 2)"
    assert [question.number for question in row.questions.all()] == [2]

    questions = Question.objects.filter(section__question_set=cast.case.self_assessment.question_set)
    asked = questions.filter(section__position=2)[0]
    page.get_by_label("Quote into the answer to").select_option(str(asked.pk))
    page.get_by_label("Words to quote").fill("Mediatorii din școală")
    page.get_by_role("button", name="Quote into answer").click()
    expect(page.locator("[data-quote-told]")).to_have_text(f"Quoted in the answer to question {asked.number}.")
    assert answer_of(asked.number) == "> Mediatorii din școală\n>\n> (Plan, p. 2)\n"
    assert page.url == address

    page.goto(f"{live_stack.url}/cases/timisoara/self-assessment/sections/2/")
    expect(page.locator("#beside [data-quote-text]")).to_contain_text("Mediatorii")
    page.locator("#beside [data-quote-text]").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#beside")).to_be_hidden()
    page.reload()
    expect(page.locator("#beside")).to_be_hidden()


def test_page_of_a_file_fits_a_phone_and_has_no_faults(
    page: Page, live_stack: Stack, cast: Cast, row: Evidence
) -> None:
    log_in(page, live_stack, cast.coordinator)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in (f"files/{row.pk}/?q=scoala", "files/?q=scoala", "read/"):
        page.goto(f"{live_stack.url}/cases/timisoara/self-assessment/{path}")
        until(page, lambda: page.evaluate("document.documentElement.scrollWidth") == 390, f"The page {path} to fit")
        assert (path, axe(page)) == (path, [])
    page.goto(f"{live_stack.url}/cases/timisoara/self-assessment/sections/1/")
    page.get_by_role("button", name="Read your files beside the form").click()
    expect(page.locator("#beside [data-reader-title]")).to_be_focused()
    assert axe(page) == []
