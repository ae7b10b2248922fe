"""The self-assessment in a real browser: what is typed a moment before a decision is part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reviews.actions.answers import Written, save_answer
from reviews.actions.steps import take_step
from reviews.enums import Stage
from reviews.models import CaseEvent, Question, SelfAssessment
from tests.browser.hands import by_hand, log_in
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.stack import Stack

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def test_reason_typed_a_moment_before_the_return_reaches_the_host_whole(
    page: Page, live_stack: Stack, cast: Cast
) -> None:
    for question in Question.objects.filter(section__question_set=cast.case.self_assessment.question_set):
        save_answer(cast.seat(cast.coordinator), question.pk, Written(text="We do."), version=0)
    take_step(cast.case, "submit_self_assessment", by=cast.coordinator)
    log_in(page, live_stack, cast.lead)
    page.goto(f"{live_stack.url}/cases/timisoara/self-assessment/review/")

    verdict = page.locator("#verdict-2")
    verdict.get_by_label("Please change").check()
    verdict.get_by_label("What should change, and why?").focus()
    by_hand(page, "Which posts end in 2019?")
    page.get_by_role("button", name="Return for changes").click()

    expect(page.locator("#notices")).to_contain_text("Self-assessment returned for changes.")
    event = CaseEvent.objects.get(step="return_self_assessment")
    assert event.reason == "**Section 2:** Which posts end in 2019?"
    assert SelfAssessment.objects.get().version == 2
