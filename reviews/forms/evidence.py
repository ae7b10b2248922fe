"""Forms of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from reviews.actions.evidence import Described, Promise
from reviews.enums import EvidenceClass, EvidenceKind
from reviews.forms.texts import TypedText
from reviews.models import Question, Section
from reviews.uploads import ACCEPTED, ACCEPTED_WORDS

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from people.models import User
    from reviews.evidence_pages import Places
    from reviews.models import Evidence

_KINDS = [(EvidenceKind.OTHER.value, "Other"), *[(k.value, k.label) for k in EvidenceKind if k != EvidenceKind.OTHER]]
_CLASSES = (
    (EvidenceClass.TEAM.value, "Host and review team"),
    (EvidenceClass.PUBLIC.value, "Public: the published report may name it, and show it if it is a photo"),
    (EvidenceClass.HOST.value, "Host only: never shown to the review team or the secretariat"),
)
_TYPED = {"class": "low", "rows": 3, "dir": "auto"}


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class OneFile(forms.ClearableFileInput):
    """A file field that takes one file."""

    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Returns a list of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Clean each file; none at all is an error."""
        many = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(one, initial) for one in many or [None]]


def _file_field(widget: type[forms.ClearableFileInput], field: type[forms.FileField], label: str) -> forms.FileField:
    return field(
        label=label,
        help_text=f"{ACCEPTED_WORDS}, up to {settings.EVIDENCE_MAX_BYTES // (1024 * 1024)} MB each.",
        widget=widget(attrs={"accept": ACCEPTED, "data-max-bytes": settings.EVIDENCE_MAX_BYTES}),
        error_messages={"required": "Please choose a file."},
        allow_empty_file=True,  # refused like any other unusable file, so that it does not stop the ones beside it
    )


class _AboutForm(forms.Form):
    """What is said of a file. Nobody's choice of readers is made for them: it begins empty."""

    access_class = forms.ChoiceField(
        label="Who may read it?",
        choices=_CLASSES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may read it."},
    )
    kind = forms.ChoiceField(label="What it is", choices=_KINDS)
    section = forms.ModelChoiceField(
        Section.objects.none(), label="Section", required=False, empty_label="All sections"
    )

    def __init__(self, *args: Any, places: Places, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["section"].queryset = places.sections  # type: ignore[attr-defined]
        if "question" in self.fields:
            self.fields["question"].queryset = places.questions  # type: ignore[attr-defined]


class AboutFilesForm(_AboutForm):
    """What holds for all files that are added together; `question` is the one from which somebody came."""

    question = forms.ModelChoiceField(Question.objects.none(), required=False, widget=forms.HiddenInput)

    @property
    def described(self) -> Described:
        """What holds for all files; call it on a valid form only."""
        return Described(**{name: value for name, value in self.cleaned_data.items() if name != "file"})


class UploadForm(AboutFilesForm):
    """One or more files, and what holds for all of them."""

    file = _file_field(ManyFiles, FilesField, "Files")


class VersionForm(forms.Form):
    """A newer version of a file, or the file that was announced."""

    file = _file_field(OneFile, forms.FileField, "File")


class EvidenceForm(_AboutForm):
    """What is said of one file; saves as one types."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    title = forms.CharField(label="Title", max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    note = TypedText(
        label="What it shows",
        widget=forms.Textarea(attrs=_TYPED),
        help_text="One or two sentences: which figure, page or decision a reader should look at. Of a photo, what it"
        " shows: the report says so to people who do not see it.",
        max_length=5000,
    )
    dated = forms.DateField(
        label="Date of the document", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(label="Language", required=False, choices=[("", "Not said"), *settings.LANGUAGES])
    field_order: tuple[str, ...] = (
        "version",
        "title",
        "note",
        "access_class",
        "kind",
        "section",
        "dated",
        "language",
    )

    @classmethod
    def of(cls, row: Evidence, **options: Any) -> EvidenceForm:
        """Return the form with what is stored."""
        initial = {name: getattr(row, name) for name in cls.base_fields if name != "version"}
        return cls(initial={**initial, "version": row.saves}, **options)

    @property
    def described(self) -> Described:
        """What the form says of the file; call it on a valid form only."""
        left_out = {"version", "owner", "due"}
        return Described(**{name: value for name, value in self.cleaned_data.items() if name not in left_out})

    @property
    def promise(self) -> Promise | None:
        """Who brings the file and when; None in the form of a file that is here."""
        if "owner" not in self.cleaned_data:
            return None
        return Promise(self.cleaned_data["owner"], self.cleaned_data["due"])


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django takes no type here when it runs
    """One of the host's people."""

    def label_from_instance(self, obj: User) -> str:
        """Say the name, and what they do."""
        return f"{obj.name} ({obj.job_title})" if obj.job_title else obj.name


class AnnouncedForm(EvidenceForm):
    """What is said of a file that is still to come: also who brings it, and by when."""

    owner = PersonField(None, label="Who brings it", empty_label="Choose…")  # set below
    due = forms.DateField(label="By when", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    field_order = ("version", "title", "owner", "due", "note", "access_class", "kind", "section", "dated", "language")

    def __init__(self, *args: Any, places: Places, **options: Any) -> None:
        super().__init__(*args, places=places, **options)
        self.fields["owner"].queryset = places.people  # type: ignore[attr-defined]


class AnnounceForm(AnnouncedForm):
    """Announcing a file: the same without what only the file itself tells."""

    version = None  # type: ignore[assignment]  # Django's way to leave a field out
    dated = None  # type: ignore[assignment]  # the same
    language = None  # type: ignore[assignment]  # the same
    question = forms.ModelChoiceField(Question.objects.none(), required=False, widget=forms.HiddenInput)


class FilterForm(forms.Form):
    """Which files of a long list are shown."""

    prefix = "f"

    section = forms.ModelChoiceField(Section.objects.none(), required=False, empty_label="All sections")
    kind = forms.ChoiceField(label="What it is", required=False, choices=[("", "Everything"), *_KINDS])
    access_class = forms.ChoiceField(
        label="Who may read it", required=False, choices=[("", "Everybody"), *EvidenceClass.choices]
    )
    state = forms.ChoiceField(
        label="What is missing",
        required=False,
        choices=[("", "Does not matter"), ("to_come", "The file itself"), ("gaps", "Anything a reader needs")],
    )

    def __init__(self, *args: Any, places: Places, sees_host_only: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["section"].queryset = places.sections  # type: ignore[attr-defined]
        if not sees_host_only:
            choices = [choice for choice in self.fields["access_class"].choices if choice[0] != EvidenceClass.HOST]  # type: ignore[attr-defined]
            self.fields["access_class"].choices = choices  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was chosen; a choice that does not exist counts as none."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
