"""Forms that lead to a page: what was typed survives an ended login, another login and a lost connection."""

from urllib.parse import parse_qs

import pytest
from django.template import engines
from playwright.sync_api import Page, Route, expect

from tests.browser.fake_server import LOGIN
from tests.browser.hands import until
from tests.browser.parts import page_context, show

pytestmark = pytest.mark.browser

PAGE = """{% extends "base.html" %}{% block heading %}A page{% endblock %}{% block content %}
<form method="post" action="/send/"><input type="hidden" name="csrfmiddlewaretoken" value="old">
<label for="reason">Reason</label><textarea id="reason" name="reason"></textarea>
<button name="how" value="now">Send</button></form>
<form method="post" action="/send/"><button>Only a button</button></form>{% endblock %}"""
STILL = "**/login/still/"


class Sent:
    """What went to the server, and what the page is told about the login."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.forms: list[dict[str, list[str]]] = []
        show(page, str(engines["django"].from_string(PAGE).render(page_context())))
        page.route("**/send/", self._take)
        page.fill("#reason", "All my words")

    def _take(self, route: Route) -> None:
        self.forms.append(parse_qs(route.request.post_data or ""))
        route.fulfill(body="Thanks")

    def says(self, status: int, **told: object) -> None:
        """Answer like this from now on."""
        self.page.unroute(STILL)
        self.page.route(STILL, lambda route: route.fulfill(status=status, json=told))

    def press(self, name: str = "Send") -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def went(self) -> dict[str, list[str]]:
        """Wait for the form, and give what it brought."""
        until(self.page, lambda: bool(self.forms), "The form")
        assert len(self.forms) == 1
        return self.forms[0]


@pytest.fixture
def sent(page: Page) -> Sent:
    return Sent(page)


def test_a_form_goes_with_the_token_of_a_login_that_was_renewed_in_another_tab(sent: Sent) -> None:
    sent.says(200, user=7, csrf_token="new")
    sent.press()
    assert sent.went() == {"csrfmiddlewaretoken": ["new"], "reason": ["All my words"], "how": ["now"]}


def test_an_ended_login_is_asked_for_in_place_and_the_form_goes_afterwards(sent: Sent, page: Page) -> None:
    sent.says(401)
    page.route("**/login/?bare=1", lambda route: route.fulfill(body=LOGIN, content_type="text/html"))
    sent.press()
    dialog = page.get_by_role("dialog", name="Please log in again")
    expect(dialog).to_be_visible()
    expect(page.locator("#reason")).to_have_value("All my words")
    assert sent.forms == []
    page.route("**/login/", lambda route: route.fulfill(json={"user": 7, "csrf_token": "new"}))
    sent.says(200, user=7, csrf_token="new")
    dialog.locator("#password").fill("right")
    dialog.get_by_role("button", name="Log in").click()
    assert sent.went() == {"csrfmiddlewaretoken": ["new"], "reason": ["All my words"], "how": ["now"]}


def test_a_double_click_while_the_page_still_asks_sends_the_form_once(sent: Sent, page: Page) -> None:
    held: list[Route] = []
    page.route(STILL, lambda route: held.append(route))  # noqa: PLW0108 - Playwright takes no method of a list
    page.get_by_role("button", name="Send", exact=True).dblclick()
    until(page, lambda: bool(held), "The question")
    page.evaluate("() => new Promise((done) => setTimeout(done))")  # what the second click began has come here too
    assert (len(held), sent.forms) == (1, [])
    held[0].fulfill(json={"user": 7, "csrf_token": "new"})
    expect(page.get_by_text("Thanks")).to_be_visible()
    assert sent.went() == {"csrfmiddlewaretoken": ["new"], "reason": ["All my words"], "how": ["now"]}
    assert len(held) == 1


def test_nothing_is_sent_without_a_connection_or_as_somebody_else(sent: Sent, page: Page) -> None:
    page.route(STILL, lambda route: route.abort())
    sent.press()
    expect(page.locator("#notices")).to_contain_text("There is no connection. Nothing was sent")
    expect(page.locator("#reason")).to_have_value("All my words")
    sent.says(200, user=8, csrf_token="of somebody else")
    sent.press()
    words = "Somebody else has logged in in this browser since. Nothing was sent"
    expect(page.locator("#notices")).to_contain_text(words)
    expect(page.locator("#reason")).to_have_value("All my words")
    sent.says(200, user=7, csrf_token="old")
    sent.press()
    assert sent.went()["reason"] == ["All my words"]


def test_an_answer_that_says_nothing_of_the_login_holds_nothing_up(sent: Sent) -> None:
    sent.says(503)
    sent.press()
    assert sent.went()["csrfmiddlewaretoken"] == ["old"]


def test_a_button_alone_is_not_asked_about(sent: Sent, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sent.press("Only a button")
    assert sent.went() == {}
    assert not [url for url in asked if "/still/" in url]
