"""Forms on the way to publication whose report moved on while they were open: what was chosen and typed comes back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from people.models import Notification
from reports.actions import consent
from reports.models import Confirmation, GoAhead, Report
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
    consent.give_consent(fresh(cast), by=cast.sponsor, audience="members")
    answer = client.post(page(cast, "consent"), {**open_page, "licence": "CC-BY-SA-4.0"})
    assert answer.status_code == 409
    [said] = answer.context["form"].non_field_errors()
    assert said.startswith("Sponsor has consented since you opened the page: Members of the network only, CC BY 4.0.")
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
