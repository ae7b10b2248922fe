"""Forms of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from reviews.actions.evidence import Described
from reviews.enums import EvidenceClass, EvidenceKind
from reviews.models import Section
from reviews.uploads import ACCEPTED, ACCEPTED_WORDS

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet

    from reviews.models import Evidence

_KINDS = [(EvidenceKind.OTHER.value, "Other"), *[(k.value, k.label) for k in EvidenceKind if k != EvidenceKind.OTHER]]


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Returns a list of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Clean each file; none at all is an error."""
        many = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in many or [None]]


class _AboutForm(forms.Form):
    """What is said of a file."""

    section = forms.ModelChoiceField(
        Section.objects.none(), label="Section", required=False, empty_label="All sections"
    )
    kind = forms.ChoiceField(label="What it is", choices=_KINDS)
    access_class = forms.ChoiceField(label="Who may read it", choices=EvidenceClass.choices, initial=EvidenceClass.TEAM)

    def __init__(self, *args: Any, sections: QuerySet[Section], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["section"].queryset = sections  # type: ignore[attr-defined]


class UploadForm(_AboutForm):
    """One or more files, and what holds for all of them."""

    file = FilesField(
        label="Files",
        help_text=f"{ACCEPTED_WORDS}, up to {settings.EVIDENCE_MAX_BYTES // (1024 * 1024)} MB each.",
        widget=ManyFiles(attrs={"accept": ACCEPTED, "data-max-bytes": settings.EVIDENCE_MAX_BYTES}),
        error_messages={"required": "Please choose a file."},
        allow_empty_file=True,  # refused like any other unusable file, so that it does not stop the ones beside it
    )
    field_order = ("section", "kind", "access_class", "file")

    @property
    def described(self) -> Described:
        """What holds for all files; call it on a valid form only."""
        return Described(**{name: value for name, value in self.cleaned_data.items() if name != "file"})


class EvidenceForm(_AboutForm):
    """What is said of one file."""

    title = forms.CharField(label="Title", max_length=200)
    dated = forms.DateField(
        label="Date of the document", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(label="Language", required=False, choices=[("", "Not said"), *settings.LANGUAGES])
    field_order = ("title", "section", "kind", "access_class", "dated", "language")

    @classmethod
    def of(cls, row: Evidence, sections: QuerySet[Section]) -> EvidenceForm:
        """Return the form with what is stored."""
        names = ("title", "section", "kind", "access_class", "dated", "language")
        return cls(sections=sections, initial={name: getattr(row, name) for name in names})

    @property
    def described(self) -> Described:
        """What the form says; call it on a valid form only."""
        return Described(**self.cleaned_data)
