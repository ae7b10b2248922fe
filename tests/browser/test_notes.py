"""Notes in a real browser: without a connection nothing is lost, and nothing comes twice."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from playwright.sync_api import Page, expect

from reviews.enums import Stage
from tests import factories
from tests.cast import make_cast
from tests.servers import wait_until
from tests.stack import Stack
from visits.enums import SourceGroup
from visits.models import Note

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_notes_written_without_a_connection_arrive_once_each_and_keys_give_the_next_one(
    live_stack: Stack, page: Page
) -> None:
    cast = make_cast(Stage.FEEDBACK)
    visit = factories.make_visit(cast.case)
    slot = factories.make_slot(visit, met={SourceGroup.FAMILIES: 9})
    client = cast.client(cast.friend)
    assert client.session[SESSION_KEY] == str(cast.friend.pk)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_stack.url}])
    page.goto(f"{live_stack.url}{reverse('visits:notes', args=(cast.case.slug,))}?slot={slot.pk}")
    text = page.get_by_label("Note", exact=True)

    page.context.set_offline(True)
    wait_until(lambda: not page.evaluate("navigator.onLine"), "The browser hears that it has no connection")
    for words in ("First: they come back.", "Second: fathers come late."):
        text.fill(words)
        page.get_by_role("button", name="Next note").click()
        expect(text).to_have_value("")
    expect(page.locator("#waiting-notes")).to_contain_text("2 notes wait on this device")
    assert Note.objects.count() == 0

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator(".note-card")).to_have_count(2)
    expect(page.locator("#waiting-notes")).to_be_hidden()
    page.reload()
    rows = Note.objects.order_by("pk")
    assert list(rows.values_list("text", "source_group", "slot", "version")) == [
        ("First: they come back.", "families", slot.pk, 1),
        ("Second: fathers come late.", "families", slot.pk, 1),
    ]

    for words in ("Third: with Control and Enter.", "Fourth: the same talk."):
        text.fill(words)
        page.keyboard.press("Control+Enter")
        expect(page.locator(".note-card", has_text=words)).to_be_visible()
        expect(text).to_be_focused()
        expect(text).to_have_value("")
    assert list(rows.values_list("text", flat=True))[2:] == ["Third: with Control and Enter.", "Fourth: the same talk."]
    assert set(rows.values_list("source_group", "slot")) == {("families", slot.pk)}
