"""Templates fill an empty programme at the dates of the visit."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere
from tests import factories
from tests.cast import Cast
from visits.actions.agendas import fill_programme
from visits.agendas import AGENDAS, ONLINE, THREE_DAYS
from visits.models import Slot, StudyVisit
from visits.queries.programme import programme
from visits.queries.remarks import clashes, hints


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    cast.case.visit_start, cast.case.visit_end = date(2027, 6, 8), date(2027, 6, 10)
    cast.case.save()
    return factories.make_visit(cast.case)


def test_three_days_begin_with_the_evening_before(cast: Cast, visit: StudyVisit) -> None:
    count = fill_programme(cast.case, "three-days", by=cast.coordinator)

    days = programme(visit, for_host=False).days
    assert (count, [day.number for day in days]) == (26, [0, 1, 2, 3])
    assert [f"{slot.starts:%H:%M} {slot.title}" for slot in days[0].slots] == [
        "16:30 Team briefing: roles, questions, who notes",
        "19:00 Welcome dinner",
    ]
    visit.refresh_from_db()
    assert visit.version == 2


def test_groups_get_their_own_slots_and_sites_in_turn(cast: Cast, visit: StudyVisit) -> None:
    groups = [factories.make_group(visit, name) for name in "AB"]
    sites = [factories.make_site(visit, f"Site {number}") for number in range(1, 5)]

    fill_programme(cast.case, "three-days", by=cast.lead)

    visits = Slot.objects.filter(visit=visit, kind="site_visit").order_by("starts_at", "group__name")
    assert [(slot.group, slot.site, slot.title) for slot in visits] == [
        (groups[0], sites[0], "Site visit: Site 1"),
        (groups[1], sites[1], "Site visit: Site 2"),
        (groups[0], sites[2], "Site visit: Site 3"),
        (groups[1], sites[3], "Site visit: Site 4"),
    ]


@pytest.mark.parametrize("key", AGENDAS)
@pytest.mark.parametrize("group_count", [0, 3])
def test_no_template_clashes_or_hurries(cast: Cast, visit: StudyVisit, key: str, group_count: int) -> None:
    for number in range(group_count):
        factories.make_group(visit, f"Group {number}", [cast.friend])
    for _ in range(4):
        factories.make_site(visit)

    fill_programme(cast.case, key, by=cast.lead)

    plan = programme(visit, for_host=False)
    assert clashes(plan) == []
    assert [remark for remark in hints(plan) if remark.code == "no_travel"] == []


@pytest.mark.parametrize("key", AGENDAS)
def test_every_template_ends_with_feedback_and_stays_in_its_days(key: str) -> None:
    agenda = AGENDAS[key]

    assert {entry.day for entry in agenda.entries} <= set(range(agenda.days + 1))
    assert [entry.day for entry in agenda.entries if entry.kind == "feedback"] == [agenda.days]
    assert all(time.fromisoformat(entry.start) < time.fromisoformat(entry.end) for entry in agenda.entries)


def test_online_is_ten_hours_at_most_for_one_person() -> None:
    day = date(2027, 6, 8)
    spans = [
        datetime.combine(day, time.fromisoformat(entry.end)) - datetime.combine(day, time.fromisoformat(entry.start))
        for entry in ONLINE.entries
    ]

    assert sum(spans, timedelta()) <= timedelta(hours=10)


def test_hours_are_those_of_the_host_city_on_both_sides_of_a_change_of_the_clocks(
    cast: Cast, visit: StudyVisit
) -> None:
    cast.case.visit_start = date(2027, 3, 27)
    cast.case.save()

    fill_programme(cast.case, "three-days", by=cast.lead)

    starts = Slot.objects.filter(visit=visit, title="Team start").values_list("starts_at", flat=True)
    zone = ZoneInfo("Europe/Bucharest")
    assert [f"{start.astimezone(zone):%d %H:%M}" for start in starts] == ["27 08:30", "28 08:30", "29 08:30"]
    assert [f"{start:%H:%M}" for start in starts] == ["06:30", "05:30", "05:30"]


def test_a_programme_with_slots_is_not_filled_again(cast: Cast, visit: StudyVisit) -> None:
    fill_programme(cast.case, "one-day", by=cast.lead)

    with pytest.raises(AlreadyDone):
        fill_programme(cast.case, "two-days", by=cast.lead)
    assert visit.slots.count() == 8


def test_without_dates_a_template_says_where_to_set_them(cast: Cast) -> None:
    cast.case.visit_start = cast.case.visit_end = None
    cast.case.save()

    with pytest.raises(NotReady) as refused:
        fill_programme(cast.case, "one-day", by=cast.lead)
    assert refused.value.reasons[0].url == reverse("reviews:deadlines", args=(cast.case.slug,))


def test_unknown_templates_and_people_without_the_right_are_refused(cast: Cast, visit: StudyVisit) -> None:
    with pytest.raises(NotThere):
        fill_programme(cast.case, "party", by=cast.lead)
    with pytest.raises(NotAllowed):
        fill_programme(cast.case, THREE_DAYS.key, by=cast.friend)
    assert visit.slots.count() == 0


def test_the_page_shows_all_templates_and_one_button_fills(cast: Cast, visit: StudyVisit) -> None:
    client, url = cast.client(cast.coordinator), reverse("visits:agendas", args=(cast.case.slug,))
    page = client.get(url).content.decode()

    assert [label for agenda in AGENDAS.values() if (label := agenda.label) not in page] == []
    assert client.post(url, {"agenda": "one-day"}).status_code == 303
    assert client.post(url, {"agenda": "one-day"}).status_code == 409
    assert client.post(url, {}).status_code == 404
    assert visit.slots.count() == 8
