"""From a composed document to HTML: for the renderer (a whole file) and for the page (the same blocks)."""

from typing import Any

from django.template.loader import render_to_string

from reports.rendering.model import DocumentContent
from reports.rendering.places import placed

PAPER = "reports/documents/paper.html"


def html_of(content: DocumentContent) -> str:
    """Render the HTML file that becomes the PDF."""
    return render_to_string(PAPER, {**context_of(content), "is_paper": True})


def context_of(content: DocumentContent) -> dict[str, Any]:
    """Return what the templates below reports/documents/ need; a page adds its own and includes `body.html`."""
    return {"document": content, "chapters": placed(content), "is_paper": False}
