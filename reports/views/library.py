"""What everybody may read, without a login: the front page, the library, what one city did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from reports.enums import EntryKind
from reports.forms.library import KINDS, LibraryForm
from reports.queries import library
from reports.queries.cities import city_shelf
from reports.queries.publications import is_of_network, newest
from reports.queries.statuses import statuses

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from reports.models import LibraryEntry
    from reports.queries.library import Offered, Wanted

PER_PAGE = 20
ON_FRONT = 3


class Counted(Paginator):  # type: ignore[type-arg] # the class takes none while it runs
    """Pages of a list whose length is known already."""

    def __init__(self, rows: QuerySet[LibraryEntry], *, count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self.known = count

    @cached_property
    def count(self) -> int:
        """How many there are."""
        return self.known


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Tell a stranger what this is; take everybody else to their tasks."""
    if request.user.is_authenticated:
        return redirect("reviews:tasks")
    return render(request, "reports/front.html", {"newest": newest()[:ON_FRONT]})


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the library, narrowed to what a reader looks for. The address holds the whole search."""
    members = is_of_network(request.user)
    offered = library.offered(members=members)
    form = LibraryForm(request.GET, offered=offered, members=members)
    wanted = form.wanted()
    counts = _counts(wanted, offered)
    if wanted.kind == EntryKind.RECOMMENDATION:
        form.count_statuses(library.counts_of_statuses(wanted))
    rows = library.entries(wanted)
    page = Counted(rows, count=counts.get(wanted.kind, 0)).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    context = {
        "form": form,
        "page": page,
        "found": _shown(page.object_list, wanted.words),
        "tabs": _tabs(form, counts),
        "noun": KINDS[wanted.kind][1],
        "is_narrow": wanted.is_narrow,
        "query": form.as_query(),
        "feed_query": form.as_query(sort="", status=""),
        "has_any": any(offered.total(kind) for kind in KINDS),
    }
    return render(request, "reports/library.html", context)


@login_not_required
@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what one city was told, what it does well, and what became of the recommendations."""
    shelf = city_shelf(slug, members=is_of_network(request.user))
    context = {
        "city": shelf.city,
        "place": f"{shelf.city.country}:{shelf.city.name}",
        "reports": shelf.reports,
        "practices": shelf.practices,
        "recommendations": _shown(shelf.recommendations, ""),
        "counts": shelf.counts,
    }
    return render(request, "reports/city.html", context)


def _counts(wanted: Wanted, offered: Offered) -> dict[str, int]:
    """How many entries of each kind fit; without any filter they are counted already."""
    if wanted.is_narrow:
        return library.counts_of_kinds(wanted)
    return {kind: offered.total(kind) for kind in KINDS}


def _shown(rows: list[LibraryEntry], words: str) -> list[dict[str, object]]:
    """Each entry with what a list says of it: where the words stand, and its status today."""
    runs, known = library.snippets(rows, words), statuses(rows)
    return [{"entry": row, "runs": runs.get(row.pk, []), "statuses": known.get(row.pk, [])} for row in rows]


def _tabs(form: LibraryForm, counts: dict[str, int]) -> list[dict[str, object]]:
    """One tab a kind, with how many of it fit."""
    return [
        {
            "label": label,
            "url": f"?{form.as_query(kind='' if kind == EntryKind.REPORT else kind, status='')}".rstrip("&"),
            "current": kind == form.kind,
            "count": counts.get(kind, 0),
        }
        for kind, (label, _) in KINDS.items()
    ]
