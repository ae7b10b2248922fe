"""Changing the programme, slot by slot."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from people.errors import AlreadyDone, NotAllowed, NotThere, StaleText
from reviews.enums import EventKind, Role, Stage
from tests import factories
from tests.cast import Cast
from visits.actions import slots
from visits.actions.slots import SlotValues
from visits.actions.visits import first_look, mark_seen, save_practical, save_settings, visit_of
from visits.enums import SlotKind, SourceGroup, VisitStatus
from visits.models import Slot, StudyVisit

ZONE = ZoneInfo("Europe/Bucharest")


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    return factories.make_visit(cast.case)


def values(cast: Cast, **fields: Any) -> SlotValues:
    assert cast.case.visit_start
    start = datetime.combine(cast.case.visit_start, datetime.min.time(), ZONE) + timedelta(hours=9)
    given = {
        "kind": SlotKind.INTERVIEW,
        "title": "Parents",
        "starts_at": start,
        "ends_at": start + timedelta(minutes=45),
        **fields,
    }
    return SlotValues(**given)


def test_the_visit_is_made_on_first_use_in_the_zone_of_the_host_city(cast: Cast) -> None:
    first, second = visit_of(cast.case), visit_of(cast.case)

    assert (first.pk, first.time_zone, first.working_language) == (second.pk, "Europe/Bucharest", "en")


def test_an_accepted_proposal_gets_its_visit(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    from reviews.actions.steps import take_step  # noqa: PLC0415 - only here
    from reviews.requirements import unmet  # noqa: PLC0415

    cast.at(Stage.DRAFT)
    assert unmet(cast.case, "accept_proposal") == []
    with django_capture_on_commit_callbacks(execute=True):
        take_step(cast.case, "accept_proposal", by=cast.secretariat)

    assert StudyVisit.objects.filter(case=cast.case).count() == 1


def test_a_new_slot_stands_with_its_people_and_counts_a_version(cast: Cast, visit: StudyVisit) -> None:
    group, site = factories.make_group(visit), factories.make_site(visit)
    given = values(
        cast, group_id=group.pk, site_id=site.pk, lead_id=cast.lead.pk, met=((SourceGroup.FAMILIES.value, 8),)
    )

    slot = slots.add_slot(cast.case, by=cast.coordinator, values=given)

    visit.refresh_from_db()
    assert (visit.version, slot.version, slot.changed_by) == (2, 2, cast.coordinator)
    assert [(met.source_group, met.count) for met in slot.people.all()] == [("families", 8)]
    assert [(e.kind, e.text) for e in cast.case.events.all()] == [(EventKind.EDITED, "Programme of the visit changed")]


def test_the_same_form_sent_twice_gives_one_slot(cast: Cast) -> None:
    first = slots.add_slot(cast.case, by=cast.coordinator, values=values(cast))
    second = slots.add_slot(cast.case, by=cast.coordinator, values=values(cast))

    assert (first.pk, Slot.objects.count()) == (second.pk, 1)


def test_one_sitting_is_one_line_of_the_timeline(cast: Cast) -> None:
    for number in range(3):
        slots.add_slot(cast.case, by=cast.lead, values=values(cast, title=f"Slot {number}"))

    assert cast.case.events.count() == 1


@pytest.mark.parametrize("name", ["group_id", "site_id", "lead_id", "note_taker_id"])
def test_things_of_another_case_are_refused(cast: Cast, name: str) -> None:
    other = factories.make_visit(factories.make_case())
    foreign = {
        "group_id": factories.make_group(other).pk,
        "site_id": factories.make_site(other).pk,
        "lead_id": factories.make_member(other.case, Role.CRITICAL_FRIEND).user_id,
        "note_taker_id": cast.coordinator.pk,
    }

    with pytest.raises(NotThere):
        slots.add_slot(cast.case, by=cast.lead, values=values(cast, **{name: foreign[name]}))
    assert Slot.objects.count() == 0


def test_a_slot_of_another_case_is_not_there(cast: Cast) -> None:
    foreign = factories.make_slot(factories.make_visit(factories.make_case()))

    for act in (slots.remove_slot, slots.restore_slot):
        with pytest.raises(NotThere):
            act(cast.case, foreign.pk, by=cast.lead)
    with pytest.raises(NotThere):
        slots.change_slot(cast.case, foreign.pk, by=cast.lead, values=values(cast), version=1)
    with pytest.raises(NotThere):
        slots.move_slot(cast.case, foreign.pk, by=cast.lead, days=1, version=1)


@pytest.mark.parametrize("name", ["friend", "rapporteur", "observer", "sponsor", "contributor"])
def test_only_host_coordinator_lead_and_secretariat_change_it(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        slots.add_slot(cast.case, by=cast.people[name], values=values(cast))


def test_the_host_neither_makes_nor_changes_private_slots(cast: Cast, visit: StudyVisit) -> None:
    private = factories.make_slot(visit, kind=SlotKind.DEBRIEF)

    with pytest.raises(NotThere):
        slots.add_slot(cast.case, by=cast.coordinator, values=values(cast, kind=SlotKind.TEAM))
    with pytest.raises(NotThere):
        slots.remove_slot(cast.case, private.pk, by=cast.coordinator)


@pytest.mark.parametrize("status", [VisitStatus.FROZEN, VisitStatus.HELD])
def test_a_frozen_programme_refuses_changes_and_says_who_opens_it(cast: Cast, status: VisitStatus) -> None:
    visit = factories.make_visit(cast.case, status=status)
    slot = factories.make_slot(visit)

    with pytest.raises(NotAllowed) as refused:
        slots.remove_slot(cast.case, slot.pk, by=cast.lead)
    assert refused.value.code == "programme_frozen"


def test_two_people_at_one_slot_the_second_is_told(cast: Cast) -> None:
    slot = slots.add_slot(cast.case, by=cast.coordinator, values=values(cast, place="Room 1"))
    seen = slot.version
    slots.change_slot(cast.case, slot.pk, by=cast.lead, values=values(cast, place="Room 2"), version=seen)

    with pytest.raises(StaleText) as stale:
        slots.change_slot(cast.case, slot.pk, by=cast.coordinator, values=values(cast, place="Room 3"), version=seen)

    assert (stale.value.by, stale.value.texts["place"], stale.value.texts["time"]) == (
        "Lead",
        "Room 2",
        "09:00 to 09:45",
    )
    slot.refresh_from_db()
    assert slot.place == "Room 2"


def test_people_met_are_replaced_not_added(cast: Cast) -> None:
    slot = slots.add_slot(cast.case, by=cast.lead, values=values(cast, met=(("families", 3), ("ngos", 2))))

    slots.change_slot(cast.case, slot.pk, by=cast.lead, values=values(cast, met=(("ngos", 4),)), version=slot.version)

    assert [(met.source_group, met.count) for met in slot.people.all()] == [("ngos", 4)]


def test_moving_by_a_day_keeps_the_hour_over_the_change_of_the_clocks(cast: Cast) -> None:
    cast.case.visit_start = date(2027, 3, 27)
    visit = factories.make_visit(cast.case)
    slot = factories.make_slot(visit, "09:00", "10:00")

    slots.move_slot(cast.case, slot.pk, by=cast.lead, days=1, version=1)

    slot.refresh_from_db()
    assert slot.starts_at.isoformat() == "2027-03-28T06:00:00+00:00"  # 09:00 in summer time; the day before 07:00
    assert slot.length == timedelta(hours=1)


def test_a_second_click_moves_nothing(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit)
    slots.move_slot(cast.case, slot.pk, by=cast.lead, days=1, version=1)
    slot.refresh_from_db()

    with pytest.raises(AlreadyDone):
        slots.move_slot(cast.case, slot.pk, by=cast.lead, days=1, version=1)

    assert Slot.objects.get(pk=slot.pk).starts_at == slot.starts_at


def test_the_whole_programme_moves_to_new_dates(cast: Cast, visit: StudyVisit) -> None:
    first, second = factories.make_slot(visit, day=0), factories.make_slot(visit, "11:00", "12:00", day=2)
    gone = factories.make_slot(visit, removed_at="2026-01-01T00:00Z")
    assert cast.case.visit_start

    days = slots.move_programme(cast.case, by=cast.lead, first_day=cast.case.visit_start + timedelta(days=6))

    before = [first.starts_at, second.starts_at, gone.starts_at]
    after = [Slot.objects.get(pk=slot.pk).starts_at for slot in (first, second, gone)]
    zone_days = [
        (late.astimezone(ZONE).date() - early.astimezone(ZONE).date()).days
        for early, late in zip(before, after, strict=True)
    ]
    assert (days, zone_days) == (7, [7, 7, 0])


def test_a_removed_slot_comes_back_with_its_people(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit, met={SourceGroup.NGOS: 2})
    slots.remove_slot(cast.case, slot.pk, by=cast.lead)
    slots.remove_slot(cast.case, slot.pk, by=cast.lead)
    assert Slot.objects.get(pk=slot.pk).removed_at

    slots.restore_slot(cast.case, slot.pk, by=cast.coordinator)

    slot.refresh_from_db()
    assert (slot.removed_at, slot.people.count(), slot.version) == (None, 1, 3)


def test_first_look_is_the_present_version_and_seen_never_goes_beyond(cast: Cast, visit: StudyVisit) -> None:
    assert first_look(visit, cast.friend) == 1
    slots.add_slot(cast.case, by=cast.lead, values=values(cast))
    visit.refresh_from_db()
    assert first_look(visit, cast.friend) == 1

    mark_seen(visit, cast.friend, version=99)

    assert first_look(visit, cast.friend) == 2


def test_practical_information_is_saved_as_typed_and_stays_open_when_frozen(cast: Cast) -> None:
    visit = factories.make_visit(cast.case, status=VisitStatus.FROZEN)
    first = save_practical(cast.case, by=cast.coordinator, text="Take tram 7.", version=1)
    again = save_practical(cast.case, by=cast.coordinator, text="Take tram 7.", version=1)

    with pytest.raises(StaleText) as stale:
        save_practical(cast.case, by=cast.lead, text="Take tram 8.", version=1)

    visit.refresh_from_db()
    assert (first.version, again.version, visit.practical) == (2, 2, "Take tram 7.")
    assert (stale.value.texts, stale.value.by) == ({"practical": "Take tram 7."}, "Coordinator")


def test_language_and_zone_change_what_the_clock_shows_not_when_things_are(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit)

    save_settings(cast.case, by=cast.lead, working_language="ro", time_zone="Europe/Brussels")

    visit.refresh_from_db()
    assert (visit.working_language, visit.time_zone, visit.version) == ("ro", "Europe/Brussels", 2)
    assert Slot.objects.get(pk=slot.pk).starts_at == slot.starts_at
