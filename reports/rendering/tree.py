"""The last look at a document's HTML before it is laid out: what would break the PDF or its accessibility is mended."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

from reports.rendering.pictures import BrokenPicture, DocumentFetcher

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset({"p", "pre", "blockquote", "table", "div", "hr", *_HEADINGS})
NO_PICTURE_WORDS, NO_DRAWING_WORDS = "Picture without a description", "Drawing without a description"
NOT_SHOWN = "This picture could not be shown."
UNDESCRIBED = frozenset({"", NO_PICTURE_WORDS, NO_DRAWING_WORDS})
"""Alternative texts that say nothing."""
_LINES = ("p", "td", "th")
_OUTSIDE = ("http://", "https://")
_SVG = "{http://www.w3.org/2000/svg}"


def mend(root: Element, fetcher: DocumentFetcher, signs: frozenset[int], level: int = 0) -> Iterator[str]:
    """Change the tree in place and yield one sentence for people per thing that was wrong with it.

    `level` is that of the last heading before the tree, when the tree is a part of a document.
    """
    yield from _replace_broken_pictures(root, fetcher)
    yield from _describe_pictures(root)
    yield from _fill_empty_chapters(root)
    _print_addresses(root)
    _turn_foreign_lines(root)
    _close_heading_gaps(root, level)
    _wrap_list_items(root)
    yield from _name_unprintable_signs(root, signs)


def _replace_broken_pictures(root: Element, fetcher: DocumentFetcher) -> Iterator[str]:
    """Put a box with the description where a picture cannot be shown; an exception would cost the whole document."""
    for picture in list(root.iter("img")):
        source = picture.get("src", "")
        if source.startswith("data:image/"):
            continue
        try:
            fetcher.picture(source)
        except BrokenPicture:
            alt = picture.get("alt", "")
            _become_box(picture, alt)
            words = alt.rstrip(". ") or "no description"
            yield f"A picture could not be shown, its description stands in its place: {words}."


def _become_box(picture: Element, alt: str) -> None:
    tail = picture.tail
    picture.clear()
    picture.tag, picture.tail = "span", tail
    picture.set("class", "doc-missing")
    picture.text = f"{NOT_SHOWN} {alt}".strip()


def _describe_pictures(root: Element) -> Iterator[str]:
    """Report pictures without a description, and give them one that says so."""
    for picture in root.iter("img"):
        if not picture.get("alt", "").strip():
            picture.set("alt", NO_PICTURE_WORDS)
            yield "A picture has no description for people who cannot see it."
    for drawing in root.iter(f"{_SVG}svg"):
        title = drawing.find(f"{_SVG}title")
        if title is None or not (title.text or "").strip():
            title = Element(f"{_SVG}title")
            title.text = NO_DRAWING_WORDS
            drawing.insert(0, title)
            yield "A drawing has no description for people who cannot see it."


def _fill_empty_chapters(root: Element) -> Iterator[str]:
    """Say of a chapter without anything below its heading that it is empty: a lone heading looks like a fault."""
    for chapter in root.iter("section"):
        if "doc-chapter" not in chapter.get("class", "").split() or len(chapter) != 1:
            continue
        said = Element("p", {"class": "doc-empty", "lang": "en"})
        said.text = "Nothing has been written here yet."
        chapter.append(said)
        yield f"A chapter is empty, the document says so: {' '.join(''.join(chapter[0].itertext()).split())}."


def _print_addresses(root: Element) -> None:
    """Print where a link in a text leads as a note at the foot of the page: nobody can click on paper."""
    for text in root.iter("div"):
        if "doc-text" not in text.get("class", "").split():
            continue
        for link in list(text.iter("a")):
            address = link.get("href", "")
            if address.startswith(_OUTSIDE) and address not in "".join(link.itertext()):
                note = Element("span", {"class": "doc-note", "lang": ""})
                note.text = address
                note.tail, link.tail = link.tail, None
                _insert_after(text, link, note)


def _insert_after(root: Element, before: Element, added: Element) -> None:
    for parent in root.iter():
        children = list(parent)
        if before in children:
            parent.insert(children.index(before) + 1, added)
            return


def _turn_foreign_lines(root: Element) -> None:
    """Let lines without a letter from right to left run from left to right, or `12-14 June` becomes `June 14-12`."""
    if root.get("dir") != "rtl":
        return
    for line in root.iter():
        if line.tag not in _LINES:
            continue
        ways = {unicodedata.bidirectional(sign) for sign in "".join(line.itertext())}
        if "L" in ways and not ways & {"R", "AL"}:
            line.set("dir", "ltr")
            line.set("class", f"{line.get('class', '')} doc-foreign".strip())


def _close_heading_gaps(root: Element, before: int) -> None:
    """Let no heading be more than one level below the one before: PDF/UA asks for it, and so do people's ears."""
    for heading in root.iter():
        if heading.tag in _HEADINGS:
            level = min(int(heading.tag[1]), before + 1)
            heading.tag = f"h{level}"
            before = level


def _wrap_list_items(root: Element) -> None:
    """Give list items with paragraphs one inner item: WeasyPrint tags it as the body that PDF/UA asks for."""
    contents = {item for nav in root.iter("nav") for item in nav.iter("li")}  # without bullets, these have a body
    for item in list(root.iter("li")):
        if item in contents or not any(child.tag in _BLOCKS for child in item):
            continue
        body = Element("li", {"class": "doc-item-body"})
        body.text, item.text = item.text, None
        for child in list(item):
            item.remove(child)
            body.append(child)
        item.append(body)


def _name_unprintable_signs(root: Element, signs: frozenset[int]) -> Iterator[str]:
    """Write the name of a sign that no font has (a smiley): an empty box says nothing, and PDF/UA forbids it.

    Letters of scripts beyond ours are left to the fonts of the system, or marked where it has none.
    """
    named: set[str] = set()
    for element in root.iter():
        element.text = _printable(element.text, signs, named)
        element.tail = _printable(element.tail, signs, named)
    if named:
        yield f"No font of the server has these signs, they are printed as words: {' '.join(sorted(named))}"


def _printable(text: str | None, signs: frozenset[int], named: set[str]) -> str | None:
    if not text or text.isascii():
        return text
    return "".join(sign if ord(sign) in signs else _instead(sign, named) for sign in text)


def _instead(sign: str, named: set[str]) -> str:
    category = unicodedata.category(sign)
    if category[0] == "Z":
        return " "
    if category[0] == "C" or 0xFE00 <= ord(sign) <= 0xFE0F:  # noqa: PLR2004 - variation selectors
        return sign if sign in "\n\t\r" else ""
    if category[0] in "LMN" and system_has(sign):
        return sign
    named.add(sign)
    return f"({unicodedata.name(sign, 'sign').lower()})"


@lru_cache(maxsize=4096)
def system_has(sign: str) -> bool:
    """Whether a font of the system has the sign; asked once a sign and process."""
    program = shutil.which("fc-list")
    if program is None:
        return False
    asked = [program, f":charset={ord(sign):x}", "family"]
    return bool(subprocess.run(asked, capture_output=True, check=False, timeout=10).stdout.strip())  # noqa: S603 - a number
