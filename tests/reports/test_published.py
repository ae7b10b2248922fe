"""What was published: never changed, kept for members, cited, withdrawn."""

from __future__ import annotations

import hashlib
import json
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from people.errors import AlreadyDone, NotAllowed, NotReady
from people.models import Notification
from reports import citations, jobs
from reports.actions import consent
from reports.actions.shelving import fill
from reports.actions.withdrawal import withdraw_publication
from reports.contents import content_for
from reports.models import Document, LibraryEntry, Publication, Report, Shelf
from reports.models.publications import ContentFrozenError
from reports.queries.documents import newest_of_each
from reports.queries.publications import is_of_network, public_now
from reviews.access import seat_in
from reviews.actions.steps import take_step
from reviews.enums import EventKind, Role
from reviews.requirements import unmet
from reviews.steps import steps_for
from tests.cast import Cast
from tests.factories import make_city, make_member, make_user
from tests.reports.conftest import Paper
from tests.reports.test_approval import confirm
from tests.reports.test_publication import corrected, published
from tests.reports.test_report import final, fresh

pytestmark = pytest.mark.usefixtures("paper")

ADDRESS = "/library/timisoara/"
BESIDE = ("pdf/", "text/", "cite.bib", "cite.ris")


def kept_for_members(cast: Cast) -> Publication:
    """The report is published for members of the network."""
    final(cast)
    confirm(cast, "lead", "friend", "rapporteur")
    consent.give_consent(fresh(cast), by=cast.sponsor, audience="members", licence="reserved")
    take_step(cast.case, "publish_report", by=cast.secretariat)
    return Publication.objects.get()


def withdraw(cast: Cast, version: int = 1, **more: Any) -> list[Publication]:
    return withdraw_publication(cast.case, version, by=cast.secretariat, reason="A person can be recognised.", **more)


# --- Never changed -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"sha256": "1" * 64},
        {"title": "Other"},
        {"erratum": "x"},
        {"audience": "members"},
        {"version": 9},
    ],
)
def test_published_version_is_not_changed_by_any_door(cast: Cast, change: dict[str, Any]) -> None:
    row = published(cast)
    [(name, value)] = change.items()
    with pytest.raises(ContentFrozenError):
        Publication.objects.filter(pk=row.pk).update(**change)
    setattr(row, name, value)
    with pytest.raises(ContentFrozenError):
        row.save()
    with pytest.raises(ContentFrozenError):
        row.save(update_fields=[name])
    with pytest.raises(ContentFrozenError), transaction.atomic():
        Publication.objects.bulk_update([row], [name])
    assert getattr(Publication.objects.get(), name) != value


def test_circumstances_of_a_published_version_can_change(cast: Cast) -> None:
    row = published(cast)
    before = (row.sha256, row.content)
    row.is_current = False
    row.save()
    light = Publication.objects.only("is_current").get()
    light.is_current = True
    light.save()
    found = Publication.objects.get()
    assert (found.is_current, found.sha256, found.content) == (True, *before)


def test_text_of_a_version_in_public_is_not_erased(cast: Cast) -> None:
    published(cast)
    assert Publication.objects.all().erase() == 0
    assert Publication.objects.get().content != {}


def test_whole_life_after_publication_leaves_the_version_as_it_was(cast: Cast, paper: Paper) -> None:
    row = published(cast)
    before = (row.sha256, row.content, row.title, row.erratum)
    assert row.document_id is not None
    jobs.make(row.document_id)
    corrected(cast, paper)
    withdraw(cast, 2)
    row.refresh_from_db()
    assert (row.sha256, row.content, row.title, row.erratum) == before


# --- The hash that the imprint prints ----------------------------------------------------------------
def test_everybody_can_check_the_hash_of_the_text(cast: Cast) -> None:
    row = published(cast)
    content = Client().get(f"{ADDRESS}text/").content
    printed = row.content["imprint"]["sha256"]
    assert hashlib.sha256(content).hexdigest() == printed
    assert "imprint" not in json.loads(content)
    page = Client().get(ADDRESS).content.decode()
    assert (printed in page, row.content["imprint"]["citation"] in page) == (True, True)


def test_caches_ask_each_time_whether_a_pdf_still_stands(cast: Cast) -> None:
    row = published(cast)
    assert row.document_id is not None
    jobs.make(row.document_id)
    client = Client()
    first: Any = client.get(f"{ADDRESS}pdf/")
    assert b"".join(first.streaming_content)[:5] == b"%PDF-"
    assert first["Cache-Control"] == "public, no-cache"
    known = {"If-None-Match": first["ETag"]}
    assert client.get(f"{ADDRESS}pdf/", headers=known).status_code == 304
    withdraw(cast)
    assert client.get(f"{ADDRESS}pdf/", headers=known).status_code == 410


def test_archive_leaves_out_the_documents_of_what_was_withdrawn(cast: Cast) -> None:
    row = published(cast)
    assert row.document_id is not None
    jobs.make(row.document_id)
    assert row.document in newest_of_each(cast.case)
    withdraw(cast)
    assert row.document not in newest_of_each(cast.case)


# --- For members -------------------------------------------------------------------------------------
def test_what_is_kept_for_members_is_not_there_for_strangers(cast: Cast) -> None:
    row = kept_for_members(cast)
    assert row.content["confidentiality"] == "For members of the network"
    assert list(public_now()) == []
    stranger = make_user()
    for client in (Client(), cast.client(stranger)):
        assert [client.get(ADDRESS + part).status_code for part in ("", *BESIDE)] == [404] * 5
        assert "Timi" not in client.get("/library/").content.decode().split("<main", 1)[1]
    answer = cast.client(cast.contributor).get(ADDRESS)
    assert (answer.status_code, answer["X-Robots-Tag"], answer["Cache-Control"]) == (
        200,
        "noindex",
        "private, no-store",
    )
    assert "Kept for members." in answer.content.decode()
    assert row.document_id is not None
    jobs.make(row.document_id)
    pdf: Any = cast.client(cast.friend).get(f"{ADDRESS}pdf/")
    assert (pdf["Cache-Control"], b"".join(pdf.streaming_content)[:5]) == ("private, no-store", b"%PDF-")


def test_who_is_of_the_network(cast: Cast) -> None:
    alone, from_a_city = make_user(), make_user(city=make_city())
    elsewhere = make_member(cast.case, Role.OBSERVER, make_user()).user
    gone = make_user(city=make_city(), is_active=False)
    assert [is_of_network(user) for user in (alone, from_a_city, elsewhere, gone, cast.secretariat)] == [
        False,
        True,
        True,
        False,
        True,
    ]


def test_members_find_what_is_kept_for_them_in_the_library(cast: Cast) -> None:
    kept_for_members(cast)
    found = [ADDRESS in client.get("/library/").content.decode() for client in (cast.client(cast.friend), Client())]
    assert found == [True, False]


def test_public_version_tells_strangers_nothing_of_one_for_members(cast: Cast, paper: Paper) -> None:
    published(cast)
    kept_for_members_again(cast, paper)
    for client, newer in ((Client(), False), (cast.client(cast.friend), True)):
        page = client.get(ADDRESS).content.decode()
        assert ("timisoara-v2" in page, "There is a newer version" in page) == (newer, newer)


def kept_for_members_again(cast: Cast, paper: Paper) -> None:
    """A second version is published, for members of the network."""
    take_step(cast.case, "correct_report", by=cast.secretariat, reason="A number")
    paper.text = "Corrected"
    take_step(cast.case, "start_fact_check", by=cast.lead)
    final_again(cast)
    consent.give_consent(fresh(cast), by=cast.sponsor, audience="members", licence="reserved")
    take_step(cast.case, "publish_report", by=cast.secretariat)


def final_again(cast: Cast) -> None:
    Report.objects.update(fact_check_due="2020-01-01")
    take_step(cast.case, "finalise_report", by=cast.lead)
    confirm(cast, "lead", "friend", "rapporteur")


# --- Citing ------------------------------------------------------------------------------------------
def test_references_for_programs(cast: Cast) -> None:
    published(cast)
    client = Client()
    bib, ris = client.get(f"{ADDRESS}cite.bib"), client.get(f"{ADDRESS}cite.ris")
    assert bib["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert ris["Content-Disposition"] == 'attachment; filename="timisoara.ris"'
    assert bib.content.decode().startswith("@techreport{timisoara,\n  title = {{Timișoara: local action plan for Roma")
    assert "url = {http://localhost:8000/library/timisoara/}" in bib.content.decode()
    assert ris.content.decode().startswith("TY  - RPRT\r\nTI  - Timișoara: local action plan")
    assert ris.content.decode().endswith("ER  - \r\n")


def test_hostile_titles_stay_in_their_field(cast: Cast) -> None:
    row = published(cast)
    row.title = "A & B_{x} 50% \\input{/etc/passwd} $#~^\r\nER  - \r\nTY  - BOOK"
    bib, ris = citations.bibtex(row), citations.ris(row)
    assert (
        r"\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{} \$\#\textasciitilde{}\textasciicircum{} ER - TY - BOOK"
        in bib
    )
    assert r"A \& B\_\textbraceleft{}x\textbraceright{} 50\% " in bib
    row.title = "A}}, url = {https://elsewhere.example"
    entry = citations.bibtex(row)
    assert (entry.count("{"), entry.count("\n  url = ")) == (entry.count("}"), 1)
    assert [line[:6] for line in ris.split("\r\n")].count("ER  - ") == 1
    assert len([line for line in ris.split("\r\n") if line.startswith("TY  - ")]) == 1


# --- Withdrawing -------------------------------------------------------------------------------------
def test_withdrawn_version_leaves_a_notice(cast: Cast, settings: Any) -> None:
    settings.CONTACT_EMAIL = "secretariat@example.org"
    row = published(cast)
    assert row.document_id is not None
    jobs.make(row.document_id)
    Notification.objects.all().delete()
    withdraw(cast)
    for client in (Client(), cast.client(cast.friend), cast.client(cast.sponsor)):
        answers = [client.get(ADDRESS + part) for part in ("", *BESIDE)]
        assert [answer.status_code for answer in answers] == [410] * 5
        for answer in answers:
            page = answer.content.decode()
            assert "A person can be recognised." in page
            assert "secretariat@example.org" in page
            assert "What we found" not in page
    assert list(public_now()) == []
    assert ADDRESS not in Client().get("/library/").content.decode()
    assert LibraryEntry.objects.count() == 0
    event = cast.case.events.filter(kind=EventKind.REMOVED).get()
    assert (event.text, event.reason) == ("Version 1 of the report withdrawn", "A person can be recognised.")
    assert {row.user for row in Notification.objects.all()} >= {cast.lead, cast.sponsor, cast.coordinator}
    assert "Withdrawn" in cast.client(cast.lead).get(reverse("reports:report", args=("timisoara",))).content.decode()


def test_text_of_a_withdrawn_version_is_kept_for_the_secretariat(cast: Cast) -> None:
    row = published(cast)
    assert row.document_id is not None
    jobs.make(row.document_id)
    withdraw(cast)
    page = cast.client(cast.secretariat).get(ADDRESS)
    assert (page.status_code, "What we found" in page.content.decode()) == (410, True)
    download = reverse("reports:download", args=("timisoara", row.document_id))
    kept: Any = cast.client(cast.secretariat).get(download)
    assert b"".join(kept.streaming_content)[:5] == b"%PDF-"
    lead = cast.client(cast.lead)
    assert lead.get(download).status_code == 403
    documents = lead.get(reverse("reports:documents", args=("timisoara",))).content.decode()
    report = lead.get(reverse("reports:report", args=("timisoara",))).content.decode()
    assert ("Withdrawn: the secretariat keeps it." in documents, download in documents) == (True, False)
    assert reverse("reports:read", args=("timisoara",)) not in report
    with pytest.raises(NotReady):
        content_for(fresh(cast), "report", "public")


def test_erased_version_leaves_no_word_and_no_file(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    row = published(cast)
    assert row.document_id is not None
    jobs.make(row.document_id)
    document = Document.objects.get(pk=row.document_id)
    word = Document.objects.create(
        case=cast.case, kind="report", edition="public", format="docx", content_hash=row.sha256, status="ready"
    )
    word.file.save("report.docx", ContentFile(b"x"))
    archive = Document.objects.create(
        case=cast.case, kind="archive", edition="host", format="zip", content_hash="a" * 64, status="ready"
    )
    archive.file.save("archive.zip", ContentFile(b"x"))
    files = [(found.file.storage, str(found.file.name)) for found in (document, word, archive)]
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(cast, erase=True)
    assert [storage.exists(name) for storage, name in files] == [False] * 3
    assert Document.objects.exclude(kind="report", edition="host").count() == 0
    found = Publication.objects.get()
    assert (found.content, found.summary, found.erratum, found.is_erased) == ({}, "", "", True)
    page = cast.client(cast.secretariat).get(ADDRESS)
    assert (page.status_code, "What we found" in page.content.decode()) == (410, False)


def test_document_that_is_being_made_when_its_text_is_erased_ends(cast: Cast, paper: Paper) -> None:
    row = published(cast)
    assert row.document_id is not None

    def erase_once() -> None:
        if not Publication.objects.get().is_withdrawn:
            withdraw(cast, erase=True)

    paper.before = erase_once
    jobs.make(row.document_id)
    assert Document.objects.filter(edition="public").count() == 0


def test_earlier_versions_go_too_when_asked(cast: Cast, paper: Paper) -> None:
    published(cast)
    corrected(cast, paper)
    assert [row.version for row in withdraw(cast, 2, earlier=True)] == [1, 2]
    assert [Client().get(f"/library/{slug}/").status_code for slug in ("timisoara", "timisoara-v2")] == [410, 410]
    assert cast.case.events.filter(text="Versions 1 and 2 of the report withdrawn").count() == 1


def test_earlier_version_stays_and_says_so(cast: Cast, paper: Paper) -> None:
    published(cast)
    corrected(cast, paper)
    withdraw(cast, 2)
    page = Client().get(ADDRESS)
    assert (page.status_code, "A newer version of this report was withdrawn" in page.content.decode()) == (200, True)


def test_earlier_version_stands_in_the_library_again(cast: Cast, paper: Paper) -> None:
    first = published(cast)
    corrected(cast, paper)
    assert "/library/timisoara-v2/" in Client().get("/library/").content.decode()
    withdraw(cast, 2)
    assert list(public_now()) == [first]
    for address in ("/library/", "/library/feed.atom", "/sitemap.xml", "/library/data/reports.json"):
        answer: Any = Client().get(address)
        listed = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        assert (ADDRESS in listed, "timisoara-v2" in listed) == (True, False)
    assert Shelf.objects.get(audience="public").counts["report"]["all"] == [[1]]
    withdraw(cast, 1)
    assert list(public_now()) == []


def test_what_was_withdrawn_before_the_older_one_could_come_back_is_mended(cast: Cast, paper: Paper) -> None:
    first = published(cast)
    corrected(cast, paper)
    withdraw(cast, 2)
    Publication.objects.update(is_current=False)
    Publication.objects.filter(version=2).update(is_current=True)
    LibraryEntry.objects.update(is_current=False)
    import_module("reports.migrations.0012_older_versions_stand_again").let_stand(apps, None)
    fill()
    assert list(public_now()) == [first]
    assert (ADDRESS in Client().get("/library/").content.decode()) is True


def test_search_engines_are_led_to_the_address_of_today(cast: Cast, settings: Any) -> None:
    """What was printed keeps the address of then: it is frozen."""
    settings.PUBLIC_URL = "https://then.example"
    published(cast)
    settings.PUBLIC_URL = "https://now.example"
    html = Client().get(ADDRESS).content.decode()
    assert f'<link rel="canonical" href="https://now.example{ADDRESS}">' in html
    assert f'<meta property="og:url" content="https://now.example{ADDRESS}">' in html
    assert f'<a href="https://then.example{ADDRESS}">' in html


def test_day_of_publication_is_that_of_the_version_that_stands(cast: Cast, paper: Paper) -> None:
    published(cast)
    second = corrected(cast, paper)
    first = Publication.objects.get(version=1)
    assert fresh(cast).published_at == second.published_at != first.published_at
    withdraw(cast, 2)
    assert fresh(cast).published_at == first.published_at
    assert unmet(fresh(cast), "start_follow_up") == []
    withdraw(cast, 1)
    assert fresh(cast).published_at is None
    [missing] = unmet(fresh(cast), "start_follow_up")
    assert missing.text == "The report was withdrawn: open a new version and publish it"
    assert (missing.who, missing.url) == ("Secretariat", f"/cases/{cast.case.slug}/report/")
    assert "correct_report" in {
        offer.rule.name for offer in steps_for(seat_in(cast.secretariat, fresh(cast)), "report")
    }
    overview = cast.client(cast.lead).get(f"/cases/{cast.case.slug}/").content.decode()
    assert "Withdrawn after publication" in overview
    assert "a notice stands in its place" in overview


def test_notice_lists_the_versions_that_still_stand(cast: Cast, paper: Paper) -> None:
    published(cast)
    corrected(cast, paper)
    withdraw(cast, 2)
    answer = Client().get("/library/timisoara-v2/")
    page = answer.content.decode()
    assert (answer.status_code, "An earlier version still stands" in page) == (410, True)
    assert f'<a href="{ADDRESS}">Version 1</a>' in page
    assert ["schools" in text for text in (page, Client().get(ADDRESS).content.decode())] == [False, False]


def test_withdrawn_version_for_members_gives_way_to_the_public_one_and_is_not_told(cast: Cast, paper: Paper) -> None:
    first = published(cast)
    kept_for_members_again(cast, paper)
    assert list(public_now()) == []
    withdraw(cast, 2)
    assert list(public_now()) == [first]
    assert "v2" not in Client().get(ADDRESS).content.decode()


def test_notice_of_an_old_version_leads_to_the_newer_one(cast: Cast, paper: Paper) -> None:
    published(cast)
    corrected(cast, paper)
    withdraw(cast, 1)
    assert "/library/timisoara-v2/" in Client().get(ADDRESS).content.decode()
    assert Client().get("/library/timisoara-v2/").status_code == 200


def test_withdrawing_asks_first_and_needs_a_reason(cast: Cast) -> None:
    published(cast)
    client, page = cast.client(cast.secretariat), reverse("reports:withdraw_publication", args=("timisoara", 1))
    assert "cannot be brought back" in client.get(page).content.decode()
    assert "before it too" not in client.get(page).content.decode()
    assert client.post(page, {"reason": " "}).status_code == 422
    assert Publication.objects.get().is_withdrawn is False
    assert client.post(page, {"reason": "The host asked for it."}).status_code == 303
    row = Publication.objects.get()
    assert (row.withdrawn_by, row.withdrawal_reason) == (cast.secretariat, "The host asked for it.")
    assert client.post(page, {"reason": "Again"}).status_code == 409
    with pytest.raises(AlreadyDone):
        withdraw(cast)
    assert client.get(reverse("reports:withdraw_publication", args=("timisoara", 7))).status_code == 404


def test_only_the_secretariat_withdraws(cast: Cast) -> None:
    published(cast)
    page = reverse("reports:withdraw_publication", args=("timisoara", 1))
    for person in (cast.lead, cast.sponsor, cast.coordinator):
        assert cast.client(person).post(page, {"reason": "x"}).status_code == 403
        assert seat_in(person, cast.case).is_secretariat is False
        with pytest.raises(NotAllowed):
            withdraw_publication(cast.case, 1, by=person, reason="x")
    assert Publication.objects.get().is_withdrawn is False


def test_new_version_takes_the_place_of_a_withdrawn_one(cast: Cast, paper: Paper) -> None:
    published(cast)
    withdraw(cast)
    new = corrected(cast, paper)
    assert [row.pk for row in public_now()] == [new.pk]
