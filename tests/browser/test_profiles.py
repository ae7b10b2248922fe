"""A profile that another test has used is as good as a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.profiles import PLAYED, KeptProfile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STORED = """async () => [document.cookie, localStorage.length, sessionStorage.length, navigator.onLine,
  (await indexedDB.databases()).length]"""


def open_page(profile: KeptProfile) -> Page:
    page = profile.context.new_page()
    page.route(f"{PLAYED}/", lambda route: route.fulfill(body="A page", content_type="text/html"))
    page.goto(PLAYED)
    return page


def test_nothing_of_a_test_is_left_in_a_kept_profile(chromium: Browser) -> None:
    profile = KeptProfile(chromium)
    profile.begin([PLAYED])
    page = open_page(profile)
    page.evaluate("""async () => {
      document.cookie = "one=1";
      localStorage.one = sessionStorage.one = "1";
      addEventListener("pagehide", () => (localStorage.last = "words"));
      await new Promise((done) => (indexedDB.open("one").onsuccess = done));
    }""")
    assert page.evaluate(STORED) == ["one=1", 1, 1, True, 1]
    profile.context.route("**/routed", lambda route: route.fulfill(body="Routed"))
    page.goto(f"{PLAYED}/routed")
    expect(page.get_by_text("Routed")).to_be_visible()
    profile.context.set_offline(offline=True)

    profile.end()
    profile.begin([PLAYED])

    again = open_page(profile)
    assert again.evaluate(STORED) == ["", 0, 0, True, 0]
    with pytest.raises(Error, match="ERR_"):
        again.goto(f"{PLAYED}/routed")
    assert len(profile.context.pages) == 2
    profile.context.close()
