"""The section beside its editor: what somebody is typing as the report will show it, and real pages on request."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from reports.actions import reports
from reports.models import Document, PieceText, Report, ReportSection
from reports.rendering import compose_document, content_hash, render_document
from reviews.enums import Stage
from reviews.models import GuidingQuestion
from tests.cast import Cast
from tests.factories import make_finding


@pytest.fixture
def report(cast: Cast) -> Report:
    """A report with a released finding."""
    case = cast.at(Stage.REPORTING)
    make_finding(case, "Schools and parents rarely meet.", status="shared")
    return reports.report_of(case)


def preview(cast: Cast, key: str = "findings", *, by: str = "rapporteur", **typed: Any) -> Any:
    return cast.client(getattr(cast, by)).post(reverse("reports:section_preview", args=("timisoara", key)), typed)


def pages(cast: Cast, pk: int, *, key: str = "findings", ask: str = "", by: str = "rapporteur") -> Any:
    url = reverse("reports:section_pages", args=("timisoara", key, pk))
    return cast.client(getattr(cast, by)).get(f"{url}{ask}", headers={"HX-Request": "true"})


# --- While somebody types ----------------------------------------------------------------------------
def test_preview_shows_what_is_typed_with_what_the_case_gives_and_stores_nothing(cast: Cast, report: Report) -> None:
    answer = preview(cast, text="We *saw* much.")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<p>We <em>saw</em> much.</p>" in page
    assert "Schools and parents rarely meet." in page
    assert "<html" not in page
    assert list(report.sections.exclude(text="")) == []


def test_preview_shows_words_for_pieces_as_they_are_typed(cast: Cast, report: Report) -> None:
    key = f"finding:{report.case.findings.get().pk}"
    page = preview(cast, text="", piece=[key], words=["They meet **too seldom**."]).content.decode()
    assert "They meet <strong>too seldom</strong>." in page
    assert "rarely meet" not in page
    assert not PieceText.objects.exists()


def test_preview_without_a_text_shows_what_is_saved(cast: Cast, report: Report) -> None:
    report.sections.filter(key="findings").update(text="Saved.")
    assert "<p>Saved.</p>" in preview(cast).content.decode()


def test_preview_leads_to_nothing_that_stands_in_another_section(cast: Cast, report: Report) -> None:
    """Answers lead to findings: in the whole report they are there, beside the editor of this one section not."""
    found = report.case.findings.get()
    found.guiding_question = GuidingQuestion.objects.get_or_create(case=report.case, position=1)[0]
    found.save()
    alone = preview(cast, "answers").content.decode()
    whole = cast.client(cast.rapporteur).get(reverse("reports:read", args=("timisoara",))).content.decode()
    assert "Schools and parents rarely meet." in alone
    assert f'href="#f{found.pk}"' not in alone
    assert f'href="#f{found.pk}"' in whole
    assert f'id="f{found.pk}"' in whole


def test_preview_of_nothing_says_so(cast: Cast, report: Report) -> None:
    assert "Nothing to show yet" in preview(cast, "summary", text=" ").content.decode()


def test_preview_of_a_hostile_text_is_harmless(cast: Cast, report: Report) -> None:
    page = preview(cast, text="<script>alert(1)</script> [x](javascript:alert(1))").content.decode()
    assert "<script" not in page
    assert "javascript:" not in page.replace("(javascript:alert(1))", "")


@pytest.mark.parametrize(("key", "queries"), [("summary", 12), ("findings", 14)])
@pytest.mark.parametrize("more", [0, 2])
def test_preview_reads_only_what_its_section_draws(
    cast: Cast, report: Report, django_assert_num_queries: Any, key: str, queries: int, more: int
) -> None:
    for number in range(more):
        made = make_finding(report.case, f"Number {number}", status="shared")
        PieceText.objects.create(section=report.sections.get(key="findings"), key=f"finding:{made.pk}", text="Ours")
    client, url = cast.client(cast.rapporteur), reverse("reports:section_preview", args=("timisoara", key))
    with django_assert_num_queries(queries):
        assert client.post(url, {"text": "Typed."}).status_code == 200


def test_preview_is_not_for_the_host(cast: Cast, report: Report) -> None:
    Report.objects.update(status="fact_check")
    assert preview(cast, by="coordinator", text="x").status_code == 403
    assert preview(cast, by="stranger", text="x").status_code == 404


# --- Real pages --------------------------------------------------------------------------------------
def drawn(report: Report) -> Document:
    """The working draft as a finished PDF."""
    report.sections.filter(key="summary").update(text="In short.\n\n" * 90)
    content = compose_document("report", "team", report.case_id)
    made = render_document(content)
    row = Document(case=report.case, kind="report", edition="team", content_hash=content_hash(content), status="ready")
    row.pages, row.size = made.pages, made.size
    row.file.save("draft.pdf", ContentFile(made.content))
    return row


def test_pages_are_asked_for_and_show_how_far_they_are(
    cast: Cast, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = reverse("reports:request_pages", args=("timisoara", "findings"))
    asked = cast.client(cast.rapporteur).post(url)
    row = Document.objects.get()
    assert (row.kind, row.edition, row.requested_by) == ("report", "team", cast.rapporteur)
    assert asked["Location"] == reverse("reports:section_pages", args=("timisoara", "findings", row.pk))
    assert 'hx-trigger="every 1s"' in pages(cast, row.pk).content.decode()
    Document.objects.update(status="rendering", pages_done=3, pages_expected=8)
    assert "Making page 3 of 8." in pages(cast, row.pk).content.decode()
    Document.objects.update(status="failed", error="The disk is full.")
    failed = pages(cast, row.pk).content.decode()
    assert "The disk is full." in failed
    assert "hx-trigger" not in failed


def test_pages_of_a_section_are_its_own_or_the_whole_draft_and_pictures(cast: Cast, report: Report) -> None:
    row = drawn(report)
    assert row.pages > 5
    section = pages(cast, row.pk, key="summary").content.decode()
    whole = pages(cast, row.pk, key="summary", ask="?all").content.decode()
    assert "Pages 3–" in section
    assert 3 <= section.count("<img ") < whole.count("<img ") == row.pages
    client = cast.client(cast.rapporteur)
    picture = client.get(reverse("reports:page_picture", args=("timisoara", row.pk, 3)))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    assert Image.open(BytesIO(picture.content)).format == "JPEG"
    assert client.get(reverse("reports:page_picture", args=("timisoara", row.pk, row.pages + 1))).status_code == 404


def test_pages_of_what_is_no_working_draft_are_not_there(cast: Cast, report: Report) -> None:
    Report.objects.update(status="final")
    row = Document.objects.create(case=report.case, kind="report", edition="public", content_hash="0" * 64)
    assert pages(cast, row.pk).status_code == 404


def test_pages_are_not_for_the_host(cast: Cast, report: Report) -> None:
    Report.objects.update(status="fact_check")
    row = Document.objects.create(case=report.case, kind="report", edition="team", content_hash="0" * 64)
    assert pages(cast, row.pk, by="coordinator").status_code == 403
    picture = reverse("reports:page_picture", args=("timisoara", row.pk, 1))
    assert cast.client(cast.coordinator).get(picture).status_code == 403


def test_pages_that_are_gone_are_asked_for_again(cast: Cast, report: Report) -> None:
    row = Document.objects.create(
        case=report.case, kind="report", edition="team", content_hash="0" * 64, status="ready", file="documents/no.pdf"
    )
    assert pages(cast, row.pk).status_code == 404
    assert ReportSection.objects.filter(report=report, key="findings").exists()
