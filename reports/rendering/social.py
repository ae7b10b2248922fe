"""The picture that other sites show beside a link to a report: city, title, theme, in the colour of the group.

1200 by 630 points, drawn with the fonts of documents. Arabic letters come from their own font, and a title that is
written from right to left stands at the right.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, features

from reports.rendering.model import RIGHT_TO_LEFT

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
DRAWING = 1
"""Raise this when the drawing changes, so that kept pictures are made anew."""
OURS = "#0f5257"
INK, PALE = "#ffffff", "#dfe9ea"
SIZES, MOST_LINES = (76, 66, 56, 48), 4
_LATIN = {"head": "source-serif-display-600", "text": "inter-400", "strong": "inter-600"}
_ARABIC = {"head": "plex-arabic-600", "text": "plex-arabic-400", "strong": "plex-arabic-600"}


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says."""

    title: str
    place: str
    below: str
    language: str = "en"
    colour: str = ""

    @property
    def is_from_right(self) -> bool:
        """Whether the title is written from right to left: as its first letter that has a direction."""
        for sign in self.title:
            if (side := unicodedata.bidirectional(sign)) in {"L", "R", "AL"}:
                return side != "L"
        return self.language.split("-")[0].lower() in RIGHT_TO_LEFT

    @property
    def digest(self) -> str:
        """Another one whenever the picture is another."""
        return hashlib.sha256(repr((DRAWING, astuple(self))).encode()).hexdigest()


def draw(card: Card) -> bytes:
    """Return the picture as PNG. Raises OSError while the fonts were never built."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _colour(card.colour))
    pen = _Pen(ImageDraw.Draw(image), card.is_from_right)
    pen.line(card.place, "strong", 34, MARGIN, PALE)
    size, lines = _fitted(card.title)
    top = MARGIN + 90
    for line in lines:
        pen.line(line, "head", size, top, INK)
        top += round(size * 1.18)
    pen.line(card.below, "text", 30, HEIGHT - MARGIN - 40, PALE)
    pen.rule(HEIGHT - MARGIN - 72)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws lines of text from the side on which they begin."""

    drawing: ImageDraw.ImageDraw
    from_right: bool

    def line(self, text: str, face: str, size: int, top: int, colour: str) -> None:
        """Draw one line; what does not fit ends in an ellipsis."""
        runs = list(_runs(_cut(text, face, size)))
        if self.from_right:
            runs.reverse()
        widths = [_font(name, size).getlength(run) for run, name in _faces(runs, face)]
        left = WIDTH - MARGIN - sum(widths) if self.from_right else MARGIN
        for (run, name), width in zip(_faces(runs, face), widths, strict=True):
            self.drawing.text((left, top + size), run, font=_font(name, size), fill=colour, anchor="ls")
            left += width

    def rule(self, top: int) -> None:
        """Draw a short line above the foot."""
        left = WIDTH - MARGIN - 120 if self.from_right else MARGIN
        self.drawing.rectangle((left, top, left + 120, top + 4), fill=PALE)


def _colour(chosen: str) -> str:
    """Return the group's colour where it can be one, else ours."""
    return chosen if len(chosen) == len(OURS) and chosen.startswith("#") and _is_hex(chosen[1:]) else OURS


def _is_hex(text: str) -> bool:
    return all(sign in "0123456789abcdefABCDEF" for sign in text)


def _fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest size in which the title fits, and its lines; the smallest ends in an ellipsis."""
    for size in SIZES:
        lines = _lines(title, size)
        if len(lines) * size * 1.18 <= HEIGHT - 2 * MARGIN - 190 and len(lines) <= MOST_LINES:
            return size, lines
    return SIZES[-1], [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"] if len(lines) > MOST_LINES else lines


def _lines(title: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, "head", size) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _cut(text: str, face: str, size: int) -> str:
    text = " ".join(text.split())
    while text and _width(text, face, size) > WIDTH - 2 * MARGIN:
        text = f"{text[:-2].rstrip('… ')}…" if len(text) > 2 else ""  # noqa: PLR2004 - a letter and the ellipsis
    return text


def _width(text: str, face: str, size: int) -> float:
    return sum(_font(name, size).getlength(run) for run, name in _faces(_runs(text), face))


def _runs(text: str) -> Iterator[str]:
    """Cut a line where its script changes between Arabic and others. Numbers stay with the run they are in."""
    sides: list[bool] = []
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        sides.append(kind in {"AL", "AN", "NSM"} if kind not in {"WS", "CS", "ON", "EN"} else bool(sides and sides[-1]))
    for _, pairs in groupby(zip(text, sides, strict=True), key=lambda pair: pair[1]):
        run = "".join(sign for sign, _ in pairs)
        yield from (part for part in (run.rstrip(), run[len(run.rstrip()) :]) if part)


def _faces(runs: Iterator[str] | list[str], face: str) -> list[tuple[str, str]]:
    """Return each run with the name of the font that has its letters."""
    return [(run, (_ARABIC if any(map(_is_arabic, run)) else _LATIN)[face]) for run in runs]


def _is_arabic(sign: str) -> bool:
    return unicodedata.bidirectional(sign) == "AL"


@lru_cache(maxsize=32)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(settings.FONTS_DIR / "print" / f"{name}.ttf"), size, layout_engine=engine)
