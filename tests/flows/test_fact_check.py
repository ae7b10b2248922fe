"""The draft goes to the host, comes back with comments, is published, and is corrected afterwards."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from reports.enums import FactAnswer, FactKind, ReportStatus
from reports.models import FactComment, Publication, Report
from reviews.enums import FindingKind, FindingStatus, MilestoneKind, MilestoneStatus, Stage
from tests import factories
from tests.flows.steps import address, get, last_event, post, press

if TYPE_CHECKING:
    from people.models import User
    from tests.cast import Cast

DISAGREES = "We see the pace of change differently: two of the four measures have begun."
WRITTEN = {
    "summary": "The city has a plan, and people who carry it.",
    "context": "The plan was adopted in 2017.",
    "answers": "**Do we reach every family?** Not yet.",
}


@pytest.fixture
def sent(cast: Cast) -> Cast:
    """The rapporteur has written the draft on the pages and sent it to the host."""
    cast.at(Stage.REPORTING)
    finding = factories.make_finding(
        cast.case, "Change is slow.", kind=FindingKind.CONSIDERATION, status=FindingStatus.SHARED
    )
    factories.make_recommendation(cast.case, "Begin with one.", findings=[finding], status=FindingStatus.SHARED)
    assert post(cast, cast.rapporteur, "reports:begin_report").status_code == 303
    assert cast.client(cast.coordinator).get(address(cast, "reports:report")).status_code == 403
    assert press(cast, cast.rapporteur, "start_fact_check") == 422
    for key, text in WRITTEN.items():
        write(cast, key, text, version=1)
    assert press(cast, cast.rapporteur, "start_fact_check") == 303
    return cast


def write(cast: Cast, key: str, text: str, *, version: int) -> None:
    answer = post(cast, cast.rapporteur, "reports:section", key, text=text, version=version)
    assert answer.status_code == 303


def place_of(cast: Cast, words: str) -> str:
    """The number of the paragraph with these words, as the host's page names it."""
    page = get(cast, cast.coordinator, "reports:fact_check")
    before = page[: page.index(words)]
    places: list[str] = re.findall(r'class="doc-place" id="([^"]+)"', before)
    return places[-1]


def comment(cast: Cast, words: str, kind: FactKind, text: str, proposal: str = "") -> FactComment:
    fields = {"place": place_of(cast, words), "kind": kind.value, "text": text, "proposal": proposal}
    assert post(cast, cast.coordinator, "reports:add_comment", **fields).status_code == 303
    return FactComment.objects.order_by("-number")[0]


def answered(cast: Cast, by: User, found: FactComment, said: FactAnswer, reason: str = "") -> int:
    found.refresh_from_db()
    fields = {"answer": said.value, "reason": reason, "seen": found.seen}
    named = {f"c{found.number}-{name}": value for name, value in fields.items()}
    return post(cast, by, "reports:answer_comment", found.number, **named).status_code


def deadline(cast: Cast) -> str:
    return cast.case.milestones.get(kind=MilestoneKind.FACT_CHECK).status


def status(cast: Cast) -> str:
    return str(Report.objects.get(case=cast.case).status)


def test_four_kinds_of_comment_are_answered_before_the_report_is_final(sent: Cast) -> None:
    cast = sent
    fact = comment(cast, "adopted in 2017", FactKind.FACT, "It was adopted in 2018.", "adopted in early 2018")
    person = comment(cast, "people who carry it", FactKind.PERSONAL_DATA, "There are only two of them.")
    wording = comment(cast, "Not yet.", FactKind.WORDING, "This sounds like a no.", "Most of them.")
    view = comment(cast, "Change is slow.", FactKind.DISAGREEMENT, "It is as quick as the law allows.")
    page = get(cast, cast.rapporteur, "reports:fact_check")
    assert [page.count(f'id="comment-{number}"') for number in (1, 2, 3, 4)] == [1, 1, 1, 1]

    assert deadline(cast) == MilestoneStatus.OPEN
    assert post(cast, cast.coordinator, "reports:close_fact_check").status_code == 303
    assert deadline(cast) == MilestoneStatus.DONE
    assert press(cast, cast.rapporteur, "finalise_report") == 422
    assert answered(cast, cast.coordinator, fact, FactAnswer.ACCEPTED) == 403
    assert answered(cast, cast.rapporteur, fact, FactAnswer.ACCEPTED) == 303
    assert answered(cast, cast.rapporteur, person, FactAnswer.PARTLY) == 422
    assert answered(cast, cast.rapporteur, person, FactAnswer.PARTLY, "Now it says “staff”.") == 303
    assert answered(cast, cast.lead, wording, FactAnswer.DECLINED, "Three sources say so.") == 303

    refused = post(cast, cast.rapporteur, "reviews:step", "finalise_report")
    assert (refused.status_code, status(cast)) == (422, ReportStatus.FACT_CHECK)
    assert "Comment 4 has no answer" in refused.content.decode()
    assert answered(cast, cast.rapporteur, view, FactAnswer.DECLINED, "This is our judgement; yours is printed.") == 303
    assert press(cast, cast.rapporteur, "finalise_report") == 422
    change = {"text": "The plan was adopted in early 2018.", "version": 2}
    assert post(cast, cast.rapporteur, "reports:apply_comment", fact.number, **change).status_code == 303
    assert post(cast, cast.rapporteur, "reports:apply_comment", person.number, done="yes").status_code == 303
    assert press(cast, cast.rapporteur, "finalise_report") == 303
    assert status(cast) == ReportStatus.FINAL
    assert cast.case.report.sections.get(key="context").text == "The plan was adopted in early 2018."
    hosts = html.unescape(get(cast, cast.coordinator, "reports:fact_check"))
    for words in ("Now it says “staff”.", "Three sources say so.", "This is our judgement; yours is printed."):
        assert words in hosts


def test_late_comment_opens_the_fact_check_again(sent: Cast) -> None:
    assert post(sent, sent.coordinator, "reports:close_fact_check").status_code == 303
    comment(sent, "adopted in 2017", FactKind.FACT, "It was adopted in 2018.")
    assert deadline(sent) == MilestoneStatus.OPEN
    assert Report.objects.get(case=sent.case).fact_check_closed_at is None


def test_report_is_not_final_while_the_host_still_has_time(sent: Cast) -> None:
    refused = post(sent, sent.rapporteur, "reviews:step", "finalise_report")
    assert refused.status_code == 422
    assert "The host city can comment until" in refused.content.decode()


def test_disagreement_is_printed_and_a_correction_is_a_new_version(sent: Cast) -> None:
    cast = sent
    assert post(cast, cast.coordinator, "reports:statement", text=DISAGREES, version=1).status_code == 303
    assert post(cast, cast.coordinator, "reports:close_fact_check").status_code == 303
    assert press(cast, cast.lead, "finalise_report") == 303
    assert press(cast, cast.secretariat, "publish_report") == 422
    assert post(cast, cast.contributor, "reports:consent").status_code == 403
    agreed_by_all(cast)
    assert press(cast, cast.lead, "publish_report") == 403
    assert press(cast, cast.secretariat, "publish_report") == 303
    first = Publication.objects.get(case=cast.case)
    for words in (DISAGREES, "Change is slow.", "adopted in 2017"):
        assert words in stranger_reads(first.get_absolute_url())

    reason = "The plan was adopted in 2018, not in 2017."
    assert press(cast, cast.secretariat, "correct_report") == 422
    assert press(cast, cast.secretariat, "correct_report", reason=reason) == 303
    assert last_event(cast).reason == reason
    write(cast, "context", "The plan was adopted in early 2018.", version=2)
    assert "early 2018" not in stranger_reads(first.get_absolute_url())
    assert press(cast, cast.rapporteur, "start_fact_check") == 303
    assert post(cast, cast.coordinator, "reports:close_fact_check").status_code == 303
    assert press(cast, cast.rapporteur, "finalise_report") == 303
    assert press(cast, cast.secretariat, "publish_report") == 422  # consent is given to one text
    agreed_by_all(cast)
    assert press(cast, cast.secretariat, "publish_report") == 303

    second = Publication.objects.get(case=cast.case, is_current=True)
    assert (second.version, second.erratum) == (2, reason)
    old, new = stranger_reads(first.get_absolute_url()), stranger_reads(second.get_absolute_url())
    assert ("There is a newer version." in old, "adopted in 2017" in old, second.get_absolute_url() in old) == (
        True,
    ) * 3
    assert (reason in new, "adopted in early 2018" in new, "adopted in 2017" in new) == (True, True, False)
    library = Client().get("/library/").content.decode()
    assert second.get_absolute_url() in library
    assert f'"{first.get_absolute_url()}"' not in library


def agreed_by_all(cast: Cast) -> None:
    """The team stands behind the report, and the host consents, as their pages offer it."""
    report = address(cast, "reports:report")
    for person in (cast.lead, cast.friend, cast.rapporteur):
        seen = cast.client(person).get(report).context["approval"].digest
        assert post(cast, person, "reports:confirm_report", seen=seen).status_code == 303
    offered = cast.client(cast.sponsor).get(report).context["consent_form"].initial
    assert post(cast, cast.sponsor, "reports:consent", **offered).status_code == 303


def stranger_reads(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())
