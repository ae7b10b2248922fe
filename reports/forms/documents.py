"""What somebody sends to ask for a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reports.enums import DocumentKind, DocumentStatus, Edition, Format
from reports.queries.wishes import UNDER_WAY, Wish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import User


class DocumentForm(forms.Form):
    """A kind, an edition, and the kind of file: a PDF where nothing is said."""

    kind = forms.ChoiceField(choices=DocumentKind.choices)
    edition = forms.ChoiceField(choices=Edition.choices)
    format = forms.ChoiceField(choices=Format.choices, required=False)


class DocumentFilter(forms.Form):
    """Which documents of the list are shown."""

    kind = forms.ChoiceField(label="Document", required=False)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=(
            ("", "Any state"),
            (DocumentStatus.READY, "Ready"),
            (UNDER_WAY, "Waiting or being made"),
            (DocumentStatus.FAILED, "Could not be made"),
            (DocumentStatus.CANCELLED, "Cancelled"),
        ),
    )
    by = forms.ChoiceField(label="Asked for", required=False, choices=(("", "By anybody"), ("me", "By me")))

    def __init__(self, *args: Any, kinds: Iterable[DocumentKind], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["kind"].choices = [("", "All"), *((kind, kind.label) for kind in kinds)]  # type: ignore[attr-defined] # a choice field

    def wish(self, user: User) -> Wish:
        """What is asked for; what does not exist asks for everything."""
        given = self.cleaned_data if self.is_valid() else {}
        return Wish(given.get("kind", ""), given.get("state", ""), user if given.get("by") else None)
