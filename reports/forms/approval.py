"""What team, host and secretariat send on the way to publication, and when a publication is withdrawn."""

from __future__ import annotations

from typing import Any

from django import forms

from reports.enums import Audience, Licence
from reports.imprint import OPPOSITES, READERS, TERMS, contradict


def _explained(choices: list[tuple[str, str]], words: dict[str, str]) -> list[tuple[str, str]]:
    """Choices that say in a sentence what they mean."""
    return [(value, f"{label}. {words[value]}") for value, label in choices]


class SeenForm(forms.Form):
    """A word on a text. `seen` is the hash of the text that the page showed."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ObjectionForm(SeenForm):
    """What stands against the report, for the lead."""

    objection = forms.CharField(
        label="What stands against it?",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="The team reads it, and the lead is told. The host does not see it.",
        error_messages={"required": "Write what stands against the report: the lead reads it."},
    )


class GoAheadForm(SeenForm):
    """Why the report goes on without somebody's word."""

    reason = forms.CharField(
        label="Reason",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "low"}),
        help_text="The team reads it, and it stays on the timeline with the names of those who have not confirmed.",
        error_messages={"required": "Give your reason: the team reads it."},
    )


class ConsentForm(SeenForm):
    """The host's consent: who may read the report, under which licence. `before` is the consent that the page knew."""

    before = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label="Who may read it?",
        choices=_explained(list(Audience.choices), READERS),
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": "Choose who may read the report."},
    )
    licence = forms.ChoiceField(
        label="What may others do with it?",
        choices=_explained(list(Licence.choices), {value: terms.words for value, terms in TERMS.items()}),
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        help_text="For members of the network only, all rights are reserved.",
        error_messages={"required": "Choose a licence."},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a licence that says the opposite of the choice of readers."""
        found: dict[str, Any] = self.cleaned_data
        if {"audience", "licence"} <= found.keys() and contradict(found["audience"], found["licence"]):
            self.add_error("licence", OPPOSITES)
        return found


class WithdrawForm(forms.Form):
    """Why a publication is withdrawn, and what goes with it."""

    reason = forms.CharField(
        label="Reason",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "low"}),
        help_text="It stands in the notice at the address of the report, for everybody. Name no person in it.",
        error_messages={"required": "Give the reason: the notice says it to readers."},
    )
    earlier = forms.BooleanField(
        label="Withdraw the versions before it too",
        required=False,
        initial=True,
        help_text="Otherwise they stay at their addresses, and the newest of them stands in the library again. "
        "They often say the same.",
    )
    erase = forms.BooleanField(
        label="Erase the text too",
        required=False,
        help_text="For personal data that must not stay: text, search words and files of the publication are deleted "
        "for good, and nobody can read them any more. Without it, the secretariat keeps the text.",
    )

    def __init__(self, *args: Any, has_earlier: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_earlier:
            del self.fields["earlier"]
