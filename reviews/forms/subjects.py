"""Which principles and goals a review is about."""

from __future__ import annotations

from django import forms

from reviews.subjects import DEVELOPMENT, GOALS, PILLAR, PRINCIPLES


class SubjectsForm(forms.Form):
    """Two lists to tick, by the numbers that everybody knows them by."""

    principles = forms.TypedMultipleChoiceField(
        label=f"Principles of the {PILLAR}",
        required=False,
        coerce=int,
        choices=[(number, f"{number}. {name}") for number, name in PRINCIPLES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    goals = forms.TypedMultipleChoiceField(
        label=DEVELOPMENT,
        required=False,
        coerce=int,
        choices=[(number, f"{number}. {name}") for number, name in GOALS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
