"""The form with which the secretariat chooses the questions of a review."""

from __future__ import annotations

from typing import Any

from django import forms

from reviews.models import QuestionSet
from reviews.queries.question_sets import published_sets


def question_set_field(**options: Any) -> forms.ModelChoiceField[QuestionSet]:
    """A field for a published version of a set."""
    return forms.ModelChoiceField(
        queryset=published_sets(),
        empty_label=None,
        error_messages={
            "required": "Choose a set of questions.",
            "invalid_choice": "This version is not offered to new reviews.",
        },
        **options,
    )


class ChooseQuestionsForm(forms.Form):
    """Another set for a review that has not begun."""

    question_set = question_set_field(label="Set and version")

    @property
    def chosen(self) -> QuestionSet:
        """What was chosen; call it on a valid form only."""
        found: QuestionSet = self.cleaned_data["question_set"]
        return found
