"""Brings the parts of a document together: from the shelf or laid out now, with the page numbers that lists need."""

import gc
import hashlib
from dataclasses import dataclass, field
from typing import Final

from reports.rendering.binding.kept import Shelf
from reports.rendering.binding.margins import margins, pages_of
from reports.rendering.binding.paper import Paper, Section
from reports.rendering.binding.part import Part, Sheet
from reports.rendering.binding.typeset import typeset
from reports.rendering.engine import Engine
from reports.rendering.pictures import DocumentFetcher, Pictures
from reports.rendering.progress import Watch

_ROUNDS: Final = 5
"""Contents that grow by a page move what they list; more often than this, they would never rest."""
_PAGES_BETWEEN_COLLECTIONS: Final = 50
"""A laid out page has about 1 MB of boxes that only the garbage collector frees."""


@dataclass
class Assembly:
    """The making of one document."""

    paper: Paper
    engine: Engine
    watch: Watch
    pictures: Pictures
    shelf: Shelf | None = None
    _ids: set[str] = field(default_factory=set)
    _uncollected: int = 0

    def parts(self) -> list[Part]:
        """Return all parts in order. Contents are laid out last, when the pages of the rest are known."""
        sections = self.paper.sections
        self._ids = {name for section in sections for name in section.ids} if len(sections) > 1 else set()
        made: dict[int, Part] = {}
        for at, section in enumerate(sections):
            if not section.lists_pages:
                made[at] = self._part(section, made)
        lists = [at for at, section in enumerate(sections) if section.lists_pages]
        for _ in range(_ROUNDS if lists else 0):
            pages = self._pages(made)
            before = {at: len(made[at].sheets) if at in made else 1 for at in lists}
            for at in lists:
                others = {place: part for place, part in made.items() if place != at}
                made[at] = self._part(sections[at].with_pages(pages), others)
            if all(len(made[at].sheets) == before[at] for at in lists):
                break
        return [made[at] for at in range(len(sections))]

    def margins(self, parts: list[Part]) -> Part:
        """Return running heads and page numbers."""
        html = pages_of(self.paper.root, [sheet for part in parts for sheet in part.sheets])
        key = hashlib.sha256(f"margins {self.engine.version} {html}".encode()).hexdigest()
        found = self.shelf.find(key) if self.shelf else None
        if found is None:
            self.watch.begin(0, is_told=False)
            found = margins(html, self.engine)
            if self.shelf:
                self.shelf.keep(key, found)
        return found

    def _pages(self, made: dict[int, Part]) -> dict[str, int]:
        """Return the page of every anchor; lists that are not laid out yet count as one page."""
        pages: dict[str, int] = {}
        first = 1
        for at in range(len(self.paper.sections)):
            part = made.get(at)
            for name, page, _, _ in part.anchors if part else ():
                pages.setdefault(name, first + page)
            first += len(part.sheets) if part else 1
        return pages

    def _part(self, section: Section, made: dict[int, Part]) -> Part:
        """Return a part from the shelf, or lay it out."""
        elsewhere = section.elsewhere(self._ids)
        key = section.key(self.engine.version, elsewhere)
        found = self.shelf.find(key) if self.shelf else None
        self.watch.begin(sum(len(part.sheets) for part in made.values()))
        if found is None:
            fetcher = DocumentFetcher(self.pictures)
            found = typeset(section.html, self.engine, fetcher, level=section.level, elsewhere=elsewhere)
            if self.shelf and found.may_be_kept:
                self.shelf.keep(key, found)
            self._collect(found.sheets)
        else:
            self.watch.skip(len(found.sheets))
        return found

    def _collect(self, sheets: list[Sheet]) -> None:
        self._uncollected += len(sheets)
        if self._uncollected >= _PAGES_BETWEEN_COLLECTIONS:
            gc.collect()
            self._uncollected = 0
