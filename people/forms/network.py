"""Forms of the network: its cities and its working groups."""

from __future__ import annotations

from typing import Any

from django import forms

from people.countries import NAMES
from people.languages import LANGUAGES
from people.models import City, WorkingGroup
from people.queries.network import mark_of, values_of
from people.time_zones import zone_choices

_BY_NAME = sorted(NAMES.items(), key=lambda country: country[1])


class _RowForm(forms.Form):
    """A row of the network. `seen` is a hash of what it held when the page was shown: nobody replaces it unseen."""

    row: City | WorkingGroup | None
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, for the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def clean(self) -> dict[str, Any]:
        """Refuse once where somebody has changed the row since, and say what it holds now."""
        found: dict[str, Any] = self.cleaned_data
        seen = found.get("seen", "")
        if self.row is None or not seen or seen == mark_of(held := _held(self.row, self.base_fields)):
            return found
        now = [f"{self[name].label}: {value}" for name, value in held.items() if name in found and found[name] != value]
        if now:
            self.data = {**dict(self.data.items()), "seen": mark_of(held)}
            words = (
                "Somebody has changed this since you opened the page. Yours stands below, and replaces theirs when you"
            )
            self.add_error(None, f"{words} save again. Now there: {'; '.join(now)}")
        return found


class CityForm(_RowForm):
    """A city. `row` is the one that is changed, None for a new one."""

    name = forms.CharField(max_length=120, help_text="As the city writes it itself.")
    country = forms.ChoiceField(choices=[("", "Choose a country"), *_BY_NAME])
    language = forms.ChoiceField(
        label="Language of the city",
        choices=[("", "Choose a language"), *((code, str(known)) for code, known in LANGUAGES.items())],
    )
    time_zone = forms.ChoiceField(label="Time zone", initial="Europe/Brussels")
    population = forms.IntegerField(
        required=False, min_value=1, max_value=100_000_000, help_text="Printed on the data sheet of reports."
    )

    def __init__(self, *args: Any, row: City | None = None, **options: Any) -> None:
        super().__init__(*args, **{"initial": _shown(row, self.base_fields), **options})
        self.row = row
        fields: Any = self.fields
        fields["time_zone"].choices = zone_choices()

    def clean(self) -> dict[str, Any]:
        """Refuse a city that is there already."""
        super().clean()
        name, country = self.cleaned_data.get("name"), self.cleaned_data.get("country")
        same = City.objects.filter(name__iexact=name or "", country=country or "")
        if same.exclude(pk=self.row.pk if self.row else 0).exists():
            self.add_error("name", "This city is in the network already.")
        return self.cleaned_data


class GroupForm(_RowForm):
    """A working group. `row` is the one that is changed, None for a new one."""

    name = forms.CharField(max_length=160)
    description = forms.CharField(
        label="What it is about", required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, row: WorkingGroup | None = None, **options: Any) -> None:
        super().__init__(*args, **{"initial": _shown(row, self.base_fields), **options})
        self.row = row

    def clean_name(self) -> str:
        """Refuse a group that is there already."""
        name: str = self.cleaned_data["name"]
        same = WorkingGroup.objects.filter(name__iexact=name)
        if same.exclude(pk=self.row.pk if self.row else 0).exists():
            raise forms.ValidationError("A working group of this name is there already.")
        return name


class PersonForm(forms.Form):
    """To which city a person belongs."""

    city = forms.ModelChoiceField(
        queryset=City.objects.all(),
        required=False,
        empty_label="No city",
        help_text="For this city they can propose a review.",
    )


def _held(row: City | WorkingGroup, names: Any) -> dict[str, Any]:
    return values_of(row, [name for name in names if name != "seen"])


def _shown(row: City | WorkingGroup | None, names: Any) -> dict[str, Any]:
    values = _held(row, names) if row else {}
    return {**values, "seen": mark_of(values)} if row else values
