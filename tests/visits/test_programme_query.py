"""The programme as plain values: for one reader, in the zone of the visit."""

from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.cast import Cast
from visits.enums import SlotKind, SourceGroup, VisitStatus
from visits.models import StudyVisit
from visits.queries.programme import Met, programme, slots_of_person, who_opens_again


def test_times_are_those_of_the_visits_clock(cast: Cast) -> None:
    cast.case.visit_start, cast.case.visit_end = date(2018, 6, 12), date(2018, 6, 14)
    visit = factories.make_visit(cast.case)
    slot = factories.make_slot(visit, "00:30", "01:30", day=2)
    slot.refresh_from_db()

    day = programme(visit, for_host=False).days[0]

    assert slot.starts_at.isoformat() == "2018-06-12T21:30:00+00:00"
    assert (day.date, day.number, day.is_outside) == (date(2018, 6, 13), 2, False)
    assert day.slots[0].starts.isoformat() == "2018-06-13T00:30:00+03:00"


def test_a_slot_over_the_change_of_the_clocks_keeps_its_real_length(cast: Cast) -> None:
    cast.case.visit_start = cast.case.visit_end = date(2027, 3, 28)  # 03:00 becomes 04:00 in Bucharest
    visit = factories.make_visit(cast.case)
    factories.make_slot(visit, "02:30", "04:30")

    assert programme(visit, for_host=False).slots[0].minutes == 60


def test_the_evening_before_is_day_zero_and_other_days_are_outside(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    for day in (0, 1, 9):
        factories.make_slot(visit, day=day)

    days = programme(visit, for_host=False).days

    assert [(day.number, day.is_outside) for day in days] == [(0, True), (1, False), (9, True)]


def test_the_host_learns_of_private_slots_only_when_and_where(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    group = factories.make_group(visit, "Group A")
    made = factories.make_slot(
        visit,
        kind=SlotKind.DEBRIEF,
        title="What we doubt",
        place="Room 3",
        group=group,
        lead=cast.lead,
        note_taker=cast.friend,
        remarks="Bring doubts",
        language="de",
        met={SourceGroup.MANAGERS: 2},
    )

    slot = programme(visit, for_host=True).slots[0]

    assert (slot.id, slot.place, slot.group, slot.is_masked) == (made.pk, "Room 3", "Group A", True)
    shown = (slot.kind, slot.title, slot.lead, slot.note_taker, slot.remarks, slot.language, slot.people)
    assert shown == (SlotKind.TEAM, "Team, private", "", "", "", "", ())
    assert "doubt" not in repr(slot).lower()


def test_the_team_reads_its_private_slots(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    factories.make_slot(visit, kind=SlotKind.TEAM, title="What we doubt", lead=cast.lead)

    slot = programme(visit, for_host=False).slots[0]

    assert (slot.title, slot.lead, slot.is_masked) == ("What we doubt", "Lead", False)


def test_removed_slots_groups_and_sites_are_not_there(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    gone: dict[str, Any] = {"removed_at": "2026-01-01T00:00Z"}
    factories.make_slot(visit, **gone)
    factories.make_site(visit, **gone)
    group = factories.make_group(visit)
    group.removed_at = "2026-01-01T00:00Z"
    group.save()

    plan = programme(visit, for_host=False)

    assert (plan.slots, plan.sites, plan.groups) == ((), (), ())


def test_people_met_are_groups_with_numbers(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    factories.make_slot(visit, met={SourceGroup.NGOS: 3, SourceGroup.FAMILIES: 1})

    slot = programme(visit, for_host=True).slots[0]

    assert slot.people == (Met("families", "Parents and families", 1), Met("ngos", "NGOs and partners", 3))
    assert (slot.people_met, slot.met_words) == (4, "1 parent or family member; 3 NGOs and partners")


def test_my_day_is_what_all_do_what_my_group_does_and_what_i_lead_or_note(cast: Cast) -> None:
    visit = factories.make_visit(cast.case)
    mine = factories.make_group(visit, "A", [cast.friend])
    theirs = factories.make_group(visit, "B", [cast.rapporteur])
    everybody = factories.make_slot(visit)
    own = factories.make_slot(visit, group=mine)
    factories.make_slot(visit, group=theirs)
    led = factories.make_slot(visit, group=theirs, lead=cast.friend)
    noted = factories.make_slot(visit, group=theirs, note_taker=cast.friend)

    found = slots_of_person(programme(visit, for_host=False), cast.friend)

    assert {slot.id for slot in found} == {everybody.pk, own.pk, led.pk, noted.pk}


def test_a_frozen_programme_says_who_can_open_it_again(cast: Cast) -> None:
    visit = factories.make_visit(cast.case, status=VisitStatus.FROZEN)

    assert who_opens_again(visit) == (
        "The programme is frozen, so that everybody has the same plan. "
        "Lead, the review lead, or the secretariat can open it again."
    )


def test_after_the_visit_the_programme_stays_as_it_was(cast: Cast) -> None:
    visit = factories.make_visit(cast.case, status=VisitStatus.HELD)

    assert who_opens_again(visit) == "The visit has taken place: the programme stays as it was."


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    visit = factories.make_visit(cast.case)
    for number in range(count):
        group = factories.make_group(visit, f"Group {number}", [cast.friend])
        site = factories.make_site(visit)
        factories.make_slot(visit, group=group, site=site, lead=cast.lead, met={SourceGroup.NGOS: 3})
    visit = StudyVisit.objects.select_related("case").get(pk=visit.pk)

    with django_assert_num_queries(5):
        assert len(programme(visit, for_host=False).slots) == count
