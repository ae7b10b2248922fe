"""Photos of the host city in a report: those that everybody may see, with what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.templatetags.words import dates
from people.texts import plain
from reports.rendering.compose.words import escaped
from reports.rendering.model import Heading, Photo
from reviews.enums import SelfAssessmentStatus
from reviews.queries.evidence import public_photos

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.rendering.compose.reading import ReportRead
    from reviews.models import Case, Evidence

MOST_SIGNS = 500
"""A longer description is read aloud from beginning to end, and nobody can skip it."""


def photos_of(case: Case) -> list[Evidence]:
    """The photos that the report of a case can show: for everybody, and released with the self-assessment.

    One query, none before the release.
    """
    held = getattr(case, "self_assessment", None)
    return list(public_photos(case)) if held and held.status == SelfAssessmentStatus.ACCEPTED else []


def photos(read: ReportRead) -> Iterator[Heading | Photo]:
    """Yield a heading and the photos. Caption and description are pieces: the team can say them differently."""
    for place, row in enumerate(photos_of(read.case)):
        if not place:
            yield Heading("In pictures", anchor="photos")
        name = f"Photo “{_short(row.title, 60)}”"
        yield Photo(
            name=str(row.file.name),
            caption=_plain(read.words.said(f"photo:{row.pk}", escaped(row.title), f"{name}: caption")),
            alt=_plain(read.words.said(f"photo-shows:{row.pk}", escaped(described(row)), f"{name}: what it shows")),
            credit=", ".join(filter(None, (f"Source: {read.case.host_city.name}", dates(row.dated)))),
            digest=row.sha256,
        )


def described(row: Evidence) -> str:
    """What a photo shows, for people who do not see it: the note of whoever brought it."""
    return _short(row.note, MOST_SIGNS)


def _plain(text: str) -> str:
    return " ".join(plain(text).split())


def _short(text: str, most: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
