"""The archive of a case: who may have it, what is in it, and that it can be trusted."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from people.errors import NotAllowed
from reports import jobs
from reports.actions import documents as actions
from reports.archive import Entry, Plan, plan_of, written, zipping
from reports.archive.names import MOST_BYTES, Names, safe_name
from reports.enums import DocumentStatus
from reports.models import Document
from reports.sweeping import sweep_archives
from reviews.enums import EvidenceClass, SelfAssessmentStatus, Stage
from reviews.models import Case, Evidence, EvidenceVersion, SelfAssessment
from tests.cast import Cast
from tests.factories import make_desk_item, make_finding, make_note, make_recommendation, make_visit
from tests.reports.conftest import Paper

DAY = datetime(2026, 6, 1, 12, 30, 10, tzinfo=UTC)
TEAM = {"secretariat", "lead", "friend", "rapporteur", "observer"}


@pytest.fixture
def full(cast: Cast, paper: Paper) -> Cast:
    """A case with something of everything: two files, notes, a finding, a ready handbook for each side."""
    case = cast.at(Stage.REPORTING)
    visit = make_visit(case)
    SelfAssessment.objects.filter(case=case).update(status=SelfAssessmentStatus.ACCEPTED, accepted_at=timezone.now())
    add_file(case, "Strategy.pdf", b"%PDF strategy")
    add_file(case, "Ledger.xlsx", b"numbers", access_class=EvidenceClass.HOST)
    note = make_note(visit, cast.friend, "Mothers trust the school mediator.")
    make_note(visit, cast.observer, "Only mine.", is_private=True)
    make_desk_item(visit, cast.friend)
    make_recommendation(case, findings=[make_finding(case, "Trust grew.", notes=[note])])
    for edition in ("team", "host"):
        jobs.make(actions.request_document(case, "handbook", edition, by=cast.lead).pk)
    return cast


def add_file(case: Case, name: str, content: bytes, **fields: Any) -> Evidence:
    digest = hashlib.sha256(content).hexdigest()
    stored = default_storage.save(f"evidence/{case.pk}/{digest}", ContentFile(content))
    row = Evidence(case=case, title=name, file_name=name, sha256=digest, size=len(content), **fields)
    row.file.name = stored
    row.save()
    return row


def ask(cast: Cast, edition: str, who: str = "") -> Document:
    by = getattr(cast, who or {"team": "lead", "host": "coordinator"}[edition])
    return actions.request_document(cast.case, "archive", edition, by=by, as_format="zip")


def made(cast: Cast, edition: str) -> Document:
    row = ask(cast, edition)
    jobs.make(row.pk)
    row.refresh_from_db()
    assert row.status == DocumentStatus.READY, row.error
    return row


def files_in(row: Document) -> dict[str, bytes]:
    with row.file.open("rb") as file, zipfile.ZipFile(cast_file(file)) as archive:
        assert archive.testzip() is None
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def cast_file(file: object) -> BinaryIO:
    return cast("BinaryIO", file)


# --- What is in it ---------------------------------------------------------------------------------
def test_each_side_finds_what_it_may_read(full: Cast) -> None:
    team, host = files_in(made(full, "team")), files_in(made(full, "host"))
    both = {
        "README.txt",
        "SHA256SUMS",
        "evidence/all-sections/Strategy.pdf",
        "data/case.json",
        "data/programme.json",
        "data/desk-review.json",
        "data/publications.json",
        "data/timeline.json",
    }
    year = full.case.visit_start and full.case.visit_start.year
    books = {side: f"documents/timisoara-{year}-handbook-{side}-v1.pdf" for side in ("team", "host")}
    of_team = {*books.values(), "data/notes.json", "data/findings.json", "data/recommendations.json"}
    assert set(team) - {"data/follow-up.json", "data/self-assessment.json"} == both | of_team
    assert set(host) - {"data/self-assessment.json"} == both | {
        books["host"],
        "evidence/host-only/all-sections/Ledger.xlsx",
    }
    assert team["evidence/all-sections/Strategy.pdf"] == b"%PDF strategy"
    everything = b"".join(team.values())
    assert b"Ledger" not in everything
    assert b"Only mine" not in everything
    assert b"Mothers trust" in team["data/notes.json"]
    for private in (b"Mothers trust", b"Trust grew"):
        assert private not in b"".join(host.values())


def test_records_follow_their_links(full: Cast) -> None:
    team = {name: content for name, content in files_in(made(full, "team")).items() if name.endswith(".json")}
    notes, findings, advice = (
        json.loads(team[f"data/{name}.json"]) for name in ("notes", "findings", "recommendations")
    )
    assert notes[0]["findings"] == [findings[0]["id"]] == advice[0]["findings"]
    assert findings[0]["recommendations"] == [advice[0]["id"]]
    told = json.loads(team["data/case.json"])
    lead = next(person for person in told["people"] if person["roles"] == ["lead"])
    assert lead["name"] == "Lead"
    assert len(told["deadlines"]) == full.case.milestones.count()
    assert "@example.org" not in b"".join(team.values()).decode()


def test_the_list_of_hashes_can_be_checked(full: Cast, tmp_path: Path) -> None:
    row = made(full, "host")
    with row.file.open("rb") as file, zipfile.ZipFile(cast_file(file)) as archive:
        archive.extractall(tmp_path)
    folder = next(tmp_path.iterdir())
    program = shutil.which("sha256sum") or pytest.skip("no sha256sum here")
    checked = subprocess.run([program, "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count(": OK") == row.pages == sum(path.is_file() for path in folder.rglob("*")) - 1


def test_same_content_is_the_same_row_and_the_same_bytes(full: Cast) -> None:
    first = made(full, "team")
    actions.note_download(first, by=full.lead)
    again = made(full, "team")
    assert (again.pk, again.number) == (first.pk, 1)
    name, digest = str(first.file.name), first.sha256
    default_storage.delete(name)
    assert made(full, "team").sha256 == digest

    add_file(full.case, "More.pdf", b"%PDF more")
    assert made(full, "team").number == 2


def test_earlier_versions_of_files_are_there_by_their_number_for_who_may_read_them(full: Cast) -> None:
    released = SelfAssessment.objects.get(case=full.case).accepted_at
    assert released is not None
    for title in ("Strategy.pdf", "Ledger.xlsx"):
        row = Evidence.objects.get(title=title)
        for number, days in ((1, -9), (2, -5), (3, 5)):  # 1 was replaced before the release, 2 after it
            add_version(row, number, released + timedelta(days=days))
        Evidence.objects.filter(pk=row.pk).update(uploaded_at=released + timedelta(days=9))
    team, host = files_in(made(full, "team")), files_in(made(full, "host"))
    mine = "evidence/earlier-versions/all-sections/Strategy.pdf/version-{0}/Strategy {0}.pdf"
    hidden = "evidence/host-only/earlier-versions/all-sections/Ledger.xlsx/version-{0}/Ledger {0}.xlsx"
    earlier = {name: content for name, content in team.items() if "/version-" in name}
    assert earlier == {mine.format(number): f"Strategy.pdf {number}".encode() for number in (2, 3)}
    assert {name for name in host if "/version-" in name} == {
        words.format(number) for words in (mine, hidden) for number in (1, 2, 3)
    }
    assert team["evidence/all-sections/Strategy.pdf"] == b"%PDF strategy"
    assert b"earlier-versions/" in team["README.txt"]


def add_version(row: Evidence, number: int, at: datetime) -> None:
    """An older version of a file."""
    content = f"{row.title} {number}".encode()
    version = EvidenceVersion(
        evidence=row,
        number=number,
        file_name=row.title.replace(".", f" {number}."),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        uploaded_at=at,
    )
    version.file.name = default_storage.save(f"evidence/{row.case_id}/{version.sha256}", ContentFile(content))
    version.save()


def test_a_plan_costs_the_same_queries_for_any_number_of_files(
    full: Cast, django_assert_num_queries: Callable[..., Any]
) -> None:
    for count in range(3):
        add_version(add_file(full.case, f"{count}.pdf", b"%PDF" + bytes([count])), 1, timezone.now())
        make_note(full.case.study_visit, full.friend, f"Note {count}")
    case = Case.objects.get(pk=full.case.pk)
    with django_assert_num_queries(25):
        plan_of(case, "team")


def test_a_lost_file_is_named_and_the_rest_is_there(full: Cast) -> None:
    lost = Evidence.objects.get(title="Strategy.pdf")
    default_storage.delete(str(lost.file.name))
    row = made(full, "team")
    files = files_in(row)
    assert row.warnings == [
        "The storage has lost the file evidence/all-sections/Strategy.pdf: it is not in the archive."
    ]
    assert b"evidence/all-sections/Strategy.pdf" in files["MISSING.txt"]
    assert b"Strategy.pdf" not in files["SHA256SUMS"]


# --- Who may have it -------------------------------------------------------------------------------
@pytest.mark.parametrize(("edition", "who"), [("team", TEAM), ("host", {"coordinator", "sponsor", "contributor"})])
def test_each_edition_is_for_its_side(cast: Cast, edition: str, who: set[str]) -> None:
    """The contributor of the cast writes everything, and so reads everything."""
    got = set()
    for name in cast.people:
        try:
            ask(cast, edition, name)
        except NotAllowed:
            continue
        got.add(name)
    assert got == who


def test_a_contributor_with_a_share_gets_no_archive(cast: Cast) -> None:
    cast.case.self_assessment.assignments.all().delete()
    with pytest.raises(NotAllowed):
        ask(cast, "host", "contributor")


def test_undeclared_interests_keep_the_archive_shut(cast: Cast) -> None:
    cast.case.declarations.filter(user=cast.friend).delete()
    with pytest.raises(NotAllowed):
        ask(cast, "team", "friend")


def test_an_archive_is_a_zip_and_nothing_else_is(cast: Cast) -> None:
    for kind, as_format in (("archive", "pdf"), ("handbook", "zip")):
        with pytest.raises(NotAllowed):
            actions.request_document(cast.case, kind, "team", by=cast.lead, as_format=as_format)


def test_download_is_a_zip_under_a_good_name(full: Cast) -> None:
    row = made(full, "team")
    answer: Any = full.client(full.friend).get(f"/cases/timisoara/documents/{row.pk}/download/")
    year = f"{full.case.visit_start:%Y}"
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == (f'attachment; filename="timisoara-{year}-archive-of-the-case-team-v1.zip"')
    assert len(b"".join(answer.streaming_content)) == row.size


# --- Writing ---------------------------------------------------------------------------------------
def nobody(_done: int, _all: int) -> None:
    """Tells nobody."""


class Endless(io.RawIOBase):
    """So many bytes of nothing, given only in pieces."""

    def __init__(self, size: int) -> None:
        self.left, self.most = size, 0

    def read(self, size: int = -1) -> bytes:
        assert 0 < size <= zipping.PIECE
        size = min(size, self.left)
        self.left -= size
        return bytes(size)


def test_large_files_are_never_whole_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    size = 40 * zipping.PIECE
    monkeypatch.setattr(Entry, "open", lambda entry: Endless(entry.size))
    plan = Plan("a", tuple(Entry(f"{number}.bin", "", size, DAY, "video/mp4") for number in range(2)))
    tracemalloc.start()
    with written(plan, nobody) as archive:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert archive.size > 2 * size
    assert peak < 6 * zipping.PIECE


def test_dates_order_and_rights_do_not_depend_on_the_day() -> None:
    plan = Plan("a", (Entry("x.txt", "", 2, DAY, "text/plain", content=b"hi"),))
    with written(plan, nobody) as first, written(plan, nobody) as second:
        assert first.sha256 == second.sha256 == hashlib.sha256(first.file.read()).hexdigest()
        head = zipfile.ZipFile(second.file).infolist()[0]
    assert (head.date_time, head.external_attr >> 16) == ((2026, 6, 1, 12, 30, 10), 0o100644)


def test_very_large_files_get_the_large_form_of_zip() -> None:
    plan = Plan("a", (Entry("x.bin", "", 3 * 1024**3, DAY, content=b"hi"),))
    with written(plan, nobody) as archive:
        assert zipfile.ZipFile(archive.file).infolist()[0].extract_version == 45


def test_a_cancelled_archive_leaves_nothing(full: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ask(full, "team")
    seen: list[tuple[int, int]] = []

    def cancel(document: Document, done: int, expected: int) -> None:
        seen.append((done, expected))
        if done == 2:
            actions.cancel_document(document, by=full.lead)
            raise jobs.Stopped

    monkeypatch.setattr(jobs, "_show_life", cancel)
    jobs.make(row.pk)
    row.refresh_from_db()
    assert (row.status, bool(row.file)) == (DocumentStatus.CANCELLED, False)
    assert [done for done, _ in seen] == [0, 1, 2]
    assert list(settings.WORK_DIR.glob("*")) == []


# --- Names -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\Users\\x.doc", "C--Users-x.doc"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\nb\x00c.pdf", "abc.pdf"),
        ("CON.txt", "file CON.txt"),
        (" .. ", "file"),
        ("", "file"),
        ("تقرير.pdf", "تقرير.pdf"),
        ("Stra\u0301tegie.pdf", "Stra\u0301tegie.pdf".replace("a\u0301", "\u00e1")),
    ],
)
def test_names_are_safe_and_still_readable(given: str, safe: str) -> None:
    assert safe_name(given) == safe


def test_long_names_keep_their_ending_and_whole_letters() -> None:
    name = safe_name("ж" * 300 + ".docx")
    assert len(name.encode()) <= MOST_BYTES
    assert name.endswith("ж.docx")


def test_two_files_of_one_name_both_find_room() -> None:
    names = Names()
    assert [names.path("e", name) for name in ("a.pdf", "A.pdf", "a.pdf", "a")] == [
        "e/a.pdf",
        "e/A (2).pdf",
        "e/a (3).pdf",
        "e/a",
    ]


# --- After its days --------------------------------------------------------------------------------
def test_an_old_archive_is_deleted_and_can_be_made_again(full: Cast) -> None:
    row = made(full, "team")
    assert sweep_archives() == 0
    Document.objects.update(finished_at=timezone.now() - timedelta(days=settings.ARCHIVE_DAYS, minutes=1))
    assert sweep_archives() == 1
    assert not default_storage.exists(str(row.file.name))
    assert default_storage.exists(str(Document.objects.filter(kind="handbook")[0].file.name))
    row.refresh_from_db()
    assert row.is_swept

    client = full.client(full.lead)
    assert "deleted after 14 days" in client.get("/cases/timisoara/documents/").content.decode()
    assert client.get(f"/cases/timisoara/documents/{row.pk}/download/").status_code == 404
    assert client.post(f"/cases/timisoara/documents/{row.pk}/retry/").status_code == 303
    jobs.make(row.pk)
    row.refresh_from_db()
    assert (row.status, row.is_swept) == (DocumentStatus.READY, False)


def test_what_a_killed_worker_was_writing_is_forgotten(db: None) -> None:
    settings.WORK_DIR.mkdir(exist_ok=True)
    old, new = (settings.WORK_DIR / f"archive-{name}.zip" for name in ("old", "new"))
    for file in (old, new):
        file.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    sweep_archives()
    assert (old.exists(), new.exists()) == (False, True)
    new.unlink()
