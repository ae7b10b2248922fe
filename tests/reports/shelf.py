"""Publications for tests of the library, with what can be found in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reports.actions.shelving import recount, shelve
from reports.models import Publication
from reports.rendering import DocumentContent, serialise
from reports.rendering.model import Block, Chapter, Finding, Recommendation, RichText
from tests.factories import make_case, make_city


def content_with(words: str = "", practices: Sequence[str] = (), recommended: Sequence[Recommendation] = ()) -> Any:
    """A composed report with a text, good practices and recommendations."""
    blocks: list[Block] = [RichText(f"<p>{words}</p>")] if words else []
    blocks += [
        Finding("good_practice", "Good practice", f"<p>{text}</p>", anchor=f"f{place}")
        for place, text in enumerate(practices, start=1)
    ]
    chapters = (Chapter(title="What we found", blocks=(*blocks, *recommended), anchor="s5"),)
    return DocumentContent(
        kind="report",
        edition="public",
        kind_label="Report",
        title="T",
        language="en",
        dated=date(2026, 6, 1),
        chapters=chapters if chapters[0].blocks else (),
    )


def make_publication(
    number: int = 1,
    *,
    words: str = "",
    practices: Sequence[str] = (),
    recommended: Sequence[Recommendation] = (),
    **fields: Any,
) -> Publication:
    """One published report in the library, of a case of its own."""
    content = content_with(words, practices, recommended)
    fields = {
        "slug": f"report-{number}",
        "title": f"Report {number}",
        "theme": "education",
        "city_name": "Ghent",
        "country": "BE",
        "year": 2025,
        "version": 1,
        "content": serialise(content),
        "sha256": "0" * 64,
        **fields,
    }
    case = fields.pop("case", None) or make_case(host_city=make_city())
    made = Publication.objects.create(case=case, **fields)
    shelve([(made, content)])
    recount()
    return made
