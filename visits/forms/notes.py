"""Forms of notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from visits.actions.notes import NoteValues
from visits.enums import Confidence, NoteKind, SourceGroup

if TYPE_CHECKING:
    from visits.queries.note_page import NoteChoices

LONGEST = 10_000


class NoteForm(forms.Form):
    """One note. Made for fast typing: the text first, everything else is filled in as well as it can be."""

    text = forms.CharField(
        label="Note",
        strip=False,
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"class": "low note-text", "data-note-text": ""}),
        help_text="What was said or seen, in your words. No names, and nothing that only one person could have said.",
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=NoteKind.choices,
        required=False,
        initial=NoteKind.HEARD,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    source_group = forms.ChoiceField(label="Who", required=False)
    site = forms.TypedChoiceField(label="Host site", coerce=int, empty_value=None, required=False)
    confidence = forms.ChoiceField(
        label="How sure are you?",
        required=False,
        choices=Confidence.choices,
        initial=Confidence.SURE,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    slot = forms.TypedChoiceField(label="Talk", coerce=int, empty_value=None, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, choices: NoteChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["source_group"].choices = [("", "Not said"), *choices.groups]
        fields["site"].choices = [("", "No host site"), *choices.sites]
        fields["slot"].choices = [("", "No slot of the programme"), *choices.slots]

    def values(self) -> NoteValues:
        """What was filled in. Only for a valid form."""
        cleaned = self.cleaned_data
        return NoteValues(
            kind=cleaned["kind"] or NoteKind.HEARD,
            text=cleaned["text"],
            source_group=cleaned["source_group"],
            confidence=cleaned["confidence"] or Confidence.SURE,
            slot_id=cleaned["slot"],
            site_id=cleaned["site"],
        )


class NewNoteForm(NoteForm):
    """A note that is being written; `client_id` is its name on the writer's device until the server knows it.

    Nothing is required: what is being written is a draft.
    """

    # Not a hidden input: what is kept on the device must come back with the id under which it was sent.
    client_id = forms.UUIDField(required=False, widget=forms.TextInput(attrs={"hidden": True, "autocomplete": "off"}))


class NoteFilterForm(forms.Form):
    """What the list of notes is narrowed to. A wrong value narrows nothing."""

    slot = forms.TypedChoiceField(label="Talk", coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "All"), *NoteKind.choices], required=False)
    group = forms.ChoiceField(label="Who", choices=[("", "All"), *SourceGroup.choices], required=False)
    author = forms.TypedChoiceField(label="Written by", coerce=int, empty_value=None, required=False)
    linked = forms.ChoiceField(
        label="Findings",
        choices=[("", "All"), ("no", "In no finding yet"), ("yes", "In a finding")],
        required=False,
    )

    def __init__(self, *args: Any, choices: NoteChoices, **kwargs: Any) -> None:
        # The form of a note beside it has a kind and a talk too.
        super().__init__(*args, **{"auto_id": "find_%s", **kwargs})
        fields: Any = self.fields
        fields["slot"].choices = [("", "All"), *choices.slots]
        fields["author"].choices = [("", "All"), *choices.authors]
