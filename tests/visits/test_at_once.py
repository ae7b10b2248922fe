"""Two people at the programme at once, things that were removed meanwhile, and people who have left the team."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Membership
from tests import factories
from tests.cast import Cast
from visits.actions import places, slots
from visits.enums import SlotKind, VisitStatus
from visits.models import HostSite, Slot, StudyVisit, VisitGroup
from visits.queries.programme import programme
from visits.queries.remarks import gaps


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    cast.case.visit_start, cast.case.visit_end = date(2027, 3, 26), date(2027, 3, 28)
    cast.case.save()
    return factories.make_visit(cast.case)


def at(cast: Cast, name: str = "programme", *ids: int) -> str:
    return reverse(f"visits:{name}", args=(cast.case.slug, *ids))


def sent(**fields: Any) -> dict[str, Any]:
    return {"kind": "interview", "title": "Parents", "date": "2027-03-26", "start": "09:00", "end": "09:45", **fields}


def filled(client: Client, url: str, **fields: Any) -> dict[str, Any]:
    """What a form holds when it is opened, with changes."""
    return {**client.get(url).context["form"].initial, **fields}


def told(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<dt>(.+?)</dt><dd dir="auto">(.+?)</dd>', page)


def test_what_somebody_else_chose_is_told_word_by_word(cast: Cast, visit: StudyVisit) -> None:
    site = factories.make_site(visit, "School 7")
    slot = factories.make_slot(visit, title="Parents", met={"ngos": 2})
    url = at(cast, "slot", slot.pk)
    theirs = sent(version=1, end="09:50", site=site.pk, lead=cast.friend.pk, is_interpreted="on", met_politicians=1)
    cast.client(cast.lead).post(url, theirs)

    answer = cast.client(cast.coordinator).post(url, sent(version=1, end="10:00", place="Σχολείο, аула", met_ngos=2))

    assert told(answer.content.decode()) == [
        ("To", "09:50"),
        ("Host site", "School 7"),
        ("Building and room", "nothing"),
        ("With an interpreter", "yes"),
        ("Who leads the talk", f"Friend, {cast.friend.city}"),
        ("Politicians", "1"),
        ("NGOs and partners", "nothing"),
    ]


def test_the_same_words_from_an_older_form_are_no_conflict(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit)
    url, client = at(cast, "slot", slot.pk), cast.client(cast.coordinator)

    answers = [client.post(url, sent(version=1, met_ngos=3)).status_code for _ in range(2)]

    assert (answers, Slot.objects.get().version) == ([303, 303], 2)


def test_a_slot_removed_while_somebody_wrote_keeps_the_words_and_comes_back_with_them(
    cast: Cast, visit: StudyVisit
) -> None:
    slot = factories.make_slot(visit)
    url, client = at(cast, "slot", slot.pk), cast.client(cast.coordinator)
    slots.remove_slot(cast.case, slot.pk, by=cast.lead)

    answer = client.post(url, sent(version=1, remarks="Ring twice"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lead removed this slot while you were writing." in page
    assert "Ring twice" in page
    assert at(cast, "slot_move", slot.pk) not in page
    assert client.get(url).status_code == 404
    again = client.post(url, sent(remarks="Ring twice", version=answer.context["form"].data["version"]))
    slot.refresh_from_db()
    assert (again.status_code, slot.removed_at, slot.remarks) == (303, None, "Ring twice")


def test_a_slot_comes_back_with_its_site_and_its_group(cast: Cast, visit: StudyVisit) -> None:
    site, group = factories.make_site(visit), factories.make_group(visit)
    slot = factories.make_slot(visit, site=site, group=group)
    slots.remove_slot(cast.case, slot.pk, by=cast.lead)
    places.remove_site(cast.case, site.pk, by=cast.lead)
    places.remove_group(cast.case, group.pk, by=cast.lead)

    slots.restore_slot(cast.case, slot.pk, by=cast.lead)

    assert (HostSite.objects.get().removed_at, VisitGroup.objects.get().removed_at) == (None, None)


def test_two_people_at_one_site_both_keep_their_words(cast: Cast, visit: StudyVisit) -> None:
    site = factories.make_site(visit, "School 7")
    url, client = at(cast, "site", site.pk), cast.client(cast.coordinator)
    mine = filled(client, url, contact="Ana, 0700")
    client.post(url, filled(client, url, address="Str. 1"))

    answer = client.post(url, mine)

    assert (answer.status_code, told(answer.content.decode())) == (
        409,
        [("Address", "Str. 1"), ("Who receives the group", "nothing")],
    )
    assert 'value="Ana, 0700"' in answer.content.decode()
    seen = answer.context["form"].data["seen"]
    assert client.post(url, {**mine, "address": "Str. 1", "seen": seen}).status_code == 303
    site.refresh_from_db()
    assert (site.address, site.contact) == ("Str. 1", "Ana, 0700")
    assert client.post(url, {**mine, "address": "Str. 1"}).status_code == 303


def test_two_people_at_one_group_both_keep_their_choice(cast: Cast, visit: StudyVisit) -> None:
    group = factories.make_group(visit, "Group A", [cast.lead])
    url, client = at(cast, "group", group.pk), cast.client(cast.coordinator)
    mine = filled(client, url, members=[cast.lead.pk, cast.rapporteur.pk])
    client.post(url, filled(client, url, members=[cast.friend.pk]))

    answer = client.post(url, mine)

    assert (answer.status_code, told(answer.content.decode())) == (409, [("Members", f"Friend, {cast.friend.city}")])
    seen = answer.context["form"].data["seen"]
    assert client.post(url, {**mine, "seen": seen}).status_code == 303
    assert set(group.members.all()) == {cast.lead, cast.rapporteur}


@pytest.mark.parametrize("thing", ["site", "group"])
def test_what_was_removed_while_somebody_wrote_comes_back_with_their_words(
    cast: Cast, visit: StudyVisit, thing: str
) -> None:
    made = factories.make_site(visit) if thing == "site" else factories.make_group(visit)
    url, client = at(cast, thing, made.pk), cast.client(cast.coordinator)
    mine = filled(client, url, name="Школа 7")
    client.post(at(cast, f"{thing}_remove", made.pk))

    answer = client.post(url, mine)

    assert (answer.status_code, "Somebody else removed this" in answer.content.decode()) == (409, True)
    assert client.post(url, {**mine, "seen": answer.context["form"].data["seen"]}).status_code == 303
    made.refresh_from_db()
    assert (made.name, made.removed_at) == ("Школа 7", None)


@pytest.mark.parametrize("thing", ["slot_new", "site", "group"])
def test_what_was_typed_stays_when_the_programme_is_frozen_meanwhile(cast: Cast, visit: StudyVisit, thing: str) -> None:
    made = {"site": factories.make_site(visit), "group": factories.make_group(visit)}
    url = at(cast, thing, *([made[thing].pk] if thing in made else []))
    StudyVisit.objects.update(status=VisitStatus.FROZEN)

    answer = cast.client(cast.coordinator).post(url, sent(title="Typed", name="Typed"))

    page = answer.content.decode()
    assert (answer.status_code, "The programme is frozen" in page, 'value="Typed"' in page) == (409, True, True)


def test_who_has_left_the_team_leads_nothing_and_goes_with_no_group(cast: Cast, visit: StudyVisit) -> None:
    group = factories.make_group(visit, "Group A", [cast.friend, cast.lead])
    talk = factories.make_slot(visit, title="Parents", lead=cast.friend, note_taker=cast.lead, place="Hall")
    meal = factories.make_slot(visit, "12:00", "13:00", title="Lunch", kind=SlotKind.MEAL, lead=cast.friend)
    Membership.objects.filter(case=cast.case, user=cast.friend).delete()

    plan = programme(visit, for_host=False)

    assert [(found.code, found.slots) for found in gaps(plan)] == [("left", (talk.pk,)), ("left", (meal.pk,))]
    assert gaps(plan)[0].text == (
        "“Parents”, Friday 26 March, 09:00: Friend is no longer in the team. Choose somebody else."
    )
    assert plan.groups[0].names == "Lead"
    client = cast.client(cast.lead)
    assert "Friend is no longer in the team" in client.get(at(cast)).content.decode()
    shown = client.get(at(cast, "groups")).content.decode()
    assert re.findall(r"<li>(\w+) <span", shown) == ["Lead"]
    assert group.members.count() == 2
    StudyVisit.objects.update(status=VisitStatus.HELD)
    held = programme(StudyVisit.objects.select_related("case").get(), for_host=False)
    assert (held.slots[0].has_left, held.groups[0].names) == ((), "Friend, Lead")


def test_a_visit_that_moved_away_from_its_programme_says_so(cast: Cast, visit: StudyVisit) -> None:
    factories.make_slot(visit)
    cast.case.visit_start, cast.case.visit_end = date(2027, 5, 10), date(2027, 5, 12)
    cast.case.save()
    client = cast.client(cast.coordinator)

    page = client.get(at(cast))

    assert (page.context["page"].is_elsewhere, [day.number for day in page.context["page"].days]) == (True, [None])
    assert "but no slot is" in page.content.decode()
    assert "outside the dates of the visit" in page.content.decode()
    moved = client.post(at(cast, "programme_move"), {"first_day": "2027-05-10"}, follow=True)
    assert "Every slot is now 45 days later." in moved.content.decode()
    assert moved.context["page"].is_elsewhere is False


def test_a_new_slot_follows_the_last_one_on_the_calendar_of_the_visit(cast: Cast, visit: StudyVisit) -> None:
    visit.time_zone = "America/Los_Angeles"
    visit.save()
    factories.make_slot(visit, "18:00", "19:00")

    start = cast.client(cast.lead).get(f"{at(cast, 'slot_new')}?day=2027-03-26").context["form"].initial["start"]

    assert f"{start:%H:%M}" == "19:15"


def test_many_clashes_are_folded_after_the_first_five(cast: Cast, visit: StudyVisit) -> None:
    for _ in range(4):
        factories.make_slot(visit)

    page = cast.client(cast.lead).get(at(cast)).content.decode()

    assert "6 clashes" in page
    assert re.findall(r"<summary>(\d more clash.*)</summary>", page) == ["1 more clash"]
