"""Forms of the desk review."""

from __future__ import annotations

from django import forms

from visits.enums import DeskKind


class DeskItemForm(forms.Form):
    """A question, an expectation or a request."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=DeskKind.choices,
        initial=DeskKind.QUESTION,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        help_text="The host city reads only requests: somebody to meet, or a document.",
    )
    text = forms.CharField(label="Text", max_length=4000, widget=forms.Textarea(attrs={"class": "low"}))


class AnswerForm(forms.Form):
    """The host's answer to one request, saved as one types."""

    answer = forms.CharField(
        label="Your answer",
        required=False,
        strip=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"class": "low"}),
        help_text="Who can come and when, or where the document is. If it is not possible, say why.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    """Why the desk review opens again."""

    reason = forms.CharField(label="Reason", max_length=2000, widget=forms.Textarea(attrs={"class": "low"}))
