"""Pictures that the server draws, the same on the page and in the PDF.

Each function returns SVG markup, 460 units wide, with a `title` that says in one sentence what is to be seen (the
alternative text in the PDF) and a `desc` with the figures. Colours are those of the light tokens: a chart stands on
paper, also on a dark screen. Text is written with `font-family` and sizes in units; nothing is loaded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape

from people.drawing import (
    BRAND,
    BRAND_LIGHT,
    BRAND_MIDDLE,
    BRAND_TINT,
    FACES,
    INK,
    LINE,
    MUTED,
    WIDTH,
)
from people.drawing import plural as _plural
from people.drawing import svg as _svg
from people.drawing import text as _text

KIND_COLOURS: Final = {
    "strength": "#1f6b3a",
    "consideration": "#9a3b1b",
    "question": "#7a5200",
    "good_practice": "#1f4e8c",
    "recommendation": "#5b2a6e",
}
SLOT_COLOURS: Final = {
    "welcome": "#0f5257",
    "panel": "#1f4e8c",
    "interview": "#1f4e8c",
    "site_visit": "#1f6b3a",
    "team": "#847b6c",
    "debrief": "#847b6c",
    "feedback": "#5b2a6e",
    "meal": "#ddd6ca",
    "travel": "#ddd6ca",
    "other": "#9fc9c5",
}
PROGRESS_COLOURS: Final = {
    "done": "#0f5257",
    "on_track": "#6fa9a5",
    "planned": "#c9e0dd",
    "delayed": "#d9a441",
    "stopped": "#9a3b1b",
    "none": "#ddd6ca",
}
_LETTER = 5.2
"""Units that a letter of size 9.5 takes, on the safe side."""


def funnel(*, notes: int, findings: int, recommendations: int) -> str:
    """Draw how notes became findings and findings recommendations; the heights only say that it gets fewer."""
    shapes = (
        f'<path d="M0 6h136v64H0z" fill="{BRAND_TINT}"/><path d="M136 6l40 14v36l-40 14z" fill="#c9e0dd"/>'
        f'<path d="M176 20h110v36H176z" fill="{BRAND_LIGHT}"/><path d="M286 20l40 8v20l-40 8z" fill="{BRAND_MIDDLE}"/>'
        f'<path d="M326 28h134v20H326z" fill="{BRAND}"/>'
    )
    labels = (
        _pair(12, 42, notes, _plural("note", notes), INK)
        + _pair(188, 42, findings, _plural("finding", findings), INK)
        + _pair(338, 42, recommendations, _plural("recommendation", recommendations), "#ffffff")
    )
    sentence = (
        f"{notes} {_plural('note', notes)} led to {findings} {_plural('finding', findings)}"
        f" and {recommendations} {_plural('recommendation', recommendations)}"
    )
    return _svg(76, sentence, "A funnel that gets narrower from left to right.", shapes + labels)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many people or meetings of a group were reached, out of how many planned."""

    label: str
    done: int
    planned: int


def coverage(rows: Sequence[Coverage], *, unit: str = "meetings") -> str:
    """Draw one bar a group: how much of what was planned has been done."""
    most = max((max(row.planned, row.done) for row in rows), default=0) or 1
    parts: list[str] = []
    for place, row in enumerate(rows):
        y = place * 24
        full, part = 190 * row.planned / most, 190 * min(row.done, row.planned) / most
        parts += [
            _text(0, y + 14, row.label),
            f'<rect x="212" y="{y + 5}" width="{full:.1f}" height="11" rx="2" fill="{BRAND_TINT}"/>',
            f'<rect x="212" y="{y + 5}" width="{part:.1f}" height="11" rx="2" fill="{BRAND}"/>',
            _text(WIDTH, y + 14, f"{row.done} of {row.planned}", fill=MUTED, anchor="end"),
        ]
    said = "; ".join(f"{row.label}: {row.done} of {row.planned}" for row in rows)
    done, planned = sum(row.done for row in rows), sum(row.planned for row in rows)
    sentence = f"{done} of {planned} {unit} held in {len(rows)} {_plural('group', len(rows))}: {said}"
    return _svg(max(len(rows), 1) * 24, sentence, said, "".join(parts))


@dataclass(frozen=True, slots=True)
class Counted:
    """One part of a whole: the key chooses the colour, the label is its word."""

    key: str
    label: str
    count: int


def findings_by_kind(parts: Sequence[Counted]) -> str:
    """Draw how many findings there are of each kind, one bar a kind in the kind's colour."""
    return _bars(parts, "Findings by kind")


def people_met(parts: Sequence[Counted]) -> str:
    """Draw how many people of each source group the team met."""
    total = sum(part.count for part in parts)
    return _bars(parts, f"The team met {total} {'person' if total == 1 else 'people'}", label_width=200)


def _bars(parts: Sequence[Counted], sentence: str, *, label_width: float = 150) -> str:
    """Draw one bar a part, the longest as wide as there is room; the number stands at the end."""
    room = WIDTH - label_width - 30
    most = max((part.count for part in parts), default=0) or 1
    drawn: list[str] = []
    for place, part in enumerate(parts):
        y = place * 22
        colour = KIND_COLOURS.get(part.key, BRAND)
        width = max(room * part.count / most, 1)
        drawn += [
            _text(0, y + 13, part.label),
            f'<rect x="{label_width:g}" y="{y + 4}" width="{width:.1f}" height="11" rx="2" fill="{colour}"/>',
            _text(WIDTH, y + 13, str(part.count), weight=600, fill=colour, anchor="end"),
        ]
    said = "; ".join(f"{part.label}: {part.count}" for part in parts)
    return _svg(max(len(parts), 1) * 22, f"{sentence}. {said}", said, "".join(drawn))


def progress(parts: Sequence[Counted]) -> str:
    """Draw where the recommendations stand: one bar cut by status, and its legend below."""
    total = sum(part.count for part in parts)
    shown = [part for part in parts if part.count]
    bar: list[str] = []
    x = 0.0
    for part in shown:
        width = WIDTH * part.count / (total or 1)
        colour = PROGRESS_COLOURS.get(part.key, BRAND_LIGHT)
        bar.append(f'<rect x="{x:.1f}" y="0" width="{max(width - 1.5, 1):.1f}" height="18" fill="{colour}"/>')
        x += width
    legend, height = _legend(
        [(PROGRESS_COLOURS.get(part.key, BRAND_LIGHT), f"{part.count} {part.label}") for part in shown]
    )
    said = ", ".join(f"{part.count} {part.label}" for part in shown) or "no recommendations yet"
    sentence = f"Progress of {total} {_plural('recommendation', total)}: {said}"
    return _svg(height, sentence, said, "".join(bar) + legend)


@dataclass(frozen=True, slots=True)
class Span:
    """One slot on a strip: minutes after midnight, kind and title."""

    starts: int
    ends: int
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One day of the visit."""

    label: str
    spans: tuple[Span, ...]


def timetable(days: Sequence[Strip], *, words: Iterable[tuple[str, str]]) -> str:
    """Draw the days of a visit as strips of coloured slots on one scale of hours. `words` pairs kinds and names."""
    spans = [span for day in days for span in day.spans]
    first = min((span.starts for span in spans), default=8 * 60) // 60
    last = -(-max((span.ends for span in spans), default=18 * 60) // 60)
    scale = (WIDTH - 96) / (max(last - first, 1) * 60)
    bottom = len(days) * 26 + 4
    parts = _hours(first, last, scale, bottom)
    for place, day in enumerate(days):
        parts.append(_text(0, place * 26 + 29, day.label))
        parts += [_slot(span, 96 + (span.starts - first * 60) * scale, place * 26 + 18, scale) for span in day.spans]
    used = {span.kind for span in spans}
    legend, height = _legend(
        [(SLOT_COLOURS.get(kind, BRAND_LIGHT), word) for kind, word in words if kind in used], bottom + 24
    )
    said = ". ".join(f"{day.label}: " + ", ".join(_spoken(span) for span in day.spans) for day in days)
    sentence = (
        f"The visit at a glance: {len(days)} {_plural('day', len(days))}, {len(spans)} {_plural('slot', len(spans))}"
    )
    return _svg(height, sentence, said, "".join(parts) + legend)


def _hours(first: int, last: int, scale: float, bottom: float) -> list[str]:
    parts: list[str] = []
    for hour in range(first, last + 1, 2):
        x = 96 + (hour - first) * 60 * scale
        parts.append(f'<path d="M{x:.1f} 14V{bottom + 14}" stroke="{LINE}" stroke-width=".6"/>')
        parts.append(_text(x, 9, f"{hour:02}:00", fill=MUTED, size=7.5, anchor="middle" if hour < last else "end"))
    return parts


def _slot(span: Span, x: float, y: float, scale: float) -> str:
    width = max((span.ends - span.starts) * scale - 1, 1.5)
    colour = SLOT_COLOURS.get(span.kind, BRAND_LIGHT)
    return f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="15" rx="2" fill="{colour}"/>'


def _spoken(span: Span) -> str:
    return f"{span.starts // 60:02}:{span.starts % 60:02} {span.title}"


def _legend(entries: Sequence[tuple[str, str]], top: float = 28) -> tuple[str, float]:
    """Set the legend in lines no wider than the chart; returns it with the height it ends at."""
    parts: list[str] = []
    x, y = 0.0, top
    for colour, label in dict.fromkeys(entries):
        width = 15 + len(label) * _LETTER + 12
        if x and x + width > WIDTH:
            x, y = 0.0, y + 15
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="9" height="9" rx="1.5" fill="{colour}"/>')
        parts.append(_text(x + 14, y + 8, label, size=8.5))
        x += width
    return "".join(parts), y + 13


def _pair(x: float, y: float, number: int, word: str, fill: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-family="{FACES}" font-size="10" fill="{fill}">'
        f'<tspan font-weight="600">{number}</tspan> {escape(word)}</text>'
    )
