"""The form of a quote."""

from __future__ import annotations

from django import forms

from reviews.actions.quotes import MOST_SIGNS, Quote
from reviews.forms.texts import TypedText


class QuoteForm(forms.Form):
    """Words of a page, and the question whose answer they go into. `is_open` says that the answer is open in a page."""

    question = forms.IntegerField(min_value=1)
    page = forms.IntegerField(min_value=1)
    text = TypedText(label="Words to quote", max_length=MOST_SIGNS)
    is_open = forms.BooleanField(required=False)

    @property
    def quote(self) -> Quote:
        """What is quoted; call it on a valid form only."""
        return Quote(text=self.cleaned_data["text"], page=self.cleaned_data["page"])
