"""Where somebody is writing, as the page tells it."""

from django import forms


class PresenceForm(forms.Form):
    """The question at which the person is; none when they are at no question."""

    question = forms.IntegerField(required=False, min_value=1)
