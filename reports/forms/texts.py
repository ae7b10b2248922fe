"""Texts that are saved as somebody types."""

from django import forms


class TextForm(forms.Form):
    """A Markdown text and the number of the version it was written on."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"class": "tall", "rows": 18, "data-words": ""}),
    )
