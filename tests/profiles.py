"""Browser profiles that tests use one after the other, emptied in between.

In a new profile a page reads every script, style and font anew: a quarter of what a short test costs. A kept one has them.
What a page could find of the test before goes: cookies, what scripts stored, other pages, routes, permissions, a network that
was taken away.

Not for a test that turns the clock: it is turned for the whole profile, and for good. Nor for one that ends the process of
a page: all pages of a profile live in one. Such a test takes a new profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Browser, BrowserContext

PLAYED = "http://product.test"
"""The address of servers that a test plays."""


def new_profile(browser: Browser) -> BrowserContext:
    """A profile that nobody has used: 1280 by 900 points, in Brussels."""
    return browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/Brussels")


class KeptProfile:
    """One profile: `context` is what a test uses between `begin` and `end`."""

    def __init__(self, browser: Browser) -> None:
        self.context = new_profile(browser)
        self._own_page = self.context.new_page()
        self._session = self.context.new_cdp_session(self._own_page)

    def begin(self, addresses: Iterable[str]) -> None:
        """Forget what pages of these addresses have stored. Not at the end: pages that go may still write."""
        self.context.clear_cookies()
        for address in addresses:
            self._session.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "all"})

    def end(self) -> None:
        """Close what a test has opened, and undo what it did to the profile."""
        for page in self.context.pages:
            if page != self._own_page:
                page.close()
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.set_offline(offline=False)
        self.context.clear_permissions()
