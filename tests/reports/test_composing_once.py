"""Composing a report is dear: no page and no press does it twice, and nobody waits for it in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from reports import contents
from tests.reports.test_approval import confirm, digest, page
from tests.reports.test_publication import agreed
from tests.reports.test_report import final, fresh, ready_to_send

if TYPE_CHECKING:
    from reports.rendering import DocumentContent
    from tests.cast import Cast
    from tests.reports.conftest import Paper

pytestmark = pytest.mark.usefixtures("paper")


@pytest.fixture
def composed(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The editions that were composed, one by one."""
    made: list[str] = []

    def compose(kind: str, edition: str, case_id: int) -> DocumentContent:
        made.append(edition)
        return paper.compose(kind, edition, case_id)

    monkeypatch.setattr(contents, "compose_document", compose)
    return made


@pytest.mark.parametrize("who", ["secretariat", "lead", "friend", "sponsor"])
@pytest.mark.parametrize("name", ["reports:report", "reviews:case"])
def test_page_of_a_final_report_composes_it_once(cast: Cast, composed: list[str], who: str, name: str) -> None:
    final(cast)
    agreed(cast)
    composed.clear()
    assert cast.client(getattr(cast, who)).get(reverse(name, args=(cast.case.slug,))).status_code == 200
    assert composed == ["public"]


def test_overview_of_somebody_silent_composes_nothing(cast: Cast, composed: list[str]) -> None:
    final(cast)
    confirm(cast, "lead")
    composed.clear()
    answer = cast.client(cast.friend).get(cast.case.get_absolute_url())
    assert "Say whether you stand behind it" in answer.content.decode()
    assert composed == []


def test_word_consent_and_going_on_compose_once_each(cast: Cast, composed: list[str]) -> None:
    final(cast)
    seen, shown = digest(cast), contents.shown_hash(contents.printed(fresh(cast)))
    for who, name, form in (
        (cast.lead, "confirm_report", {"seen": seen}),
        (cast.friend, "objection", {"seen": seen, "objection": "Too long."}),
        (cast.lead, "go_ahead", {"seen": seen, "reason": "It is short enough."}),
        (cast.sponsor, "consent", {"seen": shown, "audience": "members", "licence": "reserved"}),
    ):
        composed.clear()
        assert cast.client(who).post(page(cast, name), form).status_code == 303, name
        assert (name, composed) == (name, ["public"])


@pytest.mark.parametrize("name", ["start_fact_check", "publish_report"])
def test_step_keeps_what_its_checks_have_read(cast: Cast, composed: list[str], name: str) -> None:
    who = cast.rapporteur
    if name == "start_fact_check":
        ready_to_send(cast)
    else:
        final(cast)
        agreed(cast)
        who = cast.secretariat
    composed.clear()
    assert cast.client(who).post(reverse("reviews:step", args=(cast.case.slug, name))).status_code == 303
    assert composed == ["host" if name == "start_fact_check" else "public"]
