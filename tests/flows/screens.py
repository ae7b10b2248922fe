"""People at their screens, each in a browser profile: nothing on a screen may be broken."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from playwright.sync_api import Error, expect
from playwright.sync_api import TimeoutError as TookTooLong

from tests import factories
from tests.browser import hands
from tests.browser.hands import KEPT, SAVED, leave, until
from tests.conftest import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

    from people.models import User
    from tests.stack import Stack

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ANSWERED = re.compile(r"status of (409|422)")
"""What the browser reports of forms that came back with an answer: the page itself says what it was."""


@dataclass
class Screen:
    """One person's browser on the product at `base`. What goes wrong on it is collected in `faults`."""

    page: Page
    base: str
    artefacts: Path
    faults: list[str] = field(default_factory=list)

    @classmethod
    def open_for(cls, profile: BrowserContext, base: str, artefacts: Path) -> Self:
        """A page in an empty profile: nobody is logged in there."""
        screen = cls(profile.new_page(), base, artefacts)
        screen.page.set_default_timeout(PATIENCE)
        screen.page.on("console", screen._hear_console)
        screen.page.on("pageerror", lambda error: screen.faults.append(f"{screen.page.url}: {error}"))
        return screen

    def _hear_console(self, message: ConsoleMessage) -> None:
        """A script's error, a refused policy, and every answer with 400 or more, to whatever was asked.

        Playwright could tell of each answer too. That takes a tenth of the time of a page, and says no more.
        """
        if message.type == "error" and not ANSWERED.search(message.text):
            self.faults.append(f"{self.page.url}: {message.text} ({message.location['url']})")

    # --- Doing ------------------------------------------------------------------------------------
    def go(self, path: str) -> None:
        """Open an address of the product, as from a bookmark."""
        self.page.goto(f"{self.base}{path}")

    def log_in(self, email: str, password: str = factories.PASSWORD) -> None:
        """Log in on the page; afterwards the person is at their tasks."""
        self.go("/login/")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press("Log in")
        self.reads("My tasks", role="heading")

    def is_logged_in(self, stack: Stack, user: User) -> None:
        """Be this person without the page of the login, which others walk through."""
        hands.log_in(self.page, stack, user)

    def press(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        """Press the first button with these words."""
        self.page.locator(within).get_by_role("button", name=name, exact=isinstance(name, str)).first.click()

    def follow(self, name: str | re.Pattern[str], *, within: str = "main") -> None:
        """Follow the first link with these words to another page."""
        self._leave_by(self.page.locator(within).get_by_role("link", name=name, exact=isinstance(name, str)).first)

    def tab(self, name: str) -> None:
        """Open a page of the case by its tab."""
        words = re.compile(rf"^\s*{re.escape(name)}\b")
        self._leave_by(self.page.locator("[data-tabs]").get_by_role("link", name=words).first)

    def _leave_by(self, link: Locator) -> None:
        """Click, and wait until the page is another: the one before is still there for a moment, with the same words.

        The page is all there first: on a busy machine one that was still coming in has broken off what a click began.
        """
        self.page.wait_for_load_state()
        with self.page.expect_navigation(wait_until="commit"):
            link.click()

    def write(self, label: str, text: str, *, within: str = "main") -> None:
        """Type into the field with this label."""
        field = self._field(label, within, visible=True)
        # An editor may take the field's place between the finding and the typing: then it is found anew.
        for _ in range(9):
            with suppress(TookTooLong):
                return field.fill(text, timeout=PATIENCE / 10)
        return field.fill(text)

    def choose(self, label: str, option: str, *, within: str = "main") -> None:
        """Choose from a list."""
        self._field(label, within).select_option(label=option)

    def _field(self, label: str, within: str, *, visible: bool = False) -> Locator:
        """The field with this label; with `visible` the editor where it has taken the place of a text field."""
        words = re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\))?\s*$")
        found = self.page.locator(within).get_by_label(words)
        return (found.locator("visible=true") if visible else found).first

    def tick(self, label: str, *, within: str = "main") -> None:
        """Tick a box or choose one of the round ones."""
        self.page.locator(within).get_by_label(label).first.check()

    def saved(self, within: str = "main") -> None:
        """Leave the field, and wait until the form that saves as one types says that it did, of all that was typed."""
        leave(self.page)
        expect(self.page.locator(f"{within} [data-autosave-state]").first).to_have_text(SAVED)
        until(self.page, lambda: not self.page.evaluate(KEPT), "The copy on the device to go")

    # --- Seeing -----------------------------------------------------------------------------------
    def reads(self, words: str | re.Pattern[str], *, role: str = "") -> None:
        """Wait until the page shows these words."""
        found = self.page.get_by_role(role, name=words) if role else self.page.get_by_text(words)  # type: ignore[arg-type]
        expect(found.locator("visible=true").first).to_be_visible()

    def heading(self) -> str:
        """The page's heading, once it is there."""
        return self.page.locator("h1").inner_text()

    def next_card(self) -> Locator:
        """What stands first on the case page: what this person can do next."""
        return self.page.locator("#next")

    def look(self, name: str, *, phone: bool = False, dark: bool = False) -> None:
        """Keep a picture (PICTURES=1), and check that nothing is wider than a phone; a main page (`phone`) also with axe."""
        page = self.page
        if dark:
            page.emulate_media(color_scheme="dark")
        self._picture(name)
        if phone:
            self._shut_nobody_out(name)
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        with suppress(Error):  # a page that polls may be exchanging a part just now
            if too_much := self._too_much():
                self.faults.append(f"{name}: {too_much} points wider than a phone")
        if phone:
            self._picture(f"{name}-phone")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        if dark:
            page.emulate_media(color_scheme="light")

    def _too_much(self) -> int:
        """By how many points the page is wider than its window, once it has settled."""
        for _ in range(20):
            too_much = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if too_much <= 0:
                return 0
            self.page.wait_for_timeout(100)
        return int(too_much)

    def _picture(self, name: str) -> None:
        """Keep a picture where somebody asked for pictures: each takes a third of a second."""
        if os.environ.get("PICTURES"):
            self.page.screenshot(path=self.artefacts / f"{name}.png", full_page=True)

    def _shut_nobody_out(self, name: str) -> None:
        self.faults += [f"{name}: {broken}" for broken in hands.axe(self.page)]
