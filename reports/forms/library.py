"""What a reader looks for in the library."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms

from people.countries import country_name
from reports.enums import EntryKind
from reports.queries.library import Wanted
from reports.queries.statuses import LABELS
from reports.searching import LONGEST_QUERY
from reviews.enums import Theme
from reviews.subjects import GOALS, PRINCIPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.datastructures import MultiValueDict

    from reports.queries.library import Offered

KINDS: dict[str, tuple[str, str]] = {
    EntryKind.REPORT: ("Reports", "report,reports"),
    EntryKind.PRACTICE: ("Good practices", "good practice,good practices"),
    EntryKind.RECOMMENDATION: ("Recommendations", "recommendation,recommendations"),
}
MORE = ("year", "principle", "goal", "status", "sort")
"""The filters that stand folded away until one of them is used."""


class LibraryForm(forms.Form):
    """Words and filters, each value with how often the library has it. What is not offered narrows nothing."""

    q = forms.CharField(label="Words", required=False, widget=forms.SearchInput(attrs={"maxlength": LONGEST_QUERY}))
    theme = forms.ChoiceField(label="Theme", required=False)
    place = forms.ChoiceField(label="City or country", required=False)
    year = forms.ChoiceField(label="Year of the visit", required=False)
    principle = forms.ChoiceField(label="Principle of social rights", required=False)
    goal = forms.ChoiceField(label="Development goal", required=False)
    status = forms.ChoiceField(label="What became of it", required=False)
    sort = forms.ChoiceField(label="Order", required=False)

    def __init__(self, sent: MultiValueDict[str, str], *, offered: Offered, members: bool = False) -> None:
        kind = sent.get("kind", "")
        self.kind: str = kind if kind in KINDS else EntryKind.REPORT.value
        self.offered, self.members = offered, members
        super().__init__({name: _clean(value) for name, value in sent.items()}, auto_id="library-%s")
        self._choose("theme", "All themes", self._themes())
        self._choose("place", "All cities", self._places())
        self._choose("year", "All years", ((year, f"{year} ({count})") for year, count in reversed(self._of("year"))))
        self._choose("principle", "All principles", self._subjects("pillar", PRINCIPLES))
        self._choose("goal", "All goals", self._subjects("goals", GOALS))
        self._choose("status", "Any status", LABELS.items())
        best = "Best match first" if sent.get("q", "").strip() else "Newest first"
        self._choose("sort", best, (("oldest", "Oldest first"), ("city", "By city")))
        if self.kind != EntryKind.RECOMMENDATION:
            del self.fields["status"]

    def wanted(self) -> Wanted:
        """Return what is looked for; a filter that is not offered does not count."""
        found = self._found()
        return Wanted(
            kind=self.kind,
            words=found.get("q", ""),
            theme=found.get("theme", ""),
            place=found.get("place", ""),
            year=int(found.get("year") or 0),
            principle=int(found.get("principle") or 0),
            goal=int(found.get("goal") or 0),
            status=found.get("status", ""),
            sort=found.get("sort", ""),
            members=self.members,
        )

    def as_query(self, **changed: str) -> str:
        """Return the search as it goes into an address, ending in `&`; `changed` takes the place of what is there."""
        kind = self.kind if self.kind != EntryKind.REPORT else ""
        found = {"kind": kind, **self._found(), **changed}
        query = urlencode({name: value for name, value in found.items() if value})
        return f"{query}&" if query else ""

    def count_statuses(self, counts: Mapping[str, int]) -> None:
        """Say of each status how many recommendations have it; one without any is not offered anew."""
        chosen = self._found().get("status")
        there = [(key, f"{label} ({counts[key]})") for key, label in LABELS.items() if counts[key] or key == chosen]
        self._choose("status", "Any status", there)

    @property
    def is_open(self) -> bool:
        """Whether one of the further filters is used."""
        found = self._found()
        return any(found.get(name) for name in MORE)

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Theme and place."""
        return [self["theme"], self["place"]]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The further filters that offer something."""
        return [self[name] for name in MORE if name in self.fields and len(self.fields[name].choices) > 1]  # type: ignore[attr-defined]

    def _found(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    def _of(self, facet: str) -> list[list[Any]]:
        return self.offered.of(self.kind, facet)

    def _choose(self, name: str, nothing: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = [("", nothing), *choices]

    def _themes(self) -> list[tuple[str, str]]:
        counts = dict(self._of("theme"))
        return [(theme.value, f"{theme.label} ({counts[theme]})") for theme in Theme if theme in counts]

    def _places(self) -> list[tuple[str, Any]]:
        groups = []
        for country, rows in groupby(self._of("place"), key=lambda row: row[0]):
            cities = [(city, count) for _, city, count in rows]
            name, total = country_name(country), sum(count for _, count in cities)
            inside = [(f"{country}:{city}", f"{city} ({count})") for city, count in cities]
            groups.append((name, [(country, f"All of {name} ({total})"), *inside]))
        return sorted(groups)

    def _subjects(self, facet: str, names: Mapping[int, str]) -> list[tuple[str, str]]:
        rows = self._of(facet)
        return [(str(number), f"{number}. {names[number]} ({count})") for number, count in rows if number in names]


def _clean(value: Any) -> str:
    """Return what was sent as words that a form can read, however long or strange."""
    return str(value).replace("\0", " ")[:LONGEST_QUERY]
