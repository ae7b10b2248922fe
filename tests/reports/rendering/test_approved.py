"""Every page of every kind of document looks as it was approved (approved.py says how to approve anew)."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reports.rendering import render_document
from reports.rendering.model import DocumentContent, Lead
from tests.reports.rendering import approved, brief_samples
from tests.reports.rendering.conftest import SAMPLES, Samples


@pytest.mark.parametrize("name", list(SAMPLES))
def test_pages_look_as_they_were_approved(made: Samples, name: str, artefacts: Path) -> None:
    pictures = approved.pictures_of(made[name].pdf.content)
    grids = [approved.grid_of(picture) for picture in pictures]
    if os.environ.get("APPROVE"):
        approved.approve(name, grids)
    known = approved.read(name)
    found = approved.faults(known, grids)
    for page, cells in found.items():
        at = max(page - 1, 0)
        before = known[at] if at < len(known) else None
        approved.show(artefacts / f"{name}-{page}.png", before, pictures[at], cells)
    assert found == {}, f"These pages differ, see {artefacts}; APPROVE=1 approves them."


def pages_of(pdf: bytes, *, fine: int = approved.FINE) -> list[approved.Grid]:
    return [approved.grid_of(page) for page in approved.pictures_of(pdf, fine=fine)]


def faulty(made: Samples, content: DocumentContent) -> list[int]:
    """The pages of a changed report on the progress that differ."""
    return list(approved.faults(pages_of(made["progress"].pdf.content), pages_of(render_document(content).content)))


def test_a_block_that_goes_is_seen(made: Samples) -> None:
    content = brief_samples.progress()
    first = replace(content.chapters[0], blocks=content.chapters[0].blocks[:-1])
    assert faulty(made, replace(content, chapters=(first, *content.chapters[1:]))) == [2]


def test_a_block_that_moves_is_seen(made: Samples) -> None:
    """A lead of one more line moves what follows by six millimetres."""
    content = brief_samples.progress()
    longer = Lead("The host decides what it does with a recommendation, and it says so here for everybody to read.")
    first = replace(content.chapters[0], blocks=(longer, *content.chapters[0].blocks[1:]))
    assert faulty(made, replace(content, chapters=(first, *content.chapters[1:]))) == [2]


def test_a_page_more_is_seen(made: Samples) -> None:
    content = brief_samples.progress()
    changed = replace(content.chapters[2], starts_page=True)
    assert faulty(made, replace(content, chapters=(*content.chapters[:2], changed))) == [0]


def test_how_letters_are_smoothed_is_not_seen(made: Samples) -> None:
    pdf = made["progress"].pdf.content
    assert approved.faults(pages_of(pdf), pages_of(pdf, fine=13)) == {}
