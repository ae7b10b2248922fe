"""Looking for cases, and proposing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from people.countries import country_name
from people.models import City, User, WorkingGroup
from reviews.actions.propose import Proposal
from reviews.actions.question_sets import current_question_set
from reviews.actions.team import Candidate
from reviews.enums import Stage, Theme, Wants
from reviews.forms.question_choice import question_set_field
from reviews.forms.subjects import SubjectsForm
from reviews.queries.cases import CaseFilter

if TYPE_CHECKING:
    from collections.abc import Iterable


class CaseFilterForm(forms.Form):
    """The filter above the list of cases. Nonsense in it narrows nothing."""

    text = forms.CharField(label="Title or city", required=False, max_length=100)
    stage = forms.ChoiceField(label="Stage", required=False, choices=[("", "Any stage"), *Stage.choices])
    theme = forms.ChoiceField(label="Theme", required=False, choices=[("", "Any theme"), *Theme.choices])
    working_group = forms.ModelChoiceField(
        label="Working group", required=False, queryset=WorkingGroup.objects.all(), empty_label="Any working group"
    )
    country = forms.ChoiceField(label="Country", required=False)

    def __init__(self, *args: Any, countries: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        named = sorted(((code, country_name(code)) for code in countries), key=lambda pair: pair[1])
        self.fields["country"].choices = [("", "Any country"), *named]  # type: ignore[attr-defined]

    def wanted(self) -> CaseFilter:
        """What somebody looks for, without the parts that make no sense."""
        self.full_clean()
        return CaseFilter(**{name: value for name, value in self.cleaned_data.items() if value})


def _dates(form: forms.Form) -> None:
    """An end needs a start and comes after it."""
    first, last = form.cleaned_data.get("visit_start"), form.cleaned_data.get("visit_end")
    if last and not first and "visit_start" not in form.errors:
        form.add_error("visit_start", "Give the first day too.")
    if first and last and last < first:
        form.add_error("visit_end", "The visit cannot end before it begins.")


def day_input(**attrs: Any) -> forms.DateInput:
    """A field for a day, as the browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "medium", **attrs})


class DatesForm(forms.Form):
    """The days of the visit."""

    visit_start = forms.DateField(label="First day", required=False, widget=day_input())
    visit_end = forms.DateField(label="Last day", required=False, widget=day_input())

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        _dates(self)
        return self.cleaned_data


class ScopeTextsForm(forms.Form):
    """What the review is about. A draft demands only its title."""

    title = forms.CharField(
        label="Title",
        max_length=200,
        help_text="City and subject, for example “Timișoara: local action plan for Roma inclusion”.",
        error_messages={"required": "Give the review a title: it is what people find it by."},
    )
    challenge = forms.CharField(
        label="The challenge",
        required=False,
        max_length=20_000,
        help_text="What is hard, for whom, and what have you tried? Half a page is enough.",
        widget=forms.Textarea(attrs={"data-words": "400", "class": "tall"}),
    )
    question_1 = forms.CharField(label="First guiding question", required=False, max_length=400)
    question_2 = forms.CharField(label="Second guiding question", required=False, max_length=400)
    question_3 = forms.CharField(label="Third guiding question", required=False, max_length=400)
    off_limits = forms.CharField(
        label="What is off limits, and why",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"class": "low"}),
        help_text="The critical friends respect this. Leave it empty if they may ask about everything.",
    )
    wants = forms.ChoiceField(
        label="What you would like back",
        choices=Wants.choices,
        initial=Wants.IDEAS,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )

    @property
    def questions(self) -> tuple[str, ...]:
        """The guiding questions as they were cleaned."""
        return tuple(self.cleaned_data[f"question_{number}"] for number in (1, 2, 3))


class ProposalForm(SubjectsForm, ScopeTextsForm):
    """A new case. The host city is the person's own; the secretariat chooses among all."""

    host_city = forms.ModelChoiceField(
        label="Host city",
        queryset=City.objects.none(),
        empty_label="Choose a city",
        error_messages={"required": "Choose the city that invites."},
    )
    working_group = forms.ModelChoiceField(
        label="Working group",
        queryset=WorkingGroup.objects.all(),
        empty_label="Choose a working group",
        error_messages={"required": "Choose the working group in which the cities meet."},
    )
    theme = forms.ChoiceField(
        label="Theme",
        choices=[("", "Choose a theme"), *Theme.choices],
        error_messages={"required": "Choose the theme that fits best."},
    )
    sponsor_name = forms.CharField(label="Name of the political sponsor", required=False, max_length=120)
    sponsor_email = forms.EmailField(
        label="E-mail of the political sponsor",
        required=False,
        help_text="The elected person or director who stands behind the review. A personal invitation goes out.",
    )
    visit_start = forms.DateField(label="First day of the visit", required=False, widget=day_input())
    visit_end = forms.DateField(label="Last day of the visit", required=False, widget=day_input())

    field_order = ("title", "host_city", "working_group", "theme")

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        cities = City.objects.all() if by.is_secretariat else City.objects.filter(people=by)
        self.fields["host_city"].queryset = cities  # type: ignore[attr-defined]
        if by.is_secretariat:
            self.fields["question_set"] = question_set_field(
                label="Questions of the self-assessment", initial=current_question_set()
            )
        else:
            self.fields["host_city"].initial = by.city_id
            self.fields["host_city"].empty_label = None  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check dates and sponsor."""
        _dates(self)
        if self.cleaned_data.get("sponsor_name") and not self.data.get("sponsor_email"):
            self.add_error("sponsor_email", "Give the e-mail address too: the invitation goes there.")
        if self.cleaned_data.get("sponsor_email") and not self.cleaned_data.get("sponsor_name"):
            self.add_error("sponsor_name", "Give the name too: the invitation greets by it.")
        return self.cleaned_data

    def proposal(self) -> Proposal:
        """What was typed, for the action."""
        found = self.cleaned_data
        sponsor = None
        if found["sponsor_email"]:
            sponsor = Candidate(email=found["sponsor_email"], name=found["sponsor_name"], city=found["host_city"])
        kept = (
            "title",
            "host_city",
            "working_group",
            "theme",
            "challenge",
            "off_limits",
            "wants",
            "principles",
            "goals",
        )
        return Proposal(
            **{name: found[name] for name in kept},
            questions=self.questions,
            question_set=found.get("question_set"),
            sponsor=sponsor,
            visit_start=found["visit_start"],
            visit_end=found["visit_end"] or found["visit_start"],
        )
