"""Notes: fast, never twice, never lost, and never for the host."""

import re
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from people.errors import NotAllowed, NotThere, StaleText
from reviews.enums import Role, Stage
from reviews.models import InterestDeclaration
from tests import factories
from tests.cast import Cast
from visits.actions import notes as actions
from visits.actions.notes import NoteValues
from visits.enums import NoteKind, SourceGroup
from visits.models import Note, StudyVisit

JSON = {"accept": "application/json"}


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    return factories.make_visit(cast.at(Stage.FEEDBACK))


def at(cast: Cast, name: str = "notes", *ids: int) -> str:
    return reverse(f"visits:{name}", args=(cast.case.slug, *ids))


def values(text: str = "Parents like the café.", **fields: Any) -> NoteValues:
    return NoteValues(**{"kind": NoteKind.HEARD, "text": text, **fields})


# --- who ------------------------------------------------------------------------------------------
def test_the_host_never_reads_notes_and_strangers_know_of_none(cast: Cast, visit: StudyVisit) -> None:
    note = factories.make_note(visit, cast.friend)
    expected = {
        name: 404 if name == "stranger" else 403 if name in {"coordinator", "sponsor", "contributor"} else 200
        for name in cast.people
    }

    assert {name: cast.client(user).get(at(cast)).status_code for name, user in cast.people.items()} == expected
    for name in ("coordinator", "sponsor", "contributor"):
        assert cast.client(cast.people[name]).get(at(cast, "note", note.pk)).status_code == 403
        assert cast.client(cast.people[name]).post(at(cast, "note_write"), {"text": "x"}).status_code == 403


def test_before_declaring_interests_nobody_writes(cast: Cast, visit: StudyVisit) -> None:
    InterestDeclaration.objects.filter(user=cast.friend).delete()

    with pytest.raises(NotAllowed, match="Declare your interests first"):
        actions.write_note(cast.case, uuid4(), by=cast.friend, values=values(), version=0)


def test_an_observers_notes_are_for_the_observer_alone(cast: Cast, visit: StudyVisit) -> None:
    actions.write_note(cast.case, uuid4(), by=cast.observer, values=values("OBSERVED"), version=0)
    note = Note.objects.get()

    assert note.is_private
    assert "OBSERVED" in cast.client(cast.observer).get(at(cast)).content.decode()
    for name in ("lead", "friend", "rapporteur", "secretariat"):
        client = cast.client(cast.people[name])
        assert "OBSERVED" not in client.get(at(cast)).content.decode()
    for name in ("lead", "friend", "rapporteur"):
        assert cast.client(cast.people[name]).get(at(cast, "note", note.pk)).status_code == 404


def test_an_observer_who_also_reviews_writes_for_the_team(cast: Cast, visit: StudyVisit) -> None:
    factories.make_member(cast.case, Role.CRITICAL_FRIEND, cast.observer)

    actions.write_note(cast.case, uuid4(), by=cast.observer, values=values(), version=0)

    assert not Note.objects.get().is_private


def test_the_team_reads_all_team_notes_and_changes_only_its_own(cast: Cast, visit: StudyVisit) -> None:
    note = factories.make_note(visit, cast.friend, "TEAM NOTE")

    assert "TEAM NOTE" in cast.client(cast.rapporteur).get(at(cast)).content.decode()
    answer = cast.client(cast.rapporteur).post(at(cast, "note", note.pk), {"text": "Mine now", "version": 1})
    assert answer.status_code == 403
    assert "Only Friend can change this note" in answer.content.decode()
    assert cast.client(cast.lead).post(at(cast, "note_remove", note.pk)).status_code == 403
    note.refresh_from_db()
    assert (note.text, note.removed_at) == ("TEAM NOTE", None)


# --- writing --------------------------------------------------------------------------------------
def test_a_note_sent_twice_is_one_note(cast: Cast, visit: StudyVisit) -> None:
    sent = {"text": "Parents come back.", "kind": "heard", "client_id": str(uuid4()), "version": "0"}
    client = cast.client(cast.friend)

    answers = [client.post(at(cast, "note_write"), sent, headers=JSON) for _ in range(2)]

    assert [(answer.status_code, answer.json()["version"]) for answer in answers] == [(200, 1), (200, 1)]
    assert [(note.text, note.author, note.version) for note in Note.objects.all()] == [
        ("Parents come back.", cast.friend, 1)
    ]


def test_typing_on_after_a_lost_answer_goes_on(cast: Cast, visit: StudyVisit) -> None:
    name = uuid4()
    actions.write_note(cast.case, name, by=cast.friend, values=values("Parents"), version=0)

    saved = actions.write_note(cast.case, name, by=cast.friend, values=values("Parents come back."), version=0)

    assert (saved.version, Note.objects.get().text) == (2, "Parents come back.")


def test_a_note_changed_in_another_window_is_not_overwritten(cast: Cast, visit: StudyVisit) -> None:
    name = uuid4()
    actions.write_note(cast.case, name, by=cast.friend, values=values("First words"), version=0)
    actions.change_note(cast.case, Note.objects.get().pk, by=cast.friend, values=values("Other words"), version=1)

    with pytest.raises(StaleText) as stale:
        actions.write_note(cast.case, name, by=cast.friend, values=values("First words and more"), version=1)

    assert (stale.value.version, stale.value.texts) == (2, {"text": "Other words"})
    assert Note.objects.get().text == "Other words"


def test_an_empty_form_makes_no_note(cast: Cast, visit: StudyVisit) -> None:
    client = cast.client(cast.friend)

    answer = client.post(at(cast, "note_write"), {"text": "  \n", "client_id": str(uuid4())}, headers=JSON)

    assert (answer.status_code, answer.json()["version"], Note.objects.count()) == (200, 0, 0)


def test_somebody_elses_client_id_is_not_there(cast: Cast, visit: StudyVisit) -> None:
    name = uuid4()
    actions.write_note(cast.case, name, by=cast.friend, values=values("Mine"), version=0)

    with pytest.raises(NotThere):
        actions.write_note(cast.case, name, by=cast.lead, values=values("Mine and more"), version=1)
    assert Note.objects.get().text == "Mine"


@pytest.mark.parametrize("thing", ["slot", "site"])
def test_slots_and_sites_of_another_case_are_refused(cast: Cast, visit: StudyVisit, thing: str) -> None:
    other = factories.make_visit(factories.make_case())
    foreign = factories.make_slot(other) if thing == "slot" else factories.make_site(other)

    with pytest.raises(NotThere):
        actions.write_note(
            cast.case, uuid4(), by=cast.friend, values=values(**dict[str, Any]({f"{thing}_id": foreign.pk})), version=0
        )
    sent = {"text": "x", "client_id": str(uuid4()), thing: foreign.pk}
    assert cast.client(cast.friend).post(at(cast, "note_write"), sent, headers=JSON).status_code == 422
    assert Note.objects.count() == 0


def test_a_note_of_another_case_is_not_there(cast: Cast, visit: StudyVisit) -> None:
    other = factories.make_case()
    factories.make_member(other, Role.CRITICAL_FRIEND, cast.friend)
    foreign = factories.make_note(factories.make_visit(other), cast.friend)
    client = cast.client(cast.friend)

    assert client.get(at(cast, "note", foreign.pk)).status_code == 404
    for verb in ("note_remove", "note_restore"):
        assert client.post(at(cast, verb, foreign.pk)).status_code == 404


def test_the_button_gives_an_empty_form_for_the_same_talk(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(
        visit, met={SourceGroup.FAMILIES: 6, SourceGroup.NGOS: 6}, site=factories.make_site(visit)
    )
    client = cast.client(cast.friend)
    sent = {"text": "Nobody asks.", "kind": "quote", "source_group": "ngos", "slot": slot.pk, "client_id": str(uuid4())}

    answer = client.post(at(cast, "note_write"), sent)

    form = client.get(answer["Location"]).context["form"]
    assert answer.status_code == 303
    assert {name: form[name].value() for name in ("text", "kind", "source_group", "slot", "site")} == {
        "text": None,
        "kind": "quote",
        "source_group": "ngos",
        "slot": slot.pk,
        "site": slot.site_id,
    }
    assert str(form["client_id"].value()) != sent["client_id"]


def test_the_one_group_of_a_talk_is_filled_in(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit, met={SourceGroup.FAMILIES: 6})

    form = cast.client(cast.friend).get(at(cast), {"slot": slot.pk}).context["form"]

    assert form["source_group"].value() == "families"


def test_without_a_choice_the_form_is_for_the_talk_that_takes_place_now(cast: Cast, visit: StudyVisit) -> None:
    assert cast.case.visit_start
    slot = factories.make_slot(visit, "09:00", "10:00", met={SourceGroup.FAMILIES: 6})
    factories.make_slot(visit, "11:00", "12:00", met={SourceGroup.NGOS: 6})

    with time_machine.travel(f"{cast.case.visit_start}T09:30:00+02:00", tick=False):
        answer = cast.client(cast.friend).get(at(cast))

    assert answer.context["slot"].id == slot.pk


def test_changing_ones_own_note_saves_and_tells_what_is_stale(cast: Cast, visit: StudyVisit) -> None:
    note = factories.make_note(visit, cast.friend)
    client, url = cast.client(cast.friend), at(cast, "note", note.pk)

    first = client.post(url, {"text": "Better words", "kind": "seen", "version": 1}, headers=JSON)
    stale = client.post(url, {"text": "Other words", "kind": "seen", "version": 1}, headers=JSON)

    note.refresh_from_db()
    assert (first.json()["version"], note.text, note.kind) == (2, "Better words", "seen")
    assert (stale.status_code, stale.json()["texts"]) == (409, {"text": "Better words"})


def test_a_removed_note_can_be_brought_back(cast: Cast, visit: StudyVisit) -> None:
    note = factories.make_note(visit, cast.friend)
    client = cast.client(cast.friend)

    answer = client.post(at(cast, "note_remove", note.pk))

    page = client.get(answer["Location"]).content.decode()
    assert (note.text in page, at(cast, "note_restore", note.pk) in page) == (False, True)
    client.post(at(cast, "note_restore", note.pk))
    assert note.text in client.get(at(cast)).content.decode()


# --- the list -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"heard", "seen", "used"}),
        ({"kind": "seen"}, {"seen"}),
        ({"group": "families"}, {"heard"}),
        ({"linked": "yes"}, {"used"}),
        ({"linked": "no"}, {"heard", "seen"}),
        ({"kind": "nonsense"}, {"heard", "seen", "used"}),
    ],
)
def test_the_list_is_narrowed(cast: Cast, visit: StudyVisit, asked: dict[str, str], expected: set[str]) -> None:
    factories.make_note(visit, cast.lead, "heard", source_group=SourceGroup.FAMILIES)
    factories.make_note(visit, cast.friend, "seen", kind=NoteKind.SEEN)
    factories.make_finding(cast.case, notes=[factories.make_note(visit, cast.friend, "used")])

    answer = cast.client(cast.rapporteur).get(at(cast), asked)

    assert {shown.note.text for shown in answer.context["notes"]} == expected


def test_no_two_fields_of_the_page_share_their_label(cast: Cast, visit: StudyVisit) -> None:
    """The form of a note and the choice of the list both ask for a kind and a talk."""
    ids = re.findall(r' id="([^"]+)"', cast.client(cast.friend).get(at(cast)).content.decode())
    assert sorted(ids) == sorted(set(ids))


def test_the_list_of_a_talk_and_of_an_author(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit)
    factories.make_note(visit, cast.lead, "here", slot=slot)
    factories.make_note(visit, cast.friend, "elsewhere")
    client = cast.client(cast.lead)

    for asked, expected in (({"slot": slot.pk}, ["here"]), ({"author": cast.friend.pk}, ["elsewhere"])):
        assert [shown.note.text for shown in client.get(at(cast), asked).context["notes"]] == expected


def test_few_people_and_possible_names_are_hints_that_stop_nothing(cast: Cast, visit: StudyVisit) -> None:
    slot = factories.make_slot(visit, met={SourceGroup.POLITICIANS: 2})
    sent = {"text": "Today Maria Popescu said so.", "slot": slot.pk, "client_id": str(uuid4())}
    client = cast.client(cast.friend)

    answer = client.post(at(cast, "note_write"), sent, headers=JSON)

    page = client.get(at(cast), {"slot": slot.pk}).content.decode()
    assert (answer.status_code, answer.json()["names"]) == (200, ["Maria Popescu"])
    assert "2 politicians. Readers could recognise who spoke." in page
    assert "This may name a person: Maria Popescu." in page


def test_hostile_text_is_shown_and_does_nothing(cast: Cast, visit: StudyVisit) -> None:
    factories.make_note(visit, cast.friend, "<script>alert(1)</script><b onclick=x>سلام</b>\n\n" + "y" * 5000)

    page = cast.client(cast.lead).get(at(cast)).content.decode()

    assert ("<script>alert(1)" in page, "<b onclick" in page, "سلام" in page) == (False, False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, visit: StudyVisit, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        slot = factories.make_slot(visit, site=factories.make_site(visit), met={SourceGroup.NGOS: 8})
        note = factories.make_note(visit, cast.friend, slot=slot, site=slot.site)
        factories.make_finding(cast.case, notes=[note])
    client = cast.client(cast.friend)

    with django_assert_num_queries(17):
        client.get(at(cast))


def test_two_hundred_notes_come_in_pages(cast: Cast, visit: StudyVisit) -> None:
    Note.objects.bulk_create(Note(visit=visit, author=cast.friend, text=f"note {n}") for n in range(120))
    client = cast.client(cast.lead)

    sizes = [len(client.get(at(cast), {"page": page}).context["notes"]) for page in ("1", "3", "99", "x")]

    assert sizes == [50, 20, 20, 50]
