"""The form of one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.actions.answers import Written
from reviews.enums import Rating, Trend
from reviews.forms.texts import TypedText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviews.models import Answer, Question

_RATINGS = [("", "Not rated"), *Rating.choices]
_TRENDS = [("", "Not said"), *Trend.choices]


class TextForm(forms.Form):
    """One answer that is a text. Nothing is required."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = TypedText(label="Your answer")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, question: Question, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, auto_id=f"q{question.number}-%s", initial=initial)
        self.question = question
        self.fields["text"].widget.attrs |= {
            "data-words": str(question.max_words or ""),
            "data-editor": f"question-{question.number}-title",
            "dir": "auto",
            "rows": 5,
        }

    @property
    def written(self) -> Written:
        """What the form says; call it on a valid form only."""
        return Written(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class AnswerForm(TextForm):
    """One answer: a text, and for some questions a rating with its reason and the trend."""

    rating = forms.ChoiceField(
        label="How far are you?",
        choices=_RATINGS,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "scale"}),
        help_text="If you rate, say why. Nobody compares cities by this.",
    )
    rating_reason = TypedText(label="Why this rating?", widget=forms.Textarea(attrs={"class": "low", "rows": 2}))
    trend = forms.ChoiceField(label="Is it getting better?", choices=_TRENDS, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, question: Question, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, question=question, initial=initial)
        if not question.is_rated:
            for name in ("rating", "rating_reason", "trend"):
                del self.fields[name]

    @classmethod
    def of(cls, question: Question, answer: Answer) -> TextForm:
        """Return the form as it stands in the page, with what is stored; a page may hold many."""
        kind = cls if question.is_rated else TextForm
        return kind(question=question, initial={name: getattr(answer, name) for name in kind.base_fields})
