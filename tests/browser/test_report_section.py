"""Writing a section of the report in Chromium: a session that ends, a section that is taken over, words commented on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from people.texts import plain
from reports.actions.reports import report_of
from reports.models import ReportSection
from reviews.enums import Stage
from tests.browser.hands import SECONDS, editor, leave, log_in, log_in_again, saved, write
from tests.cast import Cast, make_cast
from tests.servers import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

    from people.models import User
    from tests.stack import Stack

pytestmark = pytest.mark.browser

PAGE = "/cases/timisoara/report/sections/summary/"
FORM = "#section-form"
SIGN = "dispatchEvent(new Event('online'))"  # the page gives its next sign of life at once


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    made = make_cast(Stage.REPORTING)
    report_of(made.case)
    return made


@pytest.fixture
def opens(profiles: Callable[[], BrowserContext], live_stack: Stack) -> Callable[[User], Page]:
    """A function `opens(cast.lead)`: the summary in the browser of this person."""

    def opens(user: User) -> Page:
        page = profiles().new_page()
        log_in(page, live_stack, user)
        page.goto(f"{live_stack.url}{PAGE}")
        return page

    return opens


def stored() -> str:
    return plain(ReportSection.objects.get(key="summary").text)


def test_section_is_free_when_its_writer_leaves_and_who_is_taken_over_hears_it(
    cast: Cast, opens: Callable[[User], Page]
) -> None:
    lead = opens(cast.lead)
    write(lead, FORM, "From the lead.")
    saved(lead, FORM)
    rapporteur = opens(cast.rapporteur)
    expect(rapporteur.locator("#section-lock")).to_contain_text("Lead is writing here since")
    expect(rapporteur.locator("#section-read")).to_contain_text("From the lead.")
    with lead.expect_response(lambda response: response.url.endswith("/versions/")):
        lead.get_by_role("link", name="What it said before").click()
    rows = ReportSection.objects.filter(key="summary", locked_by=None)
    wait_until(rows.exists, "The word of a page that goes", seconds=SECONDS)
    rapporteur.evaluate(SIGN)
    expect(rapporteur.locator("#section-lock")).to_contain_text("Nobody is writing here any more.")
    rapporteur.get_by_role("link", name="Write here").click()
    expect(editor(rapporteur, FORM)).to_be_visible()
    write(rapporteur, FORM, " And from the rapporteur.")
    saved(rapporteur, FORM)

    lead.goto(rapporteur.url)
    expect(lead.locator("#section-lock")).to_contain_text("Rapporteur is writing here since")
    expect(lead.locator("#section-read")).to_contain_text("From the lead. And from the rapporteur.")
    lead.get_by_text("Take over", exact=True).click()
    lead.get_by_role("button", name="Yes, I go on writing here").click()
    write(lead, FORM, " And again.")
    saved(lead, FORM)
    rapporteur.evaluate(SIGN)
    expect(rapporteur.locator("#section-lock")).to_contain_text("Lead goes on writing here since")
    write(rapporteur, FORM, " Not yet saved.")
    leave(rapporteur)
    expect(rapporteur.get_by_role("heading", name="Two texts: which one shall stay?")).to_be_visible()
    expect(rapporteur.locator(".choose").get_by_label("Your text", exact=True)).to_have_text(
        "From the lead. And from the rapporteur. Not yet saved."
    )
    assert stored() == "From the lead. And from the rapporteur. And again."


def test_session_that_ends_in_the_middle_of_a_sentence_costs_no_sign_and_its_words_are_commented_on(
    cast: Cast, opens: Callable[[User], Page]
) -> None:
    page = opens(cast.rapporteur)
    write(page, FORM, "The city has begun to ask every fami")
    Session.objects.all().delete()
    page.keyboard.insert_text("ly, and 3 of 4 answer.")
    log_in_again(page, cast.rapporteur)
    saved(page, FORM)
    assert stored() == "The city has begun to ask every family, and 3 of 4 answer."

    editor(page, FORM).click()
    page.keyboard.press("Control+A")
    page.get_by_role("button", name="Comment on these words").click()
    expect(page.locator("#said-quoted")).to_have_value("The city has begun to ask every family, and 3 of 4 answer.")
    page.locator("#said-text").fill("Is it 4?")
    page.get_by_role("button", name="Comment", exact=True).click()
    said = page.locator("#comments li")
    expect(said.locator("[data-quoted]")).to_have_text("The city has begun to ask every family, and 3 of 4 answer.")
    expect(said).to_contain_text("Is it 4?")
