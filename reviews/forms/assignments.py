"""The forms with which work is shared out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.actions.assignments import Given
from reviews.forms.ids import IdsField

if TYPE_CHECKING:
    from reviews.queries.assignments import Writer

_DAY = {"type": "date"}


class DueForm(forms.Form):
    """By when something is due; no day is no deadline."""

    due = forms.DateField(label="Due", required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"))


class AssignForm(forms.Form):
    """Who writes what by when. The template shows sections and questions as one list to tick."""

    person = forms.TypedChoiceField(label="Who", coerce=int, error_messages={"required": "Please choose a person."})
    due = forms.DateField(
        label="Due",
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        help_text="We remind them the day before, and each week once it is late.",
    )
    everything = forms.BooleanField(label="Everything", required=False)
    sections = IdsField(required=False)
    questions = IdsField(required=False)

    def __init__(self, *args: Any, writers: list[Writer], **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(writer.user.pk, f"{writer.user.name}, {writer.roles}") for writer in writers]
        self.fields["person"].choices = [("", "Choose a person"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing to write."""
        found = super().clean() or {}
        if not (found.get("everything") or found.get("sections") or found.get("questions")):
            self.add_error(None, "Tick at least one section or question.")
        return found

    @property
    def given(self) -> Given:
        """What the form says; call it on a valid form only."""
        found = self.cleaned_data
        return Given(
            everything=found["everything"],
            sections=tuple(found["sections"] or ()),
            questions=tuple(found["questions"] or ()),
            due=found["due"],
        )
