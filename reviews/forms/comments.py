"""The forms of comments and addenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.forms.ids import IdsField
from reviews.forms.texts import TypedText

if TYPE_CHECKING:
    from reviews.models import Question


class Said(TypedText):
    """A text of which at least one sign is not white space."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": True, **options})

    def validate(self, value: str) -> None:
        """Refuse white space alone."""
        super().validate(value.strip())


class CommentForm(forms.Form):
    """A comment, and who should be told. `client_id` is made in the page."""

    text = Said(label="Comment", max_length=4000, error_messages={"required": "Please write something first."})
    client_id = forms.UUIDField(required=False)
    tell = IdsField(required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].error_messages["max_length"] = "A comment has at most 4,000 signs."


class AddendumForm(forms.Form):
    """What the host adds after the release, to one question or to the whole."""

    question = forms.TypedChoiceField(label="About", coerce=int, required=False, empty_value=None)
    text = Said(
        label="What you add",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="It cannot be changed afterwards: what follows is the next addendum.",
        error_messages={"required": "Please write what you want to add."},
    )
    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: list[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(question.pk, f"{question.number}. {question.text}") for question in questions]
        self.fields["question"].choices = [("", "The whole self-assessment"), *choices]  # type: ignore[attr-defined]
