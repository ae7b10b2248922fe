"""The texts of findings and recommendations, as forms that save while one types: drafts demand nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.actions.recommendations import RecommendationText
from reviews.enums import Effort, FindingKind, Level
from reviews.forms.ids import IdsField
from reviews.models import GuidingQuestion

if TYPE_CHECKING:
    from reviews.models import Case, Finding, Recommendation

LONGEST = 10_000


def _text(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", **attrs})


def _line(longest: int, **attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "maxlength": longest, **attrs})


class FindingForm(forms.Form):
    """What a finding says, under which heading, and which guiding question it answers."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(
        label="What the team found",
        required=False,
        max_length=LONGEST,
        widget=_text(4, **{"data-words": ""}),
        help_text="One thing, in plain words. Say what you saw and heard, never who said it.",
    )
    kind = forms.ChoiceField(
        label="Kind", choices=FindingKind.choices, widget=forms.RadioSelect(attrs={"class": "cards kinds"})
    )
    theme = forms.CharField(
        label="Heading in the report",
        required=False,
        max_length=120,
        widget=_line(120, list="headings", autocomplete="off"),
        help_text="Findings with the same heading stand together.",
    )
    guiding_question = forms.ModelChoiceField(
        label="Answers the guiding question",
        queryset=GuidingQuestion.objects.none(),
        required=False,
        empty_label="None of them",
    )
    single_source_reason = forms.CharField(
        label="If there is only one source: why is that enough?",
        required=False,
        max_length=300,
        widget=_line(300),
        help_text="The host reads this. For example: “This is in the school’s own statistics.”",
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        question = self.fields["guiding_question"]
        assert isinstance(question, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        question.queryset = case.guiding_questions.all()

    @classmethod
    def of(cls, finding: Finding) -> FindingForm:
        """The form with a stored finding in it."""
        stored = {
            "version": finding.version,
            "text": finding.text,
            "kind": finding.kind,
            "theme": finding.theme,
            "guiding_question": finding.guiding_question_id,
            "single_source_reason": finding.single_source_reason,
        }
        return cls(case=finding.case, initial=stored)

    def clean_kind(self) -> str:
        """A draft demands nothing, but a finding always is of some kind."""
        kind = str(self.cleaned_data["kind"])
        if not kind:
            raise forms.ValidationError("Choose one of the four kinds.", code="required")
        return kind

    def said(self) -> dict[str, Any]:
        """The cleaned fields, as `save_finding` takes them."""
        return {**self.cleaned_data, "kind": FindingKind(self.cleaned_data["kind"])}


class RecommendationForm(forms.Form):
    """What a recommendation says, for whom and by when, and the findings it rests on."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(
        label="What the team recommends",
        required=False,
        max_length=LONGEST,
        widget=_text(3, **{"data-words": ""}),
        help_text="Begin with a verb: what could the city do? Offer a choice rather than a recipe.",
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        max_length=LONGEST,
        widget=_text(3),
        help_text="What would change, and how others have solved it.",
    )
    addressee = forms.CharField(
        label="For whom",
        required=False,
        max_length=160,
        widget=_line(160, **{"class": "medium"}),
        help_text="A department or body, not a person.",
    )
    time_frame = forms.CharField(
        label="By when",
        required=False,
        max_length=80,
        widget=_line(80, **{"class": "medium", "list": "time-frames", "autocomplete": "off"}),
        help_text="For example: within three months.",
    )
    effort = forms.ChoiceField(label="What it needs", required=False, choices=[("", "Not said yet"), *Effort.choices])
    impact = forms.ChoiceField(label="Impact", required=False, choices=[("", "Not said yet"), *Level.choices])
    feasibility = forms.ChoiceField(label="Feasibility", required=False, choices=[("", "Not said yet"), *Level.choices])
    findings = IdsField(label="Findings it rests on", required=False)

    @classmethod
    def of(cls, recommendation: Recommendation) -> RecommendationForm:
        """The form with a stored recommendation in it."""
        stored = {name: getattr(recommendation, name) for name in RecommendationText.__dataclass_fields__}
        findings = [finding.pk for finding in recommendation.findings.all()]
        return cls(initial={**stored, "version": recommendation.version, "findings": findings})

    def wording(self) -> RecommendationText:
        """The cleaned texts."""
        return RecommendationText(**{name: self.cleaned_data[name] for name in RecommendationText.__dataclass_fields__})
