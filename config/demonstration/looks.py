"""Two working groups with a look of their own, and one with its own outline of reports. The logos are drawn here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from math import cos, pi, sin
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from people.logos import drawn_anew
from reports.actions.looks import LookInput, save_look, seen_of
from reports.actions.outlines import import_outline
from reports.models import Outline
from reports.outline_files import read

if TYPE_CHECKING:
    from people.models import User, WorkingGroup

OUTLINE = Path(__file__).with_name("housing_outline.toml")
_SIZE = (840, 300)
_SIGN = 150
"""Half the width of the sign on the left, and its middle."""

Sign = Callable[[ImageDraw.ImageDraw, str], None]


def _roofs(draw: ImageDraw.ImageDraw, colour: str) -> None:
    """Three roofs of different height, and one lit window."""
    for left, top, right in ((20, 150, 110), (95, 60, 205), (190, 120, 280)):
        middle = (left + right) / 2
        draw.polygon(((left, top + 60), (middle, top), (right, top + 60), (right, 262), (left, 262)), fill=colour)
    draw.rectangle((132, 150, 168, 186), fill="#f2c14e")


def _table(draw: ImageDraw.ImageDraw, colour: str) -> None:
    """Seven cities around one table."""
    draw.ellipse((95, 95, 205, 205), outline=colour, width=14)
    for place in range(7):
        angle = 2 * pi * place / 7 - pi / 2
        x, y = _SIGN + 108 * cos(angle), _SIGN + 108 * sin(angle)
        draw.ellipse((x - 28, y - 28, x + 28, y + 28), fill="#c9862b" if place == 0 else colour)


@dataclass(frozen=True, slots=True)
class DemoLook:
    """How the documents of a group look: its name in two lines beside a sign."""

    colour: str
    lines: tuple[str, str]
    sign: Sign
    alt: str
    imprint: str


LOOKS = {
    "housing": DemoLook(
        "#3f5220",
        ("Homelessness", "and Housing"),
        _roofs,
        "Three roofs, one window lit: working group Homelessness and Housing",
        "Working group Homelessness and Housing, invented for this demonstration",
    ),
    "roma-inclusion": DemoLook(
        "#7a1f3d",
        ("Roma", "Inclusion"),
        _table,
        "Seven dots around a ring: working group Roma Inclusion",
        "Working group Roma Inclusion, invented for this demonstration",
    ),
}


def make_looks(groups: dict[str, WorkingGroup], keeper: User) -> None:
    """Give the groups their look, and housing its outline. Before the cases: what is published keeps its look."""
    for slug, look in LOOKS.items():
        group = groups[slug]
        group.refresh_from_db()
        if not group.colour:
            logo = drawn_anew(BytesIO(drawn(look)))
            save_look(group, LookInput(look.colour, look.alt, look.imprint, seen_of(group), logo=logo), by=keeper)
            group.refresh_from_db()
    if not Outline.objects.filter(working_group=groups["housing"]).exists():
        import_outline(groups["housing"], read(OUTLINE.read_bytes()), by=keeper)


def drawn(look: DemoLook) -> bytes:
    """Return the logo as a PNG."""
    picture = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(picture)
    look.sign(draw, look.colour)
    face = ImageFont.truetype(str(settings.FONTS_DIR / "print" / "inter-600.ttf"), 66)
    for place, line in enumerate(look.lines):
        draw.text((330, 64 + 88 * place), line, font=face, fill=look.colour)
    stream = BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()
