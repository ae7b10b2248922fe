"""The form of one slot of the programme."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import TYPE_CHECKING, Any

from django import forms

from visits.actions.slots import SlotValues
from visits.enums import PRIVATE_SLOTS, SlotKind, SourceGroup
from visits.forms.compared import ComparedForm
from visits.languages import CHOICES as LANGUAGES

if TYPE_CHECKING:
    from visits.queries.choices import ProgrammeChoices

MOST_PEOPLE = 2000
_TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class SlotForm(ComparedForm):
    """Cleans one slot into SlotValues; times are read on the clock of the visit's zone.

    For each source group there is one number, `met_<group>`: nothing has to be added before it can be filled in.
    """

    mark = "version"

    kind = forms.ChoiceField(label="What happens", choices=SlotKind.choices)
    title = forms.CharField(label="Title", max_length=200, help_text="What people read in the programme.")
    date = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label="From", widget=_TIME)
    end = forms.TimeField(label="To", widget=_TIME)
    group = forms.TypedChoiceField(label="Who goes", coerce=int, empty_value=None, required=False)
    site = forms.TypedChoiceField(label="Host site", coerce=int, empty_value=None, required=False)
    place = forms.CharField(
        label="Building and room", max_length=200, required=False, help_text="So that nobody has to search."
    )
    language = forms.ChoiceField(label="Language", required=False)
    is_interpreted = forms.BooleanField(
        label="With an interpreter", required=False, help_text="Interpreting takes about twice the time."
    )
    lead = forms.TypedChoiceField(label="Who leads the talk", coerce=int, empty_value=None, required=False)
    note_taker = forms.TypedChoiceField(label="Who takes notes", coerce=int, empty_value=None, required=False)
    remarks = forms.CharField(
        label="Remarks",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "low"}),
        help_text="For everybody in the review, the host city too: what to bring, who opens the door.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, choices: ProgrammeChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zoneinfo.ZoneInfo(choices.time_zone)
        self._offer(choices)
        for group in SourceGroup:
            self.fields[f"met_{group.value}"] = forms.IntegerField(
                label=group.label,
                required=False,
                min_value=0,
                max_value=MOST_PEOPLE,
                widget=forms.NumberInput(attrs={"class": "people-count", "inputmode": "numeric"}),
            )

    def _offer(self, choices: ProgrammeChoices) -> None:
        """Fill the lists with what this visit has."""
        fields: Any = self.fields
        if choices.for_host:
            fields["kind"].choices = [choice for choice in SlotKind.choices if choice[0] not in PRIVATE_SLOTS]
        fields["group"].choices = [("", "The whole team"), *choices.groups]
        fields["site"].choices = [("", "No host site"), *choices.sites]
        fields["language"].choices = [("", f"Working language ({choices.working_language})"), *LANGUAGES]
        for name in ("lead", "note_taker"):
            fields[name].choices = [("", "Not decided yet"), *choices.people]

    @property
    def people_met(self) -> list[forms.BoundField]:
        """The numbers of people, group by group."""
        return [self[f"met_{group.value}"] for group in SourceGroup]

    def clean(self) -> dict[str, Any]:
        """Check that the slot ends after it starts, and that its times exist on that day."""
        cleaned = super().clean() or {}
        day, start, end = cleaned.get("date"), cleaned.get("start"), cleaned.get("end")
        if start and end and end <= start:
            self.add_error("end", "A slot ends after it starts, on the same day.")
        for name, value in (("start", start), ("end", end)):
            if day and value and not self._exists(day, value):
                self.add_error(name, f"{value:%H:%M} does not exist on this day: the clocks go forward.")
        return cleaned

    def _exists(self, day: dt.date, at: dt.time) -> bool:
        there = dt.datetime.combine(day, at, self.zone)
        return there.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(self.zone).time() == at

    def values(self) -> SlotValues:
        """What was filled in. Only for a valid form."""
        cleaned = self.cleaned_data
        met = ((group.value, cleaned.get(f"met_{group.value}") or 0) for group in SourceGroup)
        return SlotValues(
            kind=cleaned["kind"],
            title=cleaned["title"],
            starts_at=dt.datetime.combine(cleaned["date"], cleaned["start"], self.zone),
            ends_at=dt.datetime.combine(cleaned["date"], cleaned["end"], self.zone),
            group_id=cleaned["group"],
            site_id=cleaned["site"],
            place=cleaned["place"],
            language=cleaned["language"],
            is_interpreted=cleaned["is_interpreted"],
            lead_id=cleaned["lead"],
            note_taker_id=cleaned["note_taker"],
            remarks=cleaned["remarks"],
            met=tuple((group, count) for group, count in met if count),
        )


class MoveForm(forms.Form):
    """Which way a slot moves: one day on or back."""

    days = forms.TypedChoiceField(choices=[("-1", "One day earlier"), ("1", "One day later")], coerce=int)
    version = forms.IntegerField()


class MoveProgrammeForm(forms.Form):
    """The day on which the first slot of the whole programme shall be."""

    first_day = forms.DateField(
        label="The first slot moves to",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="All other slots move by the same number of days. Their hours stay.",
    )


class SeenForm(forms.Form):
    """The version of the programme that the page showed."""

    version = forms.IntegerField(min_value=1)
