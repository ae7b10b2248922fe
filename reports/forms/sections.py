"""The forms of writing the report together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reports.actions.section_owners import Given
from reviews.forms.comments import Said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import User
    from reports.models import ReportSection


class SectionCommentForm(forms.Form):
    """A comment on a section, perhaps on words in it. `client_id` is made in the page."""

    quoted = forms.CharField(
        label="The words it is about",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
        help_text="Select words in the text or the preview, or leave it empty: then it is about the section.",
        error_messages={"max_length": "Quote fewer words: at most 2,000 signs."},
    )
    text = Said(
        label="Your comment",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "low"}),
        error_messages={"required": "Please write something first."},
    )
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].error_messages["max_length"] = "A comment has at most 4,000 signs."


class PresenceForm(forms.Form):
    """What somebody does at a section: writes, reads, or has left it."""

    state = forms.ChoiceField(choices=[(word, word) for word in ("writing", "reading", "left")])


class OwnerForm(forms.Form):
    """To whom one section is given, and by when."""

    owner = forms.TypedChoiceField(
        label="Owner", coerce=int, required=False, empty_value=None, show_hidden_initial=True
    )
    due = forms.DateField(
        label="Due",
        required=False,
        show_hidden_initial=True,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Please give a day, such as 2026-06-30."},
    )

    def __init__(self, data: Any, *, row: ReportSection, writers: Iterable[User]) -> None:
        super().__init__(data, prefix=row.key, initial={"owner": row.owner_id, "due": row.due})
        self.row = row
        people = [(user.pk, user.name) for user in writers]
        if row.owner and row.owner_id not in dict(people):
            people.append((row.owner.pk, f"{row.owner.name} (no longer in the team)"))
        self.fields["owner"].choices = [("", "Nobody yet"), *people]  # type: ignore[attr-defined]
        for name, words in (("owner", "Owner of"), ("due", "Day for")):
            self.fields[name].widget.attrs["aria-label"] = f"{words} “{row.title}”"


class ShareForm:
    """All sections of a report with their owners and days, in one page. Only what somebody changed is taken."""

    def __init__(self, rows: Iterable[ReportSection], writers: Iterable[User], data: Any = None) -> None:
        writers = list(writers)
        self.rows = [OwnerForm(data, row=row, writers=writers) for row in rows]

    def is_valid(self) -> bool:
        """Whether every row is."""
        return all([form.is_valid() for form in self.rows])  # noqa: C419 - all rows say what is wrong with them

    @property
    def given(self) -> dict[str, Given]:
        """What differs from how the page showed it: another person's change to another row stays."""
        return {
            form.row.key: Given(form.cleaned_data["owner"], form.cleaned_data["due"])
            for form in self.rows
            if form.has_changed()
        }
