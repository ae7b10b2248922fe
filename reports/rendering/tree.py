"""The last look at a document's HTML before it is laid out: what would break the PDF or its accessibility is mended."""

import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reports.rendering.pictures import BrokenPicture, DocumentFetcher

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SVG = "{http://www.w3.org/2000/svg}"


def mend(root: Element, fetcher: DocumentFetcher, signs: frozenset[int]) -> Iterator[str]:
    """Change the tree in place and yield one sentence for people per thing that was wrong with it."""
    yield from _replace_broken_pictures(root, fetcher)
    yield from _describe_pictures(root)
    _close_heading_gaps(root)
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
            yield f"A picture could not be shown, its description stands in its place: {alt or 'no description'}."


def _become_box(picture: Element, alt: str) -> None:
    tail = picture.tail
    picture.clear()
    picture.tag, picture.tail = "span", tail
    picture.set("class", "doc-missing")
    picture.text = f"Picture missing. {alt}".strip()


def _describe_pictures(root: Element) -> Iterator[str]:
    """Report pictures without a description, and give them one that says so."""
    for picture in root.iter("img"):
        if not picture.get("alt", "").strip():
            picture.set("alt", "Picture without a description")
            yield "A picture has no description for people who cannot see it."
    for drawing in root.iter(f"{_SVG}svg"):
        title = drawing.find(f"{_SVG}title")
        if title is None or not (title.text or "").strip():
            title = Element(f"{_SVG}title")
            title.text = "Drawing without a description"
            drawing.insert(0, title)
            yield "A drawing has no description for people who cannot see it."


def _close_heading_gaps(root: Element) -> None:
    """Let no heading be more than one level below the one before: PDF/UA asks for it, and so do people's ears."""
    before = 0
    for heading in root.iter():
        if heading.tag in _HEADINGS:
            level = min(int(heading.tag[1]), before + 1)
            heading.tag = f"h{level}"
            before = level


def _name_unprintable_signs(root: Element, signs: frozenset[int]) -> Iterator[str]:
    """Write the name of a sign that no font has (a smiley): an empty box says nothing, and PDF/UA forbids it.

    Letters of scripts beyond ours stay, for the fonts of the system.
    """
    named: set[str] = set()
    letters: set[str] = set()
    for element in root.iter():
        element.text = _printable(element.text, signs, named, letters)
        element.tail = _printable(element.tail, signs, named, letters)
    if named:
        yield f"These signs are printed as words: {' '.join(sorted(named))}"
    if letters:
        yield f"These letters may look different or be missing: {' '.join(sorted(letters)[:20])}"


def _printable(text: str | None, signs: frozenset[int], named: set[str], letters: set[str]) -> str | None:
    if not text or text.isascii():
        return text
    return "".join(sign if ord(sign) in signs else _instead(sign, named, letters) for sign in text)


def _instead(sign: str, named: set[str], letters: set[str]) -> str:
    category = unicodedata.category(sign)
    if category[0] in "LMN" and not 0xFE00 <= ord(sign) <= 0xFE0F:  # noqa: PLR2004 - variation selectors
        letters.add(sign)
        return sign
    if category[0] in "CM":
        return sign if sign in "\n\t\r" else ""
    if category[0] == "Z":
        return " "
    named.add(sign)
    return f"({unicodedata.name(sign, 'sign').lower()})"
