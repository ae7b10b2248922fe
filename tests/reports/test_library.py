"""The library: what is found, by whom, in which order, and what becomes of it when a report changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.models import User
from reports import search_index
from reports.actions.shelving import counts, fill, recount, reshelve
from reports.enums import Audience
from reports.models import EntryText, LibraryEntry, Publication, Shelf
from reports.queries.library import Wanted, entries
from reports.rendering.model import Recommendation as Recommended
from reviews.enums import Stage
from reviews.models import Action, Case, HostResponse, Recommendation
from tests.cast import Cast
from tests.factories import make_case, make_city, make_user
from tests.reports.conftest import Paper
from tests.reports.shelf import make_publication
from tests.reports.test_publication import corrected, published

pytestmark = pytest.mark.django_db

Capture = Callable[..., Any]


def titles(query: str = "", client: Client | None = None) -> list[str]:
    """The titles on a page of the library."""
    answer = (client or Client()).get(f"/library/?{query}")
    assert answer.status_code == 200
    return [row["entry"].title for row in answer.context["found"]]


def recommend(case: Case, text: str, decision: str = "", actions: str = "") -> Recommended:
    """A recommendation of a case as a report prints it, with response and actions."""
    row = Recommendation.objects.create(case=case, text=text, status="agreed")
    if decision:
        HostResponse.objects.create(recommendation=row, decision=decision, reason="Because")
    for status in actions.split():
        Action.objects.create(recommendation=row, text="Do it", status=status)
    return Recommended(number=row.pk, title=text, addressee="City council", when="2027", anchor=f"r{row.pk}")


def followed(**decisions: str) -> Publication:
    """A published report in its follow-up; each recommendation is `title="decision: statuses of actions"`."""
    case = make_case(host_city=make_city("Tallinn", slug="tallinn", country="EE"))
    told = [recommend(case, title, *[part.strip() for part in what.split(":")]) for title, what in decisions.items()]
    Case.objects.filter(pk=case.pk).update(stage=Stage.FOLLOW_UP)
    keys = list(case.recommendations.values_list("pk", flat=True))
    return make_publication(case=case, recommended=told, recommendation_ids=keys, city_name="Tallinn", country="EE")


# --- Finding -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["B", "A"]),
        ("q=timisoara", ["A"]),
        ("q=TIMIȘOARA%20housing", ["A"]),
        ("q=housing", ["B", "A"]),
        ("q=housing%20nowhere", []),
        ("theme=housing", ["B"]),
        ("place=RO", ["A"]),
        ("place=RO:Timi%C8%99oara", ["A"]),
        ("place=BE:Timi%C8%99oara", ["B", "A"]),
        ("year=2024", ["B"]),
        ("year=nonsense&theme=nonsense&kind=nonsense&sort=nonsense&principle=99", ["B", "A"]),
        ("principle=19", ["B"]),
        ("goal=11", ["B", "A"]),
        ("sort=oldest", ["A", "B"]),
        ("sort=city", ["B", "A"]),
        ("q=housing&theme=housing&place=BE&year=2024&goal=11", ["B"]),
    ],
)
def test_library_finds_by_words_and_filters(query: str, found: list[str]) -> None:
    one = make_case(host_city=make_city(), goals=[11])
    two = make_case(host_city=make_city(), principles=[19], goals=[1, 11])
    make_publication(1, case=one, title="A", city_name="Timișoara", country="RO", words="housing for roma")
    make_publication(2, case=two, title="B", theme="housing", year=2024, words="ghent housing first")
    assert titles(query) == found


def test_practices_and_recommendations_are_found_by_themselves() -> None:
    told = Recommended(number=3, title="Name one owner.", reason="Nobody is.", addressee="Council", when="2027")
    make_publication(practices=["Doors open at noon."], recommended=[told], words="<b>Much</b> else")
    page = Client().get("/library/?kind=recommendation").content.decode()
    assert titles("kind=practice") == ["Doors open at noon."]
    assert titles("kind=practice&q=owner") == []
    assert titles("kind=recommendation&q=nobody") == ["Name one owner."]
    assert LibraryEntry.objects.get(kind="recommendation").summary == "Nobody is."
    for words in ("Recommendation 3 in", "For Council", "2027", "/library/report-1/"):
        assert words in page


def test_publication_is_found_by_the_words_of_its_chapters(cast: Cast, paper: Paper) -> None:
    paper.text = "Wir <strong>fördern</strong> alle"
    published(cast)
    assert titles("q=FORDERN+Findings+Timisoara") == [cast.case.title]
    assert titles("q=strong") == []
    assert "<mark>fördern</mark>" in Client().get("/library/?q=ford").content.decode()


def test_tabs_count_what_fits_and_keep_the_search() -> None:
    told = Recommended(number=1, title="Build more housing.")
    make_publication(1, words="housing", recommended=[told], practices=["Housing first."])
    make_publication(2, words="schools", practices=["A school that stays open."])
    plain, narrow = Client().get("/library/"), Client().get("/library/?q=housing&theme=education")
    assert [tab["count"] for tab in plain.context["tabs"]] == [2, 2, 1]
    assert [tab["count"] for tab in narrow.context["tabs"]] == [1, 1, 1]
    assert narrow.context["tabs"][1]["url"] == "?kind=practice&q=housing&theme=education"
    assert "Education (2)" in plain.content.decode()


def test_library_has_twenty_on_a_page_and_keeps_the_search() -> None:
    for number in range(21):
        make_publication(number, words="housing")
    answer = Client().get("/library/?q=housing")
    assert len(answer.context["found"]) == 20
    assert 'href="?q=housing&amp;page=2"' in answer.content.decode()
    assert len(titles("q=housing&page=2")) == 1
    assert len(titles("q=housing&page=999")) == 1


def test_nothing_found_says_what_to_do_and_nothing_there_says_why() -> None:
    assert "No report has been published yet" in Client().get("/library/").content.decode()
    make_publication(1)
    assert "Nothing found" in Client().get("/library/?q=unheard").content.decode()
    assert "None yet" in Client().get("/library/?kind=practice").content.decode()


def test_library_costs_the_same_queries_for_any_number(django_assert_num_queries: Capture) -> None:
    client = Client()
    for count in range(3):
        told = recommend(case := make_case(host_city=make_city()), "Do it", "accepted", "done")
        Case.objects.filter(pk=case.pk).update(stage=Stage.FOLLOW_UP)
        keys = list(case.recommendations.values_list("pk", flat=True))
        make_publication(count, case=case, words="x", recommended=[told], recommendation_ids=keys, year=2020 + count)
        costs = {"": 2, "q=report": 4, "theme=education": 3, "kind=recommendation": 5, "kind=recommendation&q=do": 7}
        for query, cost in costs.items():
            with django_assert_num_queries(cost):
                assert client.get(f"/library/?{query}").status_code == 200
        with django_assert_num_queries(7):
            assert client.get(f"/library/cities/{case.host_city.slug}/").status_code == 200


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_first_page_of_the_library_reads_an_index_and_sorts_nothing() -> None:
    make_publication(1)
    with connection.cursor() as cursor:
        sql, values = entries(Wanted())[:20].query.sql_with_params()
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "library_entry_newest" in plan
    assert "TEMP B-TREE" not in plan


# --- Who finds what ----------------------------------------------------------------------------------
def test_reports_for_members_are_nowhere_for_strangers_and_marked_for_members() -> None:
    make_publication(1, title="For all", practices=["Open"])
    make_publication(2, title="For members", practices=["Kept"], audience=Audience.MEMBERS, city_name="Riga")
    member = Client()
    member.force_login(make_user(city=make_city()))
    outsider = Client()
    outsider.force_login(make_user(city=None))
    assert titles() == titles(client=outsider) == ["For all"]
    assert titles("q=members") == []
    assert titles(client=member) == ["For members", "For all"]
    assert titles("kind=practice", client=member) == ["Kept", "Open"]
    page = member.get("/library/").content.decode()
    assert page.count("For members only") == 1
    assert "Riga" in page
    assert "Riga" not in Client().get("/library/").content.decode()


def test_withdrawn_report_is_nowhere() -> None:
    gone = make_publication(1, practices=["Kept"], words="secret")
    Publication.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now(), withdrawal_reason="A name in it.")
    for query in ("", "q=secret", "kind=practice"):
        assert titles(query) == []
    reshelve(gone.case)
    assert not LibraryEntry.objects.exists()
    assert Client().get("/library/").context["has_any"] is False
    assert Client().get(f"/library/cities/{gone.case.host_city.slug}/").status_code == 404


def test_new_version_takes_the_place_of_the_one_before(cast: Cast, paper: Paper) -> None:
    paper.text = "Old words"
    published(cast)
    corrected(cast, paper, "New words")
    assert titles("q=old") == []
    assert titles("q=new") == [cast.case.title]
    assert Shelf.objects.get(audience="public").counts["report"]["all"] == [[1]]


# --- What became of it -------------------------------------------------------------------------------
def test_recommendations_are_found_by_what_became_of_them() -> None:
    followed(Taken="accepted: done stopped", Part="partly: on_track done", Refused="rejected:", Open=":")
    expected = {
        "accepted": ["Taken"],
        "partly": ["Part"],
        "rejected": ["Refused"],
        "none": ["Open"],
        "under_way": ["Part"],
        "done": ["Taken"],
    }
    assert {status: titles(f"kind=recommendation&status={status}") for status in expected} == expected
    page = Client().get("/library/?kind=recommendation").content.decode()
    assert "Partly accepted (1)" in page
    assert page.count("Under way</span>") == 1


def test_status_is_told_only_while_the_follow_up_is_public() -> None:
    found = followed(Taken="accepted: done")
    Case.objects.update(stage=Stage.REPORTING)
    page = Client().get("/library/?kind=recommendation").content.decode()
    assert "Accepted" not in page
    assert titles("kind=recommendation") == ["Taken"]
    assert titles("kind=recommendation&status=accepted") == []
    assert "Accepted" not in Client().get(f"/library/cities/{found.case.host_city.slug}/").content.decode()


def test_city_shows_its_reports_practices_and_what_became_of_recommendations() -> None:
    followed(Taken="accepted: done", Open=":")
    page = Client().get("/library/cities/tallinn/").content.decode()
    for words in ("Tallinn", "Report 1", "Taken", "Accepted", "Done", "No response yet", "2 recommendations"):
        assert words in page
    assert Client().get("/library/cities/nowhere/").status_code == 404


# --- Keeping in step ---------------------------------------------------------------------------------
def test_what_was_published_before_the_library_is_put_into_it_once() -> None:
    make_publication(1, words="housing", practices=["Doors"])
    LibraryEntry.objects.all().delete()
    Shelf.objects.all().delete()
    assert titles("q=housing") == []
    assert (fill(), fill()) == (1, 0)
    assert titles("q=housing") == ["Report 1"]
    assert Shelf.objects.get(audience="members").counts == counts()["members"]


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_index_that_lost_its_triggers_is_made_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER reports_entrytext_found_in")
    make_publication(1, words="housing")
    assert titles("q=housing") == []
    search_index.make_index()
    assert titles("q=housing") == ["Report 1"]
    EntryText.objects.update(words=" gardens ")
    assert (titles("q=housing"), titles("q=gardens")) == ([], ["Report 1"])


def test_counting_again_gives_the_same(django_user_model: type[User]) -> None:
    make_publication(1, case=make_case(host_city=make_city(), principles=[1, 2]), audience=Audience.MEMBERS)
    make_publication(2, practices=["Doors"])
    kept = {row.audience: row.counts for row in Shelf.objects.all()}
    recount()
    assert {row.audience: row.counts for row in Shelf.objects.all()} == kept
    assert kept["public"]["report"]["all"] == [[1]]
    assert kept["members"]["report"]["all"] == [[2]]
    assert kept["members"]["report"]["pillar"] == [[1, 1], [2, 1]]
