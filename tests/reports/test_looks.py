"""The look of a working group: safe pictures, readable colours, frozen with what was published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from people.colours import TEXT, WHITE, contrast
from people.errors import NotAllowed, StaleText
from people.logos import drawn_anew
from reports.actions.looks import LookInput, save_look, seen_of
from reports.actions.reports import report_of
from reports.enums import DocumentKind, Edition
from reports.rendering import DocumentContent, compose_document, content_hash, deserialise, serialise
from reports.rendering.colours import DARK_PAPER, OURS, PAPER, is_dark_enough, on_screen, palette, recoloured
from reports.rendering.compose.parts import look_of
from reports.rendering.model import Look
from reports.rendering.pages import html_of, paper_of
from reviews.enums import Stage
from tests.cast import Cast, make_cast

if TYPE_CHECKING:
    from people.models import WorkingGroup

OLIVE = "#3f5220"


def picture(size: tuple[int, int] = (200, 100), kind: str = "PNG", mode: str = "RGBA") -> bytes:
    stream = BytesIO()
    Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else (9, 9, 9)).save(stream, kind, comment="secret")
    return stream.getvalue()


def said(group: WorkingGroup, **changed: Any) -> LookInput:
    usual = LookInput(OLIVE, "Three roofs", "Published by us", seen_of(group))
    return replace(usual, **changed)


@pytest.fixture
def cast(db: None, settings: Any, tmp_path: Any) -> Cast:
    settings.MEDIA_ROOT = tmp_path
    return make_cast(Stage.REPORTING)


@pytest.fixture
def group(cast: Cast) -> WorkingGroup:
    return cast.case.working_group


def send(cast: Cast, group: WorkingGroup, **fields: object) -> Any:
    usual = {"seen": seen_of(group), "colour": OLIVE, "logo_alt": "", "imprint": ""}
    return cast.client(cast.secretariat).post(reverse("reports:group_look", args=(group.slug,)), {**usual, **fields})


# --- Pictures ---------------------------------------------------------------------------------------
def test_logo_is_drawn_anew_on_white_without_what_came_along() -> None:
    made = drawn_anew(BytesIO(picture((2000, 500)) + b"<script>alert(1)</script>"))
    assert (made.width, made.height) == (900, 225)
    assert b"secret" not in made.content
    assert b"script" not in made.content
    shown = Image.open(BytesIO(made.content))
    assert (shown.format, shown.mode, shown.getpixel((5, 5))) == ("PNG", "RGB", (255, 255, 255))
    assert made.name == drawn_anew(BytesIO(picture((2000, 500)))).name


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "This file is no PNG or JPEG that can be read."),
        (picture(kind="GIF", mode="RGB"), "This file is no PNG or JPEG that can be read."),
        (picture()[:60], "This file is no PNG or JPEG that can be read."),
        (picture((30, 100)), "The logo is only 30 by 100 pixels. Each side needs 40 or more."),
        (picture((700, 100)), "The logo is more than 6 times as long as it is high."),
    ],
    ids=["svg", "gif", "torn", "small", "long"],
)
def test_picture_that_is_no_logo_is_refused_with_its_reason(
    cast: Cast, group: WorkingGroup, content: bytes, sentence: str
) -> None:
    answer = send(cast, group, logo=SimpleUploadedFile("logo.png", content), logo_alt="A logo")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    group.refresh_from_db()
    assert not group.logo


# --- Colours ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("colour", [OURS, OLIVE, "#7a1f3d", "#000000", "#1f4e8c", "#5f5f5f"])
def test_every_shade_of_a_colour_can_be_read(colour: str) -> None:
    assert is_dark_enough(colour)
    tones = palette(colour)
    for words in ("#e1efed", "#bfe0dd", "#7fd0cf"):
        assert contrast(tones[words], colour) >= TEXT
    assert contrast(tones["#3d8385"], WHITE) >= 3
    night = on_screen(colour).split("--brand:light-dark(")[1].split(")")[0].split(",")[1]
    assert contrast(night, DARK_PAPER) >= TEXT


def test_style_is_recoloured_in_every_form() -> None:
    style = "a{color:#0f5257;border-color:#1f6b3a} b{background:url(\"data:image/svg+xml,%3Csvg fill='%23175f64'\")}"
    made = recoloured(style, OLIVE)
    assert OLIVE in made
    assert "#1f6b3a" in made
    assert not [ours for ours in palette(OURS) if ours[1:] in made]


@pytest.mark.parametrize(
    ("colour", "sentence"),
    [
        ("#ffcc00", "#ffcc00 is too light: words in it on the paper of a cover would have a contrast of 1.3 to 1."),
        ("red", "Write the colour as # and six digits"),
        ("#12345", "Write the colour as # and six digits"),
        ("#000;}*{x:y", "Write the colour as # and six digits"),
    ],
)
def test_colour_that_cannot_be_used_is_refused(cast: Cast, group: WorkingGroup, colour: str, sentence: str) -> None:
    answer = send(cast, group, colour=colour)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert contrast("#ffcc00", PAPER) < TEXT


# --- Saving -----------------------------------------------------------------------------------------
def test_look_is_saved_by_its_form_and_shown(cast: Cast, group: WorkingGroup) -> None:
    no_words = send(cast, group, logo=SimpleUploadedFile("logo.png", picture()))
    assert "Say what the logo shows" in no_words.content.decode()
    logo = SimpleUploadedFile("logo.png", picture())
    saved = send(cast, group, colour="3F5220", logo=logo, logo_alt="Three roofs", imprint="Us, Ghent")
    assert saved.status_code == 303
    group.refresh_from_db()
    assert (group.colour, group.logo_alt, group.imprint) == (OLIVE, "Three roofs", "Us, Ghent")
    assert group.logo.name == f"logos/{group.slug}/{drawn_anew(BytesIO(picture())).name}"
    cast.case.refresh_from_db()
    look = look_of(cast.case)
    assert look is not None
    address = reverse("reports:look_logo", args=(look.group, look.picture))
    assert address in cast.client(cast.secretariat).get(saved.headers["Location"]).content.decode()


def test_look_that_somebody_else_saved_is_not_overwritten(cast: Cast, group: WorkingGroup) -> None:
    mine = said(group, colour="#7a1f3d")
    save_look(group, said(group), by=cast.secretariat)
    with pytest.raises(StaleText) as stale:
        save_look(group, mine, by=cast.secretariat)
    assert stale.value.texts["colour"] == OLIVE
    answer = send(cast, group, seen=mine.seen, colour="#7a1f3d")
    assert answer.status_code == 409
    assert 'value="#7a1f3d"' in answer.content.decode()
    group.refresh_from_db()
    assert group.colour == OLIVE
    with pytest.raises(NotAllowed):
        save_look(group, said(group), by=cast.lead)


def test_logo_that_is_replaced_or_removed_stays_at_its_address(cast: Cast, group: WorkingGroup) -> None:
    first = save_look(group, said(group, logo=drawn_anew(BytesIO(picture()))), by=cast.secretariat).logo.name
    second = drawn_anew(BytesIO(picture((100, 100), "JPEG", "RGB")))
    save_look(group, said(group.__class__.objects.get(pk=group.pk), logo=second), by=cast.secretariat)
    group.refresh_from_db()
    assert group.logo.name != first
    gone = save_look(group, said(group, removes_logo=True), by=cast.secretariat)
    assert (gone.logo.name, gone.logo_alt) == ("", "")
    again = save_look(gone, said(gone, logo=drawn_anew(BytesIO(picture()))), by=cast.secretariat)
    assert again.logo.name == first
    assert len(default_storage.listdir(f"logos/{group.slug}")[1]) == 2


# --- In documents -----------------------------------------------------------------------------------
def content(look: Look | None) -> DocumentContent:
    return DocumentContent("report", "public", "Review", "Ghent", "en", date(2026, 6, 1), (), look=look)


def test_document_has_the_look_of_its_group_and_keeps_it(cast: Cast, group: WorkingGroup) -> None:
    save_look(group, said(group, logo=drawn_anew(BytesIO(picture()))), by=cast.secretariat)
    report_of(cast.case)
    made = compose_document(DocumentKind.REPORT, Edition.TEAM, cast.case.pk)
    assert made.look is not None
    assert (made.look.colour, made.look.alt, made.look.group) == (OLIVE, "Three roofs", group.slug)
    kept = serialise(made)
    group.refresh_from_db()
    save_look(group, said(group, colour="#7a1f3d", removes_logo=True), by=cast.secretariat)
    assert deserialise(kept).look == made.look
    assert content_hash(deserialise(kept)) == content_hash(made)
    del kept["look"]
    assert deserialise(kept).look is None


def test_cover_shows_the_logo_and_paper_has_the_colour() -> None:
    look = Look(OLIVE, "logos/housing/abc.png", 'Roofs "and" more')
    html = html_of(content(look))
    assert '<img src="photo:logos/housing/abc.png" alt="Roofs &quot;and&quot; more">' in html
    assert (paper_of(content(look)).colour, paper_of(content(None)).colour) == (OLIVE, "")
    assert "doc-logo" not in html_of(content(None))


def test_looks_are_loaded_by_everybody_and_kept_for_good(client: Any, cast: Cast, group: WorkingGroup) -> None:
    save_look(group, said(group, logo=drawn_anew(BytesIO(picture()))), by=cast.secretariat)
    group.refresh_from_db()
    style = client.get(reverse("reports:look_css", args=(OLIVE[1:],)))
    assert style.content.decode().startswith(f".doc-page{{--brand:light-dark({OLIVE},#")
    folder, name = str(group.logo.name).split("/")[1:]
    logo = client.get(reverse("reports:look_logo", args=(folder, name)))
    for answer, kind in ((style, "text/css; charset=utf-8"), (logo, "image/png")):
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"".join(logo.streaming_content) == drawn_anew(BytesIO(picture())).content
    logo.close()
    for address in ("/looks/0F5257.css", "/looks/0f525.css", "/looks/x;}.css", f"/looks/{folder}/{'0' * 64}.png"):
        assert client.get(address).status_code == 404
