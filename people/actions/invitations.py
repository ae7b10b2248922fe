"""Inviting people: a personal link, never a shared account."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people.errors import NotThere
from people.models import City, Invitation, User, hash_of
from people.tasks import mail_invitation


@dataclass(frozen=True, slots=True)
class Invited:
    """What came of an invitation. `is_new` tells whether the person had no account before."""

    user: User
    is_new: bool


@transaction.atomic
def invite(*, email: str, name: str, city: City | None, by: User, purpose: str) -> Invited:
    """Make sure that a person has an account, and send a personal link to those who cannot log in yet.

    An existing account is used as it is: its name and city stay. `purpose` says in words to what they are invited.
    Effects: user row, invitation row, e-mail on commit.
    """
    address = User.objects.normalise(email)
    user = User.objects.filter(email=address).first()
    if user is not None and user.has_usable_password():
        return Invited(user, is_new=False)
    is_new = user is None
    if user is None:
        user = User.objects.create_user(address, name=name.strip(), city=city)
    send_link(user, by=by, purpose=purpose)
    return Invited(user, is_new=is_new)


def send_link(user: User, *, by: User, purpose: str) -> Invitation:
    """Make a new link for a person and mail it on commit. Older links of the person stop working."""
    user.invitations.filter(used_at__isnull=True).update(expires_at=timezone.now())
    invitation = Invitation.objects.create(
        user=user,
        token_hash=hash_of(secrets.token_urlsafe(32)),  # nobody knows it: mailing makes the one that is sent
        invited_by=by,
        purpose=purpose[:200],
        expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    )
    transaction.on_commit(lambda: mail_invitation.delay(invitation.pk), robust=True)
    return invitation


def open_invitation(token: str) -> Invitation:
    """The invitation that a link leads to.

    Raises NotThere when the link was used, is too old, or never was one.
    """
    invitation = Invitation.objects.filter(token_hash=hash_of(token)).select_related("user", "invited_by").first()
    if invitation is None or not invitation.is_open or not invitation.user.is_active:
        raise NotThere(
            "This link has been used already or is too old. "
            "Log in if you have chosen a password; otherwise ask the person who invited you for a new link."
        )
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, password: str, name: str) -> User:
    """Set the password that the person chose; the link works once.

    Raises NotThere as `open_invitation` does; of two clicks at once one wins.
    """
    User.objects.select_for_update().filter(invitations__token_hash=hash_of(token)).first()  # as a removal: first who
    invitation = open_invitation(token)
    user = invitation.user
    user.name = name.strip() or user.name
    user.set_password(password)
    user.save(update_fields=["name", "password"])
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    return user
