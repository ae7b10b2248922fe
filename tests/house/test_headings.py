"""Headings never skip a level: who listens to a page walks through it by them."""

import re
from itertools import pairwise

import pytest
from django.utils import timezone

from reports.actions.reports import report_of
from reviews.enums import FindingStatus, Stage
from tests import factories
from tests.cast import Cast

PAGES = [
    ("secretariat", Stage.FOLLOW_UP, "follow-up/"),
    ("coordinator", Stage.FOLLOW_UP, "follow-up/"),
    ("coordinator", Stage.SELF_ASSESSMENT, "self-assessment/sections/1/sign/"),
    ("friend", Stage.REPORTING, "report/sections/findings/"),
    ("rapporteur", Stage.REPORTING, "report/sections/findings/"),
    ("friend", Stage.REPORTING, ""),
    ("friend", Stage.REPORTING, "deadlines/"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "stage", "page"), PAGES)
def test_headings_never_skip_a_level(cast: Cast, who: str, stage: Stage, page: str) -> None:
    case = cast.at(stage, findings_shared_at=timezone.now())
    factories.make_recommendation(case, status=FindingStatus.SHARED)
    report_of(case).sections.filter(key="findings").update(text="## A heading of the team\n\nWords.")
    shown = cast.client(cast.people[who]).get(f"/cases/timisoara/{page}").content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", shown)]
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
