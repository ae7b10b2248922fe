"""The forms of pieces: what is decided about one, and what somebody is typing, for the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.db import models

from reviews.forms.texts import MOST_SIGNS

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict


class Decision(models.TextChoices):
    """What can be done with the words for a piece."""

    TAKE_OVER = "take_over", "Edit these words for the report"
    KEEP = "keep", "Keep our words"
    TAKE = "take", "Take what the review says"
    EDIT = "edit", "Take it and edit it"
    AGAIN = "again", "Use these words again"
    INSERT = "insert", "Put the words into the text"
    DROP = "drop", "Leave the words out"


class DecisionForm(forms.Form):
    """One button. `seen` stands for what the case gave when the person looked; `earlier` is a `PieceVersion`."""

    act = forms.ChoiceField(choices=Decision.choices)
    seen = forms.CharField(required=False, max_length=16)
    earlier = forms.IntegerField(required=False, min_value=1)


def typed(sent: MultiValueDict[str, str]) -> tuple[str | None, dict[str, str]]:
    """Return what somebody is typing: the section's text (None: as saved), and the words for pieces by their key.

    Longer texts than can be saved are cut: it is only a preview.
    """
    text = sent.get("text")
    words = zip(sent.getlist("piece"), sent.getlist("words"), strict=False)
    return text if text is None else text[:MOST_SIGNS], {key: said[:MOST_SIGNS] for key, said in words}
