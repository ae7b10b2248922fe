"""Photos of the host city in the report: which, with which words, who gets them, and what publication keeps of them."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from reports.actions import pieces
from reports.actions.withdrawal import withdraw_publication
from reports.contents import consent_stands
from reports.models import Publication, Report
from reports.pieces import open_pieces
from reports.rendering import check_document, compose_document, deserialise, render_document
from reports.rendering.check import figures_of
from reports.rendering.model import Photo
from reports.scanning.passages import passages_of
from reviews.actions.evidence import Described, add_evidence, remove_evidence
from reviews.actions.evidence_versions import add_version
from reviews.enums import EvidenceClass, EvidenceKind, SelfAssessmentStatus
from reviews.models import Evidence, SelfAssessment
from reviews.sweeping import sweep_files_without_row
from reviews.uploads import checked
from tests.cast import Cast
from tests.reports.test_publication import agreed, published
from tests.reports.test_report import final, fresh, kept, reporting, sent
from tests.reviews import files

SHOWS = "Two people talk in front of a school."


def release(cast: Cast) -> None:
    SelfAssessment.objects.filter(case=cast.case).update(status=SelfAssessmentStatus.ACCEPTED)
    cast.case.refresh_from_db()


def photo(cast: Cast, title: str = "The yard", *, content: bytes = b"", **said: Any) -> Evidence:
    """The host brings a photo for everybody."""
    described = {"kind": EvidenceKind.PHOTO, "access_class": EvidenceClass.PUBLIC, "note": SHOWS, **said}
    content = content or files.picture("JPEG", (40 + Evidence.objects.count(), 30))  # never the same
    return add_evidence(cast.seat(cast.coordinator), BytesIO(content), "a.jpg", Described(title=title, **described))


def shown(cast: Cast, edition: str = "team") -> list[Photo]:
    return list(compose_document("report", edition, cast.case.pk).photos())


def inside(cast: Cast, row: Evidence) -> str:
    return reverse("reports:report_photo", args=(cast.case.slug, row.sha256))


@pytest.fixture
def report(cast: Cast) -> Report:
    found = reporting(cast)
    release(cast)
    return found


# --- Which, and with which words ---------------------------------------------------------------------
def test_photo_has_its_caption_its_description_and_its_source(cast: Cast, report: Report) -> None:
    row = photo(cast, dated=date(2018, 6, 12))
    assert shown(cast) == [
        Photo(str(row.file.name), SHOWS, "The yard", digest=row.sha256, credit="Source: Timișoara, 12 June 2018")
    ]


@pytest.mark.parametrize("edition", ["team", "host", "public"])
def test_only_photos_for_everybody_are_shown_and_in_the_order_of_their_days(
    cast: Cast, report: Report, edition: str
) -> None:
    photo(cast, "Later", dated=date(2018, 6, 13))
    photo(cast, "Earlier", dated=date(2018, 6, 12))
    photo(cast, "For the team", access_class=EvidenceClass.TEAM)
    photo(cast, "For the host", access_class=EvidenceClass.HOST)
    photo(cast, "A scanned page", kind=EvidenceKind.DECISION)
    remove_evidence(cast.seat(cast.coordinator), photo(cast, "Taken away").pk)
    Evidence.objects.create(case=cast.case, title="To come", kind=EvidenceKind.PHOTO, access_class="public")
    assert [found.caption for found in shown(cast, edition)] == ["Earlier", "Later"]


def test_nothing_is_shown_before_the_self_assessment_is_released(cast: Cast, report: Report) -> None:
    row = photo(cast)
    SelfAssessment.objects.filter(case=cast.case).update(status=SelfAssessmentStatus.SUBMITTED)
    report.sections.filter(key="summary").update(text="In short.")
    assert shown(cast) == []
    assert cast.client(cast.friend).get(inside(cast, row)).status_code == 404


def test_marks_in_a_title_are_words_and_long_notes_are_shortened(cast: Cast, report: Report) -> None:
    photo(cast, "Rooms *1* & [2](x) <b>", note="Word " * 200)
    (found,) = shown(cast)
    assert found.caption == "Rooms *1* & [2](x) <b>"
    assert (len(found.alt) <= 502, found.alt[-6:]) == (True, "Word …")


def test_team_says_it_differently_and_hears_when_the_host_changes_it(cast: Cast, report: Report) -> None:
    row = photo(cast, note="")
    key = f"photo-shows:{row.pk}"
    ours = pieces.take_over(cast.case, "context", key, by=cast.rapporteur)
    pieces.save_piece(cast.case, "context", key, by=cast.rapporteur, text="A yard with swings.", version=ours.version)
    assert (shown(cast)[0].alt, open_pieces(cast.case)) == ("A yard with swings.", [])
    Evidence.objects.filter(pk=row.pk).update(note=SHOWS)
    assert [found.label for found in open_pieces(cast.case)] == ["Photo “The yard”: what it shows"]
    assert shown(cast)[0].alt == "A yard with swings."


def test_what_is_said_of_a_photo_is_scanned_for_names(cast: Cast, report: Report) -> None:
    photo(cast, note="Mrs Maria Popescu at her door.")
    texts = [found.text for found in passages_of(compose_document("report", "team", cast.case.pk))]
    assert "The yard\nMrs Maria Popescu at her door." in texts


# --- On paper ----------------------------------------------------------------------------------------
def test_figure_is_read_with_its_description_then_its_caption(cast: Cast, report: Report) -> None:
    photo(cast, "The yard", dated=date(2018, 6, 12))
    photo(cast, "The unsaid gate", note="")
    report.sections.filter(key="context").update(text="A city.")
    pdf = render_document(compose_document("report", "public", cast.case.pk))
    figures = check_document(pdf)
    assert (figures["tags"]["Figure"], figures["undescribed"]) == (3, 1)  # with the funnel
    assert pdf.warnings == ("A picture has no description for people who cannot see it.",)
    pages = (figures_of(pdf.content, sample=page)["sample"]["lines"] for page in range(1, pdf.pages + 1))
    lines = next(page for page in pages if ("H3", "In pictures") in page)
    start = lines.index(("H3", "In pictures"))
    assert lines[start - 1 : start + 3] == [
        ("P", "A city."),
        ("H3", "In pictures"),
        ("Figure", SHOWS),
        ("Caption", "The yard Source: Timișoara, 12 June 2018"),
    ]


def test_photo_that_is_lost_becomes_a_box_and_is_told(cast: Cast, report: Report) -> None:
    default_storage.delete(str(photo(cast).file.name))
    pdf = render_document(compose_document("report", "public", cast.case.pk))
    words = SHOWS.removesuffix(".")
    assert pdf.warnings == (f"A picture could not be shown, its description stands in its place: {words}.",)


# --- On pages ----------------------------------------------------------------------------------------
def test_section_preview_and_reading_page_show_it(cast: Cast, report: Report) -> None:
    row = photo(cast)
    image = f'<img src="{inside(cast, row)}" alt="{SHOWS}">'
    client = cast.client(cast.rapporteur)
    for answer in (
        client.get(reverse("reports:section", args=("timisoara", "context"))),
        client.post(reverse("reports:section_preview", args=("timisoara", "context")), {"text": "New."}),
        client.get(reverse("reports:read", args=("timisoara",))),
    ):
        assert image in answer.content.decode()


def test_editor_says_how_a_photo_comes_into_the_report(cast: Cast, report: Report) -> None:
    client = cast.client(cast.rapporteur)
    pages = [
        client.get(reverse("reports:section", args=("timisoara", key))).content.decode()
        for key in ("context", "summary")
    ]
    assert ["Photos in this section" in page for page in pages] == [True, False]


def test_photo_comes_as_our_own_small_jpeg_to_whoever_reads_the_report(cast: Cast, report: Report) -> None:
    row = photo(cast, content=files.picture("PNG", (2000, 900)))
    answer = cast.client(cast.friend).get(inside(cast, row))
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        200,
        "image/jpeg",
        "nosniff",
    )
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Image.open(BytesIO(answer.content)).size == (1240, 558)
    assert cast.client(cast.coordinator).get(inside(cast, row)).status_code == 403  # the draft is not theirs yet
    assert cast.client(cast.stranger).get(inside(cast, row)).status_code == 404
    assert Client().get(inside(cast, row)).status_code == 302


@pytest.mark.parametrize("kind", [EvidenceClass.TEAM, EvidenceClass.HOST])
def test_no_file_of_another_class_comes_this_way(cast: Cast, report: Report, kind: EvidenceClass) -> None:
    rows = [photo(cast, access_class=kind), photo(cast, "A scanned page", kind=EvidenceKind.DECISION)]
    assert [cast.client(cast.lead).get(inside(cast, row)).status_code for row in rows] == [404, 404]


@pytest.mark.usefixtures("report")
def test_draft_that_was_sent_keeps_its_photos(cast: Cast) -> None:
    row = photo(cast)
    sent(cast)
    Evidence.objects.filter(pk=row.pk).update(access_class=EvidenceClass.TEAM)
    client = cast.client(cast.coordinator)
    assert inside(cast, row) in client.get(reverse("reports:fact_check", args=("timisoara",))).content.decode()
    assert client.get(inside(cast, row)).status_code == 200
    assert shown(cast) == []


# --- Published ---------------------------------------------------------------------------------------
PHOTO = files.picture("JPEG", (40, 30))


@pytest.fixture
def out(cast: Cast) -> Publication:
    """A published report with a photo. The rows are kept; the file is there whatever a test before has done to it."""

    def make() -> None:
        reporting(cast)
        release(cast)
        photo(cast, content=PHOTO)
        published(cast)

    kept(cast, "published with a photo", make)
    name = str(Evidence.objects.get().file.name)
    if not default_storage.exists(name):
        default_storage.save(name, checked(BytesIO(PHOTO), "a.jpg", most_bytes=len(PHOTO)).content)
    return Publication.objects.get()


def address(publication: Publication) -> str:
    return reverse("reports:publication_photo", args=(publication.slug, Evidence.objects.get().sha256))


def test_consent_is_to_the_photos_too(cast: Cast, report: Report) -> None:
    row = photo(cast)
    final(cast)
    agreed(cast)
    assert consent_stands(fresh(cast))
    add_version(cast.seat(cast.coordinator), row.pk, BytesIO(files.picture("JPEG", (99, 99))), "b.jpg")
    assert not consent_stands(fresh(cast))


def test_published_version_keeps_its_photo_whatever_becomes_of_the_evidence(cast: Cast, out: Publication) -> None:
    row, page = Evidence.objects.get(), reverse("reports:publication", args=(out.slug,))
    before = Client().get(address(out))
    assert (before.status_code, before["Cache-Control"]) == (200, "public, no-cache")
    assert Client().get(address(out), headers={"If-None-Match": before["ETag"]}).status_code == 304
    seat = cast.seat(cast.coordinator)
    url = address(out)
    add_version(seat, row.pk, BytesIO(files.picture("JPEG", (99, 99))), "b.jpg")
    Evidence.objects.filter(pk=row.pk).update(title="Other", access_class=EvidenceClass.HOST)
    remove_evidence(seat, row.pk)
    sweep_files_without_row(now=timezone.now() + timedelta(days=30))
    default_storage.delete(f"photos/{url[-68:-66]}/{url[-68:]}")  # what was drawn for the page before
    assert f'<img src="{url}" alt="{SHOWS}">' in Client().get(page).content.decode()
    assert Client().get(url).content == before.content
    kept = deserialise(Publication.objects.get().content)
    assert [found.caption for found in kept.photos()] == ["The yard"]
    assert render_document(kept).warnings == ()


def test_withdrawn_version_shows_its_photo_to_the_secretariat_alone(cast: Cast, out: Publication) -> None:
    withdraw_publication(cast.case, 1, by=cast.secretariat, reason="A face.")
    for client in (Client(), cast.client(cast.lead)):
        assert client.get(address(out)).status_code == 410
    kept = cast.client(cast.secretariat).get(address(out))
    assert (kept.status_code, kept["Cache-Control"]) == (200, "private, no-store")


def test_erased_version_shows_its_photo_to_nobody(cast: Cast, out: Publication) -> None:
    withdraw_publication(cast.case, 1, by=cast.secretariat, reason="A face.", erase=True)
    assert [client.get(address(out)).status_code for client in (Client(), cast.client(cast.secretariat))] == [410, 410]


def test_only_what_is_in_the_version_comes_from_its_address(cast: Cast, out: Publication) -> None:
    later = photo(cast, "Later")
    assert Client().get(reverse("reports:publication_photo", args=(out.slug, later.sha256))).status_code == 404
    assert Client().get(reverse("reports:publication_photo", args=("nothing", later.sha256))).status_code == 404


def test_photo_of_a_version_for_members_is_not_there_for_strangers(cast: Cast, out: Publication) -> None:
    super_update = Publication.objects.filter(pk=out.pk)
    super(type(super_update), super_update).update(audience="members")
    assert Client().get(address(out)).status_code == 404
    kept = cast.client(cast.friend).get(address(out))
    assert (kept.status_code, kept["Cache-Control"]) == (200, "private, no-store")
