"""Principles and goals of a review: who chooses, and where they are shown."""

from __future__ import annotations

import pytest
from django.urls import reverse

from people.errors import NotReady
from reports.rendering.compose.parts import data_sheet
from reviews.actions.subjects import choose_subjects
from reviews.models import Case
from reviews.subjects import GOALS, PRINCIPLES
from tests.cast import Cast


def test_there_are_twenty_principles_and_seventeen_goals() -> None:
    assert (list(PRINCIPLES), list(GOALS)) == ([*range(1, 21)], [*range(1, 18)])


def test_host_chooses_and_everybody_reads(cast: Cast) -> None:
    page, send = (reverse(f"reviews:{name}", args=(cast.case.slug,)) for name in ("scope", "scope_subjects"))
    client = cast.client(cast.coordinator)
    assert client.post(send, {"principles": ["19", "1"], "goals": ["11"]}).status_code == 303
    case = Case.objects.get()
    assert (case.principles, case.goals) == ([1, 19], [11])
    shown = cast.client(cast.friend).get(page).content.decode()
    assert "19. Housing and assistance for the homeless" in shown
    assert "Choose principles and goals" not in shown
    assert 'value="19"' in client.get(page).content.decode()
    facts = {fact.term: fact.value for fact in data_sheet(case).rows}
    assert facts["Sustainable Development Goals"] == "11. Sustainable cities and communities"
    assert case.events.filter(step="subjects").count() == 1
    assert client.post(send, {"principles": ["1", "19"], "goals": ["11"]}).status_code == 303
    assert case.events.filter(step="subjects").count() == 1


def test_others_do_not_choose_and_nonsense_is_refused(cast: Cast) -> None:
    send = reverse("reviews:scope_subjects", args=(cast.case.slug,))
    assert cast.client(cast.friend).post(send, {"goals": ["1"]}).status_code == 403
    assert cast.client(cast.coordinator).post(send, {"goals": ["99"]}).status_code == 422
    with pytest.raises(NotReady):
        choose_subjects(cast.case, principles=[21], goals=[], by=cast.coordinator)
    assert Case.objects.get().goals == []
