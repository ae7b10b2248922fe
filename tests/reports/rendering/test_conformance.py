"""veraPDF proves that every document is archival (PDF/A-3a) and accessible (PDF/UA-1)."""

from collections.abc import Callable
from pathlib import Path

from weasyprint import HTML

from reports.rendering.engine import engine
from reports.rendering.pages import html_of
from reports.rendering.pdf import render_pdf
from tests.reports.rendering import brief_samples
from tests.reports.rendering.conftest import Samples, Verdicts, jpeg

COMPLIANT = ("compliant", "")


def test_every_document_is_archival_and_accessible(made: Samples, vera: Callable[..., Verdicts]) -> None:
    names = [name for name in made if name != "draft"]  # composed drafts are looked at in test_compose
    verdicts = vera(*(made[name].file for name in names))
    assert verdicts == {(name, flavour): COMPLIANT for name in names for flavour in ("ua1", "3a")}


def test_photos_and_mended_texts_keep_the_document_compliant(tmp_path: Path, vera: Callable[..., Verdicts]) -> None:
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
    assert vera(file) == {("mended", "ua1"): COMPLIANT, ("mended", "3a"): COMPLIANT}


def _missing(name: str) -> bytes:
    raise FileNotFoundError(name)


def test_the_proof_fails_where_it_should(tmp_path: Path, vera: Callable[..., Verdicts]) -> None:
    """Without our steps the same document does not pass: the declaration is missing, then everything is."""
    page = HTML(string=html_of(brief_samples.progress()))
    style, fonts = engine().style, engine().fonts
    page.write_pdf(tmp_path / "undeclared.pdf", font_config=fonts, stylesheets=[style], pdf_variant="pdf/a-3a")
    page.write_pdf(tmp_path / "untagged.pdf", font_config=fonts, stylesheets=[style])
    verdicts = vera(tmp_path / "undeclared.pdf", tmp_path / "untagged.pdf")
    assert verdicts["undeclared", "3a"] == COMPLIANT
    assert verdicts["undeclared", "ua1"] == ("fails", "5-1")
    assert verdicts["untagged", "ua1"][0] == "fails"
    assert "7.1-3" in verdicts["untagged", "ua1"][1].split(",")
    assert verdicts["untagged", "3a"][0] == "fails"
