"""A document as HTML, cut where a new page begins anyway."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

_ID = re.compile(r'\sid="([^"]*)"')
_LINK = re.compile(r'\shref="#([^"]*)"')
_TARGET = re.compile(r'\sdata-target="#([^"]*)"')


@dataclass(frozen=True, slots=True)
class Section:
    """One part as a whole HTML file.

    `level` is that of the heading before it. `lists_pages` is on for contents: its page numbers are filled in when the
    other parts are laid out. `photos` are the digests of its photos.
    """

    html: str
    level: int = 0
    lists_pages: bool = False
    photos: tuple[str, ...] = ()

    def with_pages(self, pages: Mapping[str, int]) -> "Section":
        """Return the section with the page of each target."""

        def numbered(target: re.Match[str]) -> str:
            return f'{target[0]} data-page="{pages[target[1]]}"' if target[1] in pages else target[0]

        return replace(self, html=_TARGET.sub(numbered, self.html))

    @property
    def ids(self) -> set[str]:
        """What can be linked to."""
        return set(_ID.findall(self.html))

    def elsewhere(self, ids: set[str]) -> list[str]:
        """What it links to in other parts."""
        return sorted((set(_LINK.findall(self.html)) - self.ids) & ids)

    def key(self, version: str, elsewhere: list[str]) -> str:
        """The hash of all that the laid out part depends on."""
        shown = json.dumps([version, self.html, self.level, elsewhere, self.photos])
        return hashlib.sha256(shown.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document: `shell` is an HTML file with its head only, which names language, title and people.

    `colour` is that of its working group (#rrggbb), empty for ours.
    """

    shell: str
    sections: tuple[Section, ...] = field(default=())
    colour: str = ""

    @property
    def root(self) -> str:
        """The opening html tag, for the language."""
        found = re.search(r"<html[^>]*>", self.shell)
        return found[0] if found else "<html>"

    def pictures(self) -> Iterator[str]:
        """Yield the address of every picture."""
        for section in self.sections:
            yield from re.findall(r'<img\s[^>]*src="([^"]*)"', section.html)
