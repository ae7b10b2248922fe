"""The editor in a real browser: a view on the textarea that never changes a text by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.fake_server import SCRIPTS, FakeServer, Text
from tests.browser.hands import KEPT, axe, by_hand, leave, until

pytestmark = pytest.mark.browser

CLIPBOARD = Path(__file__).parent / "clipboard"
STYLES = ("tokens", "base", "components", "forms", "save", "editor")
STORED = "Our *city* has __three__ goals.\n\n\n* mediators\n* schools  \n\nA | line\n"
PASTE = """([selector, html, plain]) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', plain);
  const place = document.querySelector(selector);
  const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
  const wasTaken = !place.dispatchEvent(event);
  if (!wasTaken && place.matches('textarea')) document.execCommand('insertText', false, plain);
}"""


@pytest.fixture
def server(profiles: Callable[[], BrowserContext]) -> FakeServer:
    return serve(profiles())


@pytest.fixture
def timed_server(fresh_profile: BrowserContext) -> FakeServer:
    """For a test that turns the clock."""
    return serve(fresh_profile)


def serve(context: BrowserContext) -> FakeServer:
    return FakeServer(context, attributes='data-editor="" dir="auto"', scripts=(*SCRIPTS, "editor"), styles=STYLES)


def open_editor(server: FakeServer, text: str = "", *, clock: bool = False) -> Page:
    """A page whose text is shown in the editor."""
    server.texts = {"a": Text(text)}
    page = server.open(clock=clock)
    expect(page.locator(".editor-text")).to_be_visible()
    return page


def tool(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def saved(page: Page) -> None:
    leave(page)
    expect(page.locator("[data-autosave-state]")).to_have_text("Saved 12:04")
    until(page, lambda: not page.evaluate(KEPT), "The copy on the device to go")


def go_to_the_end(page: Page) -> None:
    """Take the cursor out of the selection, and wait until the editor has heard of it: it does so after the browser."""
    for _ in range(20):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(100)
        if page.evaluate("document.querySelector('.ProseMirror').editor.state.selection.empty"):
            return
    raise AssertionError("The editor never heard that nothing is selected any more.")


def test_opening_and_walking_through_an_editor_changes_nothing(timed_server: FakeServer) -> None:
    page = open_editor(timed_server, STORED, clock=True)
    page.get_by_role("textbox", name="Text a").click()
    page.keyboard.press("Control+a")
    go_to_the_end(page)
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.keyboard.press("Tab")
    page.clock.fast_forward(5000)
    page.wait_for_timeout(200)
    assert page.locator("#a-text").input_value() == STORED
    assert [one for one in timed_server.requests if not one.endswith("x") and one != f"a:1:{STORED}"] == []
    assert timed_server.texts["a"].text == STORED


def test_a_text_is_written_with_the_keyboard_alone(server: FakeServer) -> None:
    page = open_editor(server)
    page.get_by_role("textbox", name="Text a").focus()
    page.keyboard.type("What we do")
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Text a")).to_be_focused()
    expect(page.get_by_role("button", name="Heading", exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    page.keyboard.type("- ")
    page.keyboard.type("Ελληνικά ")
    page.keyboard.press("Control+b")
    page.keyboard.type("български")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+]")
    page.keyboard.type("مدرسة 🙂")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".editor-strip button[tabindex='0']")).to_be_focused()
    page.keyboard.press("Escape")
    saved(page)
    assert server.texts["a"].text == "## What we do\n\n- Ελληνικά **български**\n  - مدرسة 🙂"
    expect(page.locator(".words-used")).to_have_text("6 words")


def test_a_link_is_set_and_removed_and_a_table_made_filled_and_changed_by_keys_and_tools(server: FakeServer) -> None:
    page = open_editor(server, "the plan")
    page.get_by_role("textbox", name="Text a").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    by_hand(page, "javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="web address")).to_be_visible()
    page.get_by_label("Leads to").fill("example.org/plan")
    page.keyboard.press("Enter")
    saved(page)
    assert server.texts["a"].text == "[the plan](https://example.org/plan)"
    assert server.submits == []
    page.locator(".editor-text a").click()
    tool(page, "Link")
    page.get_by_role("button", name="Remove the link").click()
    expect(page.locator("#a-text")).to_have_value("the plan")

    empty(page, ".editor-text")
    tool(page, "Table")
    tool(page, "Remove this column")
    tool(page, "Remove this row")
    for word in ("Year", "People", "2017", "12", "2018", "14"):
        page.keyboard.type(word)
        page.keyboard.press("Enter")
    saved(page)
    assert server.texts["a"].text.startswith("| Year | People |\n| --- | --- |\n| 2017 | 12 |\n| 2018 | 14 |")


def test_what_word_processors_paste_is_cleaned(server: FakeServer) -> None:
    page = open_editor(server)
    for place in (".editor-text", "#a-text"):
        if place == "#a-text":
            page.get_by_role("button", name="Plain text").click()
        for program in ("word", "libreoffice", "google"):
            empty(page, place)
            page.evaluate(PASTE, [place, (CLIPBOARD / f"{program}.html").read_text(), "plain words"])
            saved(page)
            assert f"{server.texts['a'].text}\n" == (CLIPBOARD / f"{program}.md").read_text(), (place, program)

    empty(page, "#a-text")
    page.evaluate(PASTE, ["#a-text", "<p>2 * 3 = 6_a</p>", "2 * 3 = 6_a"])
    saved(page)
    assert server.texts["a"].text == "2 * 3 = 6_a"


def empty(page: Page, place: str) -> None:
    """Take out all that stands here."""
    page.locator(place).focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(page.locator("#a-text")).to_have_value("")


def test_plain_text_is_remembered_for_this_person_alone(server: FakeServer) -> None:
    page = open_editor(server, "**three**")
    page.get_by_role("button", name="Plain text").click()
    expect(page.locator("#a-text")).to_be_focused()
    page.reload()
    expect(page.get_by_role("button", name="Show formatting")).to_be_visible()
    expect(page.locator("#a-text")).to_be_visible()
    server.user = "8"
    page.reload()
    expect(page.locator(".editor-text strong")).to_have_text("three")
    server.user = "7"
    page.reload()
    page.get_by_role("button", name="Show formatting").click()
    expect(page.locator(".editor-text strong")).to_have_text("three")
    expect(page.locator(".editor-text")).to_be_focused()


def test_a_text_with_signs_that_the_editor_cannot_show_stays_plain(server: FakeServer) -> None:
    server.texts = {"a": Text("A head\nof two lines\n===")}
    page = server.open()
    expect(page.get_by_text("signs that the editor cannot show")).to_be_visible()
    expect(page.locator("#a-text")).to_have_value("A head\nof two lines\n===")
    expect(page.locator(".editor-text")).to_have_count(0)


def test_without_an_editor_the_textarea_does_until_the_connection_is_back(server: FakeServer) -> None:
    server.texts = {"a": Text("Some *text*")}
    server.context.route("**/texts/", lambda route: route.abort("internetdisconnected"))
    with server.context.expect_event("requestfailed", lambda request: request.url.endswith("/texts/")):
        page = server.open()
    page.locator("#a-text").press_sequentially("More. ")
    saved(page)
    server.context.unroute("**/texts/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".editor-text em")).to_have_text("text")


def test_two_texts_to_choose_from_are_shown_as_they_read_and_the_chosen_one_is_in_the_editor(
    server: FakeServer,
) -> None:
    page = open_editor(server, "First")
    choice = page.locator(".choose")
    server.somebody_saves("First, **theirs**")
    type_at_the_end(page, ", mine")
    leave(page)
    expect(page.get_by_role("group", name="Your text", exact=True)).to_have_text("First, mine")
    choice.get_by_role("button", name="Take theirs").click()
    expect(page.locator(".editor-text strong")).to_have_text("theirs")
    type_at_the_end(page, " and mine")
    saved(page)
    assert server.texts["a"].text == "First, **theirs and mine**"

    server.somebody_saves("# Plan\n\nOur *plan* of <script>today</script>")
    type_at_the_end(page, "!")
    leave(page)
    theirs = choice.get_by_label("Text of Ana", exact=True)
    expect(choice.get_by_label("Your text", exact=True).locator("strong")).to_have_text("theirs and mine!")
    expect(theirs.locator("em")).to_have_text("plan")
    expect(theirs.locator("strong")).to_have_text("Plan")
    expect(theirs.locator("h1, h2, h3, h4, script")).to_have_count(0)
    choice.get_by_text("What differs, as it was typed").click()
    expect(choice.get_by_label("Text of Ana, as typed")).to_contain_text("# Plan")
    expect(choice.locator("mark").first).to_be_visible()
    choice.get_by_role("button", name="Take theirs").click()
    expect(page.locator("#a-text")).to_have_value("# Plan\n\nOur *plan* of <script>today</script>")


def test_two_texts_to_choose_from_are_there_without_a_connection_too(server: FakeServer) -> None:
    page = open_editor(server, "Our **plan** of today")
    server.somebody_saves("Our *plan* of today")
    server.context.route("**/texts/", lambda route: route.abort("internetdisconnected"))
    type_at_the_end(page, "!")
    leave(page)
    expect(page.locator(".choose").get_by_label("Text of Ana")).to_have_text("Our *plan* of today")


def type_at_the_end(page: Page, words: str) -> None:
    """Go to the end of the text, and type."""
    page.get_by_role("textbox", name="Text a").click()
    page.keyboard.press("Control+End")
    by_hand(page, words)


def test_a_kept_text_comes_back_into_the_editor(server: FakeServer) -> None:
    page = open_editor(server, "As saved")
    server.mode = "down"
    page.get_by_role("textbox", name="Text a").click()
    page.keyboard.press("Control+End")
    by_hand(page, ", and ")
    page.keyboard.press("Control+i")
    page.keyboard.type("then")
    page.close()
    server.mode = "ok"
    again = server.open()
    expect(again.locator(".editor-text")).to_have_text("As saved, and then")
    expect(again.locator(".editor-text em")).to_have_text("then")
    expect(again.locator("[data-autosave-state]")).to_have_text("Saved 12:04")
    assert server.texts["a"].text == "As saved, and *then*"


def test_the_editor_is_accessible_and_fits_a_phone(server: FakeServer) -> None:
    page = open_editor(server, "| a | b |\n| --- | --- |\n| c | d |")
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator(".editor-text td").first.click()
    assert axe(page, "#a") == []
    until(page, lambda: page.evaluate("document.documentElement.scrollWidth") <= 390, "The page to fit")
    sizes = page.eval_on_selector_all(
        ".editor-strip button:not([hidden])",
        "(all) => all.map((one) => one.getBoundingClientRect()).map(({width, height}) => Math.min(width, height))",
    )
    assert min(sizes) >= 24
    text = page.get_by_role("textbox", name="Text a")
    expect(text).to_have_attribute("aria-multiline", "true")
    expect(text).to_have_attribute("spellcheck", "true")
    expect(text).to_have_attribute("dir", "auto")
