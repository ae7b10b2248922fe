"""What tests of documents and reports share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from reports.rendering import DocumentContent, RenderedPdf
from reports.rendering.model import Chapter, RichText
from reports.rendering.results import Progress


@dataclass
class Paper:
    """What documents show in a test, and how they are made: no case is read and nothing is laid out.

    `text` is the content of the chapter at `anchor`, `pages` how many pages the layout reports; `fails` is raised while
    it is made; `before` runs between two pages. `made` counts the documents.
    """

    text: str = "What we found"
    anchor: str = "s5"
    pages: int = 3
    fails: BaseException | None = None
    before: Callable[[], None] | None = None
    made: list[str] = field(default_factory=list)

    def compose(self, kind: str, edition: str, case_id: int) -> DocumentContent:
        chapter = Chapter(title="Findings", blocks=(RichText(f"<p>{self.text}</p>"),), anchor=self.anchor)
        return DocumentContent(
            kind=kind,
            edition=edition,
            kind_label=kind,
            title=f"Case {case_id}",
            language="en",
            dated=date(2026, 6, 1),
            chapters=(chapter,),
        )

    def render(self, content: DocumentContent, on_progress: Progress | None = None) -> RenderedPdf:
        for page in range(1, self.pages + 1):
            if on_progress is not None:
                on_progress(page, self.pages)
            if self.before is not None:
                self.before()
        if self.fails is not None:
            raise self.fails
        block = content.chapters[0].blocks[0]
        assert isinstance(block, RichText)
        self.made.append(block.html)
        return RenderedPdf(f"%PDF-1.7 {block.html}".encode(), pages=self.pages, seconds=0.5, warnings=("No photo.",))


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> Paper:
    """Documents without composer and renderer."""
    made = Paper()
    monkeypatch.setattr("reports.contents.compose_document", made.compose)
    monkeypatch.setattr("reports.works.render_document", made.render)
    monkeypatch.setattr("reports.jobs.HEARTBEAT_SECONDS", 0)
    return made
