"""The forms with which the secretariat makes outlines of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from people.models import WorkingGroup
from reports.outline_files import OutlinePlan, read
from reports.outline_files.plan import MOST_NAME, MOST_OPENING, MOST_PURPOSE, MOST_TITLE, MOST_WORDS
from reports.outline_files.reading import MOST_BYTES
from reviews.forms.question_sets import OneLine, PlainText, VersionedForm
from reviews.question_files.reading import NotReadable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.draws import Draw
    from reports.models import OutlineSection

ALL_GROUPS = "all"


class OutlineForm(VersionedForm):
    """An outline's own text."""

    name = OneLine(
        label="Name",
        most=MOST_NAME,
        required=True,
        error_messages={"required": "Give the outline a name: it is what the list shows."},
    )


class OutlineSectionForm(VersionedForm):
    """The texts and settings of a section."""

    title = OneLine(
        label="Title",
        most=MOST_TITLE,
        required=True,
        help_text="It stands above the chapter and in the contents.",
        error_messages={"required": "A section needs a title: it stands in the contents of the report."},
    )
    purpose = OneLine(
        label="What it is for",
        most=MOST_PURPOSE,
        widget=forms.Textarea(attrs={"class": "low", "rows": 2}),
        help_text="One or two sentences for those who write it. The report does not print them.",
    )
    opening = PlainText(
        label="Opening text",
        most=MOST_OPENING,
        widget=forms.Textarea(attrs={"rows": 6, "data-words": ""}),
        help_text="New reports begin this section with it, and the team writes on from there.",
    )
    words = forms.IntegerField(
        label="Usual length in words",
        required=False,
        min_value=0,
        max_value=MOST_WORDS,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        help_text="0 for none.",
    )
    is_required = forms.BooleanField(label="The draft cannot be sent to the host without it", required=False)
    is_annex = forms.BooleanField(label="It is an annex: it has a letter instead of a number", required=False)
    starts_page = forms.BooleanField(label="It begins on a new page", required=False)

    @classmethod
    def of(cls, section: OutlineSection) -> OutlineSectionForm:
        """Return the form with what is stored."""
        names = ("version", "title", "purpose", "opening", "words", "is_required", "is_annex", "starts_page")
        return cls(initial={name: getattr(section, name) for name in names})

    def clean_words(self) -> int:
        """No number is none."""
        return self.cleaned_data["words"] or 0


class AddOutlineSectionForm(forms.Form):
    """A new section."""

    title = OneLine(
        label="Title of the new section",
        most=MOST_TITLE,
        required=True,
        error_messages={"required": "Write the title first."},
    )


class AddDrawForm(forms.Form):
    """One thing more that the case draws into a section."""

    draw = forms.ChoiceField(label="Add from the review", error_messages={"required": "Choose what to add."})

    def __init__(self, *args: Any, left: Iterable[Draw], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "Choose …"), *((draw.key, draw.label) for draw in left)]
        self.fields["draw"].choices = choices  # type: ignore[attr-defined]


class ImportOutlineForm(forms.Form):
    """An outline as a file."""

    file = forms.FileField(
        label="The file",
        help_text="A file in TOML, as “Save as a file” makes it.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".toml,application/toml,text/plain"}),
    )
    whose = forms.ChoiceField(label="Whose reports begin with it", initial=ALL_GROUPS)
    replaces = forms.BooleanField(label="Replace the outline that is there", required=False)

    def __init__(self, *args: Any, groups: Iterable[WorkingGroup], **options: Any) -> None:
        super().__init__(*args, **options)
        self._groups = {str(group.pk): group for group in groups}
        choices = [(ALL_GROUPS, "All groups without their own")]
        choices += [(key, group.name) for key, group in self._groups.items()]
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]

    def clean_file(self) -> OutlinePlan:
        """Read the file; whatever is wrong is said, a sentence each."""
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_BYTES // 1000} kB. An outline needs far less.")
        try:
            return read(found.read())
        except NotReadable as refused:
            raise forms.ValidationError(refused.problems) from None

    @property
    def group(self) -> WorkingGroup | None:
        """Whose reports begin with it; nobody's own for all groups."""
        return self._groups.get(self.cleaned_data["whose"])
