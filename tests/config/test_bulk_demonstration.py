"""The large demonstration, made again on top of an earlier one."""

from __future__ import annotations

import pytest

from config.demonstration.bulk import make_cases
from people.models import User
from reviews.models import Case
from tests import factories

pytestmark = pytest.mark.django_db


def test_large_demonstration_is_made_on_top_of_an_earlier_one_though_rows_were_deleted() -> None:
    cities, groups = {"ghent": factories.make_city(slug="ghent")}, {"housing": factories.make_working_group()}
    make_cases(4, cities=cities, groups=groups)
    crowd = User.objects.count()
    Case.objects.order_by("pk")[:1].get().delete()
    User.objects.filter(memberships=None)[:1].get().delete()

    make_cases(2, cities=cities, groups=groups)

    slugs = list(Case.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs == [f"ghent-{number}" for number in range(10_002, 10_007)]  # no number is the year of a story
    assert User.objects.count() == 2 * crowd - 1
