"""Putting what is published into the library, taking it out again, and counting what is there.

This is the only place that writes `LibraryEntry`, `EntryText`, `Subject` and `Shelf`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Count
from django.utils import timezone

from people.queries.statements import kept_values
from reports.entries import Found, chapters_of, practices_of, recommendations_of
from reports.enums import Audience, EntryKind, Scheme
from reports.models import EntryText, LibraryEntry, Publication, Shelf, Subject
from reports.rendering import deserialise
from reports.searching import in_line, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from reports.rendering import DocumentContent
    from reviews.models import Case

AT_ONCE = 500
FACETS: dict[str, tuple[str, ...]] = {
    "all": (),
    "theme": ("publication__theme",),
    "place": ("publication__country", "publication__city_name"),
    "year": ("publication__year",),
    "pillar": ("publication__subjects__number",),
    "goals": ("publication__subjects__number",),
}


@transaction.atomic
def shelve(rows: Iterable[tuple[Publication, DocumentContent]]) -> None:
    """Put stored publications into the library, each with what can be found in it. Then count with `recount`."""
    pairs = list(rows)
    entries: list[LibraryEntry] = []
    texts: list[EntryText] = []
    subjects: list[Subject] = []
    for publication, content in pairs:
        subjects += _subjects(publication)
        for entry, text in _entries(publication, content):
            entries.append(entry)
            texts.append(text)
    Subject.objects.bulk_create(subjects, batch_size=AT_ONCE, ignore_conflicts=True)
    LibraryEntry.objects.bulk_create(entries, batch_size=AT_ONCE)
    for entry, text in zip(entries, texts, strict=True):
        text.entry = entry
    EntryText.objects.bulk_create(texts, batch_size=AT_ONCE)


@transaction.atomic
def reshelve(case: Case) -> None:
    """Bring the library in line after versions of a case were published or withdrawn."""
    LibraryEntry.objects.filter(publication__case=case, publication__withdrawn_at__isnull=False).delete()
    own = Publication.objects.filter(pk=models.OuterRef("publication_id"))
    LibraryEntry.objects.filter(publication__case=case).update(
        is_current=models.Subquery(own.values("is_current")), published_at=models.Subquery(own.values("published_at"))
    )
    recount()


@transaction.atomic
def recount() -> None:
    """Count anew what the library has. Whoever publishes at the same time waits here, and counts both."""
    for audience in Audience:
        Shelf.objects.get_or_create(audience=audience)
    shelves = {row.audience: row for row in Shelf.objects.select_for_update().order_by("audience")}
    counted = counts()
    for readers, shelf in shelves.items():
        shelf.counts, shelf.changed_at = counted[readers], timezone.now()
        shelf.save(update_fields=("counts", "changed_at"))


def fill() -> int:
    """Shelve what stands published and is not in the library; return how many. For installations from before it."""
    missing = Publication.objects.filter(withdrawn_at=None).exclude(entries__kind=EntryKind.REPORT)
    keys = list(missing.values_list("pk", flat=True))
    for first in range(0, len(keys), AT_ONCE):
        rows = Publication.objects.filter(pk__in=keys[first : first + AT_ONCE]).select_related("case")
        shelve((row, deserialise(row.content)) for row in rows if row.content)
    if keys:
        recount()
    return len(keys)


def counts() -> dict[str, dict[str, Any]]:
    """Return for each kind of reader and entry how many there are: all, and of each theme, place, year, subject."""
    found: dict[tuple[str, str, str], Counter[tuple[Any, ...]]] = defaultdict(Counter)
    for facet in FACETS:
        for audience, kind, *value, count in kept_values(_counted, facet, said={}):
            for readers in {audience, Audience.MEMBERS.value}:
                found[readers, kind, facet][tuple(value)] += count
    told: dict[str, dict[str, Any]] = {audience: {} for audience in Audience.values}
    for (readers, kind, facet), counter in found.items():
        told[readers].setdefault(kind, {})[facet] = [[*value, count] for value, count in sorted(counter.items())]
    return told


def _counted(facet: str) -> QuerySet[LibraryEntry, tuple[Any, ...]]:
    """How many entries each kind of reader finds under each value of a facet."""
    rows = LibraryEntry.objects.filter(is_current=True, publication__is_current=True, publication__withdrawn_at=None)
    own = rows.filter(publication__subjects__scheme=facet) if facet in Scheme.values else rows
    return own.order_by().values_list("publication__audience", "kind", *FACETS[facet]).annotate(Count("pk"))


def _subjects(publication: Publication) -> Iterator[Subject]:
    numbers = {Scheme.PILLAR: publication.case.principles, Scheme.GOALS: publication.case.goals}
    for scheme, chosen in numbers.items():
        for number in chosen:
            yield Subject(publication=publication, scheme=scheme, number=number)


def _entries(publication: Publication, content: DocumentContent) -> Iterator[tuple[LibraryEntry, EntryText]]:
    """Yield the rows of one publication, not stored."""
    yield _entry(publication, 0, _report(publication, content))
    for position, found in enumerate(practices_of(content), start=1):
        yield _entry(publication, position, found)
    own = set(publication.recommendation_ids)
    for found in recommendations_of(content):
        yield _entry(publication, found.details["number"], found, knows=own)


def _report(publication: Publication, content: DocumentContent) -> Found:
    paragraphs = [publication.city_name, str(publication.get_theme_display()), content.subtitle]
    for title, lines in chapters_of(content):
        paragraphs += [title, *lines]
    return Found(EntryKind.REPORT, publication.title, tuple(line for line in paragraphs if line))


def _entry(
    publication: Publication, position: int, found: Found, *, knows: set[int] | None = None
) -> tuple[LibraryEntry, EntryText]:
    entry = LibraryEntry(
        publication=publication,
        kind=found.kind,
        position=position,
        anchor=found.anchor,
        source_id=found.source_id if knows is None or found.source_id in knows else None,
        title=found.title,
        summary=publication.summary if found.kind == EntryKind.REPORT else found.summary,
        details=found.details,
        is_current=publication.is_current,
        published_at=publication.published_at,
    )
    has_title = found.paragraphs[:1] == (found.title,)
    said, words = told(found.paragraphs if has_title else (found.title, *found.paragraphs))
    return entry, EntryText(title=in_line(found.title), words=words, said=said)
