"""How often a forgotten password may be asked for."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people.models import PasswordReset

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@transaction.atomic
def allow_password_reset(email: str, *, sender: str) -> bool:
    """Count one request for a password mail; whether the mail may go out.

    Counted for the account and for the sender's address, and for unknown accounts just the same, so that neither the
    page nor its time tells who has an account. What is too much counts no further: waiting an hour always helps.
    """
    now, account = timezone.now(), sha256(email.strip().casefold().encode()).hexdigest()
    PasswordReset.objects.filter(at__lt=now - _DAY).delete()
    lately = PasswordReset.objects.filter(at__gt=now - _HOUR)
    most = settings.PASSWORD_RESETS_AN_HOUR
    if lately.filter(account=account).count() >= most["account"]:
        return False
    if sender and lately.filter(sender=sender).count() >= most["sender"]:
        return False
    PasswordReset.objects.create(account=account, sender=sender, at=now)
    return True
