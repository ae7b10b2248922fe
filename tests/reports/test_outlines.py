"""Outlines of reports: what a report begins with, who changes it, and that a report that was begun never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, StaleText
from reports.actions import outline_editing as editing
from reports.actions import outlines as actions
from reports.actions.reports import report_of
from reports.actions.sections import save_section
from reports.draws import DRAWS
from reports.enums import DocumentKind, Edition
from reports.models import Outline, OutlineSection
from reports.outline import built_in
from reports.outline_files import OutlinePlan, SectionPlan
from reports.queries.outlines import plain_outline, plan_for
from reports.rendering import compose_document
from reports.rendering.compose.report_draws import _DRAWS
from reviews.enums import Stage
from reviews.requirements import unmet
from tests.cast import Cast, make_cast
from tests.factories import make_working_group

if TYPE_CHECKING:
    from people.models import User, WorkingGroup

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
SHORT = OutlinePlan(
    "Short reports",
    (
        SectionPlan("opening", "To begin with", purpose="Why.", opening="We came to **learn**.", is_required=True),
        SectionPlan("all", "What we found", draws=("funnel", "questions")),
        SectionPlan("names", "Names", draws=("team",), is_annex=True, starts_page=False),
        SectionPlan("days", "Days", draws=("data_sheet",), is_annex=True),
    ),
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.REPORTING)


def outline(cast: Cast, plan: OutlinePlan = SHORT, group: WorkingGroup | None = None) -> Outline:
    return actions.import_outline(group or cast.case.working_group, plan, by=cast.secretariat)


def section(found: Outline, key: str) -> OutlineSection:
    return found.sections.get(key=key)


def keys(found: Outline) -> list[str]:
    return list(found.sections.values_list("key", flat=True))


def texts(row: OutlineSection, **changed: Any) -> dict[str, Any]:
    names = ("title", "purpose", "opening", "words", "is_required", "is_annex", "starts_page")
    return {**{name: getattr(row, name) for name in names}, **changed}


def send(cast: Cast, name: str, /, *args: object, user: User | None = None, **fields: object) -> Any:
    return cast.client(user or cast.secretariat).post(reverse(f"reports:{name}", args=args), fields)


def page(cast: Cast, name: str, *args: object) -> str:
    answer = cast.client(cast.secretariat).get(reverse(f"reports:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


# --- What the product says ---------------------------------------------------------------------------
def test_every_draw_is_composed_and_drawn_once_by_the_built_in_outline() -> None:
    assert set(_DRAWS) == set(DRAWS)
    drawn = [key for plan in built_in().sections for key in plan.draws]
    assert sorted(drawn) == sorted(DRAWS)


# --- What a report begins with ------------------------------------------------------------------------
def test_report_begins_with_its_groups_outline_then_all_groups_then_ours(cast: Cast) -> None:
    group = cast.case.working_group
    assert plan_for(group) == built_in()
    everybodys = actions.import_outline(None, OutlinePlan("All", SHORT.sections[:1]), by=cast.secretariat)
    assert plan_for(group).name == "All"
    own = outline(cast)
    assert plan_for(group) == SHORT
    assert plan_for(make_working_group()).name == "All"
    actions.remove_outline(own, by=cast.secretariat)
    actions.remove_outline(everybodys, by=cast.secretariat)
    assert plan_for(group) == built_in()


def test_begun_report_keeps_everything_it_began_with(cast: Cast) -> None:
    found = outline(cast)
    report = report_of(cast.case)
    begun = list(report.sections.values())
    assert [row["key"] for row in begun] == ["opening", "all", "names", "days"]
    first = report.sections.get(key="opening")
    assert (first.text, first.version, first.purpose, first.is_required) == ("We came to **learn**.", 1, "Why.", True)
    editing.save_section(
        section(found, "opening"), texts(section(found, "opening"), title="New", is_annex=True),
        version=1, by=cast.secretariat,
    )  # fmt: skip
    editing.remove_section(section(found, "names"), by=cast.secretariat)
    editing.add_section(found, "More", by=cast.secretariat)
    report_of(cast.case)
    assert list(report.sections.values()) == begun
    actions.remove_outline(found, by=cast.secretariat)
    assert list(report.sections.values()) == begun


def test_report_is_composed_from_what_its_sections_draw_in_their_order(cast: Cast) -> None:
    outline(cast)
    report_of(cast.case)
    content = compose_document(DocumentKind.REPORT, Edition.TEAM, cast.case.pk)
    shown = [(chapter.anchor, chapter.number, chapter.title, chapter.starts_page) for chapter in content.chapters]
    assert shown == [
        ("s1", "1", "To begin with", True),
        ("s2", "2", "What we found", True),
        ("s3", "A", "Names", False),
        ("s4", "B", "Days", True),
    ]
    kinds = [[type(block).__name__ for block in chapter.blocks] for chapter in content.chapters]
    assert kinds == [["RichText"], ["Chart", "Heading", "RichText"], ["People"], ["Facts"]]


def test_required_section_of_an_own_outline_stands_before_the_fact_check(cast: Cast) -> None:
    plan = OutlinePlan("Own", (SectionPlan("voices", "Voices", is_required=True), SectionPlan("rest", "The rest")))
    outline(cast, plan)
    report_of(cast.case)
    cast.case.refresh_from_db()
    assert "The section “Voices” is empty" in [reason.text for reason in unmet(cast.case, "start_fact_check")]
    cast.case.report.sections.filter(key="voices").update(text="They said much.")
    left = [reason.text for reason in unmet(cast.case, "start_fact_check")]
    assert not [text for text in left if text.startswith("The section")]


def test_opening_text_alone_is_not_enough_for_a_required_section(cast: Cast) -> None:
    outline(cast)
    report_of(cast.case)
    cast.case.refresh_from_db()
    said = "The section “To begin with” holds only the text it began with"
    assert said in [reason.text for reason in unmet(cast.case, "start_fact_check")]
    save_section(cast.case, "opening", by=cast.lead, text="We came to **learn**. And did.", version=1)
    assert said not in [reason.text for reason in unmet(cast.case, "start_fact_check")]


def test_finding_is_no_link_where_the_report_does_not_show_it(cast: Cast) -> None:
    practice = cast.case.findings.create(
        text="Breakfast for everybody.", kind="good_practice", status="shared", position=1
    )
    only = OutlinePlan("Own", (SectionPlan("copy", "Copy this", draws=("good_practices",)),))
    outline(cast, only)
    report = report_of(cast.case)
    blocks = compose_document(DocumentKind.REPORT, Edition.TEAM, cast.case.pk).chapters[0].blocks
    assert "Breakfast" in blocks[1].html  # type: ignore[union-attr]
    assert "href" not in blocks[1].html  # type: ignore[union-attr]
    report.sections.create(key="findings", position=2, title="Findings", draws=["findings"])
    blocks = compose_document(DocumentKind.REPORT, Edition.TEAM, cast.case.pk).chapters[0].blocks
    assert f'href="#f{practice.pk}"' in blocks[1].html  # type: ignore[union-attr]


# --- Changing ---------------------------------------------------------------------------------------
def test_copy_begins_as_what_the_group_had(cast: Cast) -> None:
    group = cast.case.working_group
    made = actions.begin_outline(group, by=cast.secretariat)
    assert plain_outline(made).sections == built_in().sections
    with pytest.raises(AlreadyDone):
        actions.begin_outline(group, by=cast.secretariat)
    everybodys = actions.begin_outline(None, by=cast.secretariat)
    with pytest.raises(AlreadyDone):
        actions.begin_outline(None, by=cast.secretariat)
    assert (everybodys.working_group, Outline.objects.count()) == (None, 2)


def test_sections_are_added_before_the_annexes_moved_removed_and_put_back(cast: Cast) -> None:
    found = outline(cast)
    made = editing.add_section(found, "What we found!", by=cast.secretariat)
    assert keys(found) == ["opening", "all", "what_we_found", "names", "days"]
    editing.move_section(made, "up", by=cast.secretariat)
    editing.move_section(section(found, "opening"), "up", by=cast.secretariat)
    assert keys(found) == ["opening", "what_we_found", "all", "names", "days"]
    before = plain_outline(found)
    removed = editing.remove_section(section(found, "all"), by=cast.secretariat)
    assert keys(found) == ["opening", "what_we_found", "names", "days"]
    assert list(found.sections.values_list("position", flat=True)) == [1, 2, 3, 4]
    editing.put_back(found, removed, by=cast.secretariat)
    assert plain_outline(Outline.objects.get(pk=found.pk)) == before
    again = editing.add_section(found, "What we found", by=cast.secretariat)
    assert again.key == "what_we_found_2"


def test_last_section_stays(cast: Cast) -> None:
    found = outline(cast, OutlinePlan("One", SHORT.sections[:1]))
    with pytest.raises(NotReady, match="at least one section"):
        editing.remove_section(section(found, "opening"), by=cast.secretariat)
    assert keys(found) == ["opening"]


def test_draws_are_added_once_moved_and_removed(cast: Cast) -> None:
    found = outline(cast)
    row = editing.add_draw(section(found, "all"), "findings", by=cast.secretariat)
    assert row.draws == ["funnel", "questions", "findings"]
    assert editing.move_draw(row, "findings", "up", by=cast.secretariat).draws == ["funnel", "findings", "questions"]
    assert editing.remove_draw(row, "funnel", by=cast.secretariat).draws == ["findings", "questions"]
    with pytest.raises(NotReady, match="“Review team” stands in “Names”"):
        editing.add_draw(row, "team", by=cast.secretariat)
    with pytest.raises(NotReady, match="section of its own"):
        editing.add_draw(row, "host_statement", by=cast.secretariat)
    with pytest.raises(NotThere):
        editing.add_draw(row, "weather", by=cast.secretariat)
    assert section(found, "all").draws == ["findings", "questions"]


def test_section_that_somebody_else_saved_is_not_overwritten(cast: Cast) -> None:
    found = outline(cast)
    row = section(found, "opening")
    editing.save_section(row, texts(row, purpose="Theirs."), version=1, by=cast.secretariat)
    with pytest.raises(StaleText) as stale:
        editing.save_section(row, texts(row, purpose="Mine."), version=1, by=cast.secretariat)
    assert (stale.value.version, stale.value.texts["purpose"]) == (2, "Theirs.")
    assert section(found, "opening").purpose == "Theirs."


@pytest.mark.parametrize("name", ["lead", "friend", "coordinator", "sponsor"])
def test_only_the_secretariat_changes_outlines(cast: Cast, name: str) -> None:
    found, by = outline(cast), getattr(cast, name)
    with pytest.raises(NotAllowed):
        actions.begin_outline(None, by=by)
    with pytest.raises(NotAllowed):
        actions.remove_outline(found, by=by)
    with pytest.raises(NotAllowed):
        editing.move_section(section(found, "all"), "up", by=by)
    assert keys(found) == ["opening", "all", "names", "days"]


# --- The pages --------------------------------------------------------------------------------------
def test_outline_is_made_and_changed_without_scripts(cast: Cast) -> None:
    group = cast.case.working_group
    assert f"{group.name}" in page(cast, "outlines")
    begun = send(cast, "outline_begin", group=group.slug)
    found = Outline.objects.get(working_group=group)
    assert begun.headers["Location"] == reverse("reports:outline_edit", args=(found.pk,))
    send(cast, "outline_edit", found.pk, name="Ours", version=1)
    send(cast, "outline_add_section", found.pk, title="Voices of young people")
    row = section(found, "voices_of_young_people")
    fields = texts(row, opening="They told us:", words="", starts_page="on", is_required="on")
    send(cast, "outline_section", found.pk, row.pk, version=1, **{k: v for k, v in fields.items() if v is not False})
    send(cast, "outline_remove_draw", found.pk, section(found, "method").pk, "people_met")
    send(cast, "outline_add_draw", found.pk, row.pk, draw="people_met")
    row.refresh_from_db()
    found.refresh_from_db()
    assert (found.name, found.updated_by) == ("Ours", cast.secretariat)
    assert (row.opening, row.words, row.is_required, row.draws) == ("They told us:", 0, True, ["people_met"])
    shown = page(cast, "outline", found.pk)
    assert "Voices of young people" in shown
    assert "They told us:" in shown


def test_section_is_removed_and_put_back_on_the_page(cast: Cast) -> None:
    found = outline(cast)
    client = cast.client(cast.secretariat)
    client.post(reverse("reports:outline_remove_section", args=(found.pk, section(found, "all").pk)))
    assert "You removed the section “What we found”" in client.get(
        reverse("reports:outline_edit", args=(found.pk,))
    ).content.decode()  # fmt: skip
    client.post(reverse("reports:outline_restore", args=(found.pk,)))
    assert plain_outline(Outline.objects.get(pk=found.pk)) == SHORT
    assert client.post(reverse("reports:outline_restore", args=(found.pk,))).status_code == 404


def test_forms_answer_for_autosave_and_say_what_is_wrong(cast: Cast) -> None:
    found = outline(cast)
    client, row = cast.client(cast.secretariat), section(found, "all")
    address = reverse("reports:outline_section", args=(found.pk, row.pk))
    good = client.post(address, {"title": "New", "words": "30", "version": 1}, headers=JSON)
    assert (good.status_code, good.json()["version"]) == (200, 2)
    stale = client.post(address, {"title": "Newer", "words": "30", "version": 1}, headers=JSON)
    assert (stale.status_code, stale.json()["texts"]["title"]) == (409, "New")
    untitled = client.post(address, {"title": "", "version": 2})
    assert untitled.status_code == 422
    assert "A section needs a title" in untitled.content.decode()
    by_hand = client.post(address, {"title": "Newer", "words": "30", "version": 1})
    assert by_hand.status_code == 409
    assert 'value="Newer"' in by_hand.content.decode()
    unknown = client.post(reverse("reports:outline_add_draw", args=(found.pk, row.pk)), {"draw": "team"})
    assert unknown.status_code == 422
    row.refresh_from_db()
    assert (row.title, row.draws) == ("New", ["funnel", "questions"])


def test_outline_is_removed_after_a_question(cast: Cast) -> None:
    found = outline(cast)
    assert "keep their sections" in page(cast, "outline_remove", found.pk)
    assert Outline.objects.count() == 1
    send(cast, "outline_remove", found.pk)
    assert Outline.objects.count() == 0


def test_list_of_outlines_costs_the_same_queries_for_any_number(cast: Cast, django_assert_num_queries: Any) -> None:
    client = cast.client(cast.secretariat)
    client.get(reverse("reports:outlines"))
    for count in (1, 3):
        while Outline.objects.count() < count:
            outline(cast, group=make_working_group())
        with django_assert_num_queries(QUERIES_OF_LIST):
            client.get(reverse("reports:outlines"))


QUERIES_OF_LIST = 6
