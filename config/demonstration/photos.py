"""Photos that a host city of the demonstration brings for everybody: drawn here, and saying so in the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from config.demonstration.brought import Brought
from reviews.enums import EvidenceClass, EvidenceKind

_SIZE, _KEPT = (1500, 1000), (1200, 800)
_MARK, _INVENTED = "Drawn for the demonstration", "Invented: drawn for the demonstration."
Scene = Callable[[ImageDraw.ImageDraw], None]


def photos() -> Iterator[Brought]:
    """Yield the three pictures with what is said of them; they belong to the question of places and meetings."""
    for name, title, note, scene in (
        (
            "centre.jpg",
            "The neighbourhood centre in the morning",
            "A low house with a wide red roof between two trees. The door is open, and a path of stones leads to it.",
            _centre,
        ),
        (
            "round-table.jpg",
            "Where residents and the city meet",
            "A long table from above with eight empty chairs, two jugs and a map that is spread out in the middle.",
            _table,
        ),
        (
            "street.jpg",
            "The street that was repaired with the residents",
            "Four houses in a row, yellow, blue, red and green, and before them a new pavement with three young trees.",
            _street,
        ),
    ):
        yield Brought(
            name, title, EvidenceKind.PHOTO, EvidenceClass.PUBLIC, (11,), f"{note} {_INVENTED}", _drawn(scene)
        )


@cache
def _drawn(scene: Scene) -> bytes:
    image = Image.linear_gradient("L").resize(_SIZE)
    image = Image.composite(Image.new("RGB", _SIZE, "#f6ead6"), Image.new("RGB", _SIZE, "#a9c9dc"), image)
    scene(ImageDraw.Draw(image))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 936, 620, 1000), fill="#ffffff")
    pen.text((24, 950), _MARK, fill="#1d2a33", font_size=36)
    image = image.resize(_KEPT, Image.Resampling.BICUBIC)
    stream = BytesIO()
    image.save(stream, "JPEG", quality=82)
    return stream.getvalue()


def _centre(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 700, 1500, 1000), fill="#8fa86b")
    pen.rectangle((380, 440, 1120, 760), fill="#f3e4c3")
    pen.polygon(((320, 450), (750, 230), (1180, 450)), fill="#a8442f")
    pen.rectangle((690, 560, 810, 760), fill="#3a2c25")
    pen.polygon(((690, 760), (810, 760), (960, 1000), (560, 1000)), fill="#cbbfa6")
    for left in (450, 560, 860, 970):
        pen.rectangle((left, 540, left + 70, 630), fill="#5e7f8f")
    for middle in (210, 1290):
        pen.rectangle((middle - 16, 520, middle + 16, 760), fill="#5d4634")
        pen.ellipse((middle - 130, 280, middle + 130, 580), fill="#4f7a45")


def _table(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, 1500, 1000), fill="#d8cbb4")
    for line in range(0, 1500, 125):
        pen.line((line, 0, line, 1000), fill="#c9bb9f", width=5)
    for x in (330, 610, 890, 1170):
        for y in (200, 800):
            pen.rounded_rectangle((x - 75, y - 65, x + 75, y + 65), 26, fill="#3f6f73")
    pen.rounded_rectangle((200, 290, 1300, 710), 30, fill="#8a5a36")
    pen.polygon(((540, 380), (980, 350), (1000, 630), (520, 640)), fill="#f4f0e2")
    for x, y in ((600, 560), (720, 440), (830, 540), (930, 420)):
        pen.line((750, 500, x, y), fill="#b1532f", width=8)
    for x in (350, 1130):
        pen.ellipse((x, 450, x + 80, 530), fill="#cfe3ea", outline="#7895a1", width=8)


def _street(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 760, 1500, 1000), fill="#77797b")
    pen.rectangle((0, 740, 1500, 830), fill="#c9c4ba")
    for place, colour in enumerate(("#dcae45", "#54809c", "#b25648", "#6d9460")):
        left = 60 + place * 350
        pen.rectangle((left, 380, left + 330, 745), fill=colour)
        pen.polygon(((left - 15, 385), (left + 165, 240), (left + 345, 385)), fill="#5f4238")
        pen.rectangle((left + 130, 590, left + 210, 745), fill="#33261f")
        for x in (left + 45, left + 230):
            pen.rectangle((x, 450, x + 60, 540), fill="#eef3f3")
    for x in (395, 745, 1095):
        pen.rectangle((x, 620, x + 12, 790), fill="#5d4634")
        pen.ellipse((x - 50, 510, x + 62, 650), fill="#5a8a4c")
