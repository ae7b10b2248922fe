"""A day as a table: a column for each group, and nothing hidden where slots overlap."""

from tests import factories
from tests.cast import Cast
from visits.models import StudyVisit
from visits.queries.programme import programme
from visits.queries.remarks import clashes
from visits.queries.timetable import DayTable, day_tables


def table(visit: StudyVisit, seen: int | None = None) -> DayTable:
    plan = programme(visit, for_host=False)
    return day_tables(plan, clashes=clashes(plan), seen=seen)[0]


def drawn(day: DayTable) -> list[str]:
    """Each row as text: its time, then its fields as titles with columns x rows."""
    return [
        " | ".join(
            [f"{row.time:%H:%M}"]
            + ["+".join(s.slot.title for s in cell.slots) + f" {cell.columns}x{cell.rows}" for cell in row.cells]
        )
        for row in day.rows
    ]


def test_groups_stand_side_by_side_and_slots_for_all_go_across(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    a, b = factories.make_group(visit, "A"), factories.make_group(visit, "B")
    factories.make_slot(visit, "09:00", "10:00", title="Welcome")
    factories.make_slot(visit, "10:15", "12:00", title="School", group=a)
    factories.make_slot(visit, "10:15", "11:00", title="Centre", group=b)
    factories.make_slot(visit, "11:15", "12:00", title="Staff", group=b)
    factories.make_slot(visit, "12:00", "13:00", title="Lunch")

    assert drawn(table(visit)) == [
        "09:00 | Welcome 2x1",
        "10:15 | School 1x3 | Centre 1x1",
        "11:00 |  1x1",
        "11:15 | Staff 1x1",
        "12:00 | Lunch 2x1",
    ]


def test_slots_that_overlap_share_a_field_and_say_so(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    a, b = factories.make_group(visit, "A"), factories.make_group(visit, "B")
    factories.make_slot(visit, "09:00", "10:00", title="One", group=a)
    factories.make_slot(visit, "09:30", "10:30", title="Two", group=a)
    factories.make_slot(visit, "09:00", "10:00", title="Other", group=b)

    day = table(visit)

    assert drawn(day) == ["09:00 | One+Two 1x2 | Other 1x1", "10:00 |  1x1"]
    assert [shown.clashes for shown in day.slots] == [
        ("A is in two slots at once",),
        (),
        ("A is in two slots at once",),
    ]


def test_a_slot_for_all_that_overlaps_takes_the_others_with_it(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    group = factories.make_group(visit, "A")
    factories.make_group(visit, "B")
    factories.make_slot(visit, "09:00", "11:00", title="Panel")
    factories.make_slot(visit, "10:30", "12:00", title="Site", group=group)

    assert drawn(table(visit)) == ["09:00 | Panel+Site 2x1"]


def test_every_slot_stands_once_and_every_row_is_full(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    groups = [factories.make_group(visit, name) for name in "ABCD"]
    times = [("09:00", "10:30"), ("09:15", "10:00"), ("10:30", "12:00"), ("10:45", "11:00"), ("13:00", "15:00")]
    made = {factories.make_slot(visit, *time, group=group).pk for time in times for group in (*groups[:3], None)}

    day = table(visit)

    shown = [s.slot.id for row in day.rows for cell in row.cells for s in cell.slots]
    assert sorted(shown) == sorted(made)
    assert sum(cell.columns * cell.rows for row in day.rows for cell in row.cells) == len(day.rows) * 4


def test_without_groups_there_is_only_a_list(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    factories.make_slot(visit)

    day = table(visit)

    assert (day.rows, len(day.slots)) == ((), 1)


def test_changed_is_what_is_newer_than_the_reader_saw(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    factories.make_slot(visit, title="Old", version=4)
    factories.make_slot(visit, "11:00", "12:00", title="New", version=5)

    assert [shown.is_changed for shown in table(visit, seen=4).slots] == [False, True]
    assert [shown.is_changed for shown in table(visit).slots] == [False, False]


def test_a_room_that_three_use_at_once_is_said_once_in_each_slot(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    for name in ("A", "B", "C"):
        factories.make_slot(visit, group=factories.make_group(visit, name), place="Hall")

    assert [shown.clashes for shown in table(visit).slots] == [("Hall is used twice",)] * 3
