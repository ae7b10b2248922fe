"""Every component in a real browser: accessible, within the screen, usable by keyboard, without inline code."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.hands import axe, until
from tests.browser.parts import error_page, parts_page, show

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


PRESS_TWICE = """async (selector) => {
  const button = document.querySelector(selector);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 100)); // no waiting for something: a quick hand
  button.click();
  await pause();
  button.click();
  await pause();
  return button.getAttribute("aria-disabled");
}"""


def violations(page: Page) -> list[str]:
    """What axe finds: rule and the elements."""
    return axe(page, runOnly={"type": "tag", "values": RULES})


def width_too_much(page: Page) -> int:
    """By how many points the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_every_part_passes_axe_and_breaks_no_rule_of_the_security_policy(page: Page) -> None:
    complaints = show(page, parts_page())
    assert ("light", violations(page)) == ("light", [])
    page.click("#ask")
    expect(page.get_by_role("dialog", name="Postpone this review?")).to_be_visible()
    assert ("dialog", violations(page)) == ("dialog", [])
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#ask")).to_be_focused()
    page.emulate_media(color_scheme="dark")
    assert ("dark", violations(page)) == ("dark", [])
    assert complaints == []


def test_every_part_passes_axe_on_a_phone_and_nothing_leaves_a_small_screen(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    show(page, parts_page())
    assert ("light", violations(page)) == ("light", [])
    page.emulate_media(color_scheme="dark")
    assert ("dark", violations(page)) == ("dark", [])
    page.set_viewport_size({"width": 320, "height": 640})
    for direction in ("ltr", "rtl"):
        page.evaluate("(direction) => (document.documentElement.dir = direction)", direction)
        assert (direction, page.evaluate("innerWidth"), width_too_much(page)) == (direction, 320, 0)


def test_error_pages_pass_axe(page: Page) -> None:
    for code in (400, 403, 404, 409, 422, 500):
        assert (code, show(page, error_page(code)), violations(page)) == (code, [], [])


def test_a_phone_has_the_current_tab_in_sight_and_the_whole_navigation_in_its_menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    show(page, parts_page().replace("data-error-summary", ""))
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)
    expect(page.locator("nav[aria-label=Main]")).to_be_hidden()
    page.locator("summary", has_text="Menu").click()
    menu = page.get_by_role("navigation", name="Sections")
    expect(menu.get_by_role("link")).to_have_count(page.locator("nav[aria-label=Main] a").count())


def test_parts_are_reached_by_keys_and_answer_to_the_hand(page: Page) -> None:
    show(page, parts_page())
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Kind: Please choose one.").click()
    expect(page.locator("#id_wrong-kind_0")).to_be_focused()

    summary = page.locator("details.who > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(summary).to_be_focused()

    page.get_by_role("button", name="Close this message").click()
    expect(page.locator("#notices .notice")).to_have_count(0)
    page.fill("#id_fresh-question", "one two")
    expect(page.locator("#saving .words-used")).to_have_text("2 of 12 words")
    page.fill("#id_fresh-question", "word " * 14)
    expect(page.locator("#saving .words-used")).to_have_text("14 of 12 words: 2 too many")


def test_the_first_press_of_tab_offers_to_skip_the_navigation_and_paper_gets_no_controls(page: Page) -> None:
    show(page, parts_page().replace("data-error-summary", ""))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Every part of the product")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".savebar")).to_be_hidden()


def test_without_scripts_nothing_is_offered_that_needs_them(chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, parts_page())
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("button", name="Send to the lead")).to_be_visible()
    context.close()


def test_files_are_sent_one_by_one_with_their_own_errors_and_a_form_once_however_often_it_is_pressed(
    page: Page,
) -> None:
    show(page, parts_page())
    answers = iter([(201, {}), (422, {"message": "This is a program, not a document."})])

    def take(route: Route) -> None:
        status, answer = next(answers)
        route.fulfill(status=status, json=answer)

    page.route("**/files/", take)
    field = page.locator("#files input[type=file]")
    field.set_input_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    told = page.locator("[data-filedrop-files] li")
    expect(told).to_have_text(["plan.pdf: added"])
    field.set_input_files({"name": "virus.exe", "mimeType": "application/pdf", "buffer": b"MZ"})
    expect(told).to_have_text(["plan.pdf: added", "virus.exe: This is a program, not a document."])
    field.set_input_files({"name": "film.pdf", "mimeType": "application/pdf", "buffer": b"0" * 2_097_153})
    expect(told.last).to_have_text("film.pdf: too large, at most 2 MB")

    page.evaluate("document.querySelector('#wrong').action = 'http://product.test/slow/'")
    sent: list[str] = []
    page.route("**/slow/", lambda route: sent.append(route.request.method))
    held = page.evaluate(PRESS_TWICE, "#wrong button.btn")
    assert held == "true"
    until(page, lambda: bool(sent), "The request")
    assert sent == ["POST"]
