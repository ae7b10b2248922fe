"""The only way to outlines and looks of working groups: the secretariat keeps them; everybody else is told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.errors import NotAllowed, NotThere
from people.models import WorkingGroup
from reports.models import Outline, OutlineSection

if TYPE_CHECKING:
    from people.models import User

_REFUSED = "Outlines and looks of reports are kept by the secretariat. Tell them if something should change."


def require_keeper(user: User) -> None:
    """Refuse everybody but the secretariat.

    Raises NotAllowed.
    """
    if not (user.is_active and user.is_secretariat):
        raise NotAllowed(_REFUSED)


def outline_in(user: User, pk: int) -> Outline:
    """Fetch an outline for somebody who keeps them. Raises NotAllowed for everybody else, and NotThere."""
    require_keeper(user)
    found = Outline.objects.select_related("working_group", "updated_by").filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def section_in_outline(user: User, pk: int, section: int) -> OutlineSection:
    """Fetch a section of an outline, with the outline. Raises NotAllowed and NotThere."""
    require_keeper(user)
    rows = OutlineSection.objects.select_related("outline__working_group", "outline__updated_by")
    found = rows.filter(pk=section, outline=pk).first()
    if found is None:
        raise NotThere
    return found


def group_for(user: User, slug: str) -> WorkingGroup:
    """Fetch a working group whose look somebody changes. Raises NotAllowed and NotThere."""
    require_keeper(user)
    found = WorkingGroup.objects.filter(slug=slug).first()
    if found is None:
        raise NotThere
    return found
