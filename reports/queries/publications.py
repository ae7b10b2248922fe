"""What is published: one publication, its versions, who may read them. What can be found: queries/library.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from people.errors import NotThere
from reports.enums import Audience
from reports.models import Publication
from reviews.enums import Stage
from reviews.models import Action, Membership, Recommendation

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from people.models import User
    from reviews.models import Case

NOT_PUBLISHED = "There is no published report at this address."
LIST_FIELDS = (
    "slug",
    "title",
    "summary",
    "theme",
    "city_name",
    "country",
    "year",
    "language",
    "version",
    "published_at",
)


def public_now() -> QuerySet[Publication]:
    """The newest version of each published report that stands, for everybody: library, feeds, sitemap, open data.

    Not those kept for members of the network, and not those that were withdrawn: the version before stands again then.
    """
    return Publication.objects.filter(is_current=True, audience=Audience.PUBLIC, withdrawn_at=None)


def newest() -> QuerySet[Publication]:
    """What everybody may read, newest first, without the contents."""
    return public_now().only(*LIST_FIELDS).order_by("-published_at", "-pk")


def publication_at(slug: str) -> Publication:
    """One published version with its case and document. Raises NotThere."""
    rows = Publication.objects.select_related("case__working_group", "case__host_city", "document")
    found = rows.filter(slug=slug).first()
    if found is None:
        raise NotThere(NOT_PUBLISHED)
    return found


def publications_of(case: Case) -> list[Publication]:
    """All published versions of a case, newest first, without their contents."""
    more = ("is_current", "erratum", "case_id", "audience", "withdrawn_at")
    rows = Publication.objects.filter(case=case).only(*LIST_FIELDS, *more)
    return list(rows.order_by("-version"))


def is_of_network(user: User | AnonymousUser) -> bool:
    """Whether somebody may read what is kept for members: an active login with a city or a role in any review.

    One query at most, none for strangers.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_secretariat or user.city_id is not None or Membership.objects.filter(user=user).exists()


def followed_up(publication: Publication) -> list[Recommendation]:
    """The recommendations of a publication with responses and actions, once the case is in its follow-up."""
    if publication.case.stage not in {Stage.FOLLOW_UP, Stage.CLOSED}:
        return []
    rows = Recommendation.objects.filter(pk__in=publication.recommendation_ids, case_id=publication.case_id)
    on_the_plan = Prefetch("actions", queryset=Action.objects.filter(removed_at=None))
    return list(rows.select_related("response").prefetch_related(on_the_plan).order_by("position", "pk"))
