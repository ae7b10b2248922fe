"""Colours as people type them (#rrggbb), how well one is read on another, and lighter ones of the same hue."""

import re
from collections.abc import Callable
from typing import Final

TEXT: Final = 4.5
"""The contrast that words need (WCAG 2.2, 1.4.3)."""
LARGE: Final = 3.0
"""The contrast that large words and marks need."""
WHITE: Final = "#ffffff"
BLACK: Final = "#000000"
_FORM = re.compile(r"#[0-9a-f]{6}")
_STEPS: Final = 20


def is_colour(text: str) -> bool:
    """Whether this is a colour in six small hexadecimal digits after a #."""
    return bool(_FORM.fullmatch(text))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return `colour` with this share of the other in it, 0 to 1."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def lighter(colour: str, share: float, is_right: Callable[[str], bool]) -> str:
    """Return the colour with white in it: with this share, or the next larger one that is right, at most white."""
    tried = (mixed(colour, WHITE, share + (1 - share) * step / _STEPS) for step in range(_STEPS + 1))
    return next((found for found in tried if is_right(found)), WHITE)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the formula of sRGB
