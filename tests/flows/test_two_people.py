"""Two people at once, lost sessions, lost connections, double clicks: in real browsers against the real server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from reviews.enums import Stage
from reviews.models import Answer, CaseEvent
from tests import factories
from tests.cast import Cast, make_cast
from tests.flows.screens import Screen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator

    from people.models import User
    from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECTION = "/cases/timisoara/self-assessment/sections/1/"


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    """The cast, writing its self-assessment."""
    return make_cast(Stage.SELF_ASSESSMENT)


@pytest.fixture
def screen_of(live_stack: Stack, profiles: Callable[[], BrowserContext], artefacts: Path) -> Callable[[User], Screen]:
    """A function `screen_of(cast.lead)`: a browser in which this person is logged in."""

    def screen_of(user: User) -> Screen:
        screen = Screen.open_for(profiles(), live_stack.url, artefacts)
        screen.is_logged_in(live_stack, user)
        return screen

    return screen_of


def editor_of(screen: Screen) -> Locator:
    """The editor of the first question."""
    return screen.page.locator("#answer-1 [contenteditable=true]")


def types(screen: Screen, text: str) -> None:
    """Write the answer to the first question."""
    editor_of(screen).fill(text)


def stored() -> str:
    """The one answer as the database has it."""
    return Answer.objects.get().text


def test_two_people_in_one_answer_see_both_texts_and_lose_nothing(
    cast: Cast, screen_of: Callable[[User], Screen]
) -> None:
    one, other = screen_of(cast.coordinator), screen_of(cast.contributor)
    one.go(SECTION)
    other.go(SECTION)
    expect(editor_of(other)).to_be_visible()
    types(one, "The first writes this.")
    one.saved("#answer-1")
    types(other, "The second writes that.")
    other.reads("Two texts: which one shall stay?", role="heading")
    panel = other.page.locator(".choose")
    expect(panel.get_by_label("Your text", exact=True)).to_have_text("The second writes that.")
    expect(panel.get_by_label("Text of Coordinator", exact=True)).to_have_text("The first writes this.")
    other.look("two-texts", phone=True)
    assert stored() == "The first writes this."
    panel.get_by_text("Write one text from both").click()
    panel.get_by_role("button", name="Save this text").click()
    other.saved("#answer-1")
    assert stored() == "The second writes that.\n\nThe first writes this."
    one.page.reload()
    expect(one.page.locator("#answer-1 textarea[name=text]")).to_have_value(
        "The second writes that.\n\nThe first writes this."
    )
    assert one.faults + other.faults == []


def test_session_that_ran_out_is_renewed_in_place_and_the_text_is_saved(
    cast: Cast, screen_of: Callable[[User], Screen]
) -> None:
    screen = screen_of(cast.coordinator)
    screen.go(SECTION)
    expect(editor_of(screen)).to_be_visible()
    Session.objects.all().delete()
    types(screen, "Written after the session had run out.")
    screen.reads("Please log in again", role="heading")
    dialog = screen.page.locator("dialog[open]")
    dialog.get_by_label("E-mail").fill(cast.coordinator.email)
    dialog.get_by_label("Password").fill(factories.PASSWORD)
    dialog.get_by_role("button", name="Log in").click()
    screen.saved("#answer-1")
    assert screen.page.url.endswith(SECTION)
    assert stored() == "Written after the session had run out."


def test_text_typed_without_a_connection_is_saved_when_it_is_back(
    cast: Cast, screen_of: Callable[[User], Screen]
) -> None:
    screen = screen_of(cast.coordinator)
    screen.go(SECTION)
    expect(editor_of(screen)).to_be_visible()
    screen.page.context.set_offline(True)
    types(screen, "Written on the train.")
    screen.reads(re.compile("Your text is kept on this device"))
    assert Answer.objects.count() == 0
    screen.page.context.set_offline(False)
    screen.saved("#answer-1")
    assert stored() == "Written on the train."


def test_double_click_on_a_step_is_one_step(cast: Cast, screen_of: Callable[[User], Screen]) -> None:
    cast.at(Stage.DRAFT)
    screen = screen_of(cast.secretariat)
    screen.go("/cases/timisoara/")
    screen.page.get_by_role("button", name="Accept the proposal").dblclick()
    screen.reads(re.compile("Proposal accepted"))
    assert CaseEvent.objects.filter(step="accept_proposal").count() == 1
    assert screen.faults == []


def test_two_people_who_press_at_once_make_one_step(cast: Cast, screen_of: Callable[[User], Screen]) -> None:
    """The second has an old page: they are told who was quicker, and how it stands."""
    cast.at(Stage.DRAFT)
    boss = factories.make_user("Second secretary", is_secretariat=True)
    one, other = screen_of(cast.secretariat), screen_of(boss)
    one.go("/cases/timisoara/")
    other.go("/cases/timisoara/")
    one.press("Accept the proposal")
    one.reads(re.compile("Proposal accepted"))
    other.press("Accept the proposal")
    other.reads(re.compile("Secretariat has already done this"))
    assert CaseEvent.objects.filter(step="accept_proposal").count() == 1
