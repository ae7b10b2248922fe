"""What is chosen on the recommendations page."""

from django import forms

from reviews.forms.ids import IdsField


class NewRecommendationForm(forms.Form):
    """A new recommendation, resting on the ticked findings."""

    findings = IdsField(required=False)


class OrderForm(forms.Form):
    """The recommendations in the order in which they were put."""

    order = IdsField()
