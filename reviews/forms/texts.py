"""The field for texts that people write."""

from __future__ import annotations

from typing import Any

from django import forms

MOST_SIGNS = 200_000
"""What one text field takes: a hundred pages. More is a file."""


def errors_in_words(form: forms.BaseForm) -> str:
    """Return what is wrong with a form in one line, for a script that has asked."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


class TypedText(forms.CharField):
    """Markdown as it was typed: spaces stay, line ends become one kind, what no database can keep goes."""

    def __init__(self, **options: Any) -> None:
        options = {"required": False, "strip": False, "max_length": MOST_SIGNS, **options}
        super().__init__(**{"widget": forms.Textarea, **options})
        self.error_messages["max_length"] = (
            "This text is longer than a hundred pages. Add it as a file, and write a summary here."
        )

    def to_python(self, value: Any) -> str:
        """Return the text with line feeds only and without NUL signs."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")

    def widget_attrs(self, _widget: forms.Widget) -> dict[str, Any]:
        """Leave out `maxlength`: a browser would cut what is pasted without a word."""
        return {}
