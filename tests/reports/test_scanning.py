"""The check before sending: what may tell of a private person is changed, or set aside with a reason."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from people.errors import NotReady
from reports.actions.reports import report_of
from reports.actions.scanning import set_hints_aside
from reports.contents import composed
from reports.models import HintSetAside, Report
from reports.rendering import DocumentContent
from reports.rendering.model import Chapter, Finding, Heading, Recommendation, RecommendationTable, RichText, Table
from reports.scanning import scan_of
from reports.scanning.hits import hits_in
from reviews.actions.steps import take_step
from reviews.enums import FindingStatus, Role, Stage
from reviews.hints import Around
from reviews.models import Case
from reviews.requirements import unmet
from tests import factories
from tests.cast import Cast
from visits.enums import SourceGroup

Capture = Callable[..., Any]
WRITTEN = {"summary": "In short.", "context": "A city.", "answers": "Yes."}
NOBODY = Around()


def fresh(cast: Cast) -> Case:
    return Case.objects.select_related("report", "host_city", "working_group").get(pk=cast.case.pk)


def written(cast: Cast, **texts: str) -> Case:
    """A report that could be sent, with texts of its own."""
    report = report_of(cast.at(Stage.REPORTING))
    for key, text in {**WRITTEN, **texts}.items():
        report.sections.filter(key=key).update(text=text)
    if not cast.case.findings.exists():
        factories.make_finding(cast.case, "Change is slow.", status=FindingStatus.SHARED)
    return fresh(cast)


def address(name: str = "check") -> str:
    return reverse(f"reports:{name}", args=("timisoara",))


def found(case: Case) -> list[tuple[str, str, str]]:
    return [(hit.hint.kind, hit.hint.words, hit.passage.label) for hit in scan_of(case).open]


def document(*blocks: Any) -> DocumentContent:
    chapter = Chapter(title="Findings", blocks=blocks, anchor="s5", number="5")
    return DocumentContent(kind="report", edition="host", kind_label="", title="", chapters=(chapter,), **_DATED)


_DATED: dict[str, Any] = {"language": "en", "dated": None}


# --- What is read ------------------------------------------------------------------------------------
def test_names_are_found_wherever_the_draft_shows_them(cast: Cast) -> None:
    finding = factories.make_finding(cast.case, "We thank Elena Marinescu.", status=FindingStatus.SHARED)
    factories.make_recommendation(
        cast.case, "Ask Ion Georgescu first.", findings=[finding], status=FindingStatus.SHARED
    )
    case = written(cast, summary="Write to maria@example.org or call +40 721 234 567.")
    Report.objects.update(host_statement="We owe it to Daniela Rusu.")
    assert {words for _, words, _ in found(fresh(cast))} == {
        "maria@example.org", "+40 721 234 567", "Elena Marinescu", "Ion Georgescu", "Daniela Rusu",
    }  # fmt: skip
    assert case.report.pk


def test_what_is_not_released_is_not_read(cast: Cast) -> None:
    factories.make_finding(cast.case, "We thank Elena Marinescu.")
    assert found(written(cast)) == []


def test_team_officials_and_cities_may_be_named(cast: Cast) -> None:
    for user, name in (
        (cast.lead, "Sofie Claes"),
        (cast.sponsor, "Radu Ionescu"),
        (cast.coordinator, "Mihaela Pop"),
    ):
        user.name = name
        user.save()
    case = written(cast, summary="Sofie Claes wrote to Radu Ionescu and Mihaela Pop of Timișoara.")
    assert found(case) == []


def test_contributors_and_contacts_of_sites_may_not(cast: Cast) -> None:
    cast.contributor.name = "Vlaicu Hodorog"
    cast.contributor.save()
    factories.make_site(factories.make_visit(cast.case), "Kuncz centre", contact="Ask for Zamfira Bratu at the door")
    case = written(cast, summary="Thanks to HODOROG and bratu, and to Bratu.")
    assert found(case) == [("known", "HODOROG", "1.1"), ("known", "Bratu", "1.1")]


def test_groups_of_fewer_than_five_do_not_speak(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    factories.make_slot(visit, met={SourceGroup.FAMILIES: 4, SourceGroup.FRONT_LINE: 3})
    factories.make_slot(visit, "11:00", "12:00", met={SourceGroup.FRONT_LINE: 2})
    case = written(cast, summary="Parents told us that it is late. Teachers told us that it is early.")
    assert found(case) == [("group", "Parents", "1.1")]


def test_a_function_at_a_site_of_the_visit_is_found(cast: Cast) -> None:
    factories.make_site(factories.make_visit(cast.case), "Kuncz centre")
    case = written(cast, summary="The manager of the Kuncz centre left.")
    assert found(case) == [("function", "manager of the Kuncz centre", "1.1")]


def test_words_that_are_repeated_in_lists_are_one_hint() -> None:
    text = "Ask Elena Marinescu first, before anything else is decided."
    full = Recommendation(1, text, anchor="r1")
    echo = RichText('<ul><li><strong>Strength:</strong> <a href="#f1">Ask Elena Marinescu …</a></li></ul>')
    content = document(RecommendationTable((full,)), full, Finding("strength", "Strength", f"<p>{text}</p>"), echo)
    assert [hit.hint.words for hit in hits_in(content, frozenset(), NOBODY)] == ["Elena Marinescu"]


def test_tables_and_headings_are_read_too() -> None:
    table = Table((), (("1", "Call 0721 234 567"),))
    content = document(Heading("The work of Elena Marinescu"), table)
    assert [hit.hint.words for hit in hits_in(content, frozenset(), NOBODY)] == ["Elena Marinescu", "0721 234 567"]


def test_words_are_marked_in_what_stands_around_them() -> None:
    before, after = "Before it. " * 40, " And after it." * 40
    hit = hits_in(document(RichText(f"<p>{before}Write to a.b@example.org.{after}</p>")), frozenset(), NOBODY)[0]
    first, marked, last = hit.pieces
    assert (marked.text, marked.is_marked) == ("a.b@example.org", True)
    assert first.text.startswith("… ")
    assert last.text.endswith(" …")
    assert first.text.endswith("Write to ")
    assert len(first.text) < 260


# --- Curing and setting aside ------------------------------------------------------------------------
def test_draft_with_hints_is_not_sent(cast: Cast) -> None:
    case = written(cast, summary="Elena Marinescu, then Daniela Rusu at daniela@example.org.")
    reasons = [(reason.text, reason.who, reason.url) for reason in unmet(case, "start_fact_check")]
    words = "Look at 3 hints on personal data: likely a name (2), e-mail address (1)"
    assert reasons == [(words, "Rapporteur or review lead", address())]
    with pytest.raises(NotReady):
        take_step(case, "start_fact_check", by=cast.lead)
    written(cast, summary="Two people.")
    take_step(case, "start_fact_check", by=cast.lead)


def test_hints_that_may_stand_are_set_aside_with_the_reason(cast: Cast) -> None:
    case = written(cast, summary="Elena Marinescu and Daniela Rusu.")
    client = cast.client(cast.rapporteur)
    keys = [hit.key for hit in scan_of(case).open]
    without = client.post(address(), {"keys": keys[:1], "reason": " "})
    done = client.post(address(), {"keys": keys[:1], "reason": "She holds a public office"})
    row = HintSetAside.objects.get()
    page = client.get(address()).content.decode()
    assert (without.status_code, "Say why" in without.content.decode()) == (422, True)
    assert f'value="{keys[0]}" checked' in without.content.decode()
    assert (done.status_code, row.words, row.reason, row.by) == (
        303, "Elena Marinescu", "She holds a public office", cast.rapporteur,
    )  # fmt: skip
    assert ("Look at 1 hint:" in page, "1 hint set aside" in page, "She holds a public office" in page) == (True,) * 3
    event = cast.case.events.filter(text="1 hint on personal data set aside").get()
    assert (event.team_only, event.reason) == (True, "She holds a public office")


def test_hint_counts_again_when_it_is_brought_back(cast: Cast) -> None:
    case = written(cast, summary="Elena Marinescu.")
    key = scan_of(case).open[0].key
    set_hints_aside(case, [key], reason="A public office", by=cast.lead)
    assert unmet(case, "start_fact_check") == []
    assert cast.client(cast.lead).post(address("hint_back"), {"key": key}).status_code == 303
    assert [hit.key for hit in scan_of(case).open] == [key]


def test_changed_text_is_read_anew(cast: Cast) -> None:
    case = written(cast, summary="Elena Marinescu.")
    set_hints_aside(case, [scan_of(case).open[0].key], reason="A public office", by=cast.lead)
    case = written(cast, summary="Elena Marinescu again.")
    assert found(case) == [("name", "Elena Marinescu", "1.1")]
    assert scan_of(case).aside == ()


def test_hint_that_has_gone_is_not_set_aside(cast: Cast) -> None:
    case = written(cast, summary="Elena Marinescu.")
    key = scan_of(case).open[0].key
    case = written(cast, summary="Nobody.")
    with pytest.raises(NotReady):
        set_hints_aside(case, [key], reason="A public office", by=cast.lead)
    answer = cast.client(cast.lead).post(address(), {"keys": [key], "reason": "A public office"})
    assert (answer.status_code, HintSetAside.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("who", "reads", "sets"),
    [("friend", 200, 403), ("secretariat", 200, 422), ("coordinator", 403, 403), ("stranger", 404, 404)],
)
def test_check_is_for_the_team(cast: Cast, who: str, reads: int, sets: int) -> None:
    written(cast, summary="Elena Marinescu.")
    client = cast.client(getattr(cast, who))
    assert (client.get(address()).status_code, client.post(address(), {}).status_code) == (reads, sets)


def test_host_is_led_to_its_own_page_once_it_has_the_draft(cast: Cast) -> None:
    written(cast)
    take_step(cast.case, "start_fact_check", by=cast.lead)
    assert cast.client(cast.coordinator).get(address()).status_code == 303


def test_words_of_the_host_are_the_hosts_to_change(cast: Cast) -> None:
    written(cast)
    Report.objects.update(host_statement="We owe it to Daniela Rusu.")
    page = cast.client(cast.lead).get(address()).content.decode()
    assert "the host coordinator can change it" in page
    assert "<mark>Daniela Rusu</mark>" in page


def test_final_text_with_a_name_is_not_published(cast: Cast) -> None:
    written(cast)
    Report.objects.update(status="final", host_statement="We owe it to Daniela Rusu.")
    case = fresh(cast)
    words = "Look at 1 hint on personal data: likely a name (1)"
    assert words in [reason.text for reason in unmet(case, "publish_report")]
    set_hints_aside(case, [scan_of(case).open[0].key], reason="The mayor", by=cast.secretariat)
    assert not any("hint" in reason.text for reason in unmet(case, "publish_report"))


# --- What it costs -----------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_reading_costs_the_same_queries_for_any_number(
    cast: Cast, number: int, django_assert_num_queries: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside those of composing: people, sites, cities, the people met, and what was set aside."""
    visit = factories.make_visit(cast.case)
    for count in range(number):
        factories.make_site(visit, f"Kuncz centre {count}", contact=f"Zamfira Brat{'u' * (count + 1)}")
        factories.make_slot(visit, met={SourceGroup.FAMILIES: 4})
        factories.make_member(cast.case, Role.CRITICAL_FRIEND)
        factories.make_finding(cast.case, f"Thanks to Elena Rus{'u' * (count + 1)}.", status=FindingStatus.SHARED)
    case = written(cast)
    content = composed(case, "report", "host")
    monkeypatch.setattr("reports.scanning.to_send", lambda _: content)
    with django_assert_num_queries(5):
        assert len(scan_of(case).open) == number


def test_forty_pages_are_read_in_half_a_second() -> None:
    words = "We spoke with people who work on the plan, in Timișoara and elsewhere, and with those it is made for. "
    blocks = [RichText(f"<p>{words * 12} Number {number}: Elena Marinescu.</p>") for number in range(80)]
    began = time.process_time()
    hits = hits_in(document(*blocks), frozenset({"timisoara"}), AROUND)
    took = time.process_time() - began
    assert len(hits) == 80
    assert took < 0.5


AROUND = Around.of(people=("Maria Popescu",), places=("Kuncz centre",), small=("families",))
