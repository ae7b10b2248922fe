"""The forms with which somebody signs by name, or says why they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.steps import SignedAs

if TYPE_CHECKING:
    from people.models import User


def signing_fields(user: User) -> dict[str, forms.Field]:
    """The name and the office of the person who signs, as their account says them."""
    return {
        "name": forms.CharField(
            label="Your name",
            max_length=160,
            initial=user.name,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            error_messages={"required": "Please sign with your name."},
        ),
        "function": forms.CharField(
            label="Your office",
            max_length=160,
            initial=user.job_title,
            help_text="As it should stand beside your name, for example “Head of social services”.",
            widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
            error_messages={"required": "Please say in which office you sign."},
        ),
    }


class SignForm(forms.Form):
    """Signing one version: by name and office, over the hash that the page showed."""

    sha256 = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields |= signing_fields(user)

    @property
    def signed(self) -> SignedAs:
        """How the person signs; call it on a valid form only."""
        return SignedAs(self.cleaned_data["name"], self.cleaned_data["function"])


class SectionSignForm(forms.Form):
    """Signing one section off: the account says who signs, the hash what was read."""

    sha256 = forms.RegexField("^[0-9a-f]{64}$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.signed = SignedAs.of(user)


class DeclineForm(forms.Form):
    """Why the sponsor does not sign."""

    message = forms.CharField(
        label="What should change before you sign?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "low"}),
        help_text="Only your host coordinator reads this. The review lead learns that you have not signed yet.",
        error_messages={"required": "Please say what should change: your host coordinator works from it."},
    )
