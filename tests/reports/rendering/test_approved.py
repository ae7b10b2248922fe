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


def pages_of(content: DocumentContent, *, fine: int = approved.FINE) -> list[approved.Grid]:
    return [approved.grid_of(page) for page in approved.pictures_of(render_document(content).content, fine=fine)]


def faulty(content: DocumentContent) -> list[int]:
    return list(approved.faults(pages_of(brief_samples.progress()), pages_of(content)))


def test_a_block_that_goes_is_seen() -> None:
    content = brief_samples.progress()
    first = replace(content.chapters[0], blocks=content.chapters[0].blocks[:-1])
    assert faulty(replace(content, chapters=(first, *content.chapters[1:]))) == [2]


def test_a_block_that_moves_is_seen() -> None:
    """A lead of one more line moves what follows by six millimetres."""
    content = brief_samples.progress()
    longer = Lead("The host decides what it does with a recommendation, and it says so here for everybody to read.")
    first = replace(content.chapters[0], blocks=(longer, *content.chapters[0].blocks[1:]))
    assert faulty(replace(content, chapters=(first, *content.chapters[1:]))) == [2]


def test_a_page_more_is_seen() -> None:
    content = brief_samples.progress()
    changed = replace(content.chapters[2], starts_page=True)
    assert faulty(replace(content, chapters=(*content.chapters[:2], changed))) == [0]


def test_how_letters_are_smoothed_is_not_seen() -> None:
    content = brief_samples.progress()
    assert approved.faults(pages_of(content), pages_of(content, fine=13)) == {}
