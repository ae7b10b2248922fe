"""The files that a host city of the demonstration brings along, made here: invented, small, and real files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from weasyprint import HTML

from config.demonstration import papers
from config.demonstration.brought import Brought
from reviews.enums import EvidenceClass, EvidenceKind

_YEARS = range(2013, 2018)
_PLAN = """<html lang="en"><title>Action plan, extract</title><h1>Action plan, extract</h1>
<p>{title}. Written for the demonstration; no such document exists.</p>
<ol><li>One place to go for all questions</li>
<li>House visits before letters</li><li>A yearly meeting with residents</li></ol>{end}</html>"""
_SIGNED = "<p>Signed by the council. Measure 3 was moved forward by a year.</p>"


def brought(title: str) -> Iterator[Brought]:
    """Yield the files of a review with this title."""
    yield Brought(
        "action-plan.pdf",
        "Action plan, extract",
        EvidenceKind.STRATEGY,
        EvidenceClass.PUBLIC,
        (5, 7),
        "The three measures, with who answers for each. Measure 3 has no money yet.",
        _plan(title, ""),
    )
    yield Brought(
        "attendance.csv",
        "Attendance by year",
        EvidenceKind.STATISTICS,
        EvidenceClass.TEAM,
        (8,),
        "Days missed and families visited, 2013 to 2017. Groups under five people are left out.",
        _figures(),
    )
    yield Brought(
        "budget.csv",
        "Budget, working paper",
        EvidenceKind.BUDGET,
        EvidenceClass.HOST,
        (23,),
        "Which posts are permanent; not decided yet, so for ourselves only.",
        _budget(),
    )
    yield Brought(
        "strategy-2016-2020.pdf",
        "Together in the neighbourhood: strategy 2016 to 2020",
        EvidenceKind.STRATEGY,
        EvidenceClass.TEAM,
        (5, 6),
        "Chapters 3 and 4 are what this review is about; figures of 2017 are in the file of attendance.",
        papers.strategy(),
    )
    yield Brought(
        "round-table.docx",
        "Minutes of the round table with residents",
        EvidenceKind.SURVEY,
        EvidenceClass.TEAM,
        (11,),
        "What residents said about the desk, schools and rents. Names are left out.",
        papers.minutes(),
    )
    yield Brought(
        "council-decision.pdf",
        "Council decision 118/2016, scanned",
        EvidenceKind.DECISION,
        EvidenceClass.PUBLIC,
        (5,),
        "The decision on which the strategy rests.",
        papers.scan(),
    )


def plan_signed(title: str) -> bytes:
    """Return the action plan as the council signed it: the newer version."""
    return _plan(title, _SIGNED)


@cache
def _plan(title: str, end: str) -> bytes:
    content: bytes = HTML(string=_PLAN.format(title=title, end=end)).write_pdf()
    return content


def _figures() -> bytes:
    rows = [f"{year},{14 - number},{number * 12 + 40}" for number, year in enumerate(_YEARS)]
    return "\n".join(["year,days missed,families visited", *rows, ""]).encode()


def _budget() -> bytes:
    rows = [f"{year},{200_000 + number * 15_000},{90_000 - number * 5_000}" for number, year in enumerate(_YEARS)]
    return "\n".join(["year,permanent,projects", *rows, ""]).encode()
