"""What a reader looks for in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms

from people.countries import country_name
from reports.queries.publications import Wanted

if TYPE_CHECKING:
    from reports.queries.publications import Choices


class LibraryForm(forms.Form):
    """Words and three filters. What the library does not have is not an error: it narrows to nothing known."""

    q = forms.CharField(label="Words", required=False, max_length=200, widget=forms.SearchInput)
    theme = forms.ChoiceField(label="Theme", required=False)
    place = forms.ChoiceField(label="City or country", required=False)
    year = forms.TypedChoiceField(label="Year of the visit", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, offered: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choose("theme", [("", "All themes"), *offered.themes])
        places: list[Any] = [("", "All cities")]
        for country, cities in offered.countries:
            name = country_name(country)
            places.append((name, [(country, f"All of {name}"), *((f"{country}:{city}", city) for city in cities)]))
        self._choose("place", places)
        self._choose("year", [("", "All years"), *((str(year), str(year)) for year in offered.years)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = choices

    def wanted(self) -> Wanted:
        """Return what is looked for; a filter that is not offered does not count."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(found.get("q", ""), found.get("theme", ""), found.get("place", ""), found.get("year") or 0)

    def as_query(self) -> str:
        """Return the search as it goes into the address of the next page, ending in `&`."""
        found = {name: self.cleaned_data.get(name) for name in self.fields}
        query = urlencode({name: value for name, value in found.items() if value})
        return f"{query}&" if query else ""

    @staticmethod
    def nothing() -> Wanted:
        """Return the search that finds everything."""
        return Wanted()
