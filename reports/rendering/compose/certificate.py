"""The certificate of participation: one page, and nothing of the case that is not public knowledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.templatetags.words import dates
from reports.enums import DocumentKind, Edition
from reports.models import Certificate
from reports.rendering.compose import parts
from reports.rendering.errors import NothingToShow
from reports.rendering.model import DocumentContent, Fact
from reviews.enums import TEAM_ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from reviews.models import Case

THANKS = (
    "took part in the critical friend review of {city} and gave time, knowledge and honest questions to colleagues."
)


def compose(case_id: int, user_id: int) -> DocumentContent:
    """Compose the certificate of one person. Raises `NothingToShow` when none was issued."""
    told = Certificate.objects.select_related("user__city", "issued_by")
    issued = told.filter(case_id=case_id, user_id=user_id).first()
    if issued is None:
        raise NothingToShow("No certificate has been issued for this person.")
    case = parts.case_of(case_id)
    return DocumentContent(
        kind=DocumentKind.CERTIFICATE,
        edition=Edition.TEAM,
        kind_label="Certificate of participation",
        title=issued.user.name,
        subtitle=THANKS.format(city=case.host_city.name),
        language="en",
        look=parts.look_of(case),
        dated=parts.day_of(issued.issued_at),
        edition_label=_issued(issued),
        version=f"Certificate {case.pk}-{issued.pk}",
        cover_facts=tuple(_facts(case, issued)),
        running_title="Certificate of participation",
        authors=(case.working_group.name,),
        keywords=("certificate", "critical friend review"),
        description=f"{issued.user.name} took part in the critical friend review of {case.host_city.name}.",
        chapters=(),
    )


def _issued(issued: Certificate) -> str:
    by = f" by {issued.issued_by.name}" if issued.issued_by else ""
    return f"Issued{by} on {dates(parts.day_of(issued.issued_at))}"


def _facts(case: Case, issued: Certificate) -> Iterator[Fact]:
    roles = set(case.memberships.filter(user=issued.user).values_list("role", flat=True))
    words = ", ".join(str(role.label) for role in Role if role in roles & TEAM_ROLES)
    if words:
        yield Fact("As", words)
    if issued.user.city:
        yield Fact("From", f"{issued.user.city.name}, {issued.user.city.country_name}")
    yield Fact("Review", case.title)
    yield Fact("Working group", case.working_group.name)
    yield Fact("Study visit", parts.visit_dates(case))
    yield Fact("Hours", f"{hours_words(issued.hours)}, preparation included")


def hours_words(hours: Decimal) -> str:
    """Write hours without needless noughts: `24`, `24.5`."""
    return f"{hours.normalize():f}"
