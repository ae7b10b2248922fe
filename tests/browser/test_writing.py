"""Writing an answer while things break: the session, the network, the tab, the computer. Every sign is compared.

The whole product as processes, and people who type in Chromium.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, expect

from people.texts import plain
from reviews.enums import Stage
from reviews.models import Answer, Presence, Question
from tests.browser.test_self_assessment import log_in
from tests.cast import Cast, make_cast
from tests.factories import PASSWORD
from tests.servers import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from people.models import User
    from tests.stack import Stack

pytestmark = pytest.mark.browser

BEFORE, AFTER = "We have begun to ask every fami", "ly, and 3 of 4 answer * so far (2018)."
TONGUES = (
    "Πόσα σχολεία έχουμε· και τα παιδιά;",
    "Градът ни има две училища — и „децата“?",
    "لمدينتنا مدرستان، والأطفال؟",
    "Zwei Schulen, trois écoles, îți place? 👩🏽‍🏫🇷🇴",
)


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


@pytest.fixture
def desk(chromium: Browser, live_stack: Stack, cast: Cast) -> Iterator[Desk]:
    """The coordinator's browser, logged in."""
    desk = Desk(chromium, live_stack, cast.coordinator)
    yield desk
    desk.context.close()


class Desk:
    """One person's browser: its pages can die, what the browser keeps stays."""

    def __init__(self, chromium: Browser, stack: Stack, user: User) -> None:
        self.stack = stack
        self.context: BrowserContext = chromium.new_context(locale="en-GB", timezone_id="Europe/Brussels")
        page = self.context.new_page()
        log_in(page, stack, user)
        page.close()

    def open(self) -> Page:
        """The first section, with its editors."""
        page = self.context.new_page()
        page.goto(f"{self.stack.url}/cases/timisoara/self-assessment/sections/1/")
        expect(page.locator("#answer-1 .editor-text")).to_be_visible()
        return page


def write(page: Page, text: str, number: int = 1) -> None:
    """Go to the end of an answer and type, key by key."""
    page.locator(f"#answer-{number} .editor-text").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def saved(page: Page, number: int = 1) -> None:
    expect(page.locator(f"#answer-{number} [data-autosave-state]")).to_contain_text("Saved ")
    kept = "Object.keys(localStorage).some((key) => key.startsWith('text:'))"
    wait_until(lambda: not page.evaluate(kept), "The copy on the device to go", seconds=10)


def stored(number: int = 1) -> str:
    """The words of an answer in the database, as people read them."""
    return plain(Answer.objects.get(question__number=number).text)


@pytest.mark.parametrize("tongue", TONGUES)
def test_every_tongue_is_stored_sign_by_sign(desk: Desk, tongue: str) -> None:
    page = desk.open()
    page.locator("#answer-1 .editor-text").click()
    for part in tongue.split(" "):
        page.keyboard.insert_text(f"{part} ")
    saved(page)
    assert stored() == tongue


def test_session_that_ends_in_the_middle_of_a_sentence_costs_no_sign(desk: Desk) -> None:
    page = desk.open()
    write(page, BEFORE)
    Session.objects.all().delete()
    page.keyboard.type(AFTER)
    login = page.get_by_role("dialog", name="Please log in again")
    expect(login).to_be_visible()
    login.locator("input[name=username]").fill("coordinator@example.org")
    login.locator("input[name=password]").fill(PASSWORD)
    login.get_by_role("button", name="Log in").click()
    expect(login).to_be_hidden()
    saved(page)
    write(page, " And on.")
    page.evaluate("document.activeElement.blur()")
    wait_until(lambda: stored() == f"{BEFORE}{AFTER} And on.", "The whole sentence", seconds=10)


def test_network_that_goes_in_the_middle_of_a_sentence_costs_no_sign_and_keeps_the_order(desk: Desk) -> None:
    page = desk.open()
    write(page, BEFORE)
    desk.context.set_offline(True)
    page.keyboard.type(AFTER)
    write(page, "Second answer, written without a network.", number=2)
    page.evaluate("document.activeElement.blur()")
    for number in (1, 2):
        expect(page.locator(f"#answer-{number} [data-autosave-state]")).to_contain_text("kept on this device")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if "/answers/" in request.url else None)
    desk.context.set_offline(False)
    saved(page)
    saved(page, 2)
    assert stored() == BEFORE + AFTER
    assert stored(2) == "Second answer, written without a network."
    assert len(sent) == 2


@pytest.mark.parametrize("way", ["closed", "crashed"])
def test_tab_that_dies_in_the_middle_of_a_sentence_costs_no_sign(desk: Desk, way: str) -> None:
    page = desk.open()
    desk.context.route("**/answers/**", lambda route: route.abort())
    write(page, BEFORE + AFTER)
    if way == "closed":
        page.close()
    else:
        crash(page)
    desk.context.unroute("**/answers/**")
    again = desk.open()
    if way == "crashed":  # a tab that is closed may still send its last words
        expect(again.get_by_text("We kept text that had not been saved.")).to_be_visible()
    expect(again.locator("#answer-1 .editor-text")).to_have_text(BEFORE + AFTER)
    saved(again)
    assert stored() == BEFORE + AFTER


def crash(page: Page) -> None:
    """End the process of the page, as when memory runs out: no event tells the page."""
    with page.expect_event("crash"), pytest.raises(Error):
        page.goto("chrome://crash")
    page.close()


def test_closed_laptop_saves_when_it_is_opened_again(desk: Desk) -> None:
    page = desk.open()
    session = desk.context.new_cdp_session(page)
    desk.context.set_offline(True)
    write(page, BEFORE + AFTER)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    assert not Answer.objects.exists()
    desk.context.set_offline(False)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    saved(page)
    assert stored() == BEFORE + AFTER


def test_computer_that_dies_before_the_answer_of_the_server_saves_once(desk: Desk) -> None:
    page = desk.open()
    desk.context.route("**/answers/**", lambda route: (route.fetch(), route.abort()))  # the server has it, nobody knows
    write(page, BEFORE + AFTER)
    page.evaluate("document.activeElement.blur()")
    expect(page.locator("#answer-1 [data-autosave-state]")).to_contain_text("kept on this device")
    page.close()
    desk.context.unroute("**/answers/**")
    again = desk.open()
    expect(again.locator("#answer-1 .editor-text")).to_have_text(BEFORE + AFTER)
    expect(again.locator(".choose")).to_have_count(0)
    answer = Answer.objects.get()
    assert (plain(answer.text), answer.version) == (BEFORE + AFTER, 1)


def test_two_writers_lose_nothing_and_see_each_other(
    desk: Desk, chromium: Browser, live_stack: Stack, cast: Cast
) -> None:
    first = desk.open()
    other = Desk(chromium, live_stack, cast.contributor)
    second = other.open()
    write(first, "The plan names owners.")
    saved(first)
    write(second, "The plan names dates.")
    second.evaluate("document.activeElement.blur()")
    expect(second.get_by_role("group", name="Text of Coordinator")).to_have_text("The plan names owners.")
    expect(second.get_by_role("group", name="Your text")).to_have_text("The plan names dates.")
    assert stored() == "The plan names owners."
    second.get_by_text("Write one text from both").click()
    second.get_by_role("button", name="Save this text").click()
    saved(second)
    assert stored() == "The plan names dates.\n\nThe plan names owners."
    expect(second.locator("#question-1 .who-writes")).to_have_text("Coordinator is writing here")
    expect(second.locator("#presence-told")).to_have_text("Coordinator is writing here too.")
    other.context.close()


def test_presence_goes_when_the_page_is_left_and_is_no_obstacle_without_a_network(desk: Desk, cast: Cast) -> None:
    page = desk.open()
    page.locator("#answer-2 .editor-text").click()
    wait_until(Presence.objects.exists, "A sign of life", seconds=10)
    row = Presence.objects.get()
    assert (row.user, row.question) == (cast.coordinator, Question.objects.get(pk=row.question_id, number=2))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    desk.context.set_offline(True)
    page.locator("#answer-1 .editor-text").click()
    page.wait_for_timeout(800)
    desk.context.set_offline(False)
    page.goto(f"{desk.stack.url}/tasks/")
    wait_until(lambda: not Presence.objects.exists(), "The sign of life to go", seconds=10)
    assert complaints == []


def test_part_of_the_page_that_is_exchanged_goes_on_with_what_was_written(desk: Desk) -> None:
    page = desk.open()
    held: list[Route] = []
    is_slow = True
    desk.context.route("**/answers/**", lambda route: held.append(route) if is_slow else route.continue_())
    write(page, BEFORE)
    page.evaluate("document.activeElement.blur()")
    expect(page.locator("#answer-1 [data-autosave-state]")).to_have_text("Saving…")
    page.locator("#answer-1 .editor-text").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(AFTER)
    page.evaluate("""() => {
      const target = document.getElementById('question-1');
      htmx.ajax('GET', location.pathname, {target, select: '#question-1', swap: 'outerHTML'});
    }""")
    expect(page.locator("#answer-1 .editor-text")).to_have_text(BEFORE + AFTER)
    is_slow = False
    for route in held:
        route.continue_()
    saved(page)
    assert stored() == BEFORE + AFTER
    assert page.locator(".choose").count() == 0
