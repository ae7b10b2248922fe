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
from tests.browser.hands import KEPT, SAVED, by_hand, editor, leave, log_in_again, log_in_profile, saved, until, write
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page, Route

    from people.models import User
    from tests.stack import Stack

pytestmark = pytest.mark.browser

FIRST, SECOND = "#answer-1", "#answer-2"
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
def desk(profiles: Callable[[], BrowserContext], live_stack: Stack, cast: Cast) -> Desk:
    """The coordinator's browser, logged in."""
    return Desk(profiles(), live_stack, cast.coordinator)


class Desk:
    """One person's browser: its pages can die, what the browser keeps stays."""

    def __init__(self, context: BrowserContext, stack: Stack, user: User) -> None:
        self.stack, self.context = stack, context
        log_in_profile(context, stack, user)

    def open(self) -> Page:
        """The first section, with its editors."""
        page = self.context.new_page()
        page.goto(f"{self.stack.url}/cases/timisoara/self-assessment/sections/1/")
        expect(editor(page, FIRST)).to_be_visible()
        return page


def stored(number: int = 1) -> str:
    """The words of an answer in the database, as people read them."""
    return plain(Answer.objects.get(question__number=number).text)


def test_every_tongue_is_stored_sign_by_sign(desk: Desk) -> None:
    page = desk.open()
    for tongue in TONGUES:
        editor(page, FIRST).click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        expect(editor(page, FIRST)).to_have_text("")
        for part in tongue.split(" "):
            page.keyboard.insert_text(f"{part} ")
        saved(page, FIRST)
        assert stored() == tongue


def test_sentence_is_saved_by_itself_while_its_writer_thinks_and_goes_on_after_a_session_that_ends(
    desk: Desk, cast: Cast
) -> None:
    page = desk.open()
    write(page, FIRST, BEFORE)
    expect(page.locator("#answer-1 [data-autosave-state]")).to_have_text(SAVED)
    expect(editor(page, FIRST)).to_be_focused()
    until(page, lambda: not page.evaluate(KEPT), "The copy on the device to go")
    assert stored() == BEFORE.strip()

    by_hand(page, "ly in ea")
    Session.objects.all().delete()
    page.keyboard.insert_text("ch school.")
    log_in_again(page, cast.coordinator)
    saved(page, FIRST)
    write(page, FIRST, " And on.")
    saved(page, FIRST)
    assert stored() == f"{BEFORE}ly in each school. And on."


def test_network_that_goes_and_a_laptop_that_is_closed_cost_no_sign_and_keep_the_order(desk: Desk) -> None:
    page = desk.open()
    write(page, FIRST, BEFORE)
    desk.context.set_offline(True)
    by_hand(page, AFTER)
    write(page, SECOND, "Second answer, written without a network.")
    leave(page)
    for number in (1, 2):
        expect(page.locator(f"#answer-{number} [data-autosave-state]")).to_contain_text("kept on this device")
    arrived: list[str] = []
    page.on("requestfinished", lambda request: arrived.append(request.url) if "/answers/" in request.url else None)
    desk.context.set_offline(False)
    saved(page, FIRST)
    saved(page, SECOND)
    assert stored() == BEFORE + AFTER
    assert stored(2) == "Second answer, written without a network."
    until(page, lambda: len(arrived) >= 2, "The end of both requests")
    assert len(arrived) == len(set(arrived)) == 2

    session = desk.context.new_cdp_session(page)
    desk.context.set_offline(True)
    write(page, FIRST, " And on.")
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    assert stored() == BEFORE + AFTER
    desk.context.set_offline(False)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    saved(page, FIRST)
    assert stored() == f"{BEFORE}{AFTER} And on."


def reopened_after(dies: Callable[[Page], None], desk: Desk) -> Page:
    """Write an answer that the server never gets, let the page die, and give the next one."""
    page = desk.open()
    desk.context.route("**/answers/**", lambda route: route.abort())
    write(page, FIRST, BEFORE + AFTER)
    dies(page)
    desk.context.unroute("**/answers/**")
    return desk.open()


def test_tab_that_is_closed_in_the_middle_of_a_sentence_costs_no_sign(desk: Desk) -> None:
    again = reopened_after(lambda page: page.close(), desk)
    is_whole(again)


def test_tab_that_crashes_in_the_middle_of_a_sentence_costs_no_sign(
    fresh_profile: BrowserContext, live_stack: Stack, cast: Cast
) -> None:
    again = reopened_after(crash, Desk(fresh_profile, live_stack, cast.coordinator))
    expect(again.get_by_text("We kept text that had not been saved.")).to_be_visible()
    is_whole(again)


def is_whole(again: Page) -> None:
    """See every sign in the page and, a little later, in the database."""
    expect(editor(again, FIRST)).to_have_text(BEFORE + AFTER)
    until(again, lambda: not again.evaluate(KEPT), "The copy on the device to go")
    assert stored() == BEFORE + AFTER


def crash(page: Page) -> None:
    """End the process of the page, as when memory runs out: no event tells the page."""
    with page.expect_event("crash"), pytest.raises(Error):
        page.goto("chrome://crash")
    page.close()


def test_computer_that_dies_before_the_answer_of_the_server_saves_once(desk: Desk) -> None:
    page = desk.open()
    desk.context.route("**/answers/**", lambda route: (route.fetch(), route.abort()))  # the server has it, nobody knows
    write(page, FIRST, BEFORE + AFTER)
    leave(page)
    expect(page.locator("#answer-1 [data-autosave-state]")).to_contain_text("kept on this device")
    page.close()
    desk.context.unroute("**/answers/**")
    again = desk.open()
    expect(editor(again, FIRST)).to_have_text(BEFORE + AFTER)
    expect(again.locator(".choose")).to_have_count(0)
    answer = Answer.objects.get()
    assert (plain(answer.text), answer.version) == (BEFORE + AFTER, 1)


def test_two_writers_lose_nothing_and_see_each_other(
    desk: Desk, profiles: Callable[[], BrowserContext], live_stack: Stack, cast: Cast
) -> None:
    first = desk.open()
    other = Desk(profiles(), live_stack, cast.contributor)
    second = other.open()
    write(first, FIRST, "The plan names owners.")
    saved(first, FIRST)
    write(second, FIRST, "The plan names dates.")
    leave(second)
    expect(second.get_by_role("group", name="Text of Coordinator", exact=True)).to_have_text("The plan names owners.")
    expect(second.get_by_role("group", name="Your text", exact=True)).to_have_text("The plan names dates.")
    assert stored() == "The plan names owners."
    second.get_by_text("Write one text from both").click()
    second.get_by_role("button", name="Save this text").click()
    saved(second, FIRST)
    assert stored() == "The plan names dates.\n\nThe plan names owners."
    expect(second.locator("#question-1 .who-writes")).to_have_text("Coordinator is writing here")
    expect(second.locator("#presence-told")).to_have_text("Coordinator is writing here too.")


def test_presence_goes_when_the_page_is_left_and_is_no_obstacle_without_a_network(desk: Desk, cast: Cast) -> None:
    page = desk.open()
    editor(page, SECOND).click()
    until(page, Presence.objects.exists, "A sign of life")
    row = Presence.objects.get()
    assert (row.user, row.question) == (cast.coordinator, Question.objects.get(pk=row.question_id, number=2))
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    desk.context.set_offline(True)
    with page.expect_event("requestfailed", lambda request: "/presence/" in request.url):
        editor(page, FIRST).click()
    desk.context.set_offline(False)
    page.goto(f"{desk.stack.url}/tasks/")
    until(page, lambda: not Presence.objects.exists(), "The sign of life to go")
    assert complaints == []


def test_part_of_the_page_that_is_exchanged_goes_on_with_what_was_written(desk: Desk) -> None:
    page = desk.open()
    held: list[Route] = []
    is_slow = True
    desk.context.route("**/answers/**", lambda route: held.append(route) if is_slow else route.continue_())
    write(page, FIRST, BEFORE)
    leave(page)
    expect(page.locator("#answer-1 [data-autosave-state]")).to_have_text("Saving…")
    write(page, FIRST, AFTER)
    page.evaluate("""() => {
      const target = document.getElementById('question-1');
      target.dataset.before = 'yes';
      htmx.ajax('GET', location.pathname, {target, select: '#question-1', swap: 'outerHTML'});
    }""")
    expect(editor(page, "#question-1:not([data-before])")).to_have_text(BEFORE + AFTER)
    is_slow = False
    for route in held:
        route.continue_()
    saved(page, FIRST)
    assert stored() == BEFORE + AFTER
    assert page.locator(".choose").count() == 0
