"""Parts of a page that htmx brings: refusals, invalid forms, failures, and forms that save as you type."""

import pytest
from django.template import engines
from playwright.sync_api import Page, Route, expect

from tests.browser.fake_server import FORM, LOGIN
from tests.browser.parts import page_context, show

pytestmark = pytest.mark.browser

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = """{% extends "base.html" %}{% block heading %}A page{% endblock %}{% block content %}
<form id="part" method="post" action="/part/" hx-post="/part/" hx-swap="outerHTML">
<label for="name">Name</label><input id="name" name="name" value="Ana"><button>Save</button></form>{% endblock %}"""
SUMMARY = '<div class="error-summary" tabindex="-1" data-error-summary role="alert">Please check what you wrote</div>'


def show_page(page: Page) -> list[str]:
    """Open a page with one htmx form; gives what the browser complains about."""
    return show(page, str(engines["django"].from_string(PAGE).render(page_context())))


def answer(page: Page, status: int, body: str) -> None:
    """What the form will be answered."""
    page.route("**/part/", lambda route: route.fulfill(status=status, body=body, headers=HTML))


def test_what_goes_wrong_is_said_in_the_notices_and_leaves_the_form(page: Page) -> None:
    show_page(page)
    for status in (403, 404, 409):
        answer(page, status, f'<div class="notice is-bad" role="alert"><p>Refused with {status}.</p></div>')
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#notices")).to_have_text(f"Refused with {status}.")
        expect(page.locator("#name")).to_have_value("Ana")

    page.route("**/part/", lambda route: route.abort())
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#notices")).to_contain_text("There is no connection.")
    expect(page.locator("#name")).to_have_value("Ana")

    answer(page, 500, "<h1>Broken</h1>")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#notices")).to_contain_text("Something went wrong on our side.")
    answer(page, 200, "<p id='part'>Saved.</p>")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#part")).to_have_text("Saved.")


def test_an_expired_session_brings_the_login_and_an_invalid_form_its_errors_with_the_focus(page: Page) -> None:
    show_page(page)
    answer(page, 401, "{}")
    page.route("**/login/?bare=1", lambda route: route.fulfill(body=LOGIN, headers=HTML))
    page.get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog", name="Please log in again")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    answer(page, 422, f'<form id="part">{SUMMARY}</form>')
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#part [data-error-summary]")).to_be_focused()


def test_a_form_that_htmx_brings_saves_as_you_type(page: Page) -> None:
    complaints = show_page(page)
    saved: list[str] = []

    def save(route: Route) -> None:
        saved.append(route.request.post_data or "")
        route.fulfill(json={"version": 2, "saved_at": "2026-06-12T10:04:00Z"})

    answer(page, 200, FORM.format(name="late", version=1, text="", extra=""))
    page.route("**/save/late/", save)
    page.get_by_role("button", name="Save").click()
    page.fill("#late-text", "Brought later")
    expect(page.locator("#late [data-autosave-state]")).to_have_text("Saved 12:04")
    assert saved == ["text=Brought+later&version=1"]
    assert complaints == []
