"""The people who log in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from people.models.cities import City


class UserManager(BaseUserManager["User"]):
    """Makes users; an e-mail address is the name somebody logs in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make and store a user. Without a password the person can only come in by an invitation."""
        user = self.model(email=self.normalise(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a member of the secretariat (for `manage.py createsuperuser`)."""
        return self.create_user(email, password, is_secretariat=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail, whatever its case."""
        return self.get(email__iexact=username)

    @staticmethod
    def normalise(email: str) -> str:
        """The form in which an address is stored: trimmed, lower case."""
        return email.strip().lower()


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do in a case comes from their membership there, not from this row.

    `is_secretariat` marks the coordinating body: it sees every case.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    city = models.ForeignKey(City, on_delete=models.SET_NULL, null=True, blank=True, related_name="people")
    job_title = models.CharField(max_length=120, blank=True)
    languages = models.CharField(max_length=120, blank=True, help_text="Languages you can interview in.")
    expertise = models.CharField(max_length=300, blank=True)
    is_secretariat = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    removal_asked_at = models.DateTimeField(null=True, blank=True, help_text="Since when they ask to be removed.")
    removed_at = models.DateTimeField(null=True, blank=True, help_text="When the row was emptied.")

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_case"),)
        indexes = (
            models.Index(
                fields=("removal_asked_at", "id"),
                condition=models.Q(removal_asked_at__isnull=False),
                name="user_asks_removal",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name, as django.contrib.auth asks for it."""
        return self.name

    def clean(self) -> None:
        """Store the address in one form."""
        super().clean()
        self.email = User.objects.normalise(self.email)

    @property
    def initials(self) -> str:
        """One or two letters for the round badge."""
        parts = self.name.split()
        return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()

    @classmethod
    def normalize_username(cls, username: Any) -> Any:
        """Fold an address given at login."""
        return User.objects.normalise(username) if isinstance(username, str) else username
