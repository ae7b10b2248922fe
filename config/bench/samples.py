"""Reports for measuring: of any length, with a word changed, with photos as phones make them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from io import BytesIO

from PIL import Image

from reports.rendering import DocumentContent
from reports.rendering.model import Block, Chapter, Column, Fact, Finding, Heading, Lead, Photo, RichText, Table

PHOTOS = 12
PHONE = (4000, 3000)
_SENTENCE = "Targeted support is planned together with the community, and residents name the people they can turn to. "
_SECTIONS_A_PAGE = 0.45
_MOST_CHAPTERS, _PAGES_IN_CHAPTER = 16, 10


def certificate(number: int) -> DocumentContent:
    """A certificate of participation as it is composed from a case; another number is another person's."""
    facts = (
        ("As", "Critical friend"),
        ("From", "Timișoara, Romania"),
        ("Review", "A city for measuring"),
        ("Working group", "Roma Inclusion"),
        ("Study visit", "12–14 January 2026"),
        ("Hours", "24.5, preparation included"),
    )
    return replace(
        _shell(()),
        kind="certificate",
        edition="team",
        kind_label="Certificate of participation",
        title=f"Ana Ionescu {number}",
        subtitle="took part in the critical friend review of a city and gave time, knowledge and honest questions to"
        " colleagues.",
        edition_label="Issued by Lena Brandt on 15 January 2026",
        version=f"Certificate 7-{number}",
        cover_facts=tuple(Fact(*fact) for fact in facts),
        running_title="Certificate of participation",
    )


def report(pages: int, *, word: str = "community") -> DocumentContent:
    """A report of about so many pages in chapters of ten and more; `word` stands once in the middle."""
    count = max(1, min(_MOST_CHAPTERS, pages // _PAGES_IN_CHAPTER))
    sections = max(1, round(pages * _SECTIONS_A_PAGE / count))
    chapters = [_long_chapter(number, sections) for number in range(count)]
    at = count // 2
    changed = RichText(f"<p>{_SENTENCE.replace('community', word)}</p>")
    chapters[at] = replace(chapters[at], blocks=(*chapters[at].blocks, changed))
    return _shell(tuple(chapters))


def with_photos() -> DocumentContent:
    """A report of about 40 pages: twelve chapters, each with text, findings, a table and a photo."""
    return _shell(
        tuple(
            Chapter(
                title=f"Chapter {number + 1}: what we saw",
                blocks=(
                    *_section(number),
                    Photo(name=f"photo-{number}.jpg", alt="A street with people", caption="On the way to a host site"),
                ),
                anchor=f"c{number}",
                number=str(number + 1),
            )
            for number in range(PHOTOS)
        )
    )


def _shell(chapters: tuple[Chapter, ...]) -> DocumentContent:
    return DocumentContent(
        kind="report",
        edition="public",
        kind_label="Critical friend review",
        title="A city for measuring",
        language="en",
        dated=date(2026, 1, 15),
        chapters=chapters,
    )


def _long_chapter(number: int, sections: int) -> Chapter:
    blocks: list[Block] = []
    for at in range(sections):
        blocks += [Heading(f"Part {at + 1}", anchor=f"h{number}-{at}"), *_section(number * 1000 + at)]
    return Chapter(f"Chapter {number + 1}: what we saw", tuple(blocks), f"c{number}", str(number + 1))


def _section(number: int) -> tuple[Block, ...]:
    paragraphs = "".join(f"<p>{_SENTENCE * 6}</p>" for _ in range(6))
    kinds = (("strength", "Strength"), ("consideration", "Area for consideration"), ("question", "Question"))
    findings = tuple(
        Finding(
            kind=kind,
            label=label,
            html=f"<p>{_SENTENCE * 2}</p>",
            sources="3 interviews, 1 site",
            anchor=f"f{number}-{at}",
        )
        for at, (kind, label) in enumerate(kinds)
    )
    rows = tuple((f"Service {row}", "Open door", str(row * 7)) for row in range(12))
    table = Table(
        columns=(Column("What"), Column("How"), Column("People", is_number=True)), rows=rows, caption="People met"
    )
    return (Lead(_SENTENCE), RichText(paragraphs), *findings, table)


_made: dict[str, bytes] = {}


def photos() -> dict[str, bytes]:
    """Photos as phones make them: 12 megapixels, full of small detail, 3 to 5 MB each. Made once."""
    for number in range(PHOTOS):
        if (name := f"photo-{number}.jpg") not in _made:
            _made[name] = _photo(number)
    return _made


def _photo(number: int) -> bytes:
    """One picture with detail at every scale, each finer one fainter, as in photos of streets and rooms."""
    chance = random.Random(number)  # noqa: S311 - the same picture every time
    picture = _noise(chance, PHONE[0] // 64)
    for at, finer in enumerate((32, 16, 8, 4, 2, 1)):
        picture = Image.blend(picture, _noise(chance, PHONE[0] // finer), 0.3 * 0.75**at)
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=92)
    return stream.getvalue()


def _noise(chance: random.Random, width: int) -> Image.Image:
    """Random colours in a grid so many points wide, drawn over the whole picture."""
    height = width * PHONE[1] // PHONE[0]
    grid = Image.frombytes("RGB", (width, height), chance.randbytes(width * height * 3))
    return grid.resize(PHONE, Image.Resampling.BICUBIC)
