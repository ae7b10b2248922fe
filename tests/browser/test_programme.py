"""The timetable of a visit with groups in a real browser: no slot runs over another."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests import factories
from tests.browser.parts import show
from tests.cast import Cast

pytestmark = pytest.mark.browser

RUNS_OVER = "slots => slots.filter((slot) => slot.scrollHeight > slot.clientHeight).map((slot) => slot.innerText)"


def test_slots_of_groups_stand_beside_each_other_on_a_screen_and_below_each_other_on_a_phone(
    cast: Cast, page: Page
) -> None:
    visit = factories.make_visit(cast.case)
    for name in ("Group A", "Група Б", "المجموعة ج"):
        factories.make_slot(visit, group=factories.make_group(visit, name), place="A long way from the city hall")
    factories.make_slot(visit, "11:00", "12:00")
    html = cast.client(cast.lead).get(reverse("visits:programme", args=(cast.case.slug,))).content.decode()

    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        show(page, html)
        slots = page.locator(".timetable .slot")
        assert (width, slots.count(), slots.evaluate_all(RUNS_OVER)) == (width, 4, [])
        tops = slots.evaluate_all("slots => slots.slice(0, 3).map((slot) => slot.getBoundingClientRect().top)")
        assert len(set(tops)) == (1 if width > 390 else 3)
