"""What somebody sends to ask for a document."""

from django import forms

from reports.enums import DocumentKind, Edition, Format


class DocumentForm(forms.Form):
    """A kind, an edition, and the kind of file: a PDF where nothing is said."""

    kind = forms.ChoiceField(choices=DocumentKind.choices)
    edition = forms.ChoiceField(choices=Edition.choices)
    format = forms.ChoiceField(choices=Format.choices, required=False)
