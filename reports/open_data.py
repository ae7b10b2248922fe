"""The library as open data: which lists there are, what each field means, and the rows themselves.

Only what everybody may read, from what was published; nobody's name. Where all rights are reserved, a row says that
the text is there and does not repeat it.
"""

from __future__ import annotations

import csv
import json
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from reports.enums import EntryKind, Licence, Scheme
from reports.imprint import TERMS, permanent_address
from reports.queries.library import NEWEST, READ, readable
from reports.queries.statuses import DONE, UNDER_WAY, statuses
from reviews.enums import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reports.models import LibraryEntry
    from reports.queries.statuses import Status

AT_ONCE = 500
_PLACE = {
    "city": "The city that was visited, as it was named then.",
    "country": "Its country, ISO 3166-1 alpha-2.",
    "theme": "The subject of the review, one of a fixed list.",
    "year": "The year of the study visit.",
    "language": "The language of the text, BCP 47.",
    "published_at": "When this version was published, ISO 8601 in UTC.",
    "principles": "Numbers of principles of the European Pillar of Social Rights, 1 to 20.",
    "goals": "Numbers of Sustainable Development Goals, 1 to 17.",
    "licence": "Under which terms the row and its text may be used: an SPDX identifier, or “reserved”.",
    "licence_url": "Where the terms stand; empty where all rights are reserved.",
}
_IN_REPORT = {
    "id": "Stays the same for this version of the report.",
    "address": "Where it stands in the report.",
    "report": "The id of its report.",
    "title": "Its first words.",
    "text": "All of it, without marks; empty where all rights are reserved.",
}
FIELDS: dict[str, dict[str, str]] = {
    "reports": {
        "id": "The permanent part of the address.",
        "address": "The permanent address.",
        "title": "The title of the report.",
        "summary": "The first words of its summary; empty where all rights are reserved.",
        "version": "Which version of the report it is. Only the newest of each report is listed.",
        **_PLACE,
    },
    "practices": {**_IN_REPORT, **_PLACE},
    "recommendations": {
        **_IN_REPORT,
        "number": "Its number in the report.",
        "reason": "Why the critical friends recommend it.",
        "addressee": "To whom it is addressed: an office or a body.",
        "time_frame": "By when, in the words of the report.",
        "effort": "How much it takes, as the critical friends see it.",
        "response": "The city’s answer today: accepted, partly, rejected, none; empty until its follow-up is public.",
        "progress": "What the city does today: under_way, done; empty where it has told of nothing.",
        **_PLACE,
    },
}
KINDS = {"reports": EntryKind.REPORT, "practices": EntryKind.PRACTICE, "recommendations": EntryKind.RECOMMENDATION}
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def rows_of(what: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of one list, newest first, a few hundred at a time."""
    rows = readable(members=False).filter(kind=KINDS[what]).order_by(*NEWEST)
    rows = rows.select_related("publication__case__host_city").only(*READ).prefetch_related("publication__subjects")
    if what != "reports":
        rows = rows.select_related("publication__case__host_city", "text").only(*READ, "text__said")
    found = rows.iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        known = statuses(some)
        for entry in some:
            yield row_of(entry, known.get(entry.pk, []))


def row_of(entry: LibraryEntry, known: Iterable[Status] = ()) -> dict[str, Any]:
    """Return one entry as a row: exactly the documented fields, in their order."""
    making = _REPORT if entry.kind == EntryKind.REPORT else _PART
    found = {**making(entry), **_about(entry)}
    if entry.kind == EntryKind.RECOMMENDATION:
        keys = {status.key for status in known}
        found |= {
            name: entry.details.get(name, "") for name in ("number", "reason", "addressee", "time_frame", "effort")
        }
        found["reason"] = "" if _is_reserved(entry) else found["reason"]
        found["response"] = next((key for key in (*Decision.values, "none") if key in keys), "")
        found["progress"] = next((key for key in (UNDER_WAY, DONE) if key in keys), "")
    what = next(name for name, kind in KINDS.items() if kind == entry.kind)
    return {name: found[name] for name in FIELDS[what]}


def as_json(what: str) -> Iterator[str]:
    """Yield a list as JSON, piece by piece."""
    head = {"about": f"{settings.PUBLIC_URL}{reverse('reports:open_data')}", "list": what}
    yield f'{json.dumps(head)[:-1]}, "rows": ['
    for place, row in enumerate(rows_of(what)):
        yield f"{',' if place else ''}\n{json.dumps(row, ensure_ascii=False)}"
    yield "\n]}\n"


def as_csv(what: str) -> Iterator[str]:
    """Yield a list as CSV (RFC 4180, UTF-8), line by line. No cell is a formula to a spreadsheet."""
    yield _line(FIELDS[what])
    for row in rows_of(what):
        yield _line(_cell(value) for value in row.values())


def _line(cells: Iterable[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _cell(value: Any) -> str:
    text = " ".join(str(part) for part in value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _as_report(entry: LibraryEntry) -> dict[str, Any]:
    publication = entry.publication
    return {
        "id": publication.slug,
        "address": permanent_address(publication.slug),
        "title": entry.title,
        "summary": "" if _is_reserved(entry) else entry.summary,
        "version": publication.version,
    }


def _as_part(entry: LibraryEntry) -> dict[str, Any]:
    slug = entry.publication.slug
    return {
        "id": f"{slug}/{entry.kind}/{entry.position}",
        "address": permanent_address(slug) + (f"#{entry.anchor}" if entry.anchor else ""),
        "report": slug,
        "title": entry.title,
        "text": "" if _is_reserved(entry) else entry.text.said,
    }


def _about(entry: LibraryEntry) -> dict[str, Any]:
    publication = entry.publication
    subjects = list(publication.subjects.all())
    return {
        **{name: getattr(publication, name) for name in ("theme", "year", "language", "country", "licence")},
        "city": publication.city_name,
        "published_at": publication.published_at.isoformat(),
        "principles": [row.number for row in subjects if row.scheme == Scheme.PILLAR],
        "goals": [row.number for row in subjects if row.scheme == Scheme.GOALS],
        "licence_url": TERMS[publication.licence].url,
    }


def _is_reserved(entry: LibraryEntry) -> bool:
    return bool(entry.publication.licence == Licence.RESERVED)


_REPORT: Callable[[LibraryEntry], dict[str, Any]] = _as_report
_PART: Callable[[LibraryEntry], dict[str, Any]] = _as_part
