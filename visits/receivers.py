"""What the visit does when a case has moved."""

from typing import Any

from django.dispatch import receiver

from reviews.models import Case
from reviews.signals import case_moved
from visits.actions.visits import visit_of


@receiver(case_moved, dispatch_uid="visits.make_visit")
def make_visit(*, case_id: int, step: str, **_: Any) -> None:
    """An accepted proposal gets its study visit."""
    if step == "accept_proposal":
        visit_of(Case.objects.select_related("host_city").get(pk=case_id))
