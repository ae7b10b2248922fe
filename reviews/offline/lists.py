"""The lists of a Word document: which paragraph is an item, how deep it stands, and with which mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one item, and how far it stands to the right."""

    sign: str
    indent: int

    def before(self, text: str) -> str:
        """Return the item with its mark."""
        return f"{' ' * self.indent}{self.sign} {self._below(text).lstrip()}"

    def below(self, text: str) -> str:
        """Return a further paragraph of the item."""
        return self._below(text)

    def _below(self, text: str) -> str:
        margin = " " * (self.indent + len(self.sign) + 1)
        return "\n".join(f"{margin}{line}" for line in text.split("\n"))


class Lists:
    """Counts through the lists of a document, as Word does.

    Paragraphs name a number; numbers of one definition go on counting together, unless one says that it begins anew.
    LibreOffice gives each item a number of its own.
    """

    def __init__(self, document: DocxDocument) -> None:
        self._definition: dict[str, str] = {}
        self._formats: dict[tuple[str, int], tuple[str, int]] = {}
        self._anew: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._list: dict[str, str] = {}
        self._open: list[tuple[int, int]] = []
        self._last: tuple[str, bool] | None = None
        self._other = False
        self._read(document)

    def _read(self, document: DocxDocument) -> None:
        """Learn the kinds and first numbers of all lists. A document may have none."""
        numbering = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        root: Any = getattr(numbering, "element", None)
        if root is None:
            return
        abstract = {row.get(qn("w:abstractNumId")): row for row in root.findall(qn("w:abstractNum"))}
        for row in root.findall(qn("w:num")):
            number, definition = row.get(qn("w:numId")), _value(row, "w:abstractNumId")
            known = abstract.get(definition)
            self._definition[number] = definition
            for level in known.findall(qn("w:lvl")) if known is not None else ():
                at = int(level.get(qn("w:ilvl"), "0"))
                self._formats[number, at] = (_value(level, "w:numFmt") or "decimal", int(_value(level, "w:start") or 1))
            for change in row.findall(qn("w:lvlOverride")):
                if start := _value(change, "w:startOverride"):
                    self._anew[number, int(change.get(qn("w:ilvl"), "0"))] = int(start)

    def mark_of(self, paragraph: Any, style: Any) -> Mark | None:
        """Return the mark of a paragraph if it is an item; every paragraph has to be asked, in order."""
        found = _numbering(paragraph.find(qn("w:pPr")))
        while found is None and style is not None and not (style.name or "").lower().startswith("heading"):
            found = _numbering(style.element.find(qn("w:pPr")))
            style = style.base_style
        if found is None or found[0] in {"", "0"} or found not in self._formats:
            if paragraph.find(f".//{qn('w:t')}") is not None:
                self._open, self._last = [], None
            return None
        return self._mark(*found)

    def _mark(self, number: str, level: int) -> Mark:
        kind, start = self._formats[number, level]
        is_bullet = kind in {"bullet", "none"}
        definition = self._definition[number]
        anew = self._anew.pop((number, level), None)
        if anew is not None:
            self._counts[definition, level] = anew - 1
        if definition not in self._list or (anew is not None and level == 0):
            self._list[definition] = number
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        if not self._open:
            now = (self._list[definition], is_bullet)
            changed = self._last is not None and self._last != now and self._last[1] == is_bullet
            self._other = self._other != changed if self._last else False
            self._last = now
        count = self._counts[definition, level] = self._counts.get((definition, level), start - 1) + 1
        for deeper in range(level + 1, _DEEPEST + 1):
            self._counts.pop((definition, deeper), None)
        sign = ("*" if self._other else "-") if is_bullet else f"{count}{')' if self._other else '.'}"
        indent = sum(width for _, width in self._open)
        self._open.append((level, len(sign) + 1))
        return Mark(sign, indent)


def _numbering(properties: Any) -> tuple[str, int] | None:
    found = properties.find(qn("w:numPr")) if properties is not None else None
    if found is None:
        return None
    number = _value(found, "w:numId")
    return (number, int(_value(found, "w:ilvl") or 0)) if number else None


def _value(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else str(found.get(qn("w:val")) or "")
