"""From an outline in plain values to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.outline_files.reading import FORMAT, FORMAT_VERSION
from reviews.question_files.writing import flag, listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.outline_files.plan import OutlinePlan, SectionPlan

_HEAD = "# A report outline of Critical Friend. Every entry is explained in docs/report-outlines.md.\n"


def write(plan: OutlinePlan) -> str:
    """Return the file of an outline: read again, it gives the same outline."""
    lines = [
        _HEAD,
        f"format = {quoted(FORMAT)}",
        f"format_version = {FORMAT_VERSION}",
        "",
        f"name = {quoted(plan.name)}",
        "",
    ]
    for section in plan.sections:
        lines += _section(section)
    return "\n".join(lines) + "\n"


def _section(section: SectionPlan) -> Iterator[str]:
    """What is as usual is left out."""
    yield from ("", "[[section]]", f"key = {quoted(section.key)}", f"title = {quoted(section.title)}")
    for name in ("purpose", "opening"):
        if text := getattr(section, name):
            yield f"{name} = {quoted(text)}"
    if section.draws:
        yield f"draws = {listed(section.draws)}"
    if section.words:
        yield f"words = {section.words}"
    if section.is_required:
        yield f"required = {flag(on=True)}"
    if section.is_annex:
        yield f"annex = {flag(on=True)}"
    if not section.starts_page:
        yield f"starts_page = {flag(on=False)}"
