"""The runs of one Word paragraph as Markdown: marks around words, signs of Markdown that people typed kept as signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

_SEEN_THROUGH = {qn(f"w:{name}") for name in ("ins", "moveTo", "smartTag", "sdtContent", "fldSimple", "dir", "bdo")}
_GONE = {qn(f"w:{name}") for name in ("del", "moveFrom", "sdtPr", "sdtEndPr", "pPr", "rPr")}
_MARKS = (("strike", "~~"), ("bold", "**"), ("italic", "*"))
_STRONG, _EMPHASIS = {"strong", "intense emphasis"}, {"emphasis", "subtle emphasis"}
_SPECIAL = re.compile(r"\\(?=[!-/:-@\[-`{-~])|[`*\[\]]|~~|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|<(?=[a-zA-Z/!?])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|={2,}\s*$|-{2,}\s*$|~{3})|^(\s*\d{1,9})([.)](?=\s|$))")
_ADDRESS = re.compile(r'HYPERLINK\s+"([^"]+)"')
_SIGNS = {"tab": " ", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
_SAFE = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Segment:
    """Signs of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""


class Runs:
    """Reads the runs of paragraphs of one document. `notes` are its footnotes by id."""

    def __init__(self, part: Any, notes: dict[str, str]) -> None:
        self.part, self.notes = part, notes
        self.styles = {style.style_id: (style.name or "").lower() for style in part.document.styles}

    def segments(self, paragraph: Any) -> list[Segment]:
        """Return what a paragraph says, in order."""
        return [segment for segment in self._inside(paragraph, "", _Field()) if segment.text]

    def _inside(self, element: Any, link: str, field: _Field) -> Iterator[Segment]:
        for child in element:
            if child.tag == qn("w:r"):
                yield from self._run(child, link or field.address, field)
            elif child.tag == qn("w:hyperlink"):
                yield from self._inside(child, self._address(child) or link, field)
            elif child.tag == qn("w:sdt"):
                if child.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is None:
                    yield from self._inside(child, link, field)
            elif child.tag in _SEEN_THROUGH:
                yield from self._inside(child, link, field)

    def _run(self, run: Any, link: str, field: _Field) -> Iterator[Segment]:
        looks = self._looks(run.find(qn("w:rPr")))
        for child in run:
            if child.tag == qn("w:fldChar"):
                field.turn(child.get(qn("w:fldCharType")))
            elif child.tag == qn("w:instrText"):
                field.told += child.text or ""
            elif text := self._text(child):
                yield Segment(text, link=link or field.address, **looks)

    def _text(self, child: Any) -> str:
        name = child.tag.rpartition("}")[2]
        if name == "t":
            return child.text or ""
        if name in {"footnoteReference", "endnoteReference"}:
            note = self.notes.get(f"{name[:-9]}{child.get(qn('w:id'))}", "")
            return f" ({note})" if note else ""
        page = child.get(qn("w:type")) in {"page", "column"}
        return {**_SIGNS, "br": "" if page else "\n"}.get(name, "")

    def _looks(self, properties: Any) -> dict[str, bool]:
        if properties is None:
            return {}
        style = properties.find(qn("w:rStyle"))
        name = self.styles.get(style.get(qn("w:val")), "") if style is not None else ""
        return {
            "bold": _is_on(properties, "w:b") or name in _STRONG,
            "italic": _is_on(properties, "w:i") or name in _EMPHASIS,
            "strike": _is_on(properties, "w:strike") or _is_on(properties, "w:dstrike"),
            "code": name == "form code",
        }

    def _address(self, link: Any) -> str:
        found = self.part.rels.get(link.get(qn("r:id"), ""))
        address = str(found.target_ref) if found is not None and found.is_external else ""
        return address if address.lower().startswith(_SAFE) else ""


class _Field:
    """A field of Word that runs over several runs; `address` while its shown text is a link."""

    def __init__(self) -> None:
        self.told = self.address = ""

    def turn(self, kind: str | None) -> None:
        if kind == "begin":
            self.told = self.address = ""
        elif kind == "separate":
            found = _ADDRESS.search(self.told)
            self.address = found[1] if found and found[1].lower().startswith(_SAFE) else ""
        else:
            self.told = self.address = ""


def _is_on(properties: Any, name: str) -> bool:
    found = properties.find(qn(name))
    return found is not None and found.get(qn("w:val"), "1") not in {"0", "false", "none", "off"}


def plain_of(segments: list[Segment]) -> str:
    """Return the signs without their looks."""
    return "".join(segment.text for segment in segments).strip()


def markdown_of(segments: list[Segment], *, in_table: bool = False, is_head: bool = False) -> str:
    """Return the Markdown of one paragraph."""
    if is_head:
        segments = [replace(segment, bold=False) for segment in segments]
    lines = [_at_line_start(line.strip()) for line in _marked(_spaced(segments)).split("\n")]
    joined = "\n".join(lines).strip("\n")
    return joined.replace("|", "\\|").replace("\n", " ") if in_table else joined


def _marked(segments: list[Segment]) -> str:
    """Write segments with the marks that lead from one look to the next; a link is the innermost mark."""
    said: list[str] = []
    on: list[tuple[str, str]] = []
    for segment in segments:
        wanted = [(mark, mark) for name, mark in _MARKS if getattr(segment, name)]
        wanted += [("[", f"]({_target(segment.link)})")] if segment.link else []
        while not set(on) <= set(wanted):
            said.append(on.pop()[1])
        for mark in wanted:
            if mark not in on:
                said.append(mark[0])
                on.append(mark)
        said.append(_code(segment.text) if segment.code else _SPECIAL.sub(lambda found: f"\\{found[0]}", segment.text))
    return "".join(said) + "".join(mark[1] for mark in reversed(on))


def _target(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence}{text}{fence}"


def _spaced(segments: list[Segment]) -> list[Segment]:
    """Take spaces out of the marks: they belong to a mark only where it goes on on both sides."""
    pieces: list[Segment] = []
    for segment in segments:
        texts = filter(None, re.split(r"(^\s+|\s+$)", segment.text))
        pieces.extend(replace(segment, text=text) for text in texts)
    found: list[Segment] = []
    for at, piece in enumerate(pieces):
        if piece.text.strip():
            found.append(piece)
            continue
        before = next((p for p in reversed(pieces[:at]) if p.text.strip()), Segment(""))
        after = next((p for p in pieces[at + 1 :] if p.text.strip()), Segment(""))
        both = {name: getattr(before, name) and getattr(after, name) for name in ("bold", "italic", "strike")}
        link = before.link if before.link == after.link else ""
        found.append(Segment(piece.text, link=link, **both))
    return found


def _at_line_start(line: str) -> str:
    """Keep a sign that would begin a list or a heading there a sign."""
    return _LINE_START.sub(lambda found: f"{found[1] or found[3] or ''}\\{found[2] or found[4]}", line)
