"""The picture of ratings and trends: how far the host sees itself, section by section. It compares with nobody.

One row a section, one column a level; each question stands with its number in the column of its rating, with a sign
for the trend. So the place says the level and the shape says the trend: neither needs a colour.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from people.drawing import BRAND, BRAND_TINT, INK, LINE, MUTED, WIDTH, plural, svg, text, toned
from reviews.enums import Rating, Trend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reviews.queries.frozen import ReadAnswer, ReadSection

MOST_HEIGHT: Final = 560
"""Units: what fits on one page of A4 with its heading."""
_CHIP, _CHIP_HIGH, _LINE, _HEAD = 44, 18, 22, 18
_TOP, _FOOT = 24, 24
_SIGNS: Final = {
    Trend.BETTER: "M0 6h7L3.5 0z",
    Trend.SAME: "M0 2.2h7v1.8H0z",
    Trend.WORSE: "M0 0h7L3.5 6z",
}


@dataclass(frozen=True, slots=True)
class RatedSection:
    """A section with those of its answers that are rated."""

    position: int
    title: str
    answers: tuple[ReadAnswer, ...]


def rated_sections(sections: Sequence[ReadSection]) -> list[RatedSection]:
    """Return the sections in which something is rated: what the pictures show, and the table beside them."""
    found = (RatedSection(s.position, s.title, tuple(a for a in s.answers if a.rating)) for s in sections)
    return [section for section in found if section.answers]


def rating_pictures(sections: Sequence[RatedSection]) -> list[str]:
    """Draw the ratings as SVG; several pictures where one would be too high for a page. None without a rating."""
    levels = _levels(sections)
    pictures: list[list[RatedSection]] = []
    height = 0.0
    for section in sections:
        high = _height(section, levels)
        if not pictures or height + high > MOST_HEIGHT:
            pictures.append([])
            height = _TOP + _FOOT
        pictures[-1].append(section)
        height += high
    return [_picture(part, levels) for part in pictures]


def _levels(sections: Sequence[RatedSection]) -> list[Rating]:
    """Return the columns: the four levels, and "not applicable" where it is used."""
    used = {answer.rating for section in sections for answer in section.answers}
    return [level for level in Rating if level != Rating.NOT_APPLICABLE or level.value in used]


def _width(levels: Sequence[Rating]) -> float:
    return WIDTH / len(levels)


def _beside(levels: Sequence[Rating]) -> int:
    """Return how many questions stand beside each other in a column."""
    return int((_width(levels) - 4) // (_CHIP + 4))


def _height(section: RatedSection, levels: Sequence[Rating]) -> float:
    most = max(Counter(answer.rating for answer in section.answers).values())
    return _HEAD + -(-most // _beside(levels)) * _LINE + 6


def _picture(sections: Sequence[RatedSection], levels: Sequence[Rating]) -> str:
    width = _width(levels)
    drawn = [
        toned("t-ink", text(at * width, 10, str(level.label), weight=600, size=11)) for at, level in enumerate(levels)
    ]
    y = float(_TOP)
    for section in sections:
        drawn.append(f'<path class="t-line" d="M0 {y - 7:g}H{WIDTH}" stroke="{LINE}" stroke-width=".8"/>')
        drawn.append(toned("t-muted", text(0, y + 5, f"{section.position}. {section.title}", fill=MUTED, size=10.5)))
        drawn += _chips(section, levels, y + _HEAD - 5)
        y += _height(section, levels)
    drawn += _trends(y)
    return svg(y + _FOOT - 8, _sentence(sections), _figures(sections), "".join(drawn))


def _chips(section: RatedSection, levels: Sequence[Rating], top: float) -> list[str]:
    chips: list[str] = []
    for column, level in enumerate(levels):
        for place, answer in enumerate(a for a in section.answers if a.rating == level):
            line, beside = divmod(place, _beside(levels))
            chips.append(_chip(column * _width(levels) + beside * (_CHIP + 4), top + line * _LINE, answer))
    return chips


def _chip(x: float, y: float, answer: ReadAnswer) -> str:
    """Draw one question: its number, and the sign of its trend."""
    box = (
        f'<rect class="t-chip" x="{x + 0.5:g}" y="{y:g}" width="{_CHIP - 1}" height="{_CHIP_HIGH}" rx="3"'
        f' fill="{BRAND_TINT}" stroke="{BRAND}" stroke-width=".8"/>'
    )
    number = toned("t-ink", text(x + 7, y + 13.2, str(answer.number), weight=600, size=12))
    sign = _SIGNS.get(Trend(answer.trend)) if answer.trend else None
    return box + number + (_sign(x + 30, y + 6, sign) if sign else "")


def _sign(x: float, y: float, path: str) -> str:
    return f'<path class="t-sign" transform="translate({x:g} {y:g})" d="{path}" fill="{INK}"/>'


def _trends(y: float) -> list[str]:
    """Say what the signs mean."""
    parts = [f'<path class="t-line" d="M0 {y - 7:g}H{WIDTH}" stroke="{LINE}" stroke-width=".8"/>']
    parts.append(toned("t-muted", text(0, y + 7, "Trend:", fill=MUTED, size=10)))
    for at, trend in enumerate(Trend):
        x = 48 + at * 78
        parts += [
            _sign(x, y, _SIGNS[trend]),
            toned("t-muted", text(x + 11, y + 7, str(trend.label), fill=MUTED, size=10)),
        ]
    return parts


def _sentence(sections: Sequence[RatedSection]) -> str:
    counted = Counter(answer.rating for section in sections for answer in section.answers)
    said = ", ".join(f"{counted[level]} {level.label.lower()}" for level in Rating if counted[level])
    total = sum(counted.values())
    return (
        f"How far the host sees itself on {total} {plural('question', total)}"
        f" in {len(sections)} {plural('section', len(sections))}: {said}"
    )


def _figures(sections: Sequence[RatedSection]) -> str:
    return ". ".join(f"{section.title}: {'; '.join(map(_words, section.answers))}" for section in sections)


def _words(answer: ReadAnswer) -> str:
    trend = f", trend {answer.trend_words.lower()}" if answer.trend else ""
    return f"question {answer.number} {answer.rating_words.lower()}{trend}"
