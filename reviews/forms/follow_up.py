"""The host's response to a recommendation, and the actions of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from reviews.actions.action_plan import ActionText
from reviews.enums import ActionStatus, Decision

if TYPE_CHECKING:
    from reviews.models import Action, HostResponse


class ResponseForm(forms.Form):
    """Accepted, partly or not; anything but acceptance needs its reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    decision = forms.ChoiceField(
        label="Your decision",
        choices=Decision.choices,
        widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": "Choose one of the three."},
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "low", "dir": "auto"}),
        help_text="Needed unless you accept. It is part of the report’s follow-up, so readers see it.",
    )

    def __init__(
        self, *args: Any, stored: HostResponse | None = None, is_pressed: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.stored = stored
        self.is_pressed = is_pressed

    @classmethod
    def of(cls, response: HostResponse | None) -> ResponseForm:
        """The form with the stored response, or an empty one."""
        if response is None:
            return cls(initial={"version": 0})
        return cls(initial={"version": response.version, "decision": response.decision, "reason": response.reason})

    def clean(self) -> dict[str, Any] | None:
        """A new decision takes the button; and a reason where one is needed."""
        chosen = super().clean() or self.cleaned_data
        if not self.is_pressed and (self.stored is None or self.stored.decision != chosen.get("decision")):
            message = "Not sent yet: press “Save the response” when you are sure."
            raise forms.ValidationError(message, code="needs_button")
        if chosen.get("decision") in {Decision.PARTLY, Decision.REJECTED} and not chosen.get("reason"):
            self.add_error("reason", "Add your reason: the team and the readers of the report want to understand it.")
        return chosen


class ActionForm(forms.Form):
    """One action: what, who, by when, and how it is going."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)
    text = forms.CharField(
        label="What will be done",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low", "dir": "auto"}),
        error_messages={"required": "Say what will be done."},
    )
    owner = forms.CharField(
        label="Who is responsible",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"class": "medium", "dir": "auto"}),
        help_text="A department or a role.",
    )
    due = forms.DateField(label="By", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    status = forms.ChoiceField(label="How it is going", choices=ActionStatus.choices, initial=ActionStatus.PLANNED)
    progress = forms.CharField(
        label="Progress",
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low", "dir": "auto"}),
        help_text="What has changed, and how one can see it.",
    )

    @classmethod
    def of(cls, action: Action) -> ActionForm:
        """The form with a stored action; its ids are its own, for a page with several."""
        stored = {name: getattr(action, name) for name in ActionText.__dataclass_fields__}
        return cls(initial={**stored, "version": action.version}, auto_id=f"action-{action.pk}-%s")

    def wording(self) -> ActionText:
        """The cleaned texts."""
        return ActionText(**{name: self.cleaned_data[name] for name in ActionText.__dataclass_fields__})
