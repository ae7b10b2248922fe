"""Every text colour on every ground that carries it reaches the contrast of WCAG 2.2 AA, light and dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
FOUND = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS.read_text())
MODES = {"light": {name: light for name, light, _ in FOUND}, "dark": {name: dark for name, _, dark in FOUND}}
KINDS = ("strength", "consider", "question", "recommend", "practice", "danger", "brand")
TEXTS = [
    *((text, ground) for text in ("ink", "muted", *KINDS) for ground in ("paper", "surface")),
    *((text, "sunken") for text in ("ink", "muted")),
    *((kind, f"{kind}-tint") for kind in KINDS),
    *(("ink", f"{kind}-tint") for kind in KINDS),
    *(("muted", f"{kind}-tint") for kind in ("brand", "question")),
    ("brand-ink", "brand"),
    ("brand-ink", "brand-strong"),
    ("brand-strong", "surface"),
]
EDGES = [
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("focus", "sunken"),
]


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pale(pairs: list[tuple[str, str]], mode: str, least: float) -> dict[tuple[str, str], float]:
    """The pairs whose contrast is less than `least`, with their contrast."""
    found = {(one, other): contrast(MODES[mode][one], MODES[mode][other]) for one, other in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < least}


@pytest.mark.parametrize("mode", MODES)
def test_texts_can_be_read(mode: str) -> None:
    assert pale(TEXTS, mode, 4.5) == {}
    assert pale([("surface", "paper")], mode, 4.5) != {}


@pytest.mark.parametrize("mode", MODES)
def test_edges_and_the_focus_can_be_seen(mode: str) -> None:
    assert pale(EDGES, mode, 3) == {}
