"""Forms of the pages for working offline: the file that comes back, and what is decided on its answers."""

from __future__ import annotations

from django import forms
from django.conf import settings

from reviews.enums import EvidenceClass

_TYPES = ".docx,.xlsx"


class BringForm(forms.Form):
    """A filled form."""

    file = forms.FileField(
        label="The form you have filled in",
        help_text=f"Word (.docx) or Excel (.xlsx), up to {settings.EVIDENCE_MAX_BYTES // (1024 * 1024)} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": _TYPES, "data-max-bytes": settings.EVIDENCE_MAX_BYTES}),
        error_messages={"required": "Please choose a file."},
        allow_empty_file=True,  # refused with the other unusable ones
    )


class DecisionForm(forms.Form):
    """What is decided on one answer; `version` is that of the answer that the page showed."""

    decision = forms.ChoiceField(choices=[("take", "Take over"), ("leave", "Leave"), ("back", "Put back")])
    version = forms.IntegerField(min_value=0)


class ManyForm(forms.Form):
    """What is decided on all open answers: `take` names them with the versions that the page showed, `12:3`."""

    which = forms.ChoiceField(choices=[("empty", "Empty here"), ("all", "All"), ("leave", "Leave the rest")])
    empty = forms.CharField(required=False)
    all = forms.CharField(required=False)

    @property
    def chosen(self) -> list[tuple[int, int]]:
        """The ids of the answers and the versions; call it on a valid form only."""
        pairs: list[tuple[int, int]] = self.cleaned_data.get(self.cleaned_data["which"], [])
        return pairs

    def clean_empty(self) -> list[tuple[int, int]]:
        """Read the pairs."""
        return _pairs(self.cleaned_data["empty"])

    def clean_all(self) -> list[tuple[int, int]]:
        """Read the pairs."""
        return _pairs(self.cleaned_data["all"])


def _pairs(text: str) -> list[tuple[int, int]]:
    found = [pair.partition(":") for pair in text.split()]
    if not all(left.isdecimal() and right.isdecimal() for left, _, right in found):
        raise forms.ValidationError("This page is not complete. Load it again.")
    return [(int(left), int(right)) for left, _, right in found]


class KeepForm(forms.Form):
    """Who may read a paper that is kept among the files: the host only, until somebody says otherwise."""

    access_class = forms.ChoiceField(label="Who may read it", choices=EvidenceClass.choices, initial=EvidenceClass.HOST)
