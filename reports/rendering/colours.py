"""Our style in the colour of a working group: every teal becomes the same shade of theirs, as long as it is read well.

The colours of the five kinds, of paper and of text stay: they mean the same in every report.
"""

from functools import partial

from people.colours import BLACK, LARGE, TEXT, WHITE, contrast, lighter, mixed

OURS = "#0f5257"
_ON_COVER = {"#e1efed": 0.88, "#bfe0dd": 0.75, "#7fd0cf": 0.55}
"""Words and lines on a cover in the full colour, by how much white is in them."""
_PALE = {"#d2e6e3": 0.82, "#9fc9c5": 0.6}
"""Shapes on a pale cover."""
_DARK = {"#175f64": 0.05, "#3d8385": 0.22}
"""Shapes on a cover in the full colour, and the numbers of chapters."""
PAPER = "#f2eee6"
"""The darkest paper that words in the colour stand on."""
DARK_PAPER = "#1c2327"
"""What the screen shows documents on in the dark."""


def recoloured(style: str, colour: str) -> str:
    """Return the style with the colours of a working group."""
    for ours, theirs in palette(colour).items():
        style = style.replace(ours, theirs).replace(f"%23{ours[1:]}", f"%23{theirs[1:]}")
    return style


def palette(colour: str) -> dict[str, str]:
    """Return each colour of ours with the one that stands for it."""
    pale = {ours: mixed(colour, WHITE, share) for ours, share in _PALE.items()}
    on_cover = {ours: lighter(colour, share, partial(_is_read_on, colour)) for ours, share in _ON_COVER.items()}
    return {OURS: colour, **pale, **on_cover, **{ours: _number(colour, share) for ours, share in _DARK.items()}}


def on_screen(colour: str) -> str:
    """Return a stylesheet that gives the documents on a page this colour, by day and by night."""
    night = partial(_is_read_on, DARK_PAPER)
    brand, strong = lighter(colour, 0.45, night), lighter(colour, 0.65, night)
    tints = mixed(colour, WHITE, 0.88), mixed(colour, DARK_PAPER, 0.75)
    return (
        ".doc-page{"
        f"--brand:light-dark({colour},{brand});"
        f"--brand-strong:light-dark({mixed(colour, BLACK, 0.25)},{strong});"
        f"--brand-tint:light-dark({tints[0]},{tints[1]});"
        "}\n"
    )


def is_dark_enough(colour: str) -> bool:
    """Whether white words on it, and words in it on our paper, can be read."""
    return contrast(colour, PAPER) >= TEXT


def _is_read_on(paper: str, words: str) -> bool:
    return contrast(words, paper) >= TEXT


def _number(colour: str, share: float) -> str:
    """As light as the number of a chapter can be on paper."""
    light = mixed(colour, WHITE, share)
    return light if contrast(light, WHITE) >= LARGE else colour
