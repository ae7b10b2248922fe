"""Words on a report that has moved on since: forms come back with what was typed, what was said is asked for again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from people.models import Notification
from reports.actions import approval, consent
from reports.consent_clock import mind_consents
from reports.contents import team_hash
from reports.models import Confirmation, GoAhead, Report
from reports.queries.approval import waits_for
from reviews.queries.tasks import count_tasks, urgent_tasks
from tests.cast import Cast
from tests.reports.conftest import Paper
from tests.reports.test_report import final, fresh

pytestmark = pytest.mark.usefixtures("paper")


def page(cast: Cast, name: str) -> str:
    return reverse(f"reports:{name}", args=(cast.case.slug,))


def test_consent_with_other_readers_given_meanwhile_is_not_replaced_unseen(cast: Cast) -> None:
    final(cast)
    client = cast.client(cast.coordinator)
    open_page = client.get(page(cast, "report")).context["consent_form"].initial
    consent.give_consent(fresh(cast), by=cast.sponsor, audience="members", licence="reserved")
    answer = client.post(page(cast, "consent"), {**open_page, "licence": "CC-BY-SA-4.0"})
    assert answer.status_code == 409
    [said] = answer.context["form"].non_field_errors()
    assert said.startswith(
        "Sponsor has consented since you opened the page: Members of the network only, All rights reserved."
    )
    assert answer.context["form"]["licence"].value() == "CC-BY-SA-4.0"
    report = Report.objects.get()
    assert (report.audience, report.consent_by) == ("members", cast.sponsor)
    again = {name: answer.context["form"][name].value() for name in ("seen", "before", "audience", "licence")}
    assert client.post(page(cast, "consent"), again).status_code == 303
    assert Report.objects.get().consent_by == cast.coordinator


def test_consent_taken_back_meanwhile_is_not_given_anew_unseen(cast: Cast, paper: Paper) -> None:
    final(cast)
    consent.give_consent(fresh(cast), by=cast.sponsor)
    paper.text = "Evidence that came later"
    client = cast.client(cast.coordinator)
    open_page = client.get(page(cast, "report")).context["consent_form"].initial
    consent.withdraw_consent(fresh(cast), by=cast.sponsor)
    answer = client.post(page(cast, "consent"), open_page)
    assert (answer.status_code, Report.objects.get().consent_at) == (409, None)
    assert "The consent was taken back since you opened the page." in answer.content.decode()


def test_consent_taken_back_is_told_to_those_who_heard_of_it(cast: Cast) -> None:
    final(cast)
    consent.give_consent(fresh(cast), by=cast.sponsor)
    Notification.objects.all().delete()
    answer = cast.client(cast.sponsor).post(page(cast, "consent"), {"withdraw": "yes"}, follow=True)
    assert "Your city’s consent is taken back." in answer.content.decode()
    words = f"{cast.case.title}: the host city takes back its consent to publication"
    told = {(row.user, row.text) for row in Notification.objects.all()}
    assert told == {(cast.secretariat, words), (cast.lead, words)}


@pytest.mark.parametrize(
    ("name", "who", "field"), [("objection", "friend", "objection"), ("go_ahead", "lead", "reason")]
)
def test_words_about_a_text_that_moved_on_come_back_with_the_new_one(
    cast: Cast, paper: Paper, name: str, who: str, field: str
) -> None:
    final(cast)
    client = cast.client(getattr(cast, who))
    seen = client.get(page(cast, name)).context["form"].initial["seen"]
    paper.text = "Changed while the page was open"
    answer = client.post(page(cast, name), {"seen": seen, field: "What I <b>wrote</b>"})
    assert answer.status_code == 409
    assert "What I &lt;b&gt;wrote&lt;/b&gt;</textarea>" in answer.content.decode()
    assert "The report has changed since you opened the page." in answer.content.decode()
    assert (Confirmation.objects.count(), GoAhead.objects.count()) == (0, 0)
    again = {field: "What I wrote", "seen": answer.context["form"]["seen"].value()}
    assert client.post(page(cast, name), again).status_code == 303


def test_word_of_the_team_that_the_text_has_outrun_is_a_task_again_and_told_once(cast: Cast, paper: Paper) -> None:
    final(cast)
    approval.confirm_report(cast.case, by=cast.friend, seen=team_hash(fresh(cast)))
    objection = {"seen": team_hash(fresh(cast)), "objection": "Too mild"}
    approval.object_to_report(cast.case, by=cast.rapporteur, **objection)
    counted = count_tasks(cast.friend, 99)
    Notification.objects.all().delete()
    assert (mind_consents(), list(waits_for(cast.friend))) == (0, [])
    paper.text, before = "A finding was reworded", paper.text
    assert (mind_consents(), mind_consents()) == (2, 0)
    assert {row.user for row in Notification.objects.all()} == {cast.friend, cast.rapporteur}
    assert Notification.objects.count() == 2
    [task] = [task for task in urgent_tasks(cast.friend) if "stand behind" in task.text]
    words = "Say again whether you stand behind the final report: it has changed"
    assert (task.text, task.url) == (words, f"{page(cast, 'report')}#team")
    assert count_tasks(cast.friend, 99) == counted + 1
    paper.text = before
    assert (mind_consents(), list(waits_for(cast.friend))) == (0, [])
    paper.text = "Another one"
    mind_consents()
    approval.confirm_report(cast.case, by=cast.friend, seen=team_hash(fresh(cast)))
    assert (Confirmation.objects.get(user=cast.friend).lapsed_at, list(waits_for(cast.friend))) == (None, [])


def test_words_on_an_earlier_final_text_are_asked_for_with_the_new_one_and_not_by_the_clock(cast: Cast) -> None:
    final(cast)
    approval.confirm_report(cast.case, by=cast.friend, seen=team_hash(fresh(cast)))
    Confirmation.objects.update(content_hash="of another text")
    Report.objects.update(finalised_at=Confirmation.objects.get().at + timedelta(days=1))
    assert (mind_consents(), [row.pk for row in waits_for(cast.friend)]) == (0, [Report.objects.get().pk])
