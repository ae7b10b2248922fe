"""Forms of host sites, groups, and the settings of the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from people.time_zones import zone_choices
from visits.actions.places import SiteValues
from visits.forms.compared import ComparedForm
from visits.languages import CHOICES as LANGUAGES

if TYPE_CHECKING:
    from visits.queries.choices import ProgrammeChoices


class SiteForm(ComparedForm):
    """A host site. `seen` is the mark of what the page showed, empty for a new one."""

    mark = "seen"

    name = forms.CharField(label="Name", max_length=160)
    address = forms.CharField(label="Address", max_length=300, required=False)
    description = forms.CharField(
        label="What happens here",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"class": "low"}),
        help_text="A few sentences for the handbook.",
    )
    contact = forms.CharField(
        label="Who receives the group",
        max_length=200,
        required=False,
        help_text="Name and phone of a member of staff who agrees to be named. Shown in programme and handbook.",
    )
    access_note = forms.CharField(
        label="Access",
        max_length=300,
        required=False,
        help_text="Steps, lifts, parking, a quiet room for confidential talks.",
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def values(self) -> SiteValues:
        """What was filled in. Only for a valid form."""
        return SiteValues(**{name: value for name, value in self.cleaned_data.items() if name != self.mark})


class GroupForm(ComparedForm):
    """A group of critical friends that goes together. `seen` as in a site."""

    mark = "seen"

    name = forms.CharField(label="Name", max_length=60, widget=forms.TextInput(attrs={"class": "medium"}))
    members = forms.TypedMultipleChoiceField(
        label="Members",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "cards"}),
        help_text="A person goes with one group: choosing somebody here takes them out of their other group.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, choices: ProgrammeChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["members"].choices = choices.team


class SettingsForm(forms.Form):
    """Working language and time zone of the visit."""

    working_language = forms.ChoiceField(label="Working language", choices=LANGUAGES)
    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="All times of the programme are shown in this zone. "
        "Slots that stand keep their moment, so other hours are shown.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["time_zone"].choices = [("UTC", "UTC"), *zone_choices()]


class PracticalForm(forms.Form):
    """The practical information, saved as one types."""

    practical = forms.CharField(
        label="Practical information",
        required=False,
        max_length=40_000,
        strip=False,
        widget=forms.Textarea(attrs={"class": "tall", "data-words": ""}),
        help_text="Getting there, hotel, local transport, phone numbers during the visit, meals, access. "
        "Write ## for a heading, - for a list.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AgendaForm(forms.Form):
    """Which template fills the programme."""

    agenda = forms.CharField(max_length=40)
