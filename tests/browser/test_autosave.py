"""Nothing they type is ever lost: static/js/autosave.js in a real browser, against a server that the test plays."""

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser import hands
from tests.browser.fake_server import FakeServer, Text
from tests.browser.hands import leave

pytestmark = pytest.mark.browser

LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
KEPT = "Your text is kept on this device."


@pytest.fixture
def server(profiles: Callable[[], BrowserContext]) -> FakeServer:
    """One person's browser, and the server that it talks to."""
    return FakeServer(profiles())


@pytest.fixture
def timed_server(fresh_profile: BrowserContext) -> FakeServer:
    """The same, for a test that turns the clock."""
    return FakeServer(fresh_profile)


def state(name: str = "a") -> str:
    """A selector of the words that tell whether the text is safe."""
    return f"#{name} [data-autosave-state]"


def copies(page: Page) -> int:
    """How many texts are kept on the device."""
    return int(page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('text:')).length"))


def until(page: Page, expression: str) -> None:
    """Wait for something in the page; Playwright's own way would need `eval`, which the page forbids."""
    hands.until(page, lambda: bool(page.evaluate(expression)), expression)


def test_typing_is_saved_after_a_pause_and_a_broken_server_is_tried_again_by_itself(timed_server: FakeServer) -> None:
    page = timed_server.open(clock=True)
    page.clock.pause_at(LATER)
    page.locator("#a-text").press_sequentially("Schools")
    page.clock.run_for(799)
    assert (timed_server.requests, copies(page)) == ([], 1)
    page.clock.run_for(1)
    expect(page.locator(state())).to_have_text("Saved 12:04")
    assert timed_server.requests == ["a:1:Schools"]
    assert copies(page) == 0

    timed_server.mode = "broken"
    page.clock.resume()
    page.fill("#a-text", "Patience")
    leave(page)
    expect(page.locator(state())).to_have_text(f"Not saved yet: the server did not answer. {KEPT}")
    timed_server.mode = "ok"
    page.clock.fast_forward(2000)
    expect(page.locator(state())).to_have_text("Saved 12:04")
    assert timed_server.texts["a"].saved == ["Schools", "Patience"]


def test_versions_chain_and_the_same_text_from_both_is_nothing_to_choose(server: FakeServer) -> None:
    page = server.open()
    for version, text in ((2, "one"), (3, "two"), (4, "three")):
        page.fill("#a-text", text)
        leave(page)
        expect(page.locator("[name=version]")).to_have_value(str(version))
    assert server.requests == ["a:1:one", "a:2:two", "a:3:three"]

    server.somebody_saves("Both wrote this")
    page.fill("#a-text", "Both wrote this")
    leave(page)
    expect(page.locator("[name=version]")).to_have_value("6")
    expect(page.locator(state())).to_have_text("Saved 12:04")
    expect(page.locator(".choose")).to_have_count(0)
    assert server.requests[3:] == ["a:4:Both wrote this", "a:5:Both wrote this"]
    assert server.texts["a"].text == "Both wrote this"


def test_saves_go_one_at_a_time_and_in_order(server: FakeServer) -> None:
    server.mode = "slow"
    page = server.open()
    page.fill("#a-text", "first")
    leave(page)
    expect(page.locator(state())).to_have_text("Saving…")
    page.fill("#a-text", "second")
    leave(page)
    page.fill("#a-text", "third")
    leave(page)
    assert len(server.held) == 1
    server.release()
    expect(page.locator(state())).to_have_text("Saved 12:04")
    until(page, "localStorage.length === 1")
    assert server.texts["a"].saved == ["first", "third"]
    assert server.most_at_once == 1


def test_text_that_does_not_arrive_is_kept_and_no_button_leaves_the_page(server: FakeServer) -> None:
    server.mode = "down"
    page = server.open()
    page.fill("#a-text", "In a school corridor")
    leave(page)
    expect(page.locator(state())).to_have_text(f"Not saved yet: no connection. {KEPT}")
    assert copies(page) == 1
    page.fill("#a-text", "In a school corridor: 12 parents")
    with page.expect_event("requestfailed", lambda request: "/save/" in request.url):
        page.get_by_role("button", name="Send a").click()
    expect(page.locator(state())).to_have_text(f"Not saved yet: no connection. {KEPT}")
    expect(page.locator("#a-text")).to_have_value("In a school corridor: 12 parents")
    assert server.submits == []
    server.mode = "ok"
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(state())).to_have_text("Saved 12:04")
    assert server.texts["a"].saved == ["In a school corridor: 12 parents"]
    until(page, "localStorage.length === 1")
    assert copies(page) == 0

    server.mode = "refused"
    page.fill("#a-text", "Too late?")
    leave(page)
    expect(page.locator(state())).to_have_text(f"The lead has closed this section. {KEPT}")
    assert copies(page) == 1


def test_text_survives_a_crash_and_is_restored_visibly_with_its_identity_and_a_way_back(server: FakeServer) -> None:
    server.mode = "down"
    server.extra = '<input type="hidden" name="client_id" value="first" data-kept>'
    page = server.open()
    page.fill("#a-text", "Written just before the battery died")
    page.close()
    server.mode = "ok"
    server.extra = '<input type="hidden" name="client_id" value="second" data-kept>'
    again = server.open()
    expect(again.locator("#a-text")).to_have_value("Written just before the battery died")
    expect(again.locator("[name=client_id]")).to_have_value("first")
    expect(again.get_by_text("We kept text that had not been saved.")).to_be_visible()
    expect(again.locator(state())).to_have_text("Saved 12:04")
    assert server.texts["a"].text == "Written just before the battery died"
    assert copies(again) == 0

    server.mode = "down"
    again.fill("#a-text", "A slip of the hand")
    again.close()
    server.mode = "ok"
    third = server.open()
    expect(third.locator("#a-text")).to_have_value("A slip of the hand")
    third.get_by_role("button", name="Go back to the saved text").click()
    expect(third.locator("#a-text")).to_have_value("Written just before the battery died")
    until(third, "localStorage.length === 1")
    assert server.texts["a"].text == "Written just before the battery died"


def test_a_text_typed_and_taken_back_leaves_nothing_behind(server: FakeServer) -> None:
    server.mode = "down"
    page = server.open()
    page.fill("#a-text", "Hm")
    leave(page)
    expect(page.locator(state())).to_have_text(f"Not saved yet: no connection. {KEPT}")
    page.fill("#a-text", "")
    page.close()
    server.mode = "ok"
    server.somebody_saves("From the office")
    again = server.open()
    expect(again.locator("#a-text")).to_have_value("From the office")
    expect(again.locator(".choose")).to_have_count(0)
    assert copies(again) == 0


def test_an_answer_that_got_lost_is_not_taken_for_somebody_else(server: FakeServer) -> None:
    server.mode = "slow"
    page = server.open()
    page.fill("#a-text", "Sent")
    leave(page)
    hands.until(page, lambda: bool(server.held), "The request")
    page.fill("#a-text", "Sent, and more")
    server.somebody_saves("Sent")  # the server took the first text; the answer never arrived
    server.held.clear()
    page.close()
    server.mode = "ok"
    again = server.open()
    expect(again.locator(state())).to_have_text("Saved 12:04")
    expect(again.locator(".choose")).to_have_count(0)
    assert server.texts["a"].text == "Sent, and more"


def test_a_stale_text_asks_and_saves_mine_theirs_or_one_from_both(server: FakeServer) -> None:
    page = server.open()
    server.somebody_saves("The plan names owners.")
    page.fill("#a-text", "The plan names dates.")
    leave(page)
    expect(page.get_by_role("heading", name="Two texts: which one shall stay?")).to_be_visible()
    expect(page.locator(".choose mark")).to_have_text(["dates.", "owners."])
    assert server.texts["a"].text == "The plan names owners."
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator(state())).to_have_text("Saved 12:04")
    assert server.texts["a"].text == "The plan names dates."
    assert server.texts["a"].saved == ["The plan names dates."]

    server.somebody_saves("Theirs")
    page.fill("#a-text", "Mine")
    leave(page)
    page.get_by_role("button", name="Take theirs").click()
    expect(page.locator("#a-text")).to_have_value("Theirs")
    expect(page.locator(state())).to_have_text("This is the text of Ana.")
    assert server.texts["a"].saved == ["The plan names dates."]
    assert copies(page) == 0
    page.fill("#a-text", "Theirs, better")
    leave(page)
    expect(page.locator(state())).to_have_text("Saved 12:04")
    assert server.texts["a"].text == "Theirs, better"

    server.somebody_saves("Theirs again")
    page.fill("#a-text", "Mine again")
    leave(page)
    page.get_by_text("Write one text from both").click()
    merged = page.locator(".choose textarea")
    expect(merged).to_have_value("Mine again\n\nTheirs again")
    merged.fill("Mine and theirs")
    page.get_by_role("button", name="Save this text").click()
    expect(page.locator(state())).to_have_text("Saved 12:04")
    assert server.texts["a"].text == "Mine and theirs"


def test_a_kept_text_does_not_overwrite_what_somebody_saved_meanwhile(server: FakeServer) -> None:
    server.mode = "down"
    page = server.open()
    page.fill("#a-text", "From the train")
    page.close()
    server.mode = "ok"
    server.somebody_saves("From the office")
    again = server.open()
    expect(again.get_by_role("button", name="Keep mine")).to_be_visible()
    assert server.texts["a"].text == "From the office"
    expect(again.locator("#a-text")).to_have_value("From the train")


def test_an_expired_session_asks_for_the_login_in_place_and_leaves_a_way_back_to_it(server: FakeServer) -> None:
    server.mode = "expired"
    page = server.open()
    page.fill("#a-text", "After the long meeting")
    leave(page)
    dialog = page.get_by_role("dialog", name="Please log in again")
    expect(dialog).to_be_visible()
    expect(page.locator(state())).to_have_text(f"Not saved yet: log in again. {KEPT}")
    page.fill("#password", "wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("That password is not right.")
    page.fill("#password", "right")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(state())).to_have_text("Saved 12:04")
    assert server.texts["a"].saved == ["After the long meeting"]
    assert page.input_value("[name=csrfmiddlewaretoken] >> nth=0") == "token-2"

    server.mode = "expired"
    page.fill("#a-text", "Later")
    leave(page)
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#session-reminder").get_by_role("button", name="Log in").click()
    page.fill("#password", "right")
    dialog.get_by_role("button", name="Log in").click()
    expect(page.locator(state())).to_have_text("Saved 12:04")
    assert server.texts["a"].saved == ["After the long meeting", "Later"]


def test_somebody_else_at_the_login_gets_a_fresh_page_without_the_text(server: FakeServer) -> None:
    server.mode = "expired"
    page = server.open()
    page.fill("#a-text", "Mine alone")
    leave(page)
    expect(page.get_by_role("dialog")).to_be_visible()
    server.user, server.logged_in_as = "8", 8
    page.fill("#password", "right")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("html")).to_have_attribute("data-user", "8")
    expect(page.locator("#a-text")).to_have_value("")
    assert server.texts["a"].saved == []
    server.user = "7"
    mine = server.open()
    expect(mine.locator("#a-text")).to_have_value("Mine alone")


def test_a_page_does_not_save_in_the_name_of_somebody_who_logged_in_elsewhere(server: FakeServer) -> None:
    page = server.open()
    server.user = "8"
    server.open()
    page.bring_to_front()
    page.fill("#a-text", "Not theirs")
    leave(page)
    expect(page.locator(state())).to_contain_text("Somebody else has logged in on this device.")
    assert server.requests == []
    assert copies(page) == 1


def test_two_forms_are_saved_apart_and_a_button_waits_until_its_text_is_saved(server: FakeServer) -> None:
    server.texts["b"] = Text()
    page = server.open()
    page.fill("#a-text", "In a")
    page.fill("#b-text", "In b")
    leave(page)
    expect(page.locator(state())).to_have_text("Saved 12:04")
    expect(page.locator(state("b"))).to_have_text("Saved 12:04")
    assert [one.saved for one in server.texts.values()] == [["In a"], ["In b"]]
    page.fill("#a-text", "Ready")
    page.get_by_role("button", name="Send a").click()
    expect(page).to_have_title("Sent")
    assert server.texts["a"].saved == ["In a", "Ready"]
    assert server.submits == ["3:Ready"]


def test_leaving_warns_only_when_the_device_keeps_nothing(server: FakeServer) -> None:
    server.mode = "down"
    page = server.open()
    warnings: list[str] = []

    def note(dialog: Dialog) -> None:
        warnings.append(dialog.type)
        dialog.accept()

    page.on("dialog", note)
    page.locator("#a-text").press_sequentially("Kept")
    page.close(run_before_unload=True)
    assert warnings == []
    unkept = server.open()
    unkept.on("dialog", note)
    unkept.evaluate(
        "void (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); })"
    )
    unkept.locator("#a-text").press_sequentially("Not kept")
    expect(unkept.locator(state())).to_contain_text("lease stay on this page.")
    with unkept.expect_event("close"):
        unkept.close(run_before_unload=True)
    assert warnings == ["beforeunload"]


def test_a_choice_between_two_ratings_is_shown_in_words(server: FakeServer) -> None:
    server.extra = (
        '<fieldset><legend>How far?</legend><input type="radio" id="r1" name="rating" value="starting" checked>'
        '<label for="r1">We are starting</label><input type="radio" id="r2" name="rating" value="leading">'
        '<label for="r2">We are leading</label></fieldset><label for="t">Trend</label>'
        '<select id="t" name="trend"><option value="">Not said</option><option value="up">Better</option></select>'
    )
    page = server.open()
    page.evaluate(
        """() => document.getElementById('a').dispatchEvent(new CustomEvent('autosave:stale', {
          bubbles: true, detail: {version: 2, texts: {rating: 'leading', trend: 'up'}, by: 'Ana', take() {}}}))"""
    )
    expect(page.get_by_role("group", name="Your text", exact=True)).to_have_text(["We are starting", "Not said"])
    expect(page.get_by_role("group", name="Text of Ana", exact=True)).to_have_text(["We are leading", "Better"])


def test_a_choice_that_takes_the_button_sends_nothing_before_it(server: FakeServer) -> None:
    server.extra = '<label for="d">Decision</label><select id="d" name="decision"><option>yes</option><option>partly</option></select>'
    page = server.open()
    page.evaluate("document.getElementById('a').dataset.byButton = 'decision'")
    page.select_option("#d", "partly")
    page.fill("#a-text", "Because")
    leave(page)
    expect(page.locator(state())).to_have_text(f"Not sent yet: press “Send a” when you are sure. {KEPT}")
    assert (server.requests, copies(page)) == ([], 1)
    page.get_by_role("button", name="Send a").click()
    expect(page).to_have_title("Sent")
    assert server.submits == ["1:Because"]
