"""The preview beside the editor: it follows the keys, says when it cannot, and gives way on a small screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reports.actions.reports import report_of
from reports.models import PieceText, ReportSection
from reviews.enums import Stage
from tests.browser.hands import editor, log_in, saved, until, write
from tests.cast import Cast, make_cast
from tests.factories import make_finding

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.stack import Stack

pytestmark = pytest.mark.browser

TEXT = "Schools and parents rarely meet."


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    cast = make_cast(Stage.REPORTING)
    make_finding(cast.case, TEXT, status="shared")
    report_of(cast.case)
    return cast


def test_preview_follows_the_keys_and_says_when_it_cannot(page: Page, live_stack: Stack, cast: Cast) -> None:
    log_in(page, live_stack, cast.rapporteur)
    page.goto(f"{live_stack.url}/cases/timisoara/report/sections/findings/")
    shown, state = page.locator("[data-preview-shown]"), page.locator("[data-preview-state]")
    text = editor(page, "#section-form")

    write(page, "#section-form", "We saw a school.")
    expect(shown).to_contain_text("We saw a school.")
    expect(shown).to_contain_text(TEXT)

    page.get_by_text("Words that stay as the review says them").click()
    page.get_by_role("button", name="Edit these words for the report").click()
    write(page, ".piece", " Never in summer.")
    expect(shown.locator(".doc-finding")).to_contain_text(f"{TEXT} Never in summer.")
    saved(page, ".piece form")
    assert PieceText.objects.get().text.strip() == f"{TEXT} Never in summer."

    page.context.set_offline(True)
    write(page, "#section-form", " And two parents.")
    expect(state).to_contain_text("not fresh")
    expect(shown).not_to_contain_text("And two parents.")
    page.context.set_offline(False)
    expect(shown).to_contain_text("We saw a school. And two parents.")
    expect(state).to_have_text("")
    saved(page, "#section-form")
    assert ReportSection.objects.get(key="findings").text.strip() == "We saw a school. And two parents."

    page.set_viewport_size({"width": 390, "height": 844})
    expect(shown).to_be_hidden()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(shown).to_be_visible()
    expect(text).to_be_hidden()
    page.reload()
    expect(page.locator("[data-preview-shown]")).to_be_visible()
    expect(page.locator("#section-form")).to_be_hidden()
    fits = "document.documentElement.scrollWidth <= innerWidth"
    until(page, lambda: page.evaluate(fits), "The page to fit the screen")
