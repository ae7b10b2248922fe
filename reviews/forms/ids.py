"""Several rows chosen on a page, by their ids."""

from __future__ import annotations

from typing import Any

from django import forms


class IdsField(forms.Field):
    """The ids of the ticked rows. Whether they are there, and for whom, is asked by the action that fetches them."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {"invalid": "Please choose again: the list on this page was not complete."}

    def to_python(self, value: Any) -> list[int]:
        """Turn what the form sends into ids, each once, in their order."""
        try:
            return list(dict.fromkeys(int(found) for found in value or ()))
        except (TypeError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
