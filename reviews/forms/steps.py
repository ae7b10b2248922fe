"""The form of one step: its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.forms.signing import signing_fields
from reviews.steps import SignedAs

if TYPE_CHECKING:
    from people.models import User
    from reviews.steps import StepRule


class StepForm(forms.Form):
    """The reason of a step; required where the step asks for one."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "low"}),
        help_text="The others read it: they are told by e-mail, and it stays on the timeline.",
        error_messages={"required": "Please give a reason: the others read it."},
    )

    def __init__(self, *args: Any, rule: StepRule, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = rule.needs_reason
        self.signs = rule.signs
        if rule.signs:
            del self.fields["reason"]
            self.fields |= signing_fields(user)

    @property
    def signed(self) -> SignedAs | None:
        """How the person signs; None for a step that nobody signs. Call it on a valid form only."""
        return SignedAs(self.cleaned_data["name"], self.cleaned_data["function"]) if self.signs else None

    @property
    def given_reason(self) -> str:
        """The reason that was given; empty without one. Call it on a valid form only."""
        return str(self.cleaned_data.get("reason", ""))
