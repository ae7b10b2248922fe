"""A filled form in a real browser: uploaded, read by a real worker while the page waits, and taken over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import FilePayload, expect

from reviews.actions.answers import Written, save_answer
from reviews.enums import Stage
from reviews.models import Answer, Question, SelfAssessment
from reviews.offline.docx_form import docx_form
from reviews.offline.plan import form_for
from reviews.uploads.kinds import Kind
from tests.browser.hands import log_in
from tests.cast import Cast, make_cast
from tests.reviews import filling

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.stack import Stack

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    made = make_cast(Stage.SELF_ASSESSMENT)
    SelfAssessment.objects.filter(case=made.case).update(question_set=filling.make_translated_set())
    return made


def test_form_is_uploaded_read_and_taken_over(page: Page, live_stack: Stack, cast: Cast) -> None:
    seat = cast.seat(cast.coordinator)
    asked = {question.key: question.pk for question in Question.objects.filter(section__question_set__slug="steering")}
    save_answer(seat, asked["who_decides"], Written(text="The mayor decides."), version=0)
    document = filling.opened(docx_form(form_for(seat, "ro", on=None)))
    filling.write(document, 1, "answer", "Consiliul decide, „lunar”.")
    filling.choose(document, 1, "rating", "Consolidat")
    filling.write(document, 2, "answer", "Nimic.")
    log_in(page, live_stack, cast.coordinator)
    page.goto(f"{live_stack.url}/cases/timisoara/self-assessment/")
    page.get_by_role("link", name="Fill it in offline").click()

    file = FilePayload(name="formular.docx", mimeType=Kind.DOCX.content_type, buffer=filling.saved(document))
    page.set_input_files("input[type=file]", [file])
    page.get_by_role("button", name="Upload").click()

    expect(page.get_by_role("heading", name="2 answers to decide")).to_be_visible(timeout=30_000)
    first = page.get_by_role("article", name="Who decides, and how often?")
    expect(first.locator("del").first).to_contain_text("The mayor decides.")
    expect(first.locator("ins").first).to_contain_text("Consiliul decide, „lunar”.")
    page.get_by_role("button", name="Take over all that are empty here (1)").click()
    expect(page.get_by_role("heading", name="1 answer to decide")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Take over ?: question 1")).click()
    expect(page.get_by_role("heading", name="Nothing is left to decide")).to_be_visible()
    assert {answer.question.key: (answer.text, answer.rating) for answer in Answer.objects.all()} == {
        "who_decides": ("Consiliul decide, „lunar”.", "established"),
        "not_seen": ("Nimic.", ""),
    }

    page.get_by_role("button", name=re.compile("^Put the earlier answer back ?: question 1")).click()
    expect(page.get_by_role("heading", name="1 answer to decide")).to_be_visible()
    assert Answer.objects.get(question_id=asked["who_decides"]).text == "The mayor decides."
