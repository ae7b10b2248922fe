"""What host and team send in the fact check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from reports.enums import FactAnswer, FactKind


@dataclass(frozen=True, slots=True)
class CommentInput:
    """A comment on a place, as the host wrote it."""

    place: str
    kind: str
    text: str
    proposal: str


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """An answer of the team. `seen` is which answer the page showed (FactComment.seen)."""

    answer: str
    reason: str
    seen: str


class CommentForm(forms.Form):
    """One comment on one numbered paragraph."""

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

    def said(self) -> CommentInput:
        """Return what a valid form holds."""
        found: dict[str, Any] = self.cleaned_data
        return CommentInput(found["place"], found["kind"], found["text"], found["proposal"])


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
