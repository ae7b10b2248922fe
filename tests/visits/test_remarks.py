"""What in a programme cannot work, what is missing, and what to think of."""

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.cast import Cast
from visits.enums import SlotKind, SourceGroup
from visits.models import StudyVisit
from visits.queries.programme import Programme, programme
from visits.queries.remarks import clashes, coverage, gaps, hints


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    cast.case.visit_start, cast.case.visit_end = date(2027, 6, 8), date(2027, 6, 10)
    cast.case.save()
    return factories.make_visit(cast.case)


def plan(visit: StudyVisit) -> Programme:
    return programme(visit, for_host=False)


def test_a_group_in_two_slots_at_once_clashes(visit: StudyVisit) -> None:
    group = factories.make_group(visit, "Group A")
    one = factories.make_slot(visit, "09:00", "10:00", group=group, title="First")
    other = factories.make_slot(visit, "09:45", "10:30", group=group, title="Second")

    found = clashes(plan(visit))

    assert [(remark.code, remark.slots) for remark in found] == [("group_twice", (one.pk, other.pk))]
    assert found[0].text == "Group A is in two slots at once, Tuesday 8 June, 09:45: “First” and “Second”."


def test_a_slot_for_all_clashes_with_a_groups_slot(visit: StudyVisit) -> None:
    factories.make_slot(visit, group=factories.make_group(visit, "Group A"))
    factories.make_slot(visit)

    assert [remark.code for remark in clashes(plan(visit))] == ["group_twice"]


def test_slots_that_follow_each_other_do_not_clash(visit: StudyVisit) -> None:
    factories.make_slot(visit, "09:00", "10:00")
    factories.make_slot(visit, "10:00", "11:00")

    assert clashes(plan(visit)) == []


@pytest.mark.parametrize(("first", "second"), [("lead", "lead"), ("lead", "note_taker"), ("note_taker", "note_taker")])
def test_a_person_in_two_places_clashes(visit: StudyVisit, cast: Cast, first: str, second: str) -> None:
    groups = [factories.make_group(visit, name) for name in ("A", "B")]
    factories.make_slot(visit, group=groups[0], title="First", **dict[str, Any]({first: cast.friend}))
    factories.make_slot(visit, group=groups[1], title="Second", **dict[str, Any]({second: cast.friend}))

    found = clashes(plan(visit))

    assert [remark.text for remark in found] == [
        "Friend is in two places at once, Tuesday 8 June, 09:00: “First” and “Second”."
    ]


def test_a_room_used_twice_clashes_but_two_rooms_of_a_site_do_not(visit: StudyVisit) -> None:
    site = factories.make_site(visit, "School")
    for name, place in (("A", "Room 1"), ("B", "room  1"), ("C", "Room 2")):
        factories.make_slot(visit, group=factories.make_group(visit, name), site=site, place=place)

    assert [remark.text.split(",")[0] for remark in clashes(plan(visit))] == ["School"]
    assert [remark.code for remark in clashes(plan(visit))] == ["place_twice"]


def test_a_talk_without_lead_note_taker_or_place_is_a_gap(visit: StudyVisit, cast: Cast) -> None:
    factories.make_slot(visit, title="Parents", note_taker=cast.friend)

    assert [remark.text for remark in gaps(plan(visit))] == [
        "“Parents”, Tuesday 8 June, 09:00: who leads and the place still open."
    ]


@pytest.mark.parametrize("kind", [SlotKind.MEAL, SlotKind.TEAM, SlotKind.TRAVEL, SlotKind.WELCOME, SlotKind.FEEDBACK])
def test_what_is_no_talk_needs_nobody(visit: StudyVisit, kind: SlotKind) -> None:
    factories.make_slot(visit, kind=kind)

    assert gaps(plan(visit)) == []


@pytest.mark.parametrize(("fields", "expected"), [({"end": "09:45"}, ["interpreted_short"]), ({"end": "10:00"}, [])])
def test_interpreting_needs_an_hour(visit: StudyVisit, fields: dict[str, Any], expected: list[str]) -> None:
    factories.make_slot(visit, is_interpreted=True, met={SourceGroup.NGOS: 6}, **fields)

    assert [remark.code for remark in hints(plan(visit))] == expected


@pytest.mark.parametrize(("start", "expected"), [("10:10", ["no_travel"]), ("10:15", [])])
def test_from_site_to_site_there_is_time(visit: StudyVisit, start: str, expected: list[str]) -> None:
    for begin, end in (("09:00", "10:00"), (start, "11:30")):
        factories.make_slot(visit, begin, end, site=factories.make_site(visit), kind=SlotKind.OTHER)

    assert [remark.code for remark in hints(plan(visit))] == expected


def test_fewer_than_five_people_of_a_group_can_be_recognised(visit: StudyVisit) -> None:
    factories.make_slot(visit, met={SourceGroup.POLITICIANS: 2, SourceGroup.FAMILIES: 3})
    factories.make_slot(visit, "11:00", "12:00", met={SourceGroup.POLITICIANS: 2, SourceGroup.FAMILIES: 2})

    assert [(remark.code, remark.text[:22]) for remark in hints(plan(visit))] == [
        ("small_group", "Politicians: 4 in all.")
    ]


def test_slots_outside_the_dates_are_said_and_the_evening_before_is_not(visit: StudyVisit) -> None:
    for day in (0, 4):
        factories.make_slot(visit, day=day, kind=SlotKind.TEAM, title=f"Day {day}")

    assert [remark.text for remark in hints(plan(visit))] == [
        "“Day 4”, Friday 11 June, 09:00, is outside the dates of the visit."
    ]


def test_one_person_alone_and_nobody_to_meet_are_hints(visit: StudyVisit, cast: Cast) -> None:
    factories.make_slot(visit, lead=cast.lead, note_taker=cast.lead)
    factories.make_group(visit, "Group A")

    assert {remark.code for remark in hints(plan(visit))} == {"nobody_met", "alone", "empty_group"}


def test_coverage_counts_people_and_slots_of_every_group(visit: StudyVisit) -> None:
    factories.make_slot(visit, met={SourceGroup.FAMILIES: 3})
    factories.make_slot(visit, "11:00", "12:00", met={SourceGroup.FAMILIES: 4})

    found = {row.group: (row.people, row.slots, row.is_small) for row in coverage(plan(visit))}

    assert found.pop("families") == (7, 2, False)
    assert set(found.values()) == {(0, 0, False)}
    assert len(found) == 9
