"""The date of one deadline."""

from django import forms

from reviews.forms.cases import day_input


class DeadlineForm(forms.Form):
    """A date of its own for a deadline."""

    due = forms.DateField(
        label="Due on", widget=day_input(), error_messages={"required": "Choose a day, or let it follow the visit."}
    )
