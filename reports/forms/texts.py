"""Texts that are saved as somebody types."""

from django import forms

from reviews.forms.texts import TypedText


class TextForm(forms.Form):
    """A Markdown text and the number of the version it was written on."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    text = TypedText(
        label="Text",
        widget=forms.Textarea(attrs={"class": "tall", "rows": 18, "data-words": "", "data-editor": "", "dir": "auto"}),
    )
