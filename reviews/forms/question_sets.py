"""The forms with which the secretariat makes question sets. A draft demands nothing: publishing checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from people.languages import LANGUAGES
from reviews.forms.texts import TypedText
from reviews.question_files.plain import PlainSet
from reviews.question_files.reading import (
    MOST_BYTES,
    MOST_HELP,
    MOST_PROMPTS,
    MOST_TEXT,
    MOST_TITLE,
    NotReadable,
    read,
)
from reviews.question_files.tables import has_control_signs, looks_like_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reviews.models import Section


class PlainText(TypedText):
    """A text of a question set: plain, because it goes into pages, documents, forms and files alike."""

    def __init__(self, *, most: int, **options: Any) -> None:
        super().__init__(max_length=most, **options)
        self.error_messages["max_length"] = f"This text has more than {most} signs."

    def clean(self, value: Any) -> str:
        """Refuse what looks like HTML."""
        text: str = super().clean(value)
        if looks_like_html(text) or has_control_signs(text):
            raise forms.ValidationError("Write plain text, without tags in angle brackets and without control signs.")
        return text


class OneLine(PlainText):
    """A plain text in which line breaks become spaces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"widget": forms.TextInput, **options})

    def to_python(self, value: Any) -> str:
        """Return the words with single spaces."""
        return " ".join(super().to_python(value).split())


class Lines(PlainText):
    """Short texts, one a line."""

    def to_python(self, value: Any) -> str:
        """Return the lines that say something."""
        return "\n".join(line for part in super().to_python(value).split("\n") if (line := " ".join(part.split())))

    def clean(self, value: Any) -> str:
        """Refuse too many and too long lines."""
        text = super().clean(value)
        lines = text.split("\n")
        if len(lines) > MOST_PROMPTS or any(len(line) > MOST_TEXT for line in lines):
            raise forms.ValidationError(f"At most {MOST_PROMPTS} lines of {MOST_TEXT} signs each.")
        return text


class VersionedForm(forms.Form):
    """A form that saves as one types: `version` is the number of saves that the page knows."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @property
    def to_save(self) -> dict[str, Any]:
        """The fields of the row; call it on a valid form only."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NewSetForm(forms.Form):
    """A set that did not exist."""

    name = OneLine(
        label="Name",
        most=MOST_TITLE,
        required=True,
        help_text="What it asks about, for example “Ageing in place”.",
        error_messages={"required": "Give the set a name: it is what people choose it by."},
    )
    language = forms.ChoiceField(
        label="Language of the questions",
        choices=[(code, str(language)) for code, language in LANGUAGES.items()],
        initial="en",
        help_text="Translations are added later, beside each text.",
    )


class SetForm(VersionedForm):
    """A draft's own texts."""

    name = OneLine(label="Name", most=MOST_TITLE)
    changes = PlainText(
        label="What is new in this version",
        most=MOST_HELP,
        widget=forms.Textarea(attrs={"class": "low", "rows": 2}),
        help_text="For the secretariat: why this version was made.",
    )


class SectionForm(VersionedForm):
    """The title and help of a section."""

    title = OneLine(label="Title of the section", most=MOST_TITLE)
    help_text = PlainText(
        label="Help",
        most=MOST_HELP,
        widget=forms.Textarea(attrs={"class": "low", "rows": 2}),
        help_text="One or two sentences under the title: what this section is about.",
    )

    @classmethod
    def of(cls, section: Section) -> SectionForm:
        """Return the form with what is stored."""
        return cls(initial={"version": section.saves, "title": section.title, "help_text": section.help_text})


class AddSectionForm(forms.Form):
    """A new section."""

    title = OneLine(label="Title of the new section", most=MOST_TITLE, required=True)


class AddQuestionForm(forms.Form):
    """A new question: its text; everything else follows in its own form."""

    text = OneLine(
        label="The new question",
        most=MOST_TEXT,
        required=True,
        widget=forms.Textarea(attrs={"class": "low", "rows": 2}),
    )


class LanguageForm(forms.Form):
    """A language to translate into."""

    language = forms.ChoiceField(label="Language")

    def __init__(self, *args: Any, without: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        left = [(code, str(language)) for code, language in LANGUAGES.items() if code not in set(without)]
        self.fields["language"].choices = [("", "Choose a language"), *left]  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A question set as a file."""

    file = forms.FileField(
        label="The file",
        help_text="A file in TOML, as “Save as a file” makes it.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".toml,application/toml,text/plain"}),
    )

    def clean_file(self) -> PlainSet:
        """Read the file; whatever is wrong is said, a sentence each."""
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_BYTES // 1000} kB. A question set needs less.")
        try:
            return read(found.read())
        except NotReadable as refused:
            raise forms.ValidationError(refused.problems) from None
