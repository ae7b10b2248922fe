"""The look of a working group: its logo, colour and imprint. What was published keeps the look it had."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from people.errors import StaleText
from people.models import WorkingGroup
from people.models.cities import logo_path
from reports.outline_access import require_keeper

if TYPE_CHECKING:
    from people.logos import Logo
    from people.models import User


@dataclass(frozen=True, slots=True)
class LookInput:
    """What the form says. Without a `logo` the one that is there stays, unless it is to be removed."""

    colour: str
    logo_alt: str
    imprint: str
    seen: str
    logo: Logo | None = None
    removes_logo: bool = False


def seen_of(group: WorkingGroup) -> str:
    """Stand for the look that a page shows, to notice when somebody changes it in between."""
    shown = "\n".join((group.colour, group.logo.name or "", group.logo_alt, group.imprint))
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


@transaction.atomic
def save_look(group: WorkingGroup, said: LookInput, *, by: User) -> WorkingGroup:
    """Store the look of a group. The picture is named by its hash; no picture is ever overwritten or deleted.

    Raises NotAllowed for everybody but the secretariat, StaleText where somebody saved in between.
    """
    require_keeper(by)
    held = WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    if said.seen != seen_of(held):
        texts = {"colour": held.colour, "logo_alt": held.logo_alt, "imprint": held.imprint}
        raise StaleText(version=0, texts=texts, by="", at=None)
    held.colour, held.imprint, held.logo_alt = said.colour, said.imprint, said.logo_alt
    if said.logo is not None:
        held.logo.name = _stored(held, said.logo)
    elif said.removes_logo:
        held.logo.name, held.logo_alt = "", ""
    held.save(update_fields=["colour", "imprint", "logo", "logo_alt"])
    return held


def _stored(group: WorkingGroup, logo: Logo) -> str:
    """Keep the bytes under their hash, once."""
    name = logo_path(group, logo.name)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(logo.content))
    return name
