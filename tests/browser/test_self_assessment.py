"""The self-assessment in a real browser: what is typed a moment before a decision is part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import FilePayload, expect

from reviews.actions.answers import Written, save_answer
from reviews.actions.steps import take_step
from reviews.enums import Stage
from reviews.models import CaseEvent, Evidence, Question, SelfAssessment
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


def test_several_files_are_sent_each_with_its_own_answer(page: Page, live_stack: Stack, cast: Cast) -> None:
    log_in(page, live_stack, cast.coordinator)
    page.goto(f"{live_stack.url}/cases/timisoara/self-assessment/evidence/")

    page.get_by_label("Host and review team").check()
    page.set_input_files(
        "input[type=file]",
        [
            FilePayload(name="Budget_2018.csv", mimeType="text/csv", buffer=b"post;eur\nmediators;120000\n"),
            FilePayload(name="plan.pdf", mimeType="application/pdf", buffer=b"MZ\x90\x00" + bytes(100)),
        ],
    )

    told = page.locator("[data-uploads-list] li")
    expect(told.filter(has_text="Budget_2018.csv")).to_contain_text("Added")
    expect(told.filter(has_text="plan.pdf")).to_contain_text(
        "Not added: This looks like another kind of file (Windows Executable)."
    )
    expect(page.locator("#files")).to_contain_text("Budget 2018")
    assert [row.title for row in Evidence.objects.all()] == ["Budget 2018"]
