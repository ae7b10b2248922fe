"""Outlines as files: written and read again they are the same; whatever is wrong is said with its place."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.actions.outlines import import_outline
from reports.models import Outline
from reports.outline import FILE, built_in
from reports.outline_files import OutlinePlan, SectionPlan, read, write
from reports.queries.outlines import plain_outline
from reviews.enums import Stage
from reviews.question_files.reading import NotReadable
from tests.cast import Cast, make_cast

HEAD = 'format = "critical-friend-report-outline"\nformat_version = 1\nname = "Ours"\n'
ODD = OutlinePlan(
    'A “name” with "quotes" and \\',
    (
        SectionPlan(
            "one", "Один · 一", purpose="Why?", opening='## Head\n\n"Quoted" \\ text\n', draws=("answers", "findings"),
            words=70, is_required=True, starts_page=False,
        ),
        SectionPlan("two_2", "Annex", is_annex=True),
    ),
)  # fmt: skip


@pytest.mark.parametrize("plan", [built_in(), ODD], ids=["built-in", "odd"])
def test_file_that_was_written_is_read_as_the_same_outline(plan: OutlinePlan) -> None:
    assert read(write(plan).encode()) == plan


def test_file_of_the_product_is_as_we_write_it() -> None:
    said = [line for line in FILE.read_text().splitlines() if line]
    assert [line for line in write(built_in()).splitlines() if line] == said


def section(*lines: str, key: str = "one") -> str:
    return "\n".join(("[[section]]", f'key = "{key}"', 'title = "One"', *lines, ""))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (HEAD, "The outline: there is no section. A report needs at least one."),
        (section(), 'The outline: “format” must be "critical-friend-report-outline": without it this may be another'),
        (HEAD + section() + section(), "The outline: the key “one” stands at 2 sections. A key names one section."),
        (HEAD + section('draw = ["team"]'), "Section 1 (line 4): “draw” is not an entry that we know. Did you mean"),
        (HEAD + section('draws = ["funel"]'), "“funel” is not a thing to draw that we know. Did you mean “funnel”?"),
        (HEAD + section("draws = 5"), "“draws” must be a list of words in quotation marks."),
        (HEAD + section("draws = 1979-05-27"), "“draws” must be a list of words in quotation marks."),
        (HEAD + section('draws = ["team", "team"]'), "“team” stands in “draws” more than once."),
        (
            HEAD + section('draws = ["team"]') + section('draws = ["team"]', key="two"),
            "“Review team” is drawn by 2 sections. A report shows it once.",
        ),
        (HEAD + section('draws = ["team", "host_statement"]'), "“One”: what the host says stands in a section of its"),
        (HEAD + section("words = -3"), "Section 1 (line 4): “words” must be a whole number from 0 to 20000."),
        (HEAD + section('required = "yes"'), "“required” must be true or false, without quotation marks."),
        (HEAD + section(key="One!"), "“key” may hold small letters a to z, digits, and single _ between them."),
        (HEAD + '[[section]]\nkey = "one"\n', "Section 1 (line 4): “title” is missing."),
        (HEAD + section('purpose = "<script>"'), "“purpose” looks like HTML."),
        (HEAD + section('words = "', key="two"), "this cannot be read as TOML"),
        ("x" * 200_001, "The file is larger than 200 kB. It needs far less."),
    ],
)
def test_file_says_what_is_wrong(content: str, sentence: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read(content.encode())
    assert sentence in " ".join(refused.value.problems)


# --- On the pages -----------------------------------------------------------------------------------
@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(Stage.PLANNING)


def sent(cast: Cast, content: str, **fields: object) -> Any:
    file = SimpleUploadedFile("outline.toml", content.encode())
    return cast.client(cast.secretariat).post(reverse("reports:outline_import"), {"file": file, **fields})


def test_saved_file_comes_back_as_the_outline_of_a_group(cast: Cast) -> None:
    group, client = cast.case.working_group, cast.client(cast.secretariat)
    made = import_outline(None, ODD, by=cast.secretariat)
    saved = client.get(reverse("reports:outline_file", args=(made.pk,)))
    assert saved.headers["Content-Disposition"] == 'attachment; filename="a-name-with-quotes-and.toml"'
    assert read(client.get(reverse("reports:outline_built_in_file")).content) == built_in()
    answer = sent(cast, saved.content.decode(), whose=group.pk)
    found = Outline.objects.get(working_group=group)
    assert answer.headers["Location"] == reverse("reports:outline", args=(found.pk,))
    assert plain_outline(found) == ODD


def test_file_replaces_an_outline_only_where_that_is_ticked(cast: Cast) -> None:
    made = import_outline(None, ODD, by=cast.secretariat)
    refused = sent(cast, HEAD + section(), whose="all")
    assert refused.status_code == 422
    assert "Tick this to replace it" in refused.content.decode()
    assert plain_outline(made) == ODD
    assert sent(cast, HEAD + section(), whose="all", replaces="on").status_code == 303
    now = Outline.objects.get()
    assert (now.pk, plain_outline(now)) == (made.pk, OutlinePlan("Ours", (SectionPlan("one", "One"),)))


def test_file_that_is_refused_changes_nothing_and_says_why(cast: Cast) -> None:
    answer = sent(cast, HEAD + section('draws = ["funel"]'), whose="all")
    assert answer.status_code == 422
    assert "Did you mean “funnel”?" in answer.content.decode()
    assert not Outline.objects.exists()
