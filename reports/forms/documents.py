"""What somebody sends to ask for a document."""

from django import forms

from reports.enums import DocumentKind, Edition


class DocumentForm(forms.Form):
    """A kind and an edition."""

    kind = forms.ChoiceField(choices=DocumentKind.choices)
    edition = forms.ChoiceField(choices=Edition.choices)
