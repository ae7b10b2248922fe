"""The form of one step: its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
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

    def __init__(self, *args: Any, rule: StepRule, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].required = rule.needs_reason
