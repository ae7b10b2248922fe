"""A comment in the fact check, typed in the page: what was not sent is there again, and what was sent is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reports.actions.reports import report_of
from reports.models import FactComment
from reviews.actions.steps import take_step
from reviews.enums import FindingStatus, Stage
from tests.browser.hands import log_in
from tests.cast import Cast, make_cast
from tests.factories import make_finding

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.stack import Stack

pytestmark = pytest.mark.browser
TEXTS = {"summary": "In short.", "context": "The plan was adopted in 2017.", "answers": "Yes."}
WORDS, PROPOSAL = "It was adopted in 2018, “as promised”.", "The plan was adopted in 2018."


@pytest.fixture
def cast(live_stack: Stack) -> Cast:
    """The host has the draft."""
    cast = make_cast(Stage.REPORTING)
    report = report_of(cast.case)
    for key, text in TEXTS.items():
        report.sections.filter(key=key).update(text=text)
    make_finding(cast.case, "Change is slow.", status=FindingStatus.SHARED)
    take_step(cast.case, "start_fact_check", by=cast.lead)
    return cast


def open_form(page: Page, place: str) -> Locator:
    page.locator(f"#{place} .comment-on a").click()
    form = page.locator(f"#{place} .comment-form")
    expect(form).to_be_visible()
    return form


@pytest.mark.django_db(transaction=True)
def test_comment_that_was_not_sent_is_there_again(page: Page, live_stack: Stack, cast: Cast) -> None:
    log_in(page, live_stack, cast.coordinator)
    page.goto(live_stack.url + reverse("reports:fact_check", args=("timisoara",)))
    form = open_form(page, "s3-p1")
    form.get_by_label("The wording misleads").check()
    form.get_by_label("Your comment").fill(WORDS)
    form.get_by_label("How it should read").fill(PROPOSAL)
    expect(form.locator("[data-draft-state]")).to_have_text("Kept on this device until you send it.")
    page.reload()

    other = open_form(page, "s1-p1")
    expect(other.get_by_label("Your comment")).to_have_value("")
    form = open_form(page, "s3-p1")
    expect(form.get_by_label("Your comment")).to_have_value(WORDS)
    expect(form.get_by_label("How it should read")).to_have_value(PROPOSAL)
    expect(form.get_by_label("The wording misleads")).to_be_checked()
    form.get_by_role("button", name="Send the comment").click()
    expect(page.locator("#comment-1")).to_contain_text(WORDS)
    found = FactComment.objects.get()
    assert (found.text, found.proposal, found.kind, found.place) == (WORDS, PROPOSAL, "wording", "s3-p1")

    form = open_form(page, "s3-p1")
    expect(form.get_by_label("Your comment")).to_have_value("")
