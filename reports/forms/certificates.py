"""Whom to certify how many hours."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reports.queries.certificates import Holder

NOBODY = "Choose at least one person."
MOST = Decimal(400)


class CertificatesForm(forms.Form):
    """A tick and a number of hours for each person of the team."""

    def __init__(self, *args: Any, holders: list[Holder], **options: Any) -> None:
        super().__init__(*args, **options)
        self.holders = holders
        for holder in holders:
            name, number = holder.user.name, holder.user.pk
            self.fields[f"issue_{number}"] = forms.BooleanField(
                label=f"Certificate for {name}", required=False, initial=holder.certificate is None
            )
            self.fields[f"hours_{number}"] = forms.DecimalField(
                label=f"Hours of {name}",
                min_value=Decimal("0.5"),
                max_value=MOST,
                max_digits=5,
                decimal_places=1,
                step_size=Decimal("0.5"),
                initial=holder.hours,
                required=False,
            )

    @property
    def rows(self) -> Iterator[tuple[Holder, Any, Any]]:
        """Each person with both fields."""
        for holder in self.holders:
            yield holder, self[f"issue_{holder.user.pk}"], self[f"hours_{holder.user.pk}"]

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen, and everybody chosen has hours."""
        found = super().clean() or {}
        chosen = [holder for holder in self.holders if found.get(f"issue_{holder.user.pk}")]
        if not chosen:
            raise forms.ValidationError(NOBODY)
        for holder in chosen:
            field = f"hours_{holder.user.pk}"
            if field not in self.errors and not found.get(field):
                self.add_error(field, "Write how many hours.")
        return found

    def hours(self) -> dict[int, Decimal]:
        """Return the hours of those who are chosen, by the ids of the people."""
        found = self.cleaned_data
        ids = [holder.user.pk for holder in self.holders]
        return {number: found[f"hours_{number}"] for number in ids if found[f"issue_{number}"]}
