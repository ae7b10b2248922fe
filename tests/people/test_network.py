"""The cities and working groups of the network, kept by the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from people.actions.network import save_city
from people.models import City, User, WorkingGroup
from tests.cast import logged_in
from tests.factories import make_city, make_user, make_working_group

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

TIMISOARA = {"name": "Timișoara", "country": "RO", "language": "ro", "time_zone": "Europe/Bucharest", "population": ""}


@pytest.fixture
def keeper() -> Client:
    return logged_in(make_user("Keeper", is_secretariat=True))


def test_first_city_and_group_make_a_first_review_possible(keeper: Client) -> None:
    """A new installation has neither: without this page nobody could propose anything."""
    page = keeper.get(reverse("people:network")).content.decode()
    assert "No city yet." in page
    assert "No working group yet." in page
    assert keeper.post(reverse("people:network_new_city"), TIMISOARA).headers["Location"] == reverse("people:network")
    assert keeper.post(reverse("people:network_new_group"), {"name": "Roma Inclusion"}).status_code == 302
    values = City.objects.values_list("name", "slug", "country", "language", "time_zone", "population")
    assert list(values) == [("Timișoara", "timisoara", "RO", "ro", "Europe/Bucharest", None)]
    assert list(WorkingGroup.objects.values_list("name", "slug")) == [("Roma Inclusion", "roma-inclusion")]
    form = keeper.get(reverse("reviews:new")).content.decode()
    assert ">Timișoara</option>" in form
    assert ">Roma Inclusion</option>" in form
    assert f'href="{reverse("people:network")}"' in form


def test_change_keeps_the_address(keeper: Client) -> None:
    town = make_city("Temesvar", slug="temesvar", country="HU")
    group = make_working_group(name="Roma", slug="roma")
    keeper.post(reverse("people:network_city", args=["temesvar"]), {**TIMISOARA, "population": "251000"})
    keeper.post(reverse("people:network_group", args=["roma"]), {"name": "Roma Inclusion", "description": "Schools"})
    town.refresh_from_db()
    group.refresh_from_db()
    assert (town.name, town.slug, town.country, town.population) == ("Timișoara", "temesvar", "RO", 251000)
    assert (group.name, group.slug, group.description) == ("Roma Inclusion", "roma", "Schools")


def test_change_of_somebody_else_is_not_replaced_unseen(keeper: Client) -> None:
    group = make_working_group(name="Roma", slug="roma")
    address = reverse("people:network_group", args=["roma"])
    seen = keeper.get(address).context["form"].initial["seen"]
    keeper.post(address, {"name": "Roma", "description": "Schools", "seen": seen})
    refused = keeper.post(address, {"name": "Roma", "description": "Homes", "seen": seen})
    group.refresh_from_db()
    assert (refused.status_code, group.description) == (422, "Schools")
    html = refused.content.decode()
    assert "Now there: What it is about: Schools" in html
    assert "Homes</textarea>" in html
    keeper.post(address, {"name": "Roma", "description": "Homes", "seen": refused.context["form"]["seen"].value()})
    group.refresh_from_db()
    assert group.description == "Homes"


def test_change_at_the_same_moment_is_shown_before_it_is_replaced(
    keeper: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = make_city("Ghent", slug="ghent")
    address = reverse("people:network_city", args=["ghent"])
    typed = {name: value or "" for name, value in keeper.get(address).context["form"].initial.items()}

    def later(*args: Any, **options: Any) -> City:
        City.objects.update(population=7)  # the form was checked, and nothing is saved yet
        return save_city(*args, **options)

    monkeypatch.setattr("people.views.network.save_city", later)
    refused = keeper.post(address, {**typed, "population": "8"})
    city.refresh_from_db()
    assert (refused.status_code, city.population) == (422, 7)
    assert "Now there: Population: 7" in refused.content.decode()
    assert keeper.post(address, {**typed, "population": "7"}).status_code == 302


@pytest.mark.parametrize("change", [{"name": ""}, {"country": "ZZ"}, {"time_zone": "Mars/Base"}, {"population": "-1"}])
def test_wrong_city_is_refused_with_what_was_typed(keeper: Client, change: dict[str, str]) -> None:
    answer = keeper.post(reverse("people:network_new_city"), {**TIMISOARA, **change})
    assert answer.status_code == 422
    assert "Please check what you wrote" in answer.content.decode()
    assert City.objects.count() == 0


def test_same_city_and_same_group_are_refused_whatever_their_case(keeper: Client) -> None:
    make_city("timișoara", country="RO")
    make_working_group(name="roma inclusion")
    city = keeper.post(reverse("people:network_new_city"), TIMISOARA)
    group = keeper.post(reverse("people:network_new_group"), {"name": "Roma Inclusion"})
    assert (city.status_code, group.status_code) == (422, 422)
    assert "This city is in the network already." in city.content.decode()
    assert "A working group of this name is there already." in group.content.decode()
    assert (City.objects.count(), WorkingGroup.objects.count()) == (1, 1)


def test_names_without_latin_letters_and_names_of_two_countries_have_addresses(keeper: Client) -> None:
    for name, country in (("София", "BG"), ("Θεσσαλονίκη", "GR"), ("Córdoba", "ES"), ("Cordoba", "PT")):
        keeper.post(reverse("people:network_new_city"), {**TIMISOARA, "name": name, "country": country})
    assert set(City.objects.values_list("slug", flat=True)) == {"city", "city-2", "cordoba", "cordoba-2"}


def test_list_asks_the_same_number_of_questions_however_long(
    keeper: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (1, 3):
        for _ in range(rows):
            make_city()
            make_working_group()
        with django_assert_num_queries(6):
            assert keeper.get(reverse("people:network")).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "network",
        "network_new_city",
        "network_new_group",
        "network_city",
        "network_group",
        "people",
        "person",
        "remove_person",
    ],
)
def test_network_is_kept_by_the_secretariat_alone(keeper: Client, name: str) -> None:
    city, group = make_city(), make_working_group()
    slugs = {"network_city": [city.slug], "network_group": [group.slug]}
    somebody = make_user("Other", city=city)
    address = reverse(f"people:{name}", args=[somebody.pk] if name.endswith("person") else slugs.get(name, []))
    other = logged_in(somebody)
    assert keeper.get(address).status_code == 200
    assert {other.get(address).status_code, other.post(address, TIMISOARA).status_code} <= {403, 405}
    assert Client().get(address).headers["Location"] == f"{reverse('people:login')}?next={address}"
    assert [row.name for row in City.objects.all()] == [city.name]
    assert User.objects.get(pk=somebody.pk).city == city


def test_what_is_not_there_is_not_changed(keeper: Client) -> None:
    gone = [reverse("people:network_city", args=["no-city"]), reverse("people:network_group", args=["no-group"])]
    assert [keeper.post(address, TIMISOARA).status_code for address in gone] == [404, 404]


# --- Who belongs to a city ---------------------------------------------------------------------------
def test_nobody_gives_themselves_a_city_and_with_it_a_review_to_propose(keeper: Client) -> None:
    city = make_city("Riga")
    person = make_user("Ana")
    own = logged_in(person)
    own.post(reverse("people:account"), {"name": "Ana", "city": city.pk})
    assert User.objects.get(pk=person.pk).city is None
    assert "The secretariat says it." in own.get(reverse("people:account")).content.decode()
    assert "Ask the secretariat" in own.get(reverse("reviews:new")).content.decode()
    assert keeper.post(reverse("people:person", args=[person.pk]), {"city": city.pk}).status_code == 302
    assert ">Riga</option>" in own.get(reverse("reviews:new")).content.decode()
    assert keeper.post(reverse("people:person", args=[person.pk]), {"city": 0}).status_code == 422


def test_people_are_found_by_name_address_and_city(keeper: Client) -> None:
    make_user("Ana Pop", email="ana@example.org", city=make_city("Riga"))
    for text, found in (("riga", 1), ("ANA", 1), ("ana@", 1), ("nobody", 0)):
        assert len(keeper.get(reverse("people:people"), {"text": text}).context["page"]) == found


def test_list_of_people_asks_the_same_number_of_questions_however_long(
    keeper: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (1, 3):
        for _ in range(rows):
            make_user(city=make_city())
        with django_assert_num_queries(6):
            assert keeper.get(reverse("people:people")).status_code == 200
