"""The forms of one question and of one row's translation, in the editor of question sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.conditions import Condition
from reviews.enums import QuestionCondition, Rating, Theme
from reviews.forms.question_sets import Lines, OneLine, PlainText, VersionedForm
from reviews.question_files.reading import MOST_HELP, MOST_PROMPTS, MOST_TEXT, MOST_TITLE, MOST_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reviews.models import Question


class QuestionForm(VersionedForm):
    """One question: its texts, how it is answered, and when it is asked."""

    text = OneLine(label="Question", most=MOST_TEXT, widget=forms.Textarea(attrs={"class": "low", "rows": 2}))
    help_text = PlainText(
        label="Help",
        most=MOST_HELP,
        widget=forms.Textarea(attrs={"class": "low", "rows": 2}),
        help_text="A sentence under the question: what is meant, and what is enough.",
    )
    prompts = Lines(
        label="Guiding questions, one a line",
        most=MOST_PROMPTS * (MOST_TEXT + 1),
        widget=forms.Textarea(attrs={"class": "low", "rows": 3}),
        help_text="Small questions that help to begin. The host opens them when the page is empty.",
    )
    is_required = forms.BooleanField(label="Must be answered before submitting", required=False)
    is_rated = forms.BooleanField(
        label="The host can rate itself here",
        required=False,
        help_text="Four levels, always with a reason, and the trend.",
    )
    max_words = forms.IntegerField(
        label="At most so many words", required=False, min_value=0, max_value=MOST_WORDS, help_text="0 for no limit."
    )
    condition = forms.ChoiceField(
        label="When is it asked?",
        choices=QuestionCondition.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    other = forms.ChoiceField(label="Which question?", required=False)

    def __init__(self, data: Any = None, *, question: Question, earlier: Iterable[Question], **options: Any) -> None:
        super().__init__(data, auto_id=f"q{question.pk}-%s", **options)
        self.question = question
        for theme in Theme:
            self.fields[f"theme_{theme}"] = forms.BooleanField(label=theme.label, required=False)
        for rating in Rating:
            self.fields[f"rating_{rating}"] = forms.BooleanField(label=rating.label, required=False)
        named = [(one.key, f"{one.number}. {one.text[:80]}") for one in earlier if one.number < question.number]
        stored = Condition.of(question.condition, question.condition_value).key
        if stored and stored not in dict(named):
            named.append((stored, "A question that is not asked before this one"))
        self.fields["other"].choices = [("", "Choose a question before this one"), *named]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, question: Question, earlier: Iterable[Question]) -> QuestionForm:
        """Return the form with what is stored."""
        names = ("text", "help_text", "prompts", "is_required", "is_rated", "max_words", "condition")
        stored = {name: getattr(question, name) for name in names}
        condition = Condition.of(question.condition, question.condition_value)
        initial = {"version": question.saves, **stored, **_fields_of(condition)}
        return cls(question=question, earlier=earlier, initial=initial)

    @property
    def themes(self) -> list[forms.BoundField]:
        """The fields of the themes."""
        return [self[f"theme_{theme}"] for theme in Theme]

    @property
    def ratings(self) -> list[forms.BoundField]:
        """The fields of the ratings."""
        return [self[f"rating_{rating}"] for rating in Rating]

    def clean_max_words(self) -> int:
        """Take an empty field for no limit."""
        return self.cleaned_data["max_words"] or 0

    @property
    def to_save(self) -> dict[str, Any]:
        """The fields of the row; call it on a valid form only."""
        found = self.cleaned_data
        condition = Condition(
            found["condition"] or QuestionCondition.ALWAYS,
            themes=tuple(theme for theme in Theme.values if found[f"theme_{theme}"]),
            key=found["other"],
            ratings=tuple(rating for rating in Rating.values if found[f"rating_{rating}"]),
        )
        names = ("text", "help_text", "prompts", "is_required", "is_rated", "max_words")
        stored = {name: found[name] for name in names}
        return {**stored, "condition": condition.kind, "condition_value": condition.value}


def _fields_of(condition: Condition) -> dict[str, Any]:
    """A condition as the fields of the form."""
    return {
        "other": condition.key,
        **{f"theme_{theme}": theme in condition.themes for theme in Theme.values},
        **{f"rating_{rating}": rating in condition.ratings for rating in Rating.values},
    }


def question_as_sent(stored: Mapping[str, str]) -> dict[str, str]:
    """Return the stored fields of a question as its form would send them, for a writer who has to choose."""
    texts = {name: text for name, text in stored.items() if name != "condition_value"}
    condition = Condition.of(stored["condition"], stored["condition_value"])
    flags = {"is_required": stored["is_required"] == "True", "is_rated": stored["is_rated"] == "True"}
    ticks = {**flags, **_fields_of(condition)}
    return {**texts, **{name: (("on" if on else "") if isinstance(on, bool) else on) for name, on in ticks.items()}}


class TranslationForm(VersionedForm):
    """The texts of one row in one language. `seen` is the number of saves of the source that the page shows."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, fields: Iterable[str], prefix_id: str, **options: Any) -> None:
        super().__init__(data, auto_id=f"{prefix_id}-%s", **options)
        for name in fields:
            self.fields[name] = _TRANSLATED[name]()

    @property
    def texts(self) -> dict[str, str]:
        """What was typed; call it on a valid form only."""
        return {name: text for name, text in self.to_save.items() if name != "seen"}


def _low() -> forms.Textarea:
    return forms.Textarea(attrs={"class": "low", "rows": 2})


_TRANSLATED: dict[str, Callable[[], forms.CharField]] = {
    "name": lambda: OneLine(label="Name", most=MOST_TITLE),
    "title": lambda: OneLine(label="Title", most=MOST_TITLE),
    "text": lambda: OneLine(label="Question", most=MOST_TEXT, widget=_low()),
    "help_text": lambda: PlainText(label="Help", most=MOST_HELP, widget=_low()),
    "prompts": lambda: Lines(label="Guiding questions, one a line", most=MOST_PROMPTS * (MOST_TEXT + 1), widget=_low()),
}
