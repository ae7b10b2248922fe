"""The form of one verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from reviews.enums import Verdict
from reviews.forms.texts import TypedText

if TYPE_CHECKING:
    from reviews.models import SectionVerdict


class VerdictForm(forms.Form):
    """What is said of one section. A reason is demanded when the version is returned, not before."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="This section",
        choices=[("", "Not read yet"), *Verdict.choices],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "scale"}),
    )
    reason = TypedText(
        label="What should change, and why?",
        widget=forms.Textarea(attrs={"class": "low", "rows": 3}),
        help_text="The host city reads this when you return the version.",
    )

    @classmethod
    def of(cls, position: int, row: SectionVerdict | None) -> VerdictForm:
        """Return the form of a section with what is stored."""
        initial = {"version": row.saves, "verdict": row.verdict, "reason": row.reason} if row else {"version": 0}
        return cls(initial=initial, auto_id=f"s{position}-%s")
