"""Releasing findings, and the record of the feedback session."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils import timezone

if TYPE_CHECKING:
    from visits.models import StudyVisit


class ReleaseForm(forms.Form):
    """What the lead saw, and whether they looked at the warnings."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label="I have looked at these, and they can go to the host as they are", required=False
    )


class WithdrawForm(forms.Form):
    """Why the whole release is taken back."""

    reason = forms.CharField(required=False, max_length=4000)


class FeedbackForm(forms.Form):
    """When the feedback session was held, how many came, and what they answered. Nothing is demanded."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    held_on = forms.DateField(
        label="Held on", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    attendance = forms.IntegerField(
        label="People of the host who came",
        required=False,
        min_value=0,
        max_value=10_000,
        help_text="How many, not who.",
    )
    reply = forms.CharField(
        label="What the host answered",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "tall", "dir": "auto", "data-words": ""}),
        help_text="In their own sense: what they recognised, what they corrected, what they will take up. No names.",
    )

    @classmethod
    def of(cls, visit: StudyVisit) -> FeedbackForm:
        """The form with what is stored."""
        stored = {
            "version": visit.feedback_version,
            "held_on": visit.feedback_held_on,
            "attendance": visit.feedback_attendance,
            "reply": visit.feedback_reply,
        }
        return cls(initial=stored)

    def clean_held_on(self) -> date | None:
        """A session that is still to come has not been held."""
        day: date | None = self.cleaned_data["held_on"]
        if day and day > timezone.localdate():
            message = "This day is still to come. Record the session once it has been held."
            raise forms.ValidationError(message, code="future")
        return day
