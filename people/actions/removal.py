"""Removing an account: the person asks, the secretariat removes. What was written stays, without the name."""

from __future__ import annotations

from axes.models import AccessAttempt, AccessLog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.actions.network import require_keeper
from people.actions.notifications import notify
from people.belongings import GONE, forget_all, forget_name, reasons_against
from people.errors import AlreadyDone, NotReady
from people.models import User


@transaction.atomic
def ask_removal(person: User) -> None:
    """Ask the secretariat to remove one's account; asked twice, it is asked once. The secretariat is told."""
    held = User.objects.select_for_update().get(pk=person.pk)
    if held.removal_asked_at is not None:
        return
    held.removal_asked_at = timezone.now()
    held.save(update_fields=["removal_asked_at"])
    told = User.objects.filter(is_secretariat=True, is_active=True).exclude(pk=held.pk)
    notify(told, text=f"{held} asks to be removed", url=reverse("people:remove_person", args=(held.pk,)))


@transaction.atomic
def keep_account(person: User) -> None:
    """Take back that one asked to be removed."""
    User.objects.filter(pk=person.pk, is_active=True).update(removal_asked_at=None)


@transaction.atomic
def remove_account(person: User, *, by: User) -> None:
    """Remove somebody's account for good.

    Effects: permit, lock, look what stands against it, let every app forget, take the name out of our sentences, empty
    the account and close it. Sessions and links end with it: none of them opens a closed account.
    Raises NotAllowed, AlreadyDone, and NotReady with what has to be done first.
    """
    # Two of the secretariat may remove each other at once. Without the keys: a step that holds a case may name either.
    rows = User.objects.select_for_update(no_key=True).filter(pk__in=(person.pk, by.pk)).order_by("pk")
    both = {row.pk: row for row in rows}
    require_keeper(both[by.pk])
    held = both[person.pk]
    if held.removed_at is not None:
        raise AlreadyDone("This account is removed already.")
    if held == by:
        raise NotReady("Nobody removes their own account: ask somebody else of the secretariat.", code="own_account")
    if reasons := reasons_against(held, hold=True):
        raise NotReady("Something has to be done before this account can be removed.", reasons=reasons)
    forget_all(held, by=by)
    name = held.name
    _empty(held)
    forget_name(name, of=held)


def _empty(held: User) -> None:
    """Leave nothing in the row that says who it was."""
    held.notifications.all().delete()
    held.invitations.all().delete()
    for logins in (AccessLog, AccessAttempt):
        logins.objects.filter(username__iexact=held.email).delete()
    held.name, held.email = GONE, f"removed-{held.pk}@removed.invalid"
    held.city = held.last_login = held.removal_asked_at = None
    held.job_title = held.languages = held.expertise = ""
    held.is_active = held.is_secretariat = held.is_superuser = False
    held.removed_at = timezone.now()
    held.set_unusable_password()
    held.save()
