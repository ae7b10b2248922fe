"""The pen of all pictures that the server draws: colours, words and the frame, the same on the page and in the PDF.

Colours are those of the light tokens, written into the picture: a PDF knows no style sheet.
"""

import hashlib
from typing import Final

from django.utils.html import escape

INK, MUTED, LINE, PAPER = "#1d2a33", "#56636d", "#ddd6ca", "#f2eee6"
BRAND, BRAND_MIDDLE, BRAND_LIGHT, BRAND_TINT = "#0f5257", "#6fa9a5", "#9fc9c5", "#e1efed"
FACES = "Inter, IBM Plex Sans Arabic"
WIDTH: Final = 460


def text(
    x: float,
    y: float,
    words: str,
    *,
    fill: str = INK,
    size: float = 9.5,
    weight: int = 400,
    anchor: str = "start",
) -> str:
    """Write words at a place."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FACES}" font-size="{size:g}" font-weight="{weight}"'
        f' fill="{fill}" text-anchor="{anchor}">{escape(words)}</text>'
    )


def toned(tone: str, shape: str) -> str:
    """Give a shape a class, which the style sheet of a page may colour anew, for light and dark; a PDF leaves it."""
    return shape.replace(" ", f' class="{tone}" ', 1)


def plural(word: str, count: int) -> str:
    """Return the word for so many."""
    return word if count == 1 else f"{word}s"


def svg(height: float, title: str, description: str, content: str) -> str:
    """Wrap a drawing; its ids come from what it says, so that the same chart is the same bytes."""
    name = "chart-" + hashlib.sha256(f"{title}{description}".encode()).hexdigest()[:12]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height:g}"'
        f' width="{WIDTH}" height="{height:g}" aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        f'<title id="{name}-title">{escape(title)}.</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"{content}</svg>"
    )
