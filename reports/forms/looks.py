"""The form for the look of a working group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from people.colours import contrast, is_colour
from people.errors import NotReady
from people.logos import MOST_BYTES, Logo, drawn_anew
from people.templatetags.words import file_size
from reports.actions.looks import LookInput, seen_of
from reports.rendering.colours import PAPER, is_dark_enough
from reviews.forms.question_sets import OneLine

if TYPE_CHECKING:
    from people.models import WorkingGroup


class LookForm(forms.Form):
    """Colour, logo, imprint. Whatever cannot be printed well is refused with its reason."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    colour = forms.CharField(
        label="Colour",
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "spellcheck": "false", "placeholder": "#0f5257"}),
        help_text="Of the cover and of headings and lines: # and six digits, as a design guide has it. Empty for ours.",
    )
    logo = forms.FileField(
        label="Logo",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"empty": "The file is empty."},
        help_text="PNG or JPEG. It stands on a white plate on the cover.",
    )
    logo_alt = OneLine(
        label="What the logo shows, in words",
        most=160,
        help_text="For people who do not see it, for example “Three bridges over a river, network of port cities”.",
    )
    removes_logo = forms.BooleanField(label="Remove the logo", required=False)
    imprint = OneLine(
        label="Who publishes the reports",
        most=300,
        help_text="One line with name and place. It stands in the imprint of each published report.",
    )

    def __init__(self, *args: Any, group: WorkingGroup) -> None:
        super().__init__(*args)
        stored = {"colour": group.colour, "logo_alt": group.logo_alt, "imprint": group.imprint}
        self.initial = {**stored, "seen": seen_of(group)}
        self._has_logo = bool(group.logo)
        if not self._has_logo:
            del self.fields["removes_logo"]

    def clean_colour(self) -> str:
        """Return the colour in small letters."""
        colour = str(self.cleaned_data["colour"]).strip().lower()
        colour = f"#{colour}" if colour and not colour.startswith("#") else colour
        if colour and not is_colour(colour):
            raise forms.ValidationError("Write the colour as # and six digits from 0 to 9 and a to f, such as #1f4e8c.")
        if colour and not is_dark_enough(colour):
            share = int(contrast(colour, PAPER) * 10) / 10
            message = (
                f"{colour} is too light: words in it on the paper of a cover would have a contrast of {share} to 1."
                " At least 4.5 to 1 is needed. Choose a darker tone of it."
            )
            raise forms.ValidationError(message)
        return colour

    def clean_logo(self) -> Logo | None:
        """Look into the file, and draw it anew."""
        found = self.cleaned_data["logo"]
        if not found:
            return None
        if found.size > MOST_BYTES:
            raise forms.ValidationError(f"The file has {file_size(found.size)}. At most {file_size(MOST_BYTES)} go in.")
        try:
            return drawn_anew(found)
        except NotReady as refused:
            raise forms.ValidationError(refused.message) from None

    def clean(self) -> dict[str, Any]:
        """A logo needs its words."""
        said = super().clean() or self.cleaned_data
        stays = self._has_logo and not said.get("removes_logo")
        if (said.get("logo") or stays) and not said.get("logo_alt"):
            self.add_error("logo_alt", "Say what the logo shows: PDF files without it cannot be read by everybody.")
        return said

    @property
    def said(self) -> LookInput:
        """What a valid form says."""
        return LookInput(**{**self.cleaned_data, "removes_logo": self.cleaned_data.get("removes_logo", False)})
