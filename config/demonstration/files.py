"""The files that a host city of the demonstration brings along, made here: invented, small, and real files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from weasyprint import HTML

from reviews.enums import EvidenceClass, EvidenceKind

_YEARS = range(2013, 2018)
_PLAN = """<html lang="en"><title>Action plan, extract</title><h1>Action plan, extract</h1>
<p>{title}. Written for the demonstration; no such document exists.</p>
<ol><li>One place to go for all questions</li>
<li>House visits before letters</li><li>A yearly meeting with residents</li></ol></html>"""


def evidence_files(title: str) -> Iterator[tuple[str, str, EvidenceKind, EvidenceClass, bytes]]:
    """Yield name, title, kind, class and content of each file."""
    yield "action-plan.pdf", "Action plan, extract", EvidenceKind.STRATEGY, EvidenceClass.PUBLIC, _plan(title)
    yield "attendance.csv", "Attendance by year", EvidenceKind.STATISTICS, EvidenceClass.TEAM, _figures()
    yield "budget.csv", "Budget, working paper", EvidenceKind.BUDGET, EvidenceClass.HOST, _budget()


@cache
def _plan(title: str) -> bytes:
    content: bytes = HTML(string=_PLAN.format(title=title)).write_pdf()
    return content


def _figures() -> bytes:
    rows = [f"{year},{14 - number},{number * 12 + 40}" for number, year in enumerate(_YEARS)]
    return "\n".join(["year,days missed,families visited", *rows, ""]).encode()


def _budget() -> bytes:
    rows = [f"{year},{200_000 + number * 15_000},{90_000 - number * 5_000}" for number, year in enumerate(_YEARS)]
    return "\n".join(["year,permanent,projects", *rows, ""]).encode()
