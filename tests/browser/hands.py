"""What people do in the tests: log in, write in an editor, wait until it is saved.

Nothing here looks once: a page on a busy machine is slow, not wrong. What is typed while something may happen to the
page goes in at once (`insert`): between two keys a dialog could take the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Locator, Page

    from people.models import User
    from tests.stack import Stack

SAVED = re.compile(r"^Saved \d\d:\d\d$")
"""What the script says. The server says how long ago it was: a page that comes with a text does not look saved anew."""
KEPT = "Object.keys(localStorage).some((key) => key.startsWith('text:'))"
SECONDS = 20
READ_ONCE = """{
  const known = new Map(), colour = axe.commons.color.Color.prototype, read = colour.parseString;
  colour.parseString = function (words) {
    if (known.has(words)) [this.r, this.g, this.b, this.alpha] = known.get(words);
    else known.set(words, (read.call(this, words), [this.r, this.g, this.b, this.alpha]));
    return this;
  };
}"""
"""Axe reads the same few colours thousands of times, with a library that knows all colour spaces: a third of its time."""
AXE = f"{Axe().axe_script};{READ_ONCE}; true"
BROKEN_RULES = """async ([within, options]) => (await axe.run(within, options)).violations
  .map(({id, nodes}) => `${id}: ${nodes.map(({target}) => target.join(" ")).join(", ")}`)"""


def log_in(page: Page, stack: Stack, user: User) -> None:
    """Give the browser of this page a session of this person."""
    log_in_profile(page.context, stack, user)


def log_in_profile(profile: BrowserContext, stack: Stack, user: User) -> None:
    """Give this browser profile a session of this person."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    profile.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": stack.url}])


def log_in_again(page: Page, user: User) -> None:
    """Answer the dialog of a session that has run out."""
    dialog = page.get_by_role("dialog", name="Please log in again")
    dialog.locator("input[name=username]").fill(user.email)
    dialog.locator("input[name=password]").fill(PASSWORD)
    dialog.get_by_role("button", name="Log in").click()
    expect(dialog).to_be_hidden()


def editor(page: Page, form: str) -> Locator:
    """The editor in this form, which takes the place of its textarea a moment after the page is there."""
    return page.locator(f"{form} .editor-text")


def write(page: Page, form: str, text: str, *, at_once: bool = False) -> None:
    """Go to the end of the text of this form and type, as `by_hand` or `at_once`."""
    place = editor(page, form)
    place.click()
    expect(place).to_be_focused()
    page.keyboard.press("Control+End")
    if at_once:
        page.keyboard.insert_text(text)
    else:
        by_hand(page, text)


def by_hand(page: Page, text: str) -> None:
    """Type: the last word key by key, what stands before it at once. A key costs the browser a fortieth of a second."""
    before, space, last = text.rpartition(" ")
    if before + space:
        page.keyboard.insert_text(before + space)
    page.keyboard.type(last)


def axe(page: Page, within: str = "html", **options: object) -> list[str]:
    """What axe has to say against the page: each broken rule, and where."""
    if not page.evaluate("'axe' in self"):
        page.evaluate(AXE)
    return list(page.evaluate(BROKEN_RULES, [within, {"resultTypes": ["violations"], **options}]))


def leave(page: Page) -> None:
    """Leave the field: what is in it is sent without waiting for the pause."""
    page.evaluate("document.activeElement.blur()")


def saved(page: Page, form: str) -> None:
    """Leave the field, and wait until its form says that the server has the text and no copy is left on this device."""
    leave(page)
    expect(page.locator(f"{form} [data-autosave-state]")).to_have_text(SAVED)
    until(page, lambda: not page.evaluate(KEPT), "The copy on the device to go")


def until(page: Page, is_so: Callable[[], bool], what: str) -> None:
    """Ask every 50 ms until it is so, while the page and what the test answers in place of the server go on."""
    for _ in range(SECONDS * 20):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise TimeoutError(f"{what} did not happen within {SECONDS} s")
