"""Every component in a real browser: accessible, within the screen, usable by keyboard, without inline code."""

import pytest
from playwright.sync_api import Browser, Page, expect

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


@pytest.mark.parametrize("width", [1280, 390])
def test_every_part_passes_axe(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    show(page, parts_page())
    assert ("light", violations(page)) == ("light", [])
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert ("dark", violations(page)) == ("dark", [])


def test_error_pages_pass_axe(page: Page) -> None:
    for code in (400, 403, 404, 409, 422, 500):
        assert (code, show(page, error_page(code)), violations(page)) == (code, [], [])


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_leaves_a_screen_of_320_points(page: Page, direction: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    show(page, parts_page().replace('dir="ltr"', f'dir="{direction}"'))
    assert width_too_much(page) == 0


def test_no_script_and_no_style_breaks_the_security_policy(page: Page) -> None:
    assert show(page, parts_page()) == []


def test_the_first_press_of_tab_offers_to_skip_the_navigation(page: Page) -> None:
    show(page, parts_page().replace("data-error-summary", ""))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_error_summary_has_the_focus_and_leads_to_the_field(page: Page) -> None:
    show(page, parts_page())
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Kind: Please choose one.").click()
    expect(page.locator("#id_wrong-kind_0")).to_be_focused()


def test_a_menu_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    show(page, parts_page())
    summary = page.locator("details.who > summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(summary).to_be_focused()


def test_a_phone_has_the_whole_navigation_in_its_menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    show(page, parts_page())
    expect(page.locator("nav[aria-label=Main]")).to_be_hidden()
    page.locator("summary", has_text="Menu").click()
    menu = page.get_by_role("navigation", name="Sections")
    expect(menu.get_by_role("link")).to_have_count(page.locator("nav[aria-label=Main] a").count())


def test_the_current_tab_is_in_sight_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    show(page, parts_page().replace("data-error-summary", ""))
    expect(page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)


def test_a_dialog_opens_by_its_button_and_closes_by_cancel(page: Page) -> None:
    show(page, parts_page())
    page.click("#ask")
    expect(page.get_by_role("dialog", name="Postpone this review?")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#ask")).to_be_focused()


def test_words_are_counted_against_their_number(page: Page) -> None:
    show(page, parts_page())
    page.fill("#id_fresh-question", "one two")
    expect(page.locator("#saving .words-used")).to_have_text("2 of 12 words")
    page.fill("#id_fresh-question", "word " * 14)
    expect(page.locator("#saving .words-used")).to_have_text("14 of 12 words: 2 too many")


def test_a_message_can_be_closed(page: Page) -> None:
    show(page, parts_page())
    page.get_by_role("button", name="Close this message").click()
    expect(page.locator("#notices .notice")).to_have_count(0)


def test_a_form_is_sent_once_however_often_it_is_pressed(page: Page) -> None:
    show(page, parts_page())
    page.evaluate("document.querySelector('#wrong').action = 'http://product.test/slow/'")
    sent: list[str] = []
    page.route("**/slow/", lambda route: sent.append(route.request.method))
    held = page.evaluate(PRESS_TWICE, "#wrong button.btn")
    assert held == "true"
    until(page, lambda: bool(sent), "The request")
    assert sent == ["POST"]


def test_without_scripts_nothing_is_offered_that_needs_them(chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, parts_page())
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    expect(page.get_by_role("button", name="Send to the lead")).to_be_visible()
    context.close()


def test_paper_gets_the_content_without_the_controls(page: Page) -> None:
    show(page, parts_page())
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Every part of the product")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".savebar")).to_be_hidden()


def test_files_are_sent_one_by_one_with_their_own_errors(page: Page) -> None:
    show(page, parts_page())
    answers = iter([(201, {}), (422, {"message": "This is a program, not a document."})])

    def take(route: object) -> None:
        status, answer = next(answers)
        route.fulfill(status=status, json=answer)  # type: ignore[attr-defined]

    page.route("**/files/", take)
    field = page.locator("#files input[type=file]")
    field.set_input_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    told = page.locator("[data-filedrop-files] li")
    expect(told).to_have_text(["plan.pdf: added"])
    field.set_input_files({"name": "virus.exe", "mimeType": "application/pdf", "buffer": b"MZ"})
    expect(told).to_have_text(["plan.pdf: added", "virus.exe: This is a program, not a document."])
    field.set_input_files({"name": "film.pdf", "mimeType": "application/pdf", "buffer": b"0" * 2_097_153})
    expect(told.last).to_have_text("film.pdf: too large, at most 2 MB")
