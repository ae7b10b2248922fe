"""Question sets in a real browser: edited without a mouse, saved while typing; a host's answer opens another question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reviews.actions.question_set_versions import import_set, publish
from reviews.enums import Stage
from reviews.models import Answer, Question, SelfAssessment
from reviews.question_files.plain import PlainQuestion, PlainSection, PlainSet
from tests.browser.hands import axe, log_in, saved, write
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from reviews.models import QuestionSet
    from tests.stack import Stack

pytestmark = pytest.mark.browser


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    return make_cast(Stage.SELF_ASSESSMENT)


def draft(cast: Cast) -> QuestionSet:
    questions = (
        PlainQuestion(key="first", text="Is there a plan?"),
        PlainQuestion(key="second", text="Who follows it?", condition="answered", condition_value="first"),
    )
    sections = (PlainSection(title="Plans", questions=questions),)
    return import_set(PlainSet(slug="plans", name="Plans", languages=("el",), sections=sections), by=cast.secretariat)


def test_question_is_written_and_moved_with_the_keyboard(page: Page, live_stack: Stack, cast: Cast) -> None:
    found = draft(cast)
    section = found.sections.get()
    second = section.questions.get(key="second")
    log_in(page, live_stack, cast.secretariat)
    page.goto(f"{live_stack.url}/question-sets/{found.pk}/sections/{section.pk}/?open={second.pk}")
    form = page.locator(f"#question-form-{second.pk}")

    form.get_by_label("Question", exact=True).fill("Who follows the plan?")
    form.get_by_label("When the review has one of these themes").focus()
    page.keyboard.press("Space")
    form.get_by_label("Education").focus()
    page.keyboard.press("Space")
    saved(page, f"#question-form-{second.pk}")
    expect(form.get_by_label("Which question?")).to_be_hidden()
    found_by_axe = axe(page)
    page.get_by_role("button", name="Move question 2 up").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".arranged-row").first).to_contain_text("Who follows the plan?")
    second.refresh_from_db()
    assert (second.text, second.condition, second.condition_value, second.number) == (
        "Who follows the plan?",
        "theme",
        "education",
        1,
    )
    assert found_by_axe == []


def test_pages_of_the_secretariat_have_no_barrier_that_axe_finds(page: Page, live_stack: Stack, cast: Cast) -> None:
    pk = draft(cast).pk
    log_in(page, live_stack, cast.secretariat)
    for path in ("", f"{pk}/", f"{pk}/edit/", f"{pk}/translations/el/"):
        page.goto(f"{live_stack.url}/question-sets/{path}")
        assert (path, axe(page)) == (path, [])


def test_answer_that_opens_a_question_is_told_without_moving_the_page(
    page: Page, live_stack: Stack, cast: Cast
) -> None:
    found = publish(draft(cast), by=cast.secretariat)
    SelfAssessment.objects.filter(case=cast.case).update(question_set=found)
    first = Question.objects.get(section__question_set=found, key="first")
    log_in(page, live_stack, cast.coordinator)
    page.goto(f"{live_stack.url}/cases/timisoara/self-assessment/sections/1/")
    expect(page.locator("#question-2")).to_have_count(0)

    write(page, "#answer-1", "Since 2018.")
    saved(page, "#answer-1")

    expect(page.locator("[data-asked]")).to_contain_text("question 2 is asked now")
    page.locator("[data-asked] a").click()
    expect(page.locator("#question-2")).to_contain_text("Who follows it?")
    assert Answer.objects.get(question=first).text.strip() == "Since 2018."
