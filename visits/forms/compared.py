"""Forms that are saved whole: what somebody else stored meanwhile, beside what was typed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from django.utils.datastructures import MultiValueDict


class ComparedForm(forms.Form):
    """A form of which two people may have a copy open. `mark` names the hidden field that says which state was seen."""

    mark = ""

    def theirs(self, stored: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Label and stored words of each field in which what is stored differs from what was sent."""
        return [
            (str(field.label), _in_words(field, stored.get(name)))
            for name, field in self.fields.items()
            if name != self.mark and field.has_changed(stored.get(name), self[name].data)
        ]

    def with_mark(self, value: object) -> Self:
        """The same form for the next try, after the person has read what somebody else saved."""
        sent = cast("MultiValueDict[str, Any]", self.data).copy()
        sent[self.mark] = str(value)
        self.data = sent
        return self


def _in_words(field: forms.Field, value: Any) -> str:
    """A stored value as its form would show it; empty ones are said too, because theirs may have been taken out."""
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(label) for key, label in _choices(field)}
        keys = value if isinstance(value, list) else ["" if value is None else value]
        return ", ".join(words.get(str(key), "something that was removed") for key in keys) or "nobody"
    if isinstance(field, forms.BooleanField):
        return "yes" if value else "no"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%-d %B %Y}"
    return str(value or "") or "nothing"


def _choices(field: forms.ChoiceField) -> Any:
    """The list of a field as pairs."""
    return field.choices
