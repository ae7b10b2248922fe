"""The team's own words for what the case gives: taken over, kept linked, compared when the case changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from people.errors import AlreadyDone, NotAllowed, NotThere, StaleText
from people.models import User
from reports.actions import pieces as actions
from reports.actions import reports
from reports.models import PieceText, Report, ReportSection
from reports.pieces import PieceState, open_pieces
from reports.rendering import compose_document, deserialise, serialise
from reports.rendering.compose.words import facts_of_text, text_of_facts
from reports.rendering.model import Block, Fact, Facts, Finding, Recommendation, RecommendationTable, RichText
from reports.section_drawing import drawing_of, piece_state
from reviews.enums import FindingKind, Stage
from reviews.models import Finding as FindingRow
from reviews.models import Recommendation as RecommendationRow
from reviews.requirements import unmet
from tests.cast import Cast
from tests.factories import make_finding, make_recommendation

TEXT = "Schools and parents **rarely** meet."
OURS = "Schools and parents meet *too seldom*."
NEWER = "Schools and parents seldom meet outside the term."


@pytest.fixture
def report(cast: Cast) -> Report:
    """A report with a finding that an answer, a recommendation and a list of good practices point at."""
    case = cast.at(Stage.REPORTING)
    question = case.guiding_questions.get()
    found = make_finding(
        case, TEXT, status="shared", kind=FindingKind.GOOD_PRACTICE, theme="Schools", guiding_question=question
    )
    make_recommendation(
        case, "Meet monthly.\n\nAt the school.", reason="It works in Ghent.", status="shared", findings=[found]
    )
    return reports.report_of(case)


@pytest.fixture
def finding(report: Report) -> FindingRow:
    return report.case.findings.get()


@pytest.fixture
def key(finding: FindingRow) -> str:
    return f"finding:{finding.pk}"


def section(report: Report, name: str = "findings") -> ReportSection:
    return ReportSection.objects.select_related("report", "updated_by").get(report=report, key=name)


def state(report: Report, key: str, name: str = "findings") -> PieceState:
    return piece_state(section(report, name), key)


def blocks(report: Report, kind: type[Block]) -> list[Any]:
    content = compose_document("report", "team", report.case_id)
    return [block for chapter in content.chapters for block in chapter.blocks if isinstance(block, kind)]


def ours(cast: Cast, key: str, text: str = OURS, *, by: User | None = None, name: str = "findings") -> PieceText:
    """The team's words stand in the report."""
    by = by or cast.rapporteur
    row = actions.take_over(cast.case, name, key, by=by)
    actions.save_piece(cast.case, name, key, by=by, text=text, version=row.version)
    return PieceText.objects.get(pk=row.pk)


def change(finding: FindingRow, **fields: Any) -> None:
    FindingRow.objects.filter(pk=finding.pk).update(**fields)


def decide(cast: Cast, key: str, act: str, *, name: str = "findings", htmx: bool = False, **more: Any) -> Any:
    url = reverse("reports:decide_piece", args=(cast.case.slug, name, key))
    headers = {"HX-Request": "true"} if htmx else {}
    return cast.client(cast.rapporteur).post(url, {"act": act, **more}, headers=headers)


# --- Taking over -------------------------------------------------------------------------------------
def test_words_begin_as_those_of_the_case_and_change_nothing(cast: Cast, report: Report, key: str) -> None:
    before = serialise(compose_document("report", "team", report.case_id))
    row = actions.take_over(cast.case, "findings", key, by=cast.rapporteur)
    assert (row.text, row.base, row.version, row.updated_by) == (TEXT, TEXT, 1, cast.rapporteur)
    assert serialise(compose_document("report", "team", report.case_id)) == before
    assert actions.take_over(cast.case, "findings", key, by=cast.lead).pk == row.pk


def test_words_stand_in_the_same_card_and_wherever_the_finding_is_named(cast: Cast, report: Report, key: str) -> None:
    before: Finding = blocks(report, Finding)[0]
    ours(cast, key)
    after: Finding = blocks(report, Finding)[0]
    assert after.html == "<p>Schools and parents meet <em>too seldom</em>.</p>\n"
    assert (after.kind, after.label, after.sources, after.anchor) == (
        before.kind,
        before.label,
        before.sources,
        before.anchor,
    )
    named = [block.html for block in blocks(report, RichText) if f"#{before.anchor}" in block.html]
    assert len(named) == 2
    assert all("Schools and parents meet too seldom." in html for html in named)
    assert blocks(report, Recommendation)[0].findings == ("Good practice: Schools and parents meet too seldom.",)


def test_recommendation_has_words_for_what_and_for_why(cast: Cast, report: Report) -> None:
    row = report.case.recommendations.get()
    ours(cast, f"recommendation:{row.pk}", "Meet twice a month.\n\nAnywhere.", name="recommendations")
    ours(cast, f"reason:{row.pk}", "Ghent does it.", name="recommendations")
    shown: Recommendation = blocks(report, Recommendation)[0]
    assert (shown.title, shown.html, shown.reason) == ("Meet twice a month.", "<p>Anywhere.</p>\n", "Ghent does it.")
    table: RecommendationTable = blocks(report, RecommendationTable)[0]
    assert (table.items[0].title, table.items[0].anchor) == ("Meet twice a month.", shown.anchor)


def test_data_sheet_is_a_list_that_stays_a_table(cast: Cast, report: Report) -> None:
    given = actions.take_over(cast.case, "data_sheet", "data_sheet", by=cast.rapporteur)
    text = (
        given.text.replace("**Host city:** Timișoara", "**Host city:** Timișoara, Romania") + "\n- **Pupils:** 40 000"
    )
    actions.save_piece(cast.case, "data_sheet", "data_sheet", by=cast.rapporteur, text=text, version=given.version)
    rows = blocks(report, Facts)[0].rows
    assert (rows[0], rows[-1]) == (Fact("Host city", "Timișoara, Romania"), Fact("Pupils", "40 000"))


@pytest.mark.parametrize(
    "facts",
    [
        Facts((Fact("Host city", "Timi*șoara_"), Fact("1. Note", "two\nlines: here"), Fact("Empty", ""))),
        Facts((Fact("[Link](x)", "- a <b>"),)),
    ],
)
def test_data_sheet_survives_being_a_text(facts: Facts) -> None:
    assert facts_of_text(text_of_facts(facts)) == facts


@pytest.mark.parametrize(
    "text", ["A sentence.", "**Bold:** no list", "- no term\n- **Term:** x", "## Heading\n\n- **A:** b"]
)
def test_data_sheet_that_became_prose_is_shown_as_prose(text: str) -> None:
    assert isinstance(facts_of_text(text), RichText)


def test_empty_words_are_none(cast: Cast, report: Report, key: str) -> None:
    ours(cast, key, "  \n")
    assert blocks(report, Finding)[0].html == "<p>Schools and parents <strong>rarely</strong> meet.</p>\n"


def test_words_of_the_host_and_numbers_are_no_pieces(cast: Cast, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(host_statement="We agree.")
    keys = {name: [piece.key.partition(":")[0] for piece in drawing_of(section(report, name))["pieces"]] for name in (
        "data_sheet", "method", "answers", "good_practices", "host_response", "annexes", "findings", "recommendations"
    )}  # fmt: skip
    assert keys == {
        "data_sheet": ["data_sheet"],
        "method": ["questions"],
        "answers": [],
        "good_practices": [],
        "host_response": [],
        "annexes": [],
        "findings": ["finding"],
        "recommendations": ["recommendation", "reason"],
    }
    with pytest.raises(NotThere):
        actions.take_over(cast.case, "host_response", "host_statement", by=cast.lead)


# --- Saving ------------------------------------------------------------------------------------------
def test_words_that_moved_on_are_not_overwritten(cast: Cast, key: str) -> None:
    ours(cast, key)
    with pytest.raises(StaleText) as refused:
        actions.save_piece(cast.case, "findings", key, by=cast.lead, text="Mine", version=1)
    assert (refused.value.version, refused.value.texts) == (2, {"text": OURS})


def test_words_of_another_person_are_kept_as_earlier_words(cast: Cast, key: str) -> None:
    row = ours(cast, key)
    actions.save_piece(cast.case, "findings", key, by=cast.rapporteur, text=f"{OURS} Yes.", version=2)
    actions.save_piece(cast.case, "findings", key, by=cast.lead, text="Mine", version=3)
    assert [(kept.text, kept.by) for kept in row.versions.all()] == [(f"{OURS} Yes.", cast.rapporteur)]


def test_autosave_of_words_speaks_the_protocol(cast: Cast, key: str) -> None:
    actions.take_over(cast.case, "findings", key, by=cast.rapporteur)
    client, url = cast.client(cast.rapporteur), reverse("reports:piece", args=(cast.case.slug, "findings", key))
    as_json = {"Accept": "application/json"}
    saved = client.post(url, {"text": "One", "version": 1}, headers=as_json)
    stale = client.post(url, {"text": "Two", "version": 1}, headers=as_json)
    broken = client.post(url, {"text": "Two", "version": "x"}, headers=as_json)
    plain = client.post(url, {"text": "Three", "version": 2})
    page = client.post(url, {"text": "Four", "version": "x"})
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    assert (stale.status_code, stale.json()["code"], stale.json()["texts"]) == (409, "stale", {"text": "One"})
    assert (broken.status_code, plain.status_code, page.status_code) == (422, 303, 422)
    assert plain["Location"].endswith(f"/findings/#piece-{key.replace(':', '-')}")
    assert "Four" in page.content.decode()


def test_words_of_an_agreed_section_have_to_be_read_again(cast: Cast, report: Report, key: str) -> None:
    report.sections.filter(key="findings").update(status="agreed")
    ours(cast, key)
    assert section(report).status == "to_read"


def test_who_does_not_write_the_section_does_not_take_its_words(cast: Cast, key: str) -> None:
    with pytest.raises(NotAllowed):
        actions.take_over(cast.case, "findings", key, by=cast.friend)
    Report.objects.update(status="final")
    with pytest.raises(NotAllowed):
        actions.take_over(cast.case, "findings", key, by=cast.rapporteur)


# --- The case changes --------------------------------------------------------------------------------
def test_changed_finding_is_shown_word_by_word_and_offered(
    cast: Cast, report: Report, finding: FindingRow, key: str
) -> None:
    ours(cast, key)
    assert not open_pieces(cast.case)
    change(finding, text=NEWER)
    now = state(report, key)
    assert (now.is_open, now.is_changed, now.is_gone) == (True, True, False)
    assert [(run.state, run.text) for run in now.changes][:3] == [
        ("same", "Schools and parents "),
        ("removed", "**rarely** meet."),
        ("added", "seldom meet outside the term."),
    ]
    page = (
        cast.client(cast.rapporteur).get(reverse("reports:section", args=(cast.case.slug, "findings"))).content.decode()
    )
    assert all(words in page for words in ("Keep our words", "Take what the review says", "Take it and edit it"))
    assert "too seldom" in blocks(report, Finding)[0].html


def test_keeping_our_words_settles_the_change(cast: Cast, report: Report, finding: FindingRow, key: str) -> None:
    ours(cast, key)
    change(finding, text=NEWER)
    decide(cast, key, "keep", seen=state(report, key).seen)
    row = PieceText.objects.get()
    assert (row.text, row.base, open_pieces(cast.case)) == (OURS, NEWER, [])


def test_taking_the_new_text_gives_the_words_up_and_keeps_them(
    cast: Cast, report: Report, finding: FindingRow, key: str
) -> None:
    ours(cast, key)
    change(finding, text=NEWER)
    decide(cast, key, "take", seen=state(report, key).seen)
    assert blocks(report, Finding)[0].html == f"<p>{NEWER}</p>\n"
    now = state(report, key)
    assert (now.is_ours, now.given_up and now.given_up.text, open_pieces(cast.case)) == (False, OURS, [])
    decide(cast, key, "again")
    assert (state(report, key).is_ours, "too seldom" in blocks(report, Finding)[0].html) == (True, True)


def test_taking_the_new_text_to_edit_it_keeps_the_earlier_words(
    cast: Cast, report: Report, finding: FindingRow, key: str
) -> None:
    row = ours(cast, key)
    change(finding, text=NEWER)
    decide(cast, key, "edit", seen=state(report, key).seen)
    now = PieceText.objects.get()
    assert (now.text, now.base, [kept.text for kept in row.versions.all()]) == (NEWER, NEWER, [OURS])
    decide(cast, key, "again", earlier=row.versions.get().pk)
    now.refresh_from_db()
    assert (now.text, [kept.text for kept in row.versions.all()]) == (OURS, [NEWER, OURS])


def test_decision_on_what_has_changed_again_is_refused(
    cast: Cast, report: Report, finding: FindingRow, key: str
) -> None:
    ours(cast, key)
    change(finding, text=NEWER)
    seen = state(report, key).seen
    change(finding, text="Again another.")
    with pytest.raises(AlreadyDone):
        actions.keep_ours(cast.case, "findings", key, by=cast.rapporteur, seen=seen)
    assert PieceText.objects.get().base == TEXT


def test_words_whose_finding_was_dropped_go_into_the_text(
    cast: Cast, report: Report, finding: FindingRow, key: str
) -> None:
    report.sections.filter(key="findings").update(text="Before.")
    ours(cast, key)
    change(finding, status="dropped")
    found = open_pieces(cast.case)
    assert [(one.is_gone, one.section.key, one.label) for one in found] == [
        (True, "findings", "Good practice: Schools and parents rarely meet.")
    ]
    assert not blocks(report, Finding)
    decide(cast, key, "insert")
    row = section(report)
    assert (row.text, open_pieces(cast.case)) == (f"Before.\n\n{OURS}", [])
    assert row.versions.get().text == "Before."


def test_words_whose_finding_was_dropped_can_be_left_out_and_come_back_with_it(
    cast: Cast, report: Report, finding: FindingRow, key: str
) -> None:
    ours(cast, key)
    change(finding, status="dropped")
    decide(cast, key, "drop")
    assert (open_pieces(cast.case), state(report, key).given_up) == ([], PieceText.objects.get())
    change(finding, status="shared")
    decide(cast, key, "again")
    assert "too seldom" in blocks(report, Finding)[0].html


def test_host_site_or_city_that_changes_is_offered_in_the_data_sheet(cast: Cast, report: Report) -> None:
    ours(cast, "data_sheet", "- **Host city:** Our city", name="data_sheet")
    cast.case.host_city.population = 306000
    cast.case.host_city.save()
    added = [run.text for run in state(report, "data_sheet", "data_sheet").changes if run.state == "added"]
    assert added == ["\n- **Population:** 306 000"]


@pytest.mark.parametrize("step", ["start_fact_check", "finalise_report"])
def test_unseen_change_stops_the_report_on_its_way_out(
    cast: Cast, report: Report, finding: FindingRow, key: str, step: str
) -> None:
    ours(cast, key)
    case = report.case
    before = [reason.text for reason in unmet(case, step)]
    change(finding, text=NEWER)
    found = [reason for reason in unmet(case, step) if reason.text not in before]
    assert [(reason.text, reason.url) for reason in found] == [
        (
            "The review changed what the report has your words for: Good practice: Schools and parents seldom meet outside the term.",
            f"/cases/timisoara/report/sections/findings/#piece-finding-{finding.pk}",
        )
    ]


def test_report_page_says_in_how_many_places_the_review_changed(
    cast: Cast, report: Report, finding: FindingRow, key: str
) -> None:
    ours(cast, key)
    change(finding, text=NEWER)
    page = cast.client(cast.lead).get(reverse("reports:report", args=(cast.case.slug,))).content.decode()
    assert "The review changed in 1 place" in page
    assert f"findings/#piece-finding-{finding.pk}" in page


def test_button_with_htmx_answers_the_piece_alone(cast: Cast, key: str) -> None:
    answer = decide(cast, key, "take_over", htmx=True)
    page = answer.content.decode()
    assert (answer.status_code, answer["HX-Trigger-After-Settle"]) == (200, "pieces:changed")
    assert page.count('class="piece"') == 1
    assert "autofocus" in page
    assert "<html" not in page


def test_unknown_button_is_refused(cast: Cast, key: str) -> None:
    assert decide(cast, key, "burn").status_code == 422


@pytest.mark.parametrize("more", [0, 2])
def test_open_pieces_cost_the_same_however_many(
    cast: Cast, report: Report, finding: FindingRow, key: str, django_assert_num_queries: Any, more: int
) -> None:
    with django_assert_num_queries(1):
        assert not open_pieces(cast.case)
    ours(cast, key)
    change(finding, text=NEWER)
    for number in range(more):
        another = make_finding(cast.case, f"Number {number}", status="shared")
        ours(cast, f"finding:{another.pk}")
        change(another, text="Other")
    with django_assert_num_queries(15):
        assert len(open_pieces(cast.case)) == 1 + more


def test_recommendation_that_is_reworded_is_offered(cast: Cast, report: Report) -> None:
    row = report.case.recommendations.get()
    ours(cast, f"reason:{row.pk}", "Ours.", name="recommendations")
    RecommendationRow.objects.filter(pk=row.pk).update(reason="It works in Ghent and Glasgow.")
    assert [one.label for one in open_pieces(cast.case)] == ["Recommendation 1: why"]


def test_kept_draft_shows_the_words(cast: Cast, report: Report, key: str) -> None:
    ours(cast, key)
    kept = deserialise(serialise(compose_document("report", "team", report.case_id)))
    found = [block for chapter in kept.chapters for block in chapter.blocks if isinstance(block, Finding)]
    assert "too seldom" in found[0].html
