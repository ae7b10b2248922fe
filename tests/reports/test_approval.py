"""The last words before publication: the team, the sponsor, the host's choice of readers, what a version changes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from people.errors import AlreadyDone, NotAllowed, NotReady, StaleText
from people.models import Notification
from people.tasks import mail_notifications
from reports.actions import approval, consent
from reports.consent_clock import mind_consents
from reports.contents import consent_stands, printed, team_hash
from reports.enums import Audience, Licence
from reports.imprint import OPPOSITES
from reports.models import Confirmation, GoAhead, Publication, Report, ReportSection
from reports.queries.approval import approval_of, waits_for
from reviews.actions.steps import take_step
from reviews.enums import EventKind, Stage
from reviews.models import Membership
from reviews.queries.tasks import count_tasks, urgent_tasks
from reviews.requirements import unmet
from tests.cast import Cast
from tests.reports.conftest import Paper
from tests.reports.test_publication import agreed, publish, published
from tests.reports.test_report import final, fresh, sent

pytestmark = pytest.mark.usefixtures("paper")

ASKED = ("lead", "friend", "rapporteur")


def page(cast: Cast, name: str, *more: object) -> str:
    return reverse(f"reports:{name}", args=(cast.case.slug, *more))


def digest(cast: Cast) -> str:
    return team_hash(fresh(cast))


def confirm(cast: Cast, *names: str) -> None:
    for name in names:
        approval.confirm_report(cast.case, by=getattr(cast, name), seen=digest(cast))


def missing(cast: Cast) -> list[str]:
    found = fresh(cast)
    return [str(voice.user) for voice in approval_of(found.report, team_hash(found)).missing]


def reasons(cast: Cast) -> list[str]:
    return [reason.text for reason in unmet(fresh(cast), "publish_report")]


# --- The team's word ---------------------------------------------------------------------------------
def test_everybody_who_visited_is_asked_and_observers_are_not(cast: Cast) -> None:
    final(cast)
    assert missing(cast) == ["Lead", "Friend", "Rapporteur"]
    with pytest.raises(NotAllowed):
        confirm(cast, "observer")
    confirm(cast, *ASKED)
    assert (missing(cast), Confirmation.objects.count()) == ([], 3)


def test_one_button_says_it_and_the_page_tells_the_team(cast: Cast) -> None:
    final(cast)
    client = cast.client(cast.friend)
    before = client.get(page(cast, "report"))
    assert "Do you stand behind this report?" in before.content.decode()
    answer = client.post(page(cast, "confirm_report"), {"seen": before.context["approval"].digest})
    assert answer.status_code == 303
    assert "You stand behind the report, since" in client.get(page(cast, "report")).content.decode()
    shown = cast.client(cast.lead).get(page(cast, "report")).content.decode()
    assert (shown.count("Stands behind it"), shown.count("Not yet<")) == (1, 2)
    event = cast.case.events.filter(kind=EventKind.SIGNED).get()
    assert (event.text, event.actor, event.team_only) == ("Stands behind the report", cast.friend, True)


def test_host_hears_how_many_and_never_who(cast: Cast) -> None:
    final(cast)
    approval.object_to_report(cast.case, by=cast.friend, seen=digest(cast), objection="The third chapter is too mild.")
    confirm(cast, "lead")
    shown = cast.client(cast.sponsor).get(page(cast, "report")).content.decode()
    assert "1 of 3" in shown
    assert "too mild" not in shown
    assert "Not yet" not in shown
    lines = cast.client(cast.sponsor).get(reverse("reviews:timeline", args=(cast.case.slug,))).content.decode()
    assert "Stands behind the report" not in lines
    assert "too mild" not in lines


def test_word_is_about_one_text_and_falls_with_it(cast: Cast, paper: Paper) -> None:
    final(cast)
    confirm(cast, *ASKED)
    paper.text = "A finding was reworded"
    assert missing(cast) == ["Lead", "Friend", "Rapporteur"]
    shown = cast.client(cast.lead).get(page(cast, "report")).content.decode()
    assert "The report has changed since you confirmed it" in shown
    assert shown.count("Confirmed an earlier text") == 3


def test_word_on_a_text_that_nobody_showed_is_not_taken(cast: Cast, paper: Paper) -> None:
    final(cast)
    seen = digest(cast)
    paper.text = "Changed while the page was open"
    answer = cast.client(cast.friend).post(page(cast, "confirm_report"), {"seen": seen})
    assert (answer.status_code, "has changed since you opened the page" in answer.content.decode()) == (409, True)
    assert Confirmation.objects.count() == 0


def test_word_does_not_fall_with_what_the_host_adds(cast: Cast, paper: Paper) -> None:
    final(cast)
    hosts = ReportSection.objects.get(report__case=cast.case, key="host_response")
    paper.anchor = f"s{hosts.position}"
    confirm(cast, *ASKED)
    paper.text = "The host writes its statement"
    assert missing(cast) == []
    Report.objects.update(audience=Audience.MEMBERS, licence=Licence.RESERVED)
    assert missing(cast) == []


def test_objection_is_for_the_lead_and_stands_in_the_way(cast: Cast) -> None:
    final(cast)
    Notification.objects.all().delete()
    client = cast.client(cast.friend)
    form = client.get(page(cast, "objection"))
    empty = client.post(page(cast, "objection"), {"seen": form.context["form"].initial["seen"], "objection": " "})
    assert (empty.status_code, Confirmation.objects.count()) == (422, 0)
    said = {"seen": digest(cast), "objection": "The figures of 2016 are missing."}
    assert client.post(page(cast, "objection"), said).status_code == 303
    told = Notification.objects.get()
    assert (told.user, told.detail) == (cast.lead, "The figures of 2016 are missing.")
    confirm(cast, "lead", "rapporteur")
    assert missing(cast) == ["Friend"]
    confirm(cast, "friend")
    assert missing(cast) == []


def test_lead_goes_on_with_a_reason_and_names_are_kept(cast: Cast, paper: Paper) -> None:
    final(cast)
    confirm(cast, "lead")
    client = cast.client(cast.lead)
    assert "Friend" in client.get(page(cast, "go_ahead")).content.decode()
    assert client.post(page(cast, "go_ahead"), {"seen": digest(cast), "reason": ""}).status_code == 422
    said = {"seen": digest(cast), "reason": "Ill since June; the report was read before."}
    assert client.post(page(cast, "go_ahead"), said).status_code == 303
    row = GoAhead.objects.get()
    assert (row.names, row.by, row.content_hash) == ("Friend, Rapporteur", cast.lead, digest(cast))
    event = cast.case.events.filter(kind=EventKind.SIGNED).order_by("-pk").first()
    assert event is not None
    assert (event.text, event.reason) == ("Report goes on without the word of Friend, Rapporteur", said["reason"])
    assert not any("stands behind" in text for text in reasons(cast))
    paper.text = "Another text"
    assert reasons(cast)[0] == "Not everybody stands behind the report yet: Lead, Friend, Rapporteur"


def test_going_on_without_anybody_missing_is_nothing(cast: Cast) -> None:
    final(cast)
    confirm(cast, *ASKED)
    with pytest.raises(AlreadyDone):
        approval.go_ahead(cast.case, by=cast.lead, seen=digest(cast), reason="No reason")
    assert GoAhead.objects.count() == 0


def test_secretariat_and_lead_hear_when_the_last_one_confirms(cast: Cast) -> None:
    final(cast)
    confirm(cast, "lead", "rapporteur")
    Notification.objects.all().delete()
    confirm(cast, "friend")
    told = Notification.objects.filter(text__contains="the whole team stands behind")
    assert {row.user for row in told} == {cast.secretariat, cast.lead}


def test_task_stands_on_the_page_of_everybody_who_owes_a_word(cast: Cast) -> None:
    final(cast)
    [task] = [task for task in urgent_tasks(cast.friend) if "stand behind" in task.text]
    assert (task.case, task.url) == (cast.case, f"{page(cast, 'report')}#team")
    counted = count_tasks(cast.friend, 99)
    confirm(cast, "friend")
    assert count_tasks(cast.friend, 99) == counted - 1
    assert list(waits_for(cast.friend)) == []
    assert list(waits_for(cast.observer)) == []
    take_step(cast.case, "reopen_report_text", by=cast.lead, reason="A number")
    assert list(waits_for(cast.friend)) == []
    take_step(cast.case, "start_fact_check", by=cast.lead)
    Report.objects.update(fact_check_due="2020-01-01")
    take_step(cast.case, "finalise_report", by=cast.lead)
    assert [row.case_id for row in waits_for(cast.friend)] == [cast.case.pk]


@pytest.mark.parametrize("who", ["coordinator", "sponsor"])
def test_consent_is_a_task_of_the_host_city_until_it_is_given(cast: Cast, who: str) -> None:
    person = getattr(cast, who)
    assert list(waits_for(person)) == []
    final(cast)
    [task] = [task for task in urgent_tasks(person) if "Consent" in task.text]
    assert (task.case, task.url) == (cast.case, f"{page(cast, 'report')}#consent")
    assert [row.pk for row in waits_for(cast.contributor)] == []
    counted = count_tasks(person, 99)
    Report.objects.update(consent_at=timezone.now())
    assert (count_tasks(person, 99), list(waits_for(person))) == (counted - 1, [])


def test_consent_that_the_text_has_outrun_is_a_task_again_and_told_once(cast: Cast, paper: Paper) -> None:
    final(cast)
    consent.give_consent(fresh(cast), by=cast.sponsor)
    counted = count_tasks(cast.sponsor, 99)
    Notification.objects.all().delete()
    assert (mind_consents(), list(waits_for(cast.sponsor))) == (0, [])
    paper.text, before = "Evidence that came later", paper.text
    assert (mind_consents(), mind_consents()) == (1, 0)
    assert {row.user for row in Notification.objects.all()} == {cast.coordinator, cast.sponsor}
    assert Notification.objects.count() == 2
    for person in (cast.coordinator, cast.sponsor):
        [task] = [task for task in urgent_tasks(person) if "Consent" in task.text]
        assert (task.text, task.url) == (
            "Consent again: the final report has changed",
            f"{page(cast, 'report')}#consent",
        )
    assert count_tasks(cast.sponsor, 99) == counted + 1
    paper.text = before
    assert (mind_consents(), list(waits_for(cast.sponsor))) == (0, [])
    paper.text = "Another one"
    mind_consents()
    consent.give_consent(fresh(cast), by=cast.sponsor)
    assert (Report.objects.get().consent_lapsed_at, list(waits_for(cast.sponsor))) == (None, [])


def test_nothing_is_asked_of_a_host_before_consent_and_in_a_review_at_rest(cast: Cast, paper: Paper) -> None:
    final(cast)
    assert mind_consents() == 0
    consent.give_consent(fresh(cast), by=cast.sponsor)
    paper.text = "Evidence that came later"
    cast.at(Stage.CANCELLED)
    assert (mind_consents(), Report.objects.get().consent_lapsed_at) == (0, None)


def test_nobody_says_a_word_before_the_text_is_final(cast: Cast) -> None:
    sent(cast)
    for name, data in (("confirm_report", {"seen": "x"}), ("objection", {}), ("go_ahead", {})):
        answer = cast.client(cast.lead).post(page(cast, name), data)
        assert (answer.status_code, "when the report is final" in answer.content.decode()) == (403, True)


# --- The sponsor -------------------------------------------------------------------------------------
def test_sponsor_is_told_with_the_final_text_and_it_is_kept(cast: Cast) -> None:
    final(cast)
    report = Report.objects.get()
    assert (report.sponsor_informed_at is not None, report.sponsor_informed_by) == (True, cast.lead)
    told = Notification.objects.get(user=cast.sponsor, text__contains="final report is there")
    mail_notifications([told.pk])
    [sent_mail] = mail.outbox
    assert (sent_mail.to, sent_mail.attachments) == ([cast.sponsor.email], [])
    assert page(cast, "report") in sent_mail.body
    assert cast.case.events.filter(text="Political sponsor told of the final report: Sponsor").count() == 1


def test_report_is_not_published_before_the_sponsor_knows(cast: Cast) -> None:
    membership = Membership.objects.get(case=cast.case, role="host_sponsor")
    user = membership.user
    membership.delete()
    final(cast)
    assert "The host’s political sponsor has not been told of the final report" in reasons(cast)
    client = cast.client(cast.coordinator)
    refused = client.post(page(cast, "inform_sponsor"))
    assert (refused.status_code, "no political sponsor" in refused.content.decode()) == (422, True)
    Membership.objects.create(case=cast.case, role="host_sponsor", user=user)
    assert "Tell the sponsor" in client.get(page(cast, "report")).content.decode()
    assert client.post(page(cast, "inform_sponsor")).status_code == 303
    assert client.post(page(cast, "inform_sponsor")).status_code == 409
    assert "sponsor" not in " ".join(reasons(cast))
    assert cast.client(cast.lead).post(page(cast, "inform_sponsor")).status_code == 403


# --- Readers and licence -----------------------------------------------------------------------------
def test_consent_holds_readers_and_licence(cast: Cast) -> None:
    final(cast)
    client = cast.client(cast.sponsor)
    form = client.get(page(cast, "report")).context["consent_form"]
    assert len(form.fields["licence"].choices) == 4
    sent_form = {"seen": form.initial["seen"], "audience": "members", "licence": "reserved"}
    assert client.post(page(cast, "consent"), sent_form).status_code == 303
    report = Report.objects.get()
    assert (report.audience, report.licence) == (Audience.MEMBERS, Licence.RESERVED)
    Report.objects.update(audience=Audience.PUBLIC)
    assert consent_stands(fresh(cast)) is False
    Report.objects.update(audience=Audience.MEMBERS, licence=Licence.CC_BY)
    assert consent_stands(fresh(cast)) is False
    Report.objects.update(licence=Licence.RESERVED)
    assert consent_stands(fresh(cast)) is True


def test_licence_for_everybody_is_refused_where_members_alone_may_read(cast: Cast) -> None:
    final(cast)
    client = cast.client(cast.sponsor)
    for licence in (Licence.CC_BY, Licence.CC_BY_SA, Licence.CC_BY_NC):
        answer = client.post(page(cast, "consent"), {"seen": "x", "audience": "members", "licence": licence})
        assert (answer.status_code, answer.context["form"].errors) == (422, {"licence": [OPPOSITES]})
        with pytest.raises(NotReady, match="does not go with"):
            consent.give_consent(fresh(cast), by=cast.sponsor, audience="members", licence=licence)
    assert Report.objects.get().consent_at is None


def test_consent_from_before_such_licences_were_refused_is_published(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    final(cast)
    confirm(cast, "lead", "friend", "rapporteur")
    with monkeypatch.context() as before:
        before.setattr("reports.actions.consent.contradict", lambda *_: False)
        consent.give_consent(fresh(cast), by=cast.sponsor, audience="members")
    assert "Creative Commons Attribution 4.0" in cast.client(cast.sponsor).get(page(cast, "report")).content.decode()
    take_step(cast.case, "publish_report", by=cast.secretariat)
    address = Publication.objects.get().get_absolute_url()
    assert "CC BY 4.0" in cast.client(cast.lead).get(address).content.decode()


@pytest.mark.parametrize(
    "data", [{"audience": "everybody", "licence": "CC-BY-4.0"}, {"audience": "public", "licence": ""}]
)
def test_consent_without_a_choice_is_none(cast: Cast, data: dict[str, str]) -> None:
    final(cast)
    client = cast.client(cast.sponsor)
    seen = client.get(page(cast, "consent")).context["form"].initial["seen"]
    answer = client.post(page(cast, "consent"), {"seen": seen, **data})
    assert (answer.status_code, "error-summary" in answer.content.decode()) == (422, True)
    assert Report.objects.get().consent_at is None


def test_consent_to_a_text_that_moved_on_is_not_taken(cast: Cast, paper: Paper) -> None:
    final(cast)
    client = cast.client(cast.sponsor)
    data = client.get(page(cast, "consent")).context["form"].initial
    paper.text = "Changed while the page was open"
    assert client.post(page(cast, "consent"), data).status_code == 409
    assert Report.objects.get().consent_at is None


def test_new_choice_replaces_the_consent(cast: Cast) -> None:
    final(cast)
    consent.give_consent(fresh(cast), by=cast.sponsor)
    with pytest.raises(AlreadyDone):
        consent.give_consent(fresh(cast), by=cast.sponsor)
    consent.give_consent(fresh(cast), by=cast.coordinator, audience="members", licence="reserved")
    report = Report.objects.get()
    assert (report.audience, report.consent_by) == ("members", cast.coordinator)


def test_what_was_consented_to_is_what_is_published_to_the_last_sign(cast: Cast, settings: Any) -> None:
    settings.PUBLIC_URL = "https://reviews.example.org"
    final(cast)
    agreed(cast)
    shown = printed(fresh(cast))
    take_step(cast.case, "publish_report", by=cast.secretariat)
    row = Publication.objects.get()
    assert shown.imprint is not None
    assert row.content["imprint"]["address"] == "https://reviews.example.org/library/timisoara/"
    assert row.content["imprint"]["citation"] == shown.imprint.citation
    assert (row.sha256, row.audience, row.licence) == (Report.objects.get().consent_hash, "public", "CC-BY-4.0")


# --- What a new version changes ----------------------------------------------------------------------
def new_version(cast: Cast) -> None:
    published(cast)
    take_step(cast.case, "correct_report", by=cast.secretariat, reason="A number was wrong.")


def test_erratum_begins_with_the_reason_and_can_be_reworded_until_it_is_published(cast: Cast) -> None:
    new_version(cast)
    client = cast.client(cast.rapporteur)
    form = client.get(page(cast, "erratum")).context["form"]
    assert form.initial["text"] == "A number was wrong."
    said = {"text": "It is **45** schools, not 54.", "version": form.initial["version"]}
    saved = client.post(page(cast, "erratum"), said, headers={"Accept": "application/json"})
    assert (saved.status_code, saved.json()["version"]) == (200, form.initial["version"] + 1)
    stale = client.post(page(cast, "erratum"), {**said, "text": "Mine"}, headers={"Accept": "application/json"})
    assert (stale.status_code, stale.json()["texts"]) == (409, {"text": said["text"]})
    with pytest.raises(StaleText):
        approval.save_erratum(cast.case, by=cast.lead, text="Mine", version=said["version"])
    take_step(cast.case, "start_fact_check", by=cast.lead)
    Report.objects.update(fact_check_due="2020-01-01")
    take_step(cast.case, "finalise_report", by=cast.lead)
    new = publish(cast)
    assert new.erratum == "It is **45** schools, not 54."
    assert "<strong>45</strong>" in new.content["imprint"]["erratum"]
    assert client.get(page(cast, "erratum")).status_code == 403
    old = cast.client(cast.stranger).get("/library/timisoara/").content.decode()
    assert "What changed: It is 45 schools, not 54." in old


def test_new_version_is_not_published_before_it_says_what_it_changes(cast: Cast) -> None:
    new_version(cast)
    take_step(cast.case, "start_fact_check", by=cast.lead)
    Report.objects.update(fact_check_due="2020-01-01")
    take_step(cast.case, "finalise_report", by=cast.lead)
    approval.save_erratum(cast.case, by=cast.lead, text=" ", version=Report.objects.get().erratum_version)
    agreed(cast)
    assert reasons(cast) == ["The new version does not say what it changes"]
    with pytest.raises(NotReady):
        take_step(cast.case, "publish_report", by=cast.secretariat)


def test_erratum_is_part_of_what_the_host_consents_to(cast: Cast) -> None:
    new_version(cast)
    take_step(cast.case, "start_fact_check", by=cast.lead)
    Report.objects.update(fact_check_due="2020-01-01")
    take_step(cast.case, "finalise_report", by=cast.lead)
    agreed(cast)
    approval.save_erratum(cast.case, by=cast.lead, text="More.", version=Report.objects.get().erratum_version)
    assert consent_stands(fresh(cast)) is False
    assert missing(cast) == []


def test_consent_to_an_erratum_that_was_reworded_meanwhile_is_not_taken(cast: Cast) -> None:
    new_version(cast)
    take_step(cast.case, "start_fact_check", by=cast.lead)
    Report.objects.update(fact_check_due="2020-01-01")
    take_step(cast.case, "finalise_report", by=cast.lead)
    client = cast.client(cast.sponsor)
    data = client.get(page(cast, "consent")).context["form"].initial
    number = Report.objects.get().erratum_version
    approval.save_erratum(cast.case, by=cast.lead, text="The city had hidden it.", version=number)
    assert client.post(page(cast, "consent"), data).status_code == 409
    assert Report.objects.get().consent_at is None
    read_again = client.get(page(cast, "consent")).context["form"].initial
    assert client.post(page(cast, "consent"), read_again).status_code == 303


# --- The way -----------------------------------------------------------------------------------------
def test_way_says_what_is_done_and_who_is_next(cast: Cast) -> None:
    sent(cast)
    client = cast.client(cast.secretariat)

    def way() -> list[tuple[str, bool, bool]]:
        found = client.get(page(cast, "report")).context["way"]
        return [(station.label, station.is_done, station.is_next) for station in found]

    labels = [label for label, _, _ in way()]
    assert [(done, next_) for _, done, next_ in way()] == [(True, False), (False, True), *[(False, False)] * 5]
    Report.objects.update(fact_check_due="2020-01-01")
    take_step(cast.case, "finalise_report", by=cast.lead)
    assert way()[3:] == [
        (labels[3], False, True),
        (labels[4], True, False),
        (labels[5], False, True),
        (labels[6], False, False),
    ]
    publish(cast)
    assert [done for _, done, _ in way()] == [True] * 7
