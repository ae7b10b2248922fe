"""A report of 40 pages with 12 phone photos, against plain WeasyPrint on the same HTML with the photos as uploaded."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image

from config.bench.figures import Figure
from people.photos import scaled
from reports.rendering import DocumentContent
from reports.rendering.engine import FACES
from reports.rendering.model import Block, Chapter, Column, Finding, Lead, Photo, RichText, Table
from reports.rendering.pages import html_of
from reports.rendering.pdf import render_pdf

PAGES, PHOTOS, ROUNDS = 40, 12, 3
PHONE = (4000, 3000)
TIME, SIZE = 0.7, 0.1
_SENTENCE = "Targeted support is planned together with the community, and residents name the people they can turn to. "


def figures() -> Iterator[Figure]:
    """Time and size, and that the report has the length it should have."""
    ours = [_ours() for _ in range(ROUNDS + 1)][1:]  # a worker is warm
    plain = [_plain() for _ in range(ROUNDS)]
    yield Figure("document.40-pages.time", _median(ours, 0) / _median(plain, 0), TIME)
    yield Figure("document.40-pages.size", _median(ours, 1) / _median(plain, 1), SIZE)
    yield Figure("document.40-pages.from-40", abs(ours[0][2] - PAGES), PAGES / 10, " pages")


def inside() -> dict[str, float]:
    """This group needs no installation of its own."""
    return {}


def _median(runs: list[tuple[float, int, int]], part: int) -> float:
    return statistics.median(run[part] for run in runs)


def _ours() -> tuple[float, int, int]:
    """Seconds, bytes and pages of our own rendering, with the photos as we keep them."""
    kept = {name: scaled(BytesIO(photo)).content for name, photo in _photos().items()}
    html = html_of(report())
    start = time.perf_counter()
    rendered = render_pdf(html, pictures=kept.__getitem__)
    return time.perf_counter() - start, len(rendered.content), rendered.pages


def _plain() -> tuple[float, int, int]:
    """Seconds and bytes of the WeasyPrint command on the same HTML and style, photos as uploaded."""
    with tempfile.TemporaryDirectory(prefix="cf-bench-") as name:
        folder = Path(name)
        html, style = html_of(report()), _style()
        for photo, content in _photos().items():
            (folder / photo).write_bytes(content)
            html = html.replace(f"photo:{photo}", photo)
        (folder / "report.html").write_text(html)
        (folder / "style.css").write_text(style)
        command = (sys.executable, "-m", "weasyprint", "report.html", "report.pdf", "-s", "style.css", "-q")
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603 - our own command
        return time.perf_counter() - start, (folder / "report.pdf").stat().st_size, 0


def _style() -> str:
    """The style of documents with the same fonts, by their files."""
    fonts = settings.FONTS_DIR / "print"
    rule = '@font-face{{font-family:"{}";font-style:{};font-weight:{};src:url("file://{}/{}.ttf")}}\n'
    faces = "".join(rule.format(family, style, weight, fonts, file) for family, style, weight, file in FACES)
    return faces + (settings.BASE_DIR / "static" / "css" / "documents" / "paper.css").read_text()


_made: dict[str, bytes] = {}


def _photos() -> dict[str, bytes]:
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


def report() -> DocumentContent:
    """A report of about 40 pages: twelve chapters, each with text, findings, a table and a photo."""
    return DocumentContent(
        kind="report",
        edition="public",
        kind_label="Critical friend review",
        title="A city for measuring",
        language="en",
        dated=date(2026, 1, 15),
        chapters=tuple(_chapter(number) for number in range(PHOTOS)),
    )


def _chapter(number: int) -> Chapter:
    paragraphs = "".join(f"<p>{_SENTENCE * 6}</p>" for _ in range(6))
    findings = tuple(
        Finding(
            kind=kind,
            label=label,
            html=f"<p>{_SENTENCE * 2}</p>",
            sources="3 interviews, 1 site",
            anchor=f"f{number}-{at}",
        )
        for at, (kind, label) in enumerate(
            (("strength", "Strength"), ("consideration", "Area for consideration"), ("question", "Question"))
        )
    )
    rows = tuple((f"Service {row}", "Open door", str(row * 7)) for row in range(12))
    table = Table(
        columns=(Column("What"), Column("How"), Column("People", is_number=True)), rows=rows, caption="People met"
    )
    photo = Photo(name=f"photo-{number}.jpg", alt="A street with people", caption="On the way to a host site")
    blocks: tuple[Block, ...] = (Lead(_SENTENCE), RichText(paragraphs), *findings, photo, table)
    return Chapter(
        title=f"Chapter {number + 1}: what we saw", blocks=blocks, anchor=f"c{number}", number=str(number + 1)
    )
