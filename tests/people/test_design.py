"""The documentation of the design system names every part, and the error page of last resort needs nothing."""

import re
from pathlib import Path

from django.template.loader import render_to_string

from people.errors import Reason
from tests.browser.parts import error_page

ROOT = Path(__file__).resolve().parents[2]
DESIGN = (ROOT / "docs" / "design.md").read_text()
COMPONENTS = sorted(path.name for path in (ROOT / "templates" / "components").glob("*.html"))
SCRIPTS = sorted(path.name for path in (ROOT / "static" / "js").glob("*.js"))
STYLES = sorted(path.name for path in (ROOT / "static" / "css").glob("*.css"))
BASE = (ROOT / "templates" / "base.html").read_text()
TEMPLATES = {
    str(path.relative_to(ROOT / "templates")): path.read_text() for path in (ROOT / "templates").rglob("*.html")
}
PAGES = "".join(TEMPLATES.values())
CSS = re.compile(r"css/(\w+\.css)")


def test_every_part_is_documented() -> None:
    parts = [*COMPONENTS, *(name for name in SCRIPTS if f"js/{name}" in BASE)]
    assert [name for name in parts if f"`{name}`" not in DESIGN] == []


def test_every_part_says_its_parameters() -> None:
    parts = {name: (ROOT / "templates" / "components" / name).read_text() for name in COMPONENTS}
    assert [name for name, text in parts.items() if not text.startswith("{% comment %}")] == []


def test_every_style_and_script_is_used_by_a_page() -> None:
    files = [*(f"js/{name}" for name in SCRIPTS), *(f"css/{name}" for name in STYLES)]
    assert [name for name in files if name not in PAGES] == []


def test_every_component_that_a_template_includes_exists() -> None:
    pages = (ROOT / "templates").rglob("*.html")
    named = {name for page in pages for name in re.findall(r'include "components/([\w.]+)"', page.read_text())}
    assert named - set(COMPONENTS) == set()


def parts_of(name: str) -> set[str]:
    """The template, what it extends and what it includes, by their literal names."""
    found, waiting = set[str](), [name]
    while waiting:
        part = waiting.pop()
        if part in TEMPLATES and part not in found:
            found.add(part)
            waiting += re.findall(r'{%\s*(?:include|extends)\s+"([^"]+)"', TEMPLATES[part])
    return found


def classes_in(html: str) -> set[str]:
    """The class names that are written out."""
    return {
        name
        for found in re.findall(r'class="([^"]*)"', html)
        for name in re.sub(r"{%.*?%}|{{.*?}}", " ", found).split()
    }


def test_a_page_loads_the_styles_of_its_classes() -> None:
    styled: dict[str, set[str]] = {}
    for style in STYLES:
        text = re.sub(r"/\*.*?\*/", "", (ROOT / "static" / "css" / style).read_text(), flags=re.DOTALL)
        for name in re.findall(r"\.([a-zA-Z][\w-]*)", " ".join(re.findall(r"[^{};]+(?={)", text))):
            styled.setdefault(name, set()).add(style)
    bare = {}
    for page in (name for name, text in TEMPLATES.items() if "{% extends" in text and "documents/" not in name):
        html = "".join(TEMPLATES[part] for part in parts_of(page))
        loaded = set(CSS.findall(html))
        if missing := {name for name in classes_in(html) if name in styled and not styled[name] & loaded}:
            bare[page] = missing
    assert bare == {}


def test_every_moment_says_its_zone() -> None:
    assert [name for name, text in TEMPLATES.items() if re.search(r"\|moment\s*}}", text)] == []


def test_no_template_has_inline_style_or_script() -> None:
    inline = re.compile(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)|javascript:")
    pages = [page for page in (ROOT / "templates").rglob("*.html") if "documents" not in page.parts]
    assert [str(page.relative_to(ROOT)) for page in pages if inline.search(page.read_text())] == []


def test_the_page_for_our_own_failure_takes_nothing_from_database_or_context() -> None:
    assert "Something went wrong on our side" in render_to_string("500.html")


def test_a_refusal_page_says_what_is_missing_and_where_it_is_cured() -> None:
    reasons = [Reason("4 findings rest on a single source", "The team", "/findings/")]
    html = error_page(422, message="The report cannot start yet.", reasons=reasons)
    assert '<p class="lede">The report cannot start yet.</p>' in html
    assert '<a href="/findings/">4 findings rest on a single source</a>' in html
