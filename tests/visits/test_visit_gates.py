"""The gates of the visit: each closed by one missing thing, open without it."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed, NotReady
from reviews import requirements
from reviews.access import case_for
from reviews.actions.steps import take_step
from reviews.enums import EventKind, MilestoneKind, MilestoneStatus, SelfAssessmentStatus, Stage
from reviews.models import Case, SelfAssessment
from reviews.permissions import Ability
from reviews.steps import steps_for
from tests import factories
from tests.cast import Cast
from visits import gates
from visits.enums import SlotKind, SourceGroup, VisitStatus
from visits.models import StudyVisit


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    """A visit with all that freezing needs."""
    cast.at(Stage.SELF_ASSESSMENT, visit_start=date(2027, 6, 8), visit_end=date(2027, 6, 10))
    SelfAssessment.objects.filter(case=cast.case).update(status=SelfAssessmentStatus.ACCEPTED)
    made = factories.make_visit(cast.case, status=VisitStatus.AGREED, desk_review_closed_at=timezone.now())
    factories.make_slot(
        made,
        title="Parents",
        site=factories.make_site(made, "School"),
        lead=cast.lead,
        note_taker=cast.friend,
        met={SourceGroup.FAMILIES: 8},
    )
    return made


def told(case: Case, step: str) -> list[str]:
    """What stands between the case, as it is in the database, and a step."""
    return [reason.text for reason in requirements.unmet(Case.objects.get(pk=case.pk), step)]


def test_a_complete_programme_can_be_frozen(cast: Cast, visit: StudyVisit) -> None:
    event = take_step(cast.case, "freeze_programme", by=cast.lead)

    visit.refresh_from_db()
    assert (visit.status, event.kind, event.text) == (VisitStatus.FROZEN, EventKind.STEP, "Programme frozen")
    milestone = cast.case.milestones.get(kind=MilestoneKind.PROGRAMME_FROZEN)
    assert milestone.status == MilestoneStatus.DONE


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (
            lambda *_: SelfAssessment.objects.update(status="submitted"),
            "Accept the self-assessment: it shows whom to meet",
        ),
        (lambda *_: StudyVisit.objects.update(desk_review_closed_at=None), "Close the desk review"),
        (lambda *_: Case.objects.update(visit_start=None, visit_end=None), "Set the dates of the visit"),
        (lambda v, _: v.slots.update(lead=None), "“Parents”, Tuesday 8 June, 09:00: who leads still open."),
        (lambda v, _: v.slots.update(site=None), "“Parents”, Tuesday 8 June, 09:00: the place still open."),
        (lambda v, _: v.slots.update(removed_at=timezone.now()), "Write the programme"),
        (
            lambda v, _: factories.make_slot(v, title="Other", kind=SlotKind.MEAL),
            "The team is in two slots at once, Tuesday 8 June, 09:00: “Parents” and “Other”.",
        ),
        (
            lambda v, _: [factories.make_slot(v, f"{hour}:00", f"{hour}:30") for hour in (11, 12)],
            "2 slots have nobody to lead or note, or no place",
        ),
    ],
)
def test_one_thing_missing_keeps_the_programme_open(cast: Cast, visit: StudyVisit, spoil: Any, words: str) -> None:
    spoil(visit, cast)

    assert told(cast.case, "freeze_programme") == [words]
    with pytest.raises(NotReady):
        take_step(cast.case, "freeze_programme", by=cast.lead)


def test_every_reason_names_a_page_that_opens(cast: Cast, visit: StudyVisit) -> None:
    factories.make_slot(visit, "11:00", "12:00")
    StudyVisit.objects.update(desk_review_closed_at=None)
    client = cast.client(cast.lead)

    reasons = requirements.unmet(Case.objects.get(pk=cast.case.pk), "freeze_programme")

    assert len(reasons) == 2
    assert [client.get(reason.url).status_code for reason in reasons] == [200, 200]


def test_what_the_page_offers_is_what_the_step_accepts(cast: Cast, visit: StudyVisit) -> None:
    seat = case_for(cast.lead, cast.case.slug, Ability.VIEW_PROGRAMME)

    assert {offer.rule.name: offer.is_open for offer in steps_for(seat, "visit")} == {"freeze_programme": True}
    assert steps_for(case_for(cast.coordinator, cast.case.slug, Ability.VIEW_PROGRAMME), "visit") == []


def test_a_programme_goes_to_and_fro_until_both_agree(cast: Cast, visit: StudyVisit) -> None:
    StudyVisit.objects.update(status=VisitStatus.DRAFT)

    take_step(cast.case, "propose_programme", by=cast.coordinator)
    take_step(cast.case, "return_programme", by=cast.lead, reason="More parents, please.")
    take_step(cast.case, "propose_programme", by=cast.coordinator)
    take_step(cast.case, "agree_programme", by=cast.lead)
    take_step(cast.case, "freeze_programme", by=cast.lead)
    take_step(cast.case, "unfreeze_programme", by=cast.secretariat, reason="A school closed.")

    visit.refresh_from_db()
    assert (visit.status, visit.frozen_at) == (VisitStatus.AGREED, None)
    with pytest.raises(AlreadyDone):
        take_step(cast.case, "unfreeze_programme", by=cast.lead, reason="Again")


@pytest.mark.parametrize("name", ["friend", "rapporteur", "observer", "coordinator", "sponsor"])
def test_only_lead_and_secretariat_freeze(cast: Cast, visit: StudyVisit, name: str) -> None:
    with pytest.raises(NotAllowed):
        take_step(cast.case, "freeze_programme", by=cast.people[name])


def test_proposing_needs_dates_a_site_for_each_group_and_people_to_meet(cast: Cast) -> None:
    cast.at(Stage.PLANNING, visit_start=None, visit_end=None)
    assert told(cast.case, "propose_programme") == [
        "Name at least one host site",
        "Set the dates of the visit",
        "Say in at least one slot whom the team meets",
    ]
    cast.at(Stage.PLANNING, visit_start=date(2027, 6, 8), visit_end=date(2027, 6, 10))
    visit = factories.make_visit(cast.case)
    site, group = factories.make_site(visit), factories.make_group(visit, "Group A")
    factories.make_group(visit, "Group B")
    factories.make_slot(visit, group=group, site=site, met={SourceGroup.NGOS: 5})

    assert told(cast.case, "propose_programme") == ["Plan a host site for Group B"]


def test_the_self_assessment_opens_with_a_host_site(cast: Cast) -> None:
    assert "Name at least one host site" in told(cast.case, "open_self_assessment")

    factories.make_site(factories.make_visit(cast.case))

    assert "Name at least one host site" not in told(cast.case, "open_self_assessment")


def test_feedback_starts_when_the_programme_is_frozen(cast: Cast, visit: StudyVisit) -> None:
    assert list(gates.programme_is_frozen(Case.objects.get(pk=cast.case.pk)))
    StudyVisit.objects.update(status=VisitStatus.FROZEN)
    assert not list(gates.programme_is_frozen(Case.objects.get(pk=cast.case.pk)))


@pytest.mark.parametrize(("now", "is_open"), [("2027-06-07T20:59:00Z", False), ("2027-06-07T21:01:00Z", True)])
def test_the_visit_has_begun_when_it_is_the_first_day_in_the_host_city(
    cast: Cast, visit: StudyVisit, now: str, *, is_open: bool
) -> None:
    with time_machine.travel(now, tick=False):
        assert (told(cast.case, "mark_visit_held") == []) is is_open


def test_clashes_stop_the_agreement(cast: Cast, visit: StudyVisit) -> None:
    StudyVisit.objects.update(status=VisitStatus.PROPOSED)
    for number in range(2):
        factories.make_slot(visit, title=f"Slot {number}", kind=SlotKind.MEAL)

    assert told(cast.case, "agree_programme") == ["3 times somebody or something is needed twice at once"]
