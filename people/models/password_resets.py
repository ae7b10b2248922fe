"""Asked-for password mails, counted so that nobody can flood a mailbox."""

from django.db import models


class PasswordReset(models.Model):
    """One mail that somebody asked for. Written by actions/password_resets.py; gone after a day.

    `account` is the hash of the e-mail address, known or not; `sender` the address on the network, empty when unknown.
    """

    account = models.CharField(max_length=64)
    sender = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("account", "at"), name="password_reset_account"),
            models.Index(fields=("sender", "at"), name="password_reset_sender"),
        )

    def __str__(self) -> str:
        return f"{self.account[:8]} at {self.at:%H:%M:%S}"
