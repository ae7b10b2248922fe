"""For programs: open data, the feed, the site map, structured data, and the picture of a report."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest
from django.core.files.storage import default_storage
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from reports.cards import structured
from reports.enums import Audience, Licence
from reports.models import Publication
from reports.open_data import FIELDS, rows_of
from reports.rendering.model import Chapter, People, Person, RichText, serialise
from reports.rendering.model import Recommendation as Recommended
from reports.rendering.social import HEIGHT, WIDTH, Card, draw
from reviews.models import HostResponse, Recommendation
from tests.factories import make_case, make_city
from tests.reports.shelf import content_with, make_publication
from tests.reports.test_library import followed

pytestmark = pytest.mark.django_db

Capture = Callable[..., Any]
ATOM = "{http://www.w3.org/2005/Atom}"
FORMULA = "=HYPERLINK(1)"


def text_of(answer: HttpResponseBase) -> str:
    """All that was streamed."""
    return b"".join(cast("Iterable[bytes]", answer)).decode()


def rows(what: str) -> list[dict[str, Any]]:
    """The rows of one list."""
    found: list[dict[str, Any]] = json.loads(text_of(Client().get(f"/library/data/{what}.json")))["rows"]
    return found


# --- Lists -------------------------------------------------------------------------------------------
def test_rows_have_the_documented_fields_and_say_what_was_published() -> None:
    found = followed(Taken="accepted: done", Open=":")
    make_publication(2, practices=["Doors open at noon.</p><p>Every day."], language="de", version=2)
    page = Client().get("/library/data/").content.decode()
    for what, fields in FIELDS.items():
        assert {tuple(row) for row in rows(what)} == {tuple(fields)}
        assert all(f"<code>{name}</code>" in page for name in fields)
    by_title = {row["title"]: row for row in rows("recommendations")}
    assert (by_title["Taken"]["response"], by_title["Taken"]["progress"]) == ("accepted", "done")
    assert (by_title["Open"]["response"], by_title["Open"]["progress"]) == ("none", "")
    assert by_title["Taken"]["addressee"] == "City council"
    assert by_title["Taken"]["address"].startswith("http://localhost:8000/library/report-1/#r")
    [practice] = rows("practices")
    assert practice["text"] == "Doors open at noon.\nEvery day."
    assert (practice["licence"], practice["licence_url"]) == (
        "CC-BY-4.0",
        "https://creativecommons.org/licenses/by/4.0/",
    )
    assert {row["id"] for row in rows("reports")} == {found.slug, "report-2"}


def test_lists_hold_only_what_everybody_may_read() -> None:
    make_publication(1, audience=Audience.MEMBERS, practices=["Kept"])
    gone = make_publication(2, practices=["Gone"])
    Publication.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now(), withdrawal_reason="A name in it.")
    make_publication(3, licence=Licence.RESERVED, practices=["Ours"], summary="Ours too")
    assert [row["id"] for row in rows("reports")] == ["report-3"]
    assert [(row["title"], row["text"], row["licence"]) for row in rows("practices")] == [("Ours", "", "reserved")]
    assert rows("reports")[0]["summary"] == ""
    for slug in ("report-1", "report-2", "nothing"):
        assert Client().get(f"/library/data/reports/{slug}.json").status_code == 404
    assert Client().get("/library/data/people.json").status_code == 404
    assert json.loads(Client().get("/library/data/reports/report-3.json").content)["chapters"] == []


def test_no_cell_is_a_formula_to_a_spreadsheet() -> None:
    make_publication(title=FORMULA, city_name="@city", practices=["+1", "-2", "\t=3", 'Quoted "words", and more'])
    answer = Client().get("/library/data/reports.csv")
    head, row = csv.reader(StringIO(text_of(answer)))
    assert head == list(FIELDS["reports"])
    assert (row[2], row[head.index("city")]) == (f"'{FORMULA}", "'@city")
    practices = list(csv.DictReader(StringIO(text_of(Client().get("/library/data/practices.csv")))))
    assert {row["text"] for row in practices} == {"'+1", "'-2", "'=3", 'Quoted "words", and more'}
    assert answer["Content-Disposition"] == 'attachment; filename="reports.csv"'


def test_same_answer_is_not_sent_twice_until_something_changes() -> None:
    found = followed(Taken="accepted: done")
    client, address = Client(), "/library/data/recommendations.json"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    assert client.get("/library/data/recommendations.csv")["ETag"] != first["ETag"]
    HostResponse.objects.filter(recommendation__case=found.case).update(decision="partly", version=2)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(("what", "cost"), [("reports", 2), ("practices", 2), ("recommendations", 4)])
def test_list_costs_the_same_queries_for_any_number(what: str, cost: int, django_assert_num_queries: Capture) -> None:
    for number in range(2):
        case = make_case(host_city=make_city(), stage="follow_up")
        row = Recommendation.objects.create(case=case, text="x", status="agreed")
        told = Recommended(number=1, title="Do it", anchor=f"r{row.pk}")
        make_publication(number, case=case, practices=["x"], recommended=[told], recommendation_ids=[row.pk])
        with django_assert_num_queries(cost):
            assert len(list(rows_of(what))) == number + 1


def test_one_report_has_its_parts_and_nobodys_name() -> None:
    people = People((Person(name="Ana Popescu", role="Lead"),))
    team = Chapter(title="Team", blocks=(people, RichText("<p>Who came</p>")), anchor="s2")
    content = content_with("What <b>we</b> found")
    kept = serialise(replace(content, chapters=(*content.chapters, team)))
    make_publication(1, practices=["Doors"], content=kept, recommended=[Recommended(number=1, title="Do it")])
    found = json.loads(Client().get("/library/data/reports/report-1.json").content)
    assert found["id"] == "report-1"
    assert [row["title"] for row in found["practices"]] == ["Doors"]
    assert [row["number"] for row in found["recommendations"]] == [1]
    assert found["chapters"][0]["paragraphs"] == ["What we found"]
    assert found["chapters"][1] == {"title": "Team", "paragraphs": ["Who came"]}
    assert "Popescu" not in json.dumps(found)


# --- Feed, site map, robots --------------------------------------------------------------------------
def test_feed_has_the_newest_of_a_search_that_everybody_may_read() -> None:
    make_publication(1, title="A \x08 & <b>", theme="housing", words="gardens")
    make_publication(2, title="B", words="gardens")
    make_publication(3, title="Kept", audience=Audience.MEMBERS)
    answer = Client().get("/library/feed.atom")
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")] == ["B", "A   & <b>"]
    assert root.findtext(f"{ATOM}entry/{ATOM}id") == "http://localhost:8000/library/report-2/"
    narrow = ET.fromstring(Client().get("/library/feed.atom?theme=housing&q=garden").content)  # noqa: S314 - our own
    assert len(narrow.findall(f"{ATOM}entry")) == 1
    assert narrow.findtext(f"{ATOM}id") == "http://localhost:8000/library/feed.atom?q=garden&theme=housing"
    again = Client().get("/library/feed.atom", headers={"If-Modified-Since": answer["Last-Modified"]})
    assert again.status_code == 304


def test_site_map_lists_what_everybody_may_read() -> None:
    made = make_publication(1)
    make_publication(2, audience=Audience.MEMBERS)
    answer = Client().get("/sitemap.xml")
    found = [row.text for row in ET.fromstring(answer.content).iter() if row.tag.endswith("loc")]  # noqa: S314 - our own
    assert found == [
        "http://localhost:8000/",
        "http://localhost:8000/library/",
        "http://localhost:8000/library/data/",
        f"http://localhost:8000/library/cities/{made.case.host_city.slug}/",
        "http://localhost:8000/library/report-1/",
    ]


def test_search_engines_stay_out_of_a_demonstration() -> None:
    with override_settings(DEMONSTRATION=True):
        assert "Disallow: /\n" in Client().get("/robots.txt").content.decode()
    with override_settings(DEMONSTRATION=False):
        page = Client().get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in page
    assert "Sitemap: http://localhost:8000/sitemap.xml" in page


# --- What other sites show ---------------------------------------------------------------------------
def test_structured_data_cannot_end_its_element() -> None:
    made = make_publication(title="</script><script>alert(1)</script>", summary="<!-- & \u2028")
    text = str(structured(made))
    assert "<" not in text
    assert json.loads(text)["name"] == "</script><script>alert(1)</script>"
    page = Client().get("/library/report-1/").content.decode()
    assert page.count("</script><script>") == 0
    assert '<script type="application/ld+json">{' in page
    assert 'property="og:image" content="http://localhost:8000/library/report-1/picture.png"' in page


def test_picture_is_drawn_once_and_for_public_reports_only(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Card] = []

    def keep(card: Card) -> bytes:
        drawn.append(card)
        return b"PNG"

    monkeypatch.setattr("reports.cards.draw", keep)
    make_publication(1, title=f"Housing {timezone.now()}")
    make_publication(2, audience=Audience.MEMBERS)
    first, second = (Client().get("/library/report-1/picture.png") for _ in range(2))
    assert (first.content, second.content, len(drawn)) == (b"PNG", b"PNG", 1)
    assert default_storage.exists(f"library/{drawn[0].digest}.png")
    again = Client().get("/library/report-1/picture.png", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert Client().get("/library/report-2/picture.png").status_code == 404


@pytest.mark.parametrize(
    "title",
    ["Timișoara: local action plan", "Θεσσαλονίκη · София", "عمّان: خدمات المدينة 2026", "A " * 300, "x" * 400, ""],
)
def test_picture_has_its_size_for_every_title(title: str) -> None:
    image = Image.open(BytesIO(draw(Card(title, "Ghent, Belgium", "Critical friend review", colour="#7a1f4b"))))
    assert image.size == (WIDTH, HEIGHT)
    assert image.convert("RGB").getpixel((2, 2)) == (0x7A, 0x1F, 0x4B)
    assert len(set(image.convert("L").tobytes())) > 20


def test_colour_that_is_none_is_ours() -> None:
    image = Image.open(BytesIO(draw(Card("T", "P", "B", colour="red;}"))))
    assert image.convert("RGB").getpixel((2, 2)) == (0x0F, 0x52, 0x57)
