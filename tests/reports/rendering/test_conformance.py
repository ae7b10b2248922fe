"""veraPDF proves that every document is archival (PDF/A-3a) and accessible (PDF/UA-1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings
from weasyprint import HTML

from people.models import WorkingGroup
from reports.enums import DocumentKind, Edition
from reports.imprint import with_imprint
from reports.models import Certificate
from reports.rendering import compose_document, render_document
from reports.rendering.compose import compose_certificate
from reports.rendering.engine import engine
from reports.rendering.model import DocumentContent
from reports.rendering.pages import html_of
from reports.rendering.pdf import render_pdf
from reviews.enums import Role
from reviews.models import Case
from tests.reports.rendering import brief_samples
from tests.reports.rendering.cases import accept, photographed, whole_case
from tests.reports.rendering.conftest import FLAVOURS, Samples, Vera, jpeg

COMPLIANT = ("compliant", "")


def test_samples_are_archival_and_accessible(made: Samples, vera: Vera) -> None:
    """Those with every block that there is; the brief kinds are looked at as composed from a case, below."""
    names = ("report", "handbook", "self_assessment", "arabic")
    assert vera(made[name].file for name in names) == {
        (name, flavour): COMPLIANT for name in names for flavour in FLAVOURS
    }


COMPOSED = (
    ("handbook", Edition.TEAM, "en"),
    ("handbook", Edition.HOST, "el"),
    ("programme", Edition.TEAM, "bg"),
    ("programme", Edition.HOST, "en"),
    ("self_assessment", Edition.HOST, "ar"),
    ("slides", Edition.HOST, "el"),
    ("report", Edition.HOST, "bg"),
    ("progress", Edition.PUBLIC, "ar"),
)


@pytest.mark.django_db
def test_every_kind_composed_from_a_case_is_archival_and_accessible(
    tmp_path: Path, vera: Vera, settings: Settings
) -> None:
    """Each kind and edition once, in the look of a group, and among them every script and direction."""
    settings.MEDIA_ROOT = tmp_path / "media"
    case = whole_case()
    accept(case)
    photographed(case)
    group = WorkingGroup.objects.get(pk=case.working_group_id)
    group.colour, group.logo_alt = "#7a1f3d", "Three roofs"
    group.logo.save("three-roofs.jpg", ContentFile(jpeg((400, 200))))
    composed = {}
    for kind, edition, language in COMPOSED:
        Case.objects.filter(pk=case.pk).update(language=language)
        composed[f"{kind}-{edition}"] = compose_document(kind, edition, case.pk)
        assert composed[f"{kind}-{edition}"].language == language
    Case.objects.filter(pk=case.pk).update(language="ar")
    public = compose_document(DocumentKind.REPORT, Edition.PUBLIC, case.pk)
    holder = Certificate.objects.create(case=case, user=case.memberships.get(role=Role.LEAD).user, hours=24)
    composed |= {
        "published": with_imprint(case, public),
        "certificate": compose_certificate(case.pk, holder.user_id),
    }
    assert vera(rendered(composed, tmp_path)) == {
        (name, flavour): COMPLIANT for name in composed for flavour in FLAVOURS
    }


def rendered(composed: dict[str, DocumentContent], folder: Path) -> Iterator[Path]:
    """One document after the other, each with its photos."""
    for name, content in composed.items():
        pdf = render_document(content)
        assert (name, pdf.warnings, content.look is not None) == (name, (), True)
        assert len(list(content.photos())) == (2 if content.kind == DocumentKind.REPORT else 0)
        file = folder / f"{name}.pdf"
        file.write_bytes(pdf.content)
        yield file


def test_photos_and_mended_texts_keep_the_document_compliant(tmp_path: Path, vera: Vera) -> None:
    file = tmp_path / "mended.pdf"
    html = (
        '<html lang="en"><title>Mended</title><h1>One</h1><h4>Four</h4><p>A smiley \U0001f600 and 中.</p>'
        '<img src="photo:yard.jpg" alt="The yard"><img src="photo:yard.jpg"><img src="photo:gone.jpg" alt="Gone">'
        "<ul><li><p>Loose</p><ul><li>inner</li></ul></li><li>tight<ul><li><blockquote><p>Said</p></blockquote></li></ul></li></ul>"
        '<ol><li><h3>Head</h3><pre><code>x</code></pre></li></ol><table><thead><tr><th scope="col"></th><th scope="col">B</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table><hr>'
        '<p><a href="https://example.org/">A link</a></p><svg viewBox="0 0 9 9" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    pictures = {"yard.jpg": jpeg()}
    pdf = render_pdf(html, pictures=lambda name: pictures[name] if name in pictures else _missing(name))
    file.write_bytes(pdf.content)
    assert vera([file]) == {("mended", "ua1"): COMPLIANT, ("mended", "3a"): COMPLIANT}


def _missing(name: str) -> bytes:
    raise FileNotFoundError(name)


def test_the_proof_fails_where_it_should(tmp_path: Path, vera: Vera) -> None:
    """Without our steps the same document does not pass: the declaration is missing, then everything is."""
    page = HTML(string=html_of(brief_samples.progress()))
    style, fonts = engine().style, engine().fonts
    page.write_pdf(tmp_path / "undeclared.pdf", font_config=fonts, stylesheets=[style], pdf_variant="pdf/a-3a")
    page.write_pdf(tmp_path / "untagged.pdf", font_config=fonts, stylesheets=[style])
    verdicts = vera([tmp_path / "undeclared.pdf", tmp_path / "untagged.pdf"])
    assert verdicts["undeclared", "3a"] == COMPLIANT
    assert verdicts["undeclared", "ua1"] == ("fails", "5-1")
    assert verdicts["untagged", "ua1"][0] == "fails"
    assert "7.1-3" in verdicts["untagged", "ua1"][1].split(",")
    assert verdicts["untagged", "3a"][0] == "fails"
