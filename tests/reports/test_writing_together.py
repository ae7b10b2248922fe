"""Writing the report together: owners, statuses, versions, locks, comments, tasks and reminders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.errors import NotAllowed, NotReady, NotThere
from people.models import Notification
from people.tasks import mail_notifications
from reports.actions import section_comments as talk
from reports.actions.section_locks import leave, sign_of_life, take_over
from reports.actions.section_owners import Given, share_out
from reports.actions.section_status import set_status
from reports.actions.section_versions import KEPT_EVERY, restore
from reports.actions.sections import save_section
from reports.enums import SectionStatus
from reports.models import Report, ReportSection, SectionComment
from reports.queries.locks import writer_of
from reports.tasks import remind_of_sections
from reviews.actions.steps import take_step
from reviews.enums import Role
from reviews.models import CaseEvent, Finding, Membership
from reviews.queries.tasks import count_tasks, urgent_tasks
from tests.cast import Cast
from tests.reports.conftest import Paper
from tests.reports.test_report import reporting

pytestmark = pytest.mark.usefixtures("paper")

Capture = Callable[..., Any]
JSON = {"Accept": "application/json"}
SECTION = ("timisoara", "summary")


@pytest.fixture
def row(cast: Cast) -> ReportSection:
    """The summary of a report that is being written."""
    reporting(cast)
    return ReportSection.objects.get(key="summary")


def write(cast: Cast, who: str, text: str, key: str = "summary") -> ReportSection:
    row = ReportSection.objects.get(key=key)
    save_section(cast.case, key, by=getattr(cast, who), text=text, version=row.version)
    return ReportSection.objects.get(key=key)


def give(cast: Cast, who: str, key: str = "summary", *, days: int | None = None) -> None:
    due = timezone.localdate() + timedelta(days=days) if days is not None else None
    share_out(cast.case, {key: Given(getattr(cast, who).pk, due)}, by=cast.lead)


def kept(row: ReportSection) -> list[tuple[int, str]]:
    return list(row.versions.values_list("number", "text"))


def address(name: str, *more: object) -> str:
    return reverse(f"reports:{name}", args=more or SECTION)


# --- Owners ------------------------------------------------------------------------------------------
def test_friend_writes_the_section_that_is_theirs_and_no_other(cast: Cast, row: ReportSection) -> None:
    client = cast.client(cast.friend)
    assert client.post(address("section"), {"text": "Mine", "version": 1}).status_code == 403
    give(cast, "friend")
    assert client.post(address("section"), {"text": "Mine", "version": 1}).status_code == 303
    assert client.post(address("section", "timisoara", "context"), {"text": "x", "version": 1}).status_code == 403
    with pytest.raises(NotAllowed, match="given to you"):
        save_section(cast.case, "context", by=cast.friend, text="x", version=1)


def test_page_shows_the_form_to_who_may_write(cast: Cast, row: ReportSection) -> None:
    give(cast, "friend")
    pages = {name: cast.client(getattr(cast, name)).get(address("section")).content for name in ("friend", "observer")}
    assert b'id="section-form"' in pages["friend"]
    assert b'id="section-form"' not in pages["observer"]


def test_owner_is_told_with_a_link_and_no_content(cast: Cast, row: ReportSection) -> None:
    give(cast, "friend", days=5)
    told = Notification.objects.get()
    due = timezone.localdate() + timedelta(days=5)
    assert (told.user, told.url) == (cast.friend, address("section"))
    assert told.text == f"{cast.case.title}: you write section “Summary” of the report by {due:%-d %B %Y}"


@pytest.mark.parametrize("who", ["observer", "coordinator", "stranger"])
def test_section_is_given_to_nobody_else(cast: Cast, row: ReportSection, who: str) -> None:
    with pytest.raises(NotReady, match="interests are cleared"):
        give(cast, who)


def test_friend_shares_nothing_out(cast: Cast, row: ReportSection) -> None:
    with pytest.raises(NotAllowed):
        share_out(cast.case, {"summary": Given(cast.friend.pk, None)}, by=cast.friend)


def test_sharing_page_takes_only_what_was_changed_on_it(cast: Cast, row: ReportSection) -> None:
    client = cast.client(cast.rapporteur)
    page = client.get(address("share", "timisoara"))
    sent: dict[str, Any] = {}
    for _line, form in page.context["rows"]:
        for field in form:
            sent[field.html_name] = sent[field.html_initial_name] = field.value() or ""
    give(cast, "friend", "context")
    answered = client.post(address("share", "timisoara"), sent | {"summary-owner": cast.lead.pk})
    owners = dict(ReportSection.objects.exclude(owner=None).values_list("key", "owner__name"))
    assert (answered.status_code, owners) == (303, {"context": "Friend", "summary": "Lead"})


def test_sharing_page_says_what_is_wrong(cast: Cast, row: ReportSection) -> None:
    answered = cast.client(cast.lead).post(address("share", "timisoara"), {"summary-due": "soon"})
    assert (answered.status_code, "Please give a day" in answered.content.decode()) == (422, True)


# --- Tasks and reminders -----------------------------------------------------------------------------
def test_section_is_a_task_until_it_can_be_read(cast: Cast, row: ReportSection) -> None:
    before = count_tasks(cast.friend, 100)
    give(cast, "friend", days=-1)
    task = next(task for task in urgent_tasks(cast.friend) if "section" in task.text)
    assert (task.text, task.url, task.is_late) == (
        "Write the section “Summary” of the report",
        address("section"),
        True,
    )
    assert count_tasks(cast.friend, 100) == before + 1
    write(cast, "friend", "In short.")
    set_status(cast.case, "summary", SectionStatus.TO_READ, by=cast.friend)
    assert count_tasks(cast.friend, 100) == before


def test_who_left_the_team_has_no_task(cast: Cast, row: ReportSection) -> None:
    give(cast, "friend")
    Membership.objects.filter(user=cast.friend).delete()
    assert not [task for task in urgent_tasks(cast.friend) if "section" in task.text]


def test_owners_are_reminded_the_day_before_once_late_and_each_week(cast: Cast, row: ReportSection) -> None:
    give(cast, "friend", days=2)
    give(cast, "friend", "context", days=2)
    reminded = []
    for day in range(14):
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            if remind_of_sections():
                reminded.append(day)
    assert reminded == [1, 3, 10]


def test_reminder_has_no_content(cast: Cast, row: ReportSection) -> None:
    give(cast, "friend", days=0)
    Notification.objects.all().delete()
    remind_of_sections()
    text = Notification.objects.get().text
    assert text.startswith(f"{cast.case.title}: your part of the report is due ")


# --- Status ------------------------------------------------------------------------------------------
def test_first_words_begin_the_writing(cast: Cast, row: ReportSection) -> None:
    assert row.status == SectionStatus.OPEN
    assert write(cast, "lead", "A word").status == SectionStatus.WRITING


def test_change_of_an_agreed_text_takes_the_agreement_back_and_says_so(cast: Cast, row: ReportSection) -> None:
    write(cast, "lead", "A word")
    set_status(cast.case, "summary", SectionStatus.AGREED, by=cast.lead)
    client = cast.client(cast.rapporteur)
    answered = client.post(address("section"), {"text": "Another", "version": 2}, headers=JSON)
    page = client.get(address("section_desk"), {"was": "agreed"}).content.decode()
    assert answered.json()["status"] == SectionStatus.TO_READ
    assert "no longer agreed" in page


@pytest.mark.parametrize(
    ("who", "may"), [("lead", True), ("rapporteur", True), ("friend", False), ("secretariat", False)]
)
def test_lead_and_rapporteur_agree(cast: Cast, row: ReportSection, who: str, *, may: bool) -> None:
    give(cast, "friend")
    write(cast, "friend", "A word")
    answered = cast.client(getattr(cast, who)).post(address("section_status"), {"status": "agreed"})
    assert (answered.status_code == 303) == may
    assert (ReportSection.objects.get(key="summary").status == SectionStatus.AGREED) == may


def test_who_agrees_is_told_and_then_the_owner(cast: Cast, row: ReportSection) -> None:
    give(cast, "friend")
    write(cast, "friend", "A word")
    Notification.objects.all().delete()
    set_status(cast.case, "summary", SectionStatus.TO_READ, by=cast.friend)
    set_status(cast.case, "summary", SectionStatus.AGREED, by=cast.lead)
    told = set(Notification.objects.values_list("user__name", "text"))
    words = f"{cast.case.title}: section “Summary” of the report "
    assert told == {
        ("Lead", f"{words}is ready to be read"),
        ("Rapporteur", f"{words}is ready to be read"),
        ("Friend", f"{words}is agreed"),
    }


def test_empty_section_is_not_agreed(cast: Cast, row: ReportSection) -> None:
    ReportSection.objects.update(draws=[])
    with pytest.raises(NotReady, match="Nothing is written"):
        set_status(cast.case, "summary", SectionStatus.AGREED, by=cast.lead)


def test_section_that_nobody_began_is_first_ready_to_be_read_then_agreed(cast: Cast, row: ReportSection) -> None:
    client = cast.client(cast.lead)
    assert offered(client) == []
    ReportSection.objects.update(text="What the outline begins with")
    assert offered(client) == ["It is ready to be read"]
    with pytest.raises(NotReady, match="Nobody has begun this section"):
        set_status(cast.case, "summary", SectionStatus.AGREED, by=cast.lead)
    set_status(cast.case, "summary", SectionStatus.TO_READ, by=cast.lead)
    assert offered(client) == ["Agree", "Write on"]
    set_status(cast.case, "summary", SectionStatus.AGREED, by=cast.lead)
    assert offered(client) == ["Take the agreement back"]


def offered(client: Client) -> list[str]:
    """What somebody can say of the summary now."""
    return [move.label for move in client.get(address("section_desk")).context["moves"]]


# --- Versions ----------------------------------------------------------------------------------------
def test_version_is_kept_when_another_person_goes_on(cast: Cast, row: ReportSection) -> None:
    write(cast, "lead", "One")
    write(cast, "lead", "One two")
    write(cast, "rapporteur", "One two three")
    assert kept(row) == [(3, "One two"), (1, "")]


def test_version_is_kept_at_least_every_ten_minutes_of_writing(cast: Cast, row: ReportSection) -> None:
    start = timezone.now()
    for minute in range(0, 31, 6):
        with time_machine.travel(start + timedelta(minutes=minute)):
            write(cast, "lead", f"Minute {minute}")
    assert [text for _, text in kept(row)] == ["Minute 18", "Minute 6", ""]
    assert timedelta(minutes=10) == KEPT_EVERY


def test_version_is_kept_before_half_of_a_text_goes(cast: Cast, row: ReportSection) -> None:
    long = "word " * 50
    write(cast, "lead", long)
    write(cast, "lead", "")
    assert kept(row) == [(2, long), (1, "")]


def test_every_section_is_kept_when_the_draft_is_sent(cast: Cast, row: ReportSection) -> None:
    for key in ("summary", "context", "answers"):
        write(cast, "lead", f"Of {key}", key)
    Finding.objects.create(case=cast.case, kind="strength", text="Good.", status="shared")
    take_step(cast.case, "start_fact_check", by=cast.rapporteur)
    version = row.versions.get(number=2)
    assert (version.text, version.by, version.note) == ("Of summary", cast.lead, "Sent to the host for its fact check")


def test_restored_text_is_a_new_version_and_the_text_before_is_kept(cast: Cast, row: ReportSection) -> None:
    write(cast, "lead", "First")
    write(cast, "rapporteur", "Second")
    answered = cast.client(cast.lead).post(address("section_restore", *SECTION, 2))
    row.refresh_from_db()
    assert (answered.status_code, row.text, row.version, row.updated_by) == (303, "First", 4, cast.lead)
    assert kept(row) == [(4, "First"), (3, "Second"), (2, "First"), (1, "")]
    assert row.versions.get(number=4).note == "The text of version 2 again"


def test_nothing_is_set_back_under_somebody_who_writes(cast: Cast, row: ReportSection) -> None:
    write(cast, "lead", "First")
    sign_of_life(cast.seat(cast.rapporteur), ReportSection.objects.get(key="summary"))
    with pytest.raises(NotReady, match="Rapporteur is writing here now"):
        restore(cast.case, "summary", 1, by=cast.lead)
    with pytest.raises(NotThere):
        restore(cast.case, "summary", 77, by=cast.rapporteur)


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_versions_compares_two_and_costs_the_same(
    cast: Cast, row: ReportSection, number: int, django_assert_num_queries: Capture
) -> None:
    for turn in range(number):
        write(cast, "lead", f"Lead wrote {turn}")
        write(cast, "rapporteur", f"Rapporteur wrote {turn}")
    client = cast.client(cast.observer)
    with django_assert_num_queries(11):
        page = client.get(address("section_versions"), {"old": 2, "new": 3}).content.decode()
    assert ">Lead<" in page
    assert ">Rapporteur<" in page
    assert "Set back" not in page
    assert client.get(address("section_versions"), {"old": 99}).status_code == 404


# --- Locks -------------------------------------------------------------------------------------------
def sign(cast: Cast, who: str, state: str = "writing") -> dict[str, Any]:
    answered = cast.client(getattr(cast, who)).post(address("section_presence"), {"state": state}, headers=JSON)
    assert answered.status_code == 200, answered.content
    found: dict[str, Any] = answered.json()
    return found


def test_writer_is_shown_to_the_others_who_read_and_can_take_over(cast: Cast, row: ReportSection) -> None:
    write(cast, "lead", "So far.")
    assert sign(cast, "lead")["writer"]["is_me"] is True
    heard = sign(cast, "rapporteur")["writer"]
    page = cast.client(cast.rapporteur).get(address("section")).content.decode()
    assert (heard["name"], heard["is_me"]) == ("Lead", False)
    assert "Lead is writing here since" in page
    assert "So far." in page
    assert 'id="section-form"' not in page
    assert "Yes, I go on writing here" in page


def test_lock_is_forgotten_without_a_sign_of_life(cast: Cast, row: ReportSection) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        sign(cast, "lead")
    with time_machine.travel(start + timedelta(seconds=30), tick=False):
        since = sign(cast, "lead")["writer"]["since"]
    with time_machine.travel(start + timedelta(seconds=74), tick=False):
        assert sign(cast, "rapporteur", "reading")["writer"] == {"name": "Lead", "since": since, "is_me": False}
    with time_machine.travel(start + timedelta(seconds=76), tick=False):
        assert sign(cast, "rapporteur", "reading")["writer"] is None
        assert sign(cast, "rapporteur")["writer"]["name"] == "Rapporteur"


def test_who_leaves_lets_the_section_go_and_only_their_own(cast: Cast, row: ReportSection) -> None:
    sign(cast, "lead")
    assert sign(cast, "rapporteur", "left")["writer"]["name"] == "Lead"
    assert sign(cast, "lead", "left")["writer"] is None
    leave(cast.seat(cast.lead), row)
    assert ReportSection.objects.get(pk=row.pk).locked_by is None


def test_taking_over_tells_the_one_before_and_keeps_the_text(cast: Cast, row: ReportSection) -> None:
    write(cast, "lead", "So far.")
    sign(cast, "lead")
    answered = cast.client(cast.rapporteur).post(address("take_over"))
    told = Notification.objects.get()
    assert answered.status_code == 303
    assert (told.user, told.url) == (cast.lead, address("section"))
    assert sign(cast, "lead")["writer"]["name"] == "Rapporteur"
    assert row.versions.get(number=2).note == "Before Rapporteur took over from Lead"
    assert b'id="section-form"' in cast.client(cast.rapporteur).get(address("section")).content


def test_saving_never_asks_for_the_lock(cast: Cast, row: ReportSection) -> None:
    """Who lost the section, and who has no scripts, still saves by the number of the version."""
    sign(cast, "rapporteur")
    client = cast.client(cast.lead)
    assert client.post(address("section"), {"text": "Mine", "version": 1}).status_code == 303
    assert client.post(address("section"), {"text": "Old", "version": 1}, headers=JSON).status_code == 409
    assert writer_of(ReportSection.objects.select_related("locked_by").get(pk=row.pk)) == cast.rapporteur


def test_nobody_holds_what_they_may_not_write(cast: Cast, row: ReportSection) -> None:
    for act in (
        lambda: sign_of_life(cast.seat(cast.friend), row),
        lambda: take_over(cast.seat(cast.friend), "summary"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert ReportSection.objects.get(pk=row.pk).locked_by is None


def test_sign_of_life_costs_few_queries(cast: Cast, row: ReportSection, django_assert_num_queries: Capture) -> None:
    client = cast.client(cast.lead)
    with django_assert_num_queries(8):
        client.post(address("section_presence"), {"state": "writing"}, headers=JSON)


# --- Comments ----------------------------------------------------------------------------------------
def test_comment_tells_the_owner_and_who_spoke_before(cast: Cast, row: ReportSection, mailoutbox: list[Any]) -> None:
    give(cast, "friend")
    talk.add_comment(cast.seat(cast.rapporteur), "summary", "Too long?")
    Notification.objects.all().delete()
    made = talk.add_comment(cast.seat(cast.lead), "summary", "Secret words", quoted=" In short ")
    mail_notifications(list(Notification.objects.values_list("pk", flat=True)))
    told = {(row.user.name, row.text, row.detail) for row in Notification.objects.select_related("user")}
    words = f"{cast.case.title}: Lead comments on section “Summary” of the report"
    assert told == {("Friend", words, ""), ("Rapporteur", words, "")}
    assert (made.quoted, made.text) == ("In short", "Secret words")
    assert sorted(sent.to[0] for sent in mailoutbox) == ["friend@example.org", "rapporteur@example.org"]
    assert not [sent for sent in mailoutbox if "Secret" in sent.body or "In short" in sent.body]


def test_comment_sent_twice_is_one(cast: Cast, row: ReportSection) -> None:
    sent = {"text": "Shorter?", "quoted": "In short", "client_id": str(uuid4())}
    client = cast.client(cast.friend)
    answers = [client.post(address("section_comments"), sent) for _ in range(2)]
    made = SectionComment.objects.get()
    assert [answered["Location"] for answered in answers] == [f"{address('section')}#said-{made.pk}"] * 2
    assert cast.client(cast.lead).post(address("section_comments"), sent).status_code == 403


def test_comment_is_settled_and_opened_again(cast: Cast, row: ReportSection) -> None:
    made = talk.add_comment(cast.seat(cast.friend), "summary", "Shorter?")
    client = cast.client(cast.lead)
    client.post(address("section_comment_settle", "timisoara", made.pk))
    made.refresh_from_db()
    assert made.resolved_by == cast.lead
    client.post(address("section_comment_reopen", "timisoara", made.pk))
    made.refresh_from_db()
    assert made.resolved_at is None
    assert made.resolved_by is None


def test_empty_comment_comes_back_with_every_word(cast: Cast, row: ReportSection) -> None:
    answered = cast.client(cast.friend).post(address("section_comments"), {"text": " ", "quoted": "these words"})
    page = answered.content.decode()
    assert (answered.status_code, "Please write something first." in page, "these words" in page) == (422, True, True)


@pytest.mark.parametrize("status", ["drafting", "fact_check", "final", "published"])
def test_host_never_sees_the_work_of_the_team(cast: Cast, row: ReportSection, paper: Paper, status: str) -> None:
    give(cast, "friend", days=3)
    write(cast, "friend", "In short.")
    talk.add_comment(cast.seat(cast.friend), "summary", "Words for the team alone")
    Report.objects.update(status=status)
    for who in (cast.coordinator, cast.sponsor):
        client = cast.client(who)
        pages = [client.get(f"/cases/timisoara/{page}") for page in ("", "timeline/", "report/", "report/read/")]
        pages += [client.get(address(name)) for name in ("section", "section_desk", "section_versions")]
        pages += [
            client.get(address("section_comments")),
            client.post(address("section_presence"), {"state": "reading"}),
        ]
        texts = [page.content.decode() for page in pages]
        assert not [text for text in texts if "Words for the team alone" in text or "given to Friend" in text]
        assert {page.status_code for page in pages[5:]} == {403}
    assert not CaseEvent.objects.filter(text__contains="ection", team_only=False).exists()


# --- The table ---------------------------------------------------------------------------------------
def test_report_says_what_is_next_and_who_must_act(cast: Cast, row: ReportSection) -> None:
    ReportSection.objects.exclude(key__in=("summary", "context", "answers")).delete()
    give(cast, "friend", days=-2)
    give(cast, "rapporteur", "context", days=9)
    write(cast, "rapporteur", "A city.", "context")
    set_status(cast.case, "context", SectionStatus.TO_READ, by=cast.rapporteur)
    talk.add_comment(cast.seat(cast.lead), "context", "Which one?")
    sign(cast, "friend")
    page = cast.client(cast.lead).get(address("report", "timisoara"))
    leaders = f"{Role.LEAD.label} or {Role.RAPPORTEUR.label.lower()}"
    assert [(reason.text, reason.who) for reason in page.context["to_do"]] == [
        ("“Answers to the guiding questions” has no owner yet", leaders),
        ("“Summary” is 2 days late", "Friend"),
        ("1 open comment of the team on “The host city and its context”", "Rapporteur"),
        ("“The host city and its context” waits to be read and agreed", leaders),
    ]
    assert "Friend is writing now" in page.content.decode()
