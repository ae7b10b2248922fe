"""What host and team send in the fact check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from reports.enums import FactAnswer, FactKind
from reviews.enums import EvidenceClass
from reviews.forms.evidence import OneFile
from reviews.models import Evidence
from reviews.uploads import ACCEPTED, ACCEPTED_WORDS

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

_CLASSES = (
    (EvidenceClass.TEAM.value, "Host and review team"),
    (EvidenceClass.PUBLIC.value, "Public: the published report may name it, and show it if it is a photo"),
)


@dataclass(frozen=True, slots=True)
class CommentInput:
    """A comment on a place, as the host wrote it.

    `files` are ids of files of the case that show what it says; `opens` lets the review team read those among them that
    were for the host only; `upload_class` says who may read a file that comes along.
    """

    place: str
    kind: str
    text: str
    proposal: str
    files: tuple[int, ...] = ()
    opens: bool = False
    upload_class: str = EvidenceClass.TEAM
    client_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """An answer of the team. `seen` is which answer the page showed (FactComment.seen)."""

    answer: str
    reason: str
    seen: str


class FilesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django takes no type here when it runs
    """Files of the case; each says who may read it now."""

    def label_from_instance(self, obj: Evidence) -> str:
        """Say the title, and who may read the file."""
        return f"{obj.title} ({obj.get_access_class_display().lower()})"


class CommentForm(forms.Form):
    """One comment on one numbered paragraph, with what shows that it is so."""

    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(max_length=40, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="What is it about?",
        choices=FactKind.choices,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        help_text="The judgement stays the team’s own. Where you see it differently, your statement is printed too.",
        error_messages={"required": "Choose what your comment is about."},
    )
    text = forms.CharField(
        label="Your comment",
        max_length=6000,
        widget=forms.Textarea(attrs={"class": "low", "rows": 4}),
        help_text="What is not right, and how the team can check it.",
        error_messages={"required": "Write your comment."},
    )
    proposal = forms.CharField(
        label="How it should read",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"class": "low", "rows": 3}),
    )
    attached = FilesField(
        Evidence.objects.none(),
        label="Files of this review that show it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these files is not there any more. Choose again."},
    )
    opens = forms.BooleanField(
        label="The review team may read the ticked files that were for the host only",
        required=False,
        help_text="Whoever answers must be able to open what you refer to. They then count as “host and review team”.",
    )
    file = forms.FileField(
        label="Another file",
        required=False,
        allow_empty_file=True,  # refused like any other unusable file, in its own words
        widget=OneFile(attrs={"accept": ACCEPTED, "data-max-bytes": settings.EVIDENCE_MAX_BYTES}),
        help_text=f"{ACCEPTED_WORDS}, up to {settings.EVIDENCE_MAX_BYTES // (1024 * 1024)} MB.",
    )
    upload_class = forms.ChoiceField(
        label="Who may read the new file?",
        required=False,
        choices=_CLASSES,
        widget=forms.RadioSelect,
        initial=EvidenceClass.TEAM,
    )

    def __init__(self, *args: Any, files: QuerySet[Evidence] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if files is not None:
            self.fields["attached"].queryset = files  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the release of files that the team could not open."""
        found: dict[str, Any] = super().clean() or {}
        hidden = [row.title for row in found.get("attached") or () if row.access_class == EvidenceClass.HOST]
        if hidden and not found.get("opens"):
            named = ", ".join(f"“{title}”" for title in hidden)
            self.add_error("opens", f"The review team cannot open {named}: let it read, or leave the file out.")
        return found

    def said(self) -> CommentInput:
        """Return what a valid form holds."""
        found: dict[str, Any] = self.cleaned_data
        return CommentInput(
            place=found["place"],
            kind=found["kind"],
            text=found["text"],
            proposal=found["proposal"],
            files=tuple(row.pk for row in found["attached"]),
            opens=found["opens"],
            upload_class=found["upload_class"] or EvidenceClass.TEAM,
            client_id=found["client_id"],
        )


class AnswerForm(forms.Form):
    """The team's answer; a reason unless the comment is accepted."""

    answer = forms.ChoiceField(
        label="Answer",
        choices=FactAnswer.choices,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": "Choose an answer."},
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"class": "low", "rows": 3}),
        help_text="The host reads it. Needed unless you accept the comment as it is.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the comment is not simply accepted."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("answer") in {FactAnswer.PARTLY, FactAnswer.DECLINED} and not found.get("reason"):
            self.add_error("reason", "Give your reason: the host reads it.")
        return found

    def said(self) -> AnswerInput:
        """Return what a valid form holds."""
        found: dict[str, Any] = self.cleaned_data
        return AnswerInput(found["answer"], found["reason"], found["seen"])


class ApplyForm(forms.Form):
    """The paragraph as it will read, once the team has put the host's proposal into it."""

    text = forms.CharField(
        label="The paragraph as it will read",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write the paragraph. To take it out whole, open the section."},
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ExtendForm(forms.Form):
    """More time for the host, with the reason."""

    prefix = "more"

    due = forms.DateField(
        label="New last day for comments",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the new last day.", "invalid": "Choose a day."},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text="The host reads it, and it stays on the timeline.",
        error_messages={"required": "Give your reason: the host reads it."},
    )

    def said(self) -> tuple[date, str]:
        """Return the day and the reason of a valid form."""
        return self.cleaned_data["due"], self.cleaned_data["reason"]
