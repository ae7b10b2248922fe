"""What the team sends on the page that checks a report before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_REASON = 300


class AsideForm(forms.Form):
    """Hints that were read and may stand, and why."""

    keys = forms.MultipleChoiceField(
        label="Hints",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick the hints that may stand.",
            "invalid_choice": "A text has changed since you read it: look at what the page shows now.",
        },
    )
    reason = forms.CharField(
        label="Why they may stand",
        max_length=MOST_REASON,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text="Kept with your name, for the team: “a public office”, “she agreed in writing”.",
        error_messages={"required": "Say why: whoever reads the report after you wants to know."},
    )

    def __init__(self, *args: Any, keys: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["keys"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class BackForm(forms.Form):
    """One hint that counts again."""

    key = forms.RegexField("^[0-9a-f]{64}$")
