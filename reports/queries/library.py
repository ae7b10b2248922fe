"""What can be found in the library: by words, by what it is about, by what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Q, Value, When

from reports.enums import Audience, EntryKind, Scheme
from reports.models import EntryText, LibraryEntry, Shelf, Subject
from reports.queries.statuses import WITH_STATUS
from reports.search_index import with_all, with_any
from reports.searching import search_for, snippet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from reports.searching import Search
    from reviews.hits import Run

NEWEST = ("-published_at", "-publication_id", "position")
SORTS: dict[str, tuple[str, ...]] = {
    "newest": NEWEST,
    "oldest": ("published_at", "publication_id", "position"),
    "city": ("publication__city_name", "publication__country", *NEWEST),
}
"""In which order entries can stand. Without a choice the newest come first, and before them those that have all words
in the title."""
OF_PUBLICATION = (
    *("slug", "title", "theme", "city_name", "country", "year", "language", "version", "audience", "licence"),
    "published_at",
)
READ = (
    *("kind", "position", "anchor", "source_id", "title", "summary", "details", "published_at", "publication_id"),
    *(f"publication__{name}" for name in OF_PUBLICATION),
    "publication__case__stage",
    "publication__case__host_city__slug",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for. Empty and 0 mean anything. `members`: what is kept for members is found too."""

    kind: str = EntryKind.REPORT.value
    words: str = ""
    theme: str = ""
    place: str = ""
    year: int = 0
    principle: int = 0
    goal: int = 0
    status: str = ""
    sort: str = ""
    members: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the kind is asked for."""
        return self != Wanted(kind=self.kind, sort=self.sort, members=self.members)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the library has for one reader, as it was counted when it last changed."""

    counts: dict[str, Any]
    changed: str

    def of(self, kind: str, facet: str) -> list[list[Any]]:
        """Return the values of one facet that entries of a kind have, each with its count at the end."""
        found: list[list[Any]] = self.counts.get(kind, {}).get(facet, [])
        return found

    def total(self, kind: str) -> int:
        """Return how many entries of a kind there are."""
        found = self.of(kind, "all")
        return int(found[0][0]) if found else 0


def offered(*, members: bool) -> Offered:
    """Return what the library has. One query for one row."""
    row = Shelf.objects.filter(audience=Audience.MEMBERS if members else Audience.PUBLIC).first()
    return Offered(row.counts, row.changed_at.isoformat()) if row else Offered({}, "")


def readable(*, members: bool) -> QuerySet[LibraryEntry]:
    """Return what stands in the library for one kind of reader."""
    rows = LibraryEntry.objects.filter(is_current=True, publication__withdrawn_at=None)
    return rows if members else rows.filter(publication__audience=Audience.PUBLIC)


def entries(wanted: Wanted) -> QuerySet[LibraryEntry]:
    """Return the entries that fit, in order, with what a list shows of their publication and never its content."""
    rows = narrowed(wanted).filter(kind=wanted.kind)
    if wanted.status in WITH_STATUS:
        rows = rows.filter(WITH_STATUS[wanted.status]())
    return rows.select_related("publication__case__host_city").only(*READ).order_by(*_order(wanted))


def newest(wanted: Wanted) -> QuerySet[LibraryEntry]:
    """Return the entries that fit for a feed: whatever order and status were asked for, the newest first."""
    return entries(replace(wanted, sort="newest", status="", members=False))


def counts_of_kinds(wanted: Wanted) -> dict[str, int]:
    """Return how many entries of each kind fit; with a status, of recommendations only those that have it."""
    rows = narrowed(wanted)
    if wanted.status in WITH_STATUS:
        rows = rows.exclude(Q(kind=EntryKind.RECOMMENDATION) & ~WITH_STATUS[wanted.status]())
    return dict(rows.order_by().values_list("kind").annotate(Count("pk")))


def counts_of_statuses(wanted: Wanted) -> dict[str, int]:
    """Return how many recommendations of what is looked for have each status. One query."""
    rows = narrowed(replace(wanted, status="")).filter(kind=EntryKind.RECOMMENDATION)
    return rows.aggregate(**{key: Count("pk", filter=condition()) for key, condition in WITH_STATUS.items()})


def narrowed(wanted: Wanted) -> QuerySet[LibraryEntry]:
    """Return entries of every kind that fit, in no order."""
    rows = readable(members=wanted.members).order_by()
    country, _, city = wanted.place.partition(":")
    plain = {
        "publication__theme": wanted.theme,
        "publication__country": country,
        "publication__city_name": city,
        "publication__year": wanted.year,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    for scheme, number in ((Scheme.PILLAR, wanted.principle), (Scheme.GOALS, wanted.goal)):
        if number:
            about = Subject.objects.filter(scheme=scheme, number=number)
            rows = rows.filter(publication__in=about.values("publication_id"))
    return with_words(rows, search_for(wanted.words))


def with_words(rows: QuerySet[LibraryEntry], search: Search) -> QuerySet[LibraryEntry]:
    """Keep the entries that have everything that is wanted, and nothing that is not."""
    if search.wanted:
        rows = rows.filter(pk__in=with_all(search.wanted))
    for piece in search.wanted:
        if len(piece.words) > 1:
            rows = rows.filter(text__words__contains=piece.pattern)
    if single := [piece for piece in search.unwanted if len(piece.words) == 1]:
        rows = rows.exclude(pk__in=with_any(single))
    for piece in search.unwanted:
        if len(piece.words) > 1:
            has_it = EntryText.objects.filter(pk__in=with_all([piece]), words__contains=piece.pattern)
            rows = rows.exclude(pk__in=has_it.values("pk"))
    return rows


def snippets(rows: Iterable[LibraryEntry], words: str) -> dict[int, list[Run]]:
    """Return where the words stand in each of these entries, by its key. One query, none without words."""
    search = search_for(words)
    if not search.wanted:
        return {}
    texts = EntryText.objects.filter(pk__in=[row.pk for row in rows])
    return {text.pk: snippet(text.said, text.words, search) for text in texts}


def _order(wanted: Wanted) -> tuple[Any, ...]:
    search = search_for(wanted.words)
    order = SORTS.get(wanted.sort, NEWEST)
    if wanted.sort or not search.wanted:
        return order
    in_title = Q()
    for piece in search.wanted:
        in_title &= Q(text__title__contains=piece.pattern)
    return (Case(When(in_title, then=Value(0)), default=Value(1)), *order)
