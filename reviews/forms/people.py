"""Roles, interests, objections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from people.models import City
from reviews.actions.team import Candidate, ability_for
from reviews.enums import Interest, InterestDecision, ObjectionDecision, Role

if TYPE_CHECKING:
    from reviews.access import Seat


class PersonForm(forms.Form):
    """Somebody to take part: by address; name and city are needed for those who have no account yet."""

    role = forms.ChoiceField(label="As", error_messages={"required": "Choose a role."})
    email = forms.EmailField(label="E-mail", error_messages={"required": "Give an e-mail address."})
    name = forms.CharField(
        label="Name", required=False, max_length=120, help_text="Needed for somebody who has no account here yet."
    )
    city = forms.ModelChoiceField(label="City", required=False, queryset=City.objects.all(), empty_label="No city")

    def __init__(self, *args: Any, seat: Seat, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = [role for role in Role if role != Role.SECRETARIAT and seat.can(ability_for(role))]
        self.fields["role"].choices = [("", "Choose a role"), *((r.value, r.label) for r in roles)]  # type: ignore[attr-defined]

    @property
    def chosen_role(self) -> Role:
        """The role to give."""
        return Role(self.cleaned_data["role"])

    @property
    def candidate(self) -> Candidate:
        """The person to give it to."""
        found = self.cleaned_data
        return Candidate(email=found["email"], name=found["name"], city=found["city"])


class ReasonForm(forms.Form):
    """A reason that others read."""

    reason = forms.CharField(
        label="Reason",
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "low"}),
        help_text="The others read it, and it stays on the timeline.",
        error_messages={"required": "Please give a reason: the others read it."},
    )


class ObjectionForm(forms.Form):
    """What the host has against somebody's taking part."""

    text = forms.CharField(
        label="What speaks against it",
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "low"}),
        help_text="The lead and the secretariat read it and decide. It stays on the timeline.",
        error_messages={"required": "Say what speaks against it: the secretariat decides on your words."},
    )


class InterestForm(forms.Form):
    """A declaration of interests."""

    interest = forms.ChoiceField(
        label="Your declaration",
        choices=Interest.choices,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": "Choose what is true for you."},
    )
    text = forms.CharField(
        label="What it is",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "low"}),
        help_text="Needed unless you have nothing to declare. Only the lead, the secretariat and you can read it.",
    )

    def clean(self) -> dict[str, Any]:
        """Words for what is declared."""
        if self.cleaned_data.get("interest") not in {None, Interest.NONE} and not self.cleaned_data.get("text"):
            self.add_error("text", "Say in a sentence what it is: the lead decides on it.")
        return self.cleaned_data


class InterestDecisionForm(ReasonForm):
    """Decides whether somebody who declared an interest may take part."""

    decision = forms.ChoiceField(
        label="Decision",
        choices=[pair for pair in InterestDecision.choices if pair[0] != InterestDecision.PENDING],
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": "Choose a decision."},
    )
    field_order = ("decision", "reason")


class ObjectionDecisionForm(ReasonForm):
    """Decides whether somebody stays whom the host objects to."""

    decision = forms.ChoiceField(
        label="Decision",
        choices=[pair for pair in ObjectionDecision.choices if pair[0] != ObjectionDecision.PENDING],
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": "Choose a decision."},
    )
    field_order = ("decision", "reason")
