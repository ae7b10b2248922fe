"""The findings board: its filter, and what is made of the chosen notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.enums import FindingKind
from reviews.forms.findings import LONGEST
from reviews.forms.ids import IdsField
from reviews.models import GuidingQuestion
from visits.models import HostSite
from visits.queries.evidence import BoardFilter, sites_with_notes

if TYPE_CHECKING:
    from reviews.models import Case


class BoardFilterForm(forms.Form):
    """Narrow the board; what is not known narrows nothing. The host is not asked for a site: it has no notes."""

    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All kinds"), *FindingKind.choices])
    question = forms.ModelChoiceField(
        label="Guiding question", required=False, queryset=GuidingQuestion.objects.none(), empty_label="All questions"
    )
    site = forms.ModelChoiceField(
        label="Host site", required=False, queryset=HostSite.objects.none(), empty_label="All sites"
    )

    def __init__(self, *args: Any, case: Case, with_sites: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        _choose_from(self, "question", case.guiding_questions.all())
        if with_sites:
            _choose_from(self, "site", sites_with_notes(case))
        else:
            del self.fields["site"]

    def wanted(self) -> BoardFilter:
        """The filter of this request."""
        self.is_valid()
        chosen = self.cleaned_data
        site, question = chosen.get("site"), chosen.get("question")
        return BoardFilter(
            site=site.pk if site else None, question=question.pk if question else None, kind=chosen.get("kind", "")
        )


def _choose_from(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
    field.queryset = rows


class NewFindingForm(forms.Form):
    """A new finding: its kind, its first words if there are any, and the notes it rests on."""

    kind = forms.ChoiceField(label="Kind", choices=FindingKind.choices, initial=FindingKind.CONSIDERATION)
    text = forms.CharField(required=False, max_length=LONGEST)
    notes = IdsField(required=False)


class AddNotesForm(forms.Form):
    """Notes for a finding that is there."""

    notes = IdsField(error_messages={"required": "Tick the notes first, then choose the finding."})
    finding = forms.IntegerField(required=False)


class StepReasonForm(forms.Form):
    """The reason of a step of a finding or recommendation; whether it is needed, the action says."""

    reason = forms.CharField(required=False, max_length=4000)
