"""The pages of the programme: who sees what, forms with and without mistakes, undo."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reviews.enums import Role
from tests import factories
from tests.cast import Cast
from visits.enums import SlotKind, SourceGroup, VisitStatus
from visits.models import HostSite, Slot, StudyVisit, VisitGroup

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> \u202eسلام " + "x" * 150  # noqa: RUF001 - another script
JSON = {"accept": "application/json"}


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    cast.case.visit_start, cast.case.visit_end = date(2027, 3, 26), date(2027, 3, 28)
    cast.case.save()
    return factories.make_visit(cast.case)


def at(cast: Cast, name: str = "programme", *ids: int) -> str:
    return reverse(f"visits:{name}", args=(cast.case.slug, *ids))


def sent(**fields: Any) -> dict[str, Any]:
    return {"kind": "interview", "title": "Parents", "date": "2027-03-26", "start": "09:00", "end": "09:45", **fields}


PAGES = ["programme", "my_day", "sites", "groups"]
EDITING = ["slot_new", "agendas", "practical", "programme_move"]


@pytest.mark.parametrize("page", PAGES + EDITING)
def test_strangers_find_no_page_and_readers_no_form(cast: Cast, visit: StudyVisit, page: str) -> None:
    factories.make_slot(visit)
    may_edit = {"secretariat", "lead", "coordinator"}
    expected = {
        name: 404 if name == "stranger" else 200 if page in PAGES or name in may_edit else 403 for name in cast.people
    }

    assert {name: cast.client(user).get(at(cast, page)).status_code for name, user in cast.people.items()} == expected


def test_the_host_reads_no_word_of_private_slots(cast: Cast, visit: StudyVisit) -> None:
    factories.make_slot(visit, kind=SlotKind.DEBRIEF, title="DOUBTS", remarks="SECRET", lead=cast.friend)

    for name in ("coordinator", "sponsor", "contributor"):
        page = cast.client(cast.people[name]).get(at(cast)).content.decode()
        assert "DOUBTS" not in page
        assert "SECRET" not in page
        assert "Team meeting (private)" in page
    assert "DOUBTS" in cast.client(cast.observer).get(at(cast)).content.decode()


def test_the_host_cannot_open_a_private_slot(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit, kind=SlotKind.TEAM)

    for address in (at(cast, "slot", slot.pk), f"{at(cast, 'slot_new')}?copy={slot.pk}"):
        assert cast.client(cast.coordinator).get(address).status_code == 404
        assert cast.client(cast.lead).get(address).status_code == 200


@pytest.mark.parametrize("name", ["slot", "site", "group"])
def test_things_of_another_case_are_not_there(cast: Cast, visit: StudyVisit, name: str) -> None:
    other = factories.make_visit(factories.make_case())
    make = {"slot": factories.make_slot, "site": factories.make_site, "group": factories.make_group}[name]
    foreign = make(other).pk  # type: ignore[operator]
    client = cast.client(cast.secretariat)

    assert client.get(at(cast, name, foreign)).status_code == 404
    for verb in ("remove", "restore"):
        assert client.post(at(cast, f"{name}_{verb}", foreign)).status_code == 404
    assert Slot.objects.filter(visit=other, removed_at=None).count() == (name == "slot")


def test_times_are_read_and_shown_on_the_clock_of_the_visit(cast: Cast, visit: StudyVisit) -> None:
    client = cast.client(cast.lead)

    answer = client.post(at(cast, "slot_new"), sent(date="2027-03-28", start="10:00", end="11:30", met_families="8"))

    slot = Slot.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{at(cast)}#slot-{slot.pk}")
    assert slot.starts_at.isoformat() == "2027-03-28T07:00:00+00:00"  # summer time began that night
    page = client.get(at(cast)).content.decode()
    assert '<time datetime="2027-03-28T10:00:00+03:00">10:00</time>' in page
    assert "All times are Bucharest time." in page
    assert "8 parents and families" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Title"),
        ({"end": "08:00"}, "A slot ends after it starts"),
        ({"date": "2027-03-28", "start": "03:30", "end": "05:00"}, "03:30 does not exist on this day"),
        ({"met_families": "-1"}, "greater than or equal to 0"),
        ({"lead": "999999"}, "Select a valid choice"),
        ({"group": "999999"}, "Select a valid choice"),
        ({"kind": "party"}, "Select a valid choice"),
    ],
)
def test_mistakes_are_said_and_nothing_is_stored(
    cast: Cast, visit: StudyVisit, fields: dict[str, str], words: str
) -> None:
    answer = cast.client(cast.lead).post(at(cast, "slot_new"), sent(remarks="Keep me", **fields))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Keep me" in page
    assert Slot.objects.count() == 0


def test_the_host_is_not_offered_private_kinds(cast: Cast, visit: StudyVisit) -> None:
    answer = cast.client(cast.coordinator).post(at(cast, "slot_new"), sent(kind="team"))

    assert (answer.status_code, Slot.objects.count()) == (422, 0)


def test_an_edited_slot_that_somebody_else_saved_keeps_both_texts(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit, place="Room 1")
    client = cast.client(cast.coordinator)
    cast.client(cast.lead).post(at(cast, "slot", slot.pk), sent(place="Room 2", version=1))

    answer = client.post(at(cast, "slot", slot.pk), sent(place="Room 3", version=1))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lead saved this slot while you were writing" in page
    assert re.findall(r"<dt>(.+)</dt><dd dir=\"auto\">(.+)</dd>", page) == [("Building and room", "Room 2")]
    assert 'value="Room 3"' in page
    again = client.post(at(cast, "slot", slot.pk), sent(place="Room 3", version=answer.context["form"].data["version"]))
    slot.refresh_from_db()
    assert (again.status_code, slot.place) == (303, "Room 3")


def test_removing_offers_undo_and_undo_brings_it_back(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit, title="Parents")
    client = cast.client(cast.lead)

    answer = client.post(at(cast, "slot_remove", slot.pk))
    page = client.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"{at(cast)}?removed=slot-{slot.pk}"
    assert at(cast, "slot_restore", slot.pk) in page
    client.post(at(cast, "slot_restore", slot.pk))
    assert Slot.objects.get(pk=slot.pk).removed_at is None


@pytest.mark.parametrize("key", ["slot-999", "slot-", "party-1", "slot-1-2", "slot-" + "9" * 40, "slot-٣", "<x>"])
def test_a_made_up_undo_shows_the_page_without_one(cast: Cast, visit: StudyVisit, key: str) -> None:
    answer = cast.client(cast.lead).get(at(cast), {"removed": key})

    assert (answer.status_code, "was removed" in answer.content.decode()) == (200, False)


def test_hostile_text_is_shown_and_does_nothing(cast: Cast, visit: StudyVisit) -> None:
    site = factories.make_site(visit, HOSTILE[:150], description=HOSTILE, address=HOSTILE)
    factories.make_slot(visit, title=HOSTILE[:200], remarks=HOSTILE, place=HOSTILE[:100], site=site)
    visit.practical = HOSTILE
    visit.save()

    for page in ("programme", "sites", "my_day"):
        shown = cast.client(cast.lead).get(at(cast, page)).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "سلام" in shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, visit: StudyVisit, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        group = factories.make_group(visit, f"Group {number}", [cast.friend])
        site = factories.make_site(visit)
        factories.make_slot(visit, group=group, site=site, lead=cast.lead, met={SourceGroup.NGOS: 3})
        factories.make_slot(visit, removed_at="2026-01-01T00:00Z", version=5)
    client = cast.client(cast.friend)
    client.get(at(cast))

    with django_assert_num_queries(15):
        client.get(at(cast))
    with django_assert_num_queries(13):
        client.get(at(cast, "my_day"))


def test_changed_since_you_last_looked_until_you_have_seen_it(cast: Cast, visit: StudyVisit) -> None:
    friend = cast.client(cast.friend)
    assert "Since you last looked" not in friend.get(at(cast)).content.decode()
    lead = cast.client(cast.lead)
    lead.post(at(cast, "slot_new"), sent())
    lead.post(at(cast, "slot_new"), sent(title="Gone", start="11:00", end="12:00"))
    lead.post(at(cast, "slot_remove", Slot.objects.get(title="Gone").pk))

    assert "1 slot is new or changed, and 1 slot was taken out" in friend.get(at(cast)).content.decode()

    visit.refresh_from_db()
    assert friend.post(at(cast, "programme_seen"), {"version": visit.version}).status_code == 303
    assert "Since you last looked" not in friend.get(at(cast)).content.decode()


def test_a_frozen_programme_offers_no_change_and_says_who_opens_it(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit)
    StudyVisit.objects.update(status=VisitStatus.FROZEN)
    client = cast.client(cast.coordinator)

    page = client.get(at(cast)).content.decode()

    assert "Lead, the review lead, or the secretariat can open it again." in page
    assert at(cast, "slot_new") not in page
    kept = client.post(at(cast, "slot", slot.pk), sent(version=1, remarks="Ring twice"))
    assert (kept.status_code, "Ring twice" in kept.content.decode()) == (409, True)
    assert Slot.objects.get().remarks == ""
    assert client.post(at(cast, "slot_remove", slot.pk)).status_code == 403


def test_practical_information_saves_as_one_types(cast: Cast, visit: StudyVisit) -> None:
    client = cast.client(cast.coordinator)

    first = client.post(at(cast, "practical"), {"practical": "Tram **7**", "version": 1}, headers=JSON)
    stale = client.post(at(cast, "practical"), {"practical": "Bus", "version": 1}, headers=JSON)
    long = client.post(at(cast, "practical"), {"practical": "x" * 40_001, "version": 2}, headers=JSON)

    assert (first.status_code, first.json()["version"]) == (200, 2)
    assert (stale.status_code, stale.json()["code"], stale.json()["texts"]) == (
        409,
        "stale",
        {"practical": "Tram **7**"},
    )
    assert (long.status_code, long.json()["code"]) == (422, "invalid")
    assert "<strong>7</strong>" in cast.client(cast.friend).get(at(cast)).content.decode()


def test_sites_and_groups_are_added_changed_removed_and_brought_back(cast: Cast, visit: StudyVisit) -> None:
    client = cast.client(cast.coordinator)
    for _ in range(2):
        client.post(at(cast, "sites"), {"name": "School 7", "address": "Str. 1"})
    site = HostSite.objects.get()
    client.post(at(cast, "site", site.pk), {"name": "School 8"})
    client.post(at(cast, "groups"), {"name": "Group A", "members": [cast.friend.pk, cast.lead.pk]})
    client.post(at(cast, "groups"), {"name": "Group B", "members": [cast.friend.pk]})
    again = client.post(at(cast, "groups"), {"name": "group a"})
    first, second = VisitGroup.objects.all()

    assert (HostSite.objects.get().name, HostSite.objects.get().address) == ("School 8", "")
    assert (list(first.members.all()), list(second.members.all())) == ([cast.lead], [cast.friend])
    assert (again.status_code, "already a group called" in again.content.decode()) == (422, True)
    assert client.post(at(cast, "group_remove", second.pk)).status_code == 303
    client.post(at(cast, "group", first.pk), {"name": "Group B"})
    client.post(at(cast, "group_restore", second.pk))
    assert sorted(VisitGroup.objects.filter(removed_at=None).values_list("name", flat=True)) == ["Group B", "Group B 2"]


@pytest.mark.parametrize("thing", ["site", "group"])
def test_what_the_programme_uses_is_not_removed(cast: Cast, visit: StudyVisit, thing: str) -> None:
    used = factories.make_site(visit) if thing == "site" else factories.make_group(visit)
    slot = factories.make_slot(visit, title="Parents", **dict[str, Any]({thing: used}))

    answer = cast.client(cast.lead).post(at(cast, f"{thing}_remove", used.pk))

    used.refresh_from_db()
    assert (answer.status_code, used.removed_at) == (422, None)
    assert at(cast, "slot", slot.pk) in answer.content.decode()


def test_nobody_from_outside_the_team_joins_a_group(cast: Cast, visit: StudyVisit) -> None:
    outsider = factories.make_member(factories.make_case(), Role.CRITICAL_FRIEND).user

    answer = cast.client(cast.lead).post(at(cast, "groups"), {"name": "A", "members": [outsider.pk]})

    assert (answer.status_code, VisitGroup.objects.count()) == (422, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_sites_and_groups_do_not_grow(
    cast: Cast, visit: StudyVisit, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        factories.make_group(visit, f"Group {number}", [cast.friend, cast.lead])
        factories.make_slot(visit, site=factories.make_site(visit))
    client = cast.client(cast.lead)

    with django_assert_num_queries(9):
        client.get(at(cast, "sites"))
    with django_assert_num_queries(13):
        client.get(at(cast, "groups"))


def test_moving_everything_and_back(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit)
    client = cast.client(cast.lead)

    assert client.post(at(cast, "programme_move"), {"first_day": "2027-04-02"}).status_code == 303
    assert client.post(at(cast, "programme_move"), {"first_day": "nonsense"}).status_code == 422

    slot.refresh_from_db()
    assert slot.starts_at.isoformat() == "2027-04-02T06:00:00+00:00"


def test_moving_one_slot_by_its_buttons(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit)
    client = cast.client(cast.lead)

    first = client.post(at(cast, "slot_move", slot.pk), {"days": "1", "version": "1"})
    second = client.post(at(cast, "slot_move", slot.pk), {"days": "1", "version": "1"})
    far = client.post(at(cast, "slot_move", slot.pk), {"days": "400", "version": "2"})

    slot.refresh_from_db()
    assert (first.status_code, second.status_code, far.status_code) == (303, 409, 303)
    assert slot.starts_at.isoformat() == "2027-03-27T07:00:00+00:00"


def test_get_changes_nothing(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit)
    client: Client = cast.client(cast.lead)

    for name in ("slot_remove", "slot_restore", "slot_move"):
        assert client.get(at(cast, name, slot.pk)).status_code == 405
