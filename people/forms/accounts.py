"""Forms of a person's own account."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from people.actions.password_resets import allow_password_reset
from people.asked import client_address
from people.models import User

LONG_ENOUGH = "At least 10 characters. A short sentence is easy to remember and hard to guess."


class LoginForm(AuthenticationForm):
    """E-mail and password."""

    error_messages = {
        "invalid_login": "We do not know this e-mail address with this password. Please check both.",
        "inactive": "This account has been closed. Ask the secretariat if that is a mistake.",
    }

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "E-mail"
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": True, "maxlength": 254}
        )
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"


class ForgottenForm(PasswordResetForm):
    """The address of somebody who forgot the password. Asked too often, it sends nothing and says the same."""

    def save(self, *args: Any, **options: Any) -> None:
        """Send the link, unless too many were asked for lately."""
        if allow_password_reset(self.cleaned_data["email"], sender=client_address(options["request"]) or ""):
            super().save(*args, **options)


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A new password after a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.help_text, again.help_text = LONG_ENOUGH, ""  # Django's own is a list, which a sentence cannot hold
        again.label = "The same password again"

    def save(self, *_: Any, **__: Any) -> User:
        """Store the password and no other column; nothing in an account that was closed while it was typed."""
        user: User = super().save(commit=False)
        User.objects.filter(pk=user.pk, is_active=True).update(password=user.password)
        return user


class ChangePasswordForm(NewPasswordForm, PasswordChangeForm):
    """A new password for the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Your password now"


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """What others see of a person. Their city is said by the secretariat: it can be made the host of a review."""

    class Meta:
        model = User
        fields = ("name", "job_title", "languages", "expertise")
        labels = {"job_title": "What you do", "languages": "Languages", "expertise": "Expertise"}
        help_texts = {
            "job_title": "For example: head of social services.",
            "languages": "Languages in which you can hold an interview, best first.",
            "expertise": "What other cities can ask you about.",
        }


class WelcomeForm(forms.Form):
    """An invited person chooses a name and a password."""

    name = forms.CharField(max_length=120, label="Your name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=LONG_ENOUGH,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse what is easily guessed."""
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password, self.user)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from error
        return password
