"""Writing the report: its sections, the order of its steps, and who may do what when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from people.errors import AlreadyDone, NotAllowed, NotReady, NotThere, StaleText
from reports import contents
from reports.actions import consent, fact_answers, fact_checks, fact_comments
from reports.actions import reports as actions
from reports.actions.sections import save_section
from reports.calendar import add_working_days
from reports.enums import FactAnswer, FactKind, ReportStatus
from reports.forms.fact_checks import AnswerInput, CommentInput
from reports.models import FactComment, Report
from reports.outline import built_in
from reviews.actions.steps import take_step
from reviews.enums import EventKind, MilestoneKind, Stage
from reviews.models import Case, Finding
from reviews.requirements import unmet
from tests.cast import Cast
from tests.factories import make_case
from tests.kept import made_after
from tests.reports.conftest import Paper

pytestmark = pytest.mark.usefixtures("paper")

Capture = Callable[..., Any]
WRITTEN = {"summary": "In short.", "context": "A city.", "answers": "Yes."}


def kept(cast: Cast, name: str, make: Callable[[], object]) -> Report:
    """Bring the report as far as `make` does. A process does it once, the rows are written again afterwards."""
    paper = getattr(vars(contents)["compose_document"], "__self__", None)
    shown = (paper.text, paper.anchor) if isinstance(paper, Paper) else ()
    made_after(make, name, cast.case.pk, *shown, settings.PUBLIC_URL, settings.CONTACT_EMAIL)
    cast.case = Case.objects.select_related("host_city", "working_group").get(pk=cast.case.pk)
    return Report.objects.get(case=cast.case)


def reporting(cast: Cast) -> Report:
    """The case has come to its report, which is empty."""
    return kept(cast, "reporting", lambda: actions.report_of(cast.at(Stage.REPORTING)))


def ready_to_send(cast: Cast) -> Report:
    """A report that has what the fact check needs."""

    def make() -> None:
        report = reporting(cast)
        for key, text in WRITTEN.items():
            report.sections.filter(key=key).update(text=text)
        Finding.objects.create(case=cast.case, kind="strength", text="Good.", status="shared")

    return kept(cast, "ready to send", make)


def sent(cast: Cast) -> Report:
    """The host has the draft."""

    def make() -> None:
        ready_to_send(cast)
        take_step(cast.case, "start_fact_check", by=cast.rapporteur)

    return kept(cast, "sent", make)


def final(cast: Cast) -> Report:
    """The text stands."""

    def make() -> None:
        sent(cast)
        fact_checks.close_fact_check(fresh(cast), by=cast.coordinator)
        take_step(cast.case, "finalise_report", by=cast.lead)

    return kept(cast, "final", make)


def fresh(cast: Cast) -> Case:
    return Case.objects.select_related("report", "host_city").get(pk=cast.case.pk)


def comment(cast: Cast, place: str = "s5-p1", text: str = "It is 45 schools.") -> FactComment:
    said = CommentInput(place=place, kind=FactKind.FACT, text=text, proposal="45 schools")
    return fact_comments.add_comment(fresh(cast), by=cast.coordinator, said=said)


def answer(
    cast: Cast, found: FactComment, *, by: str = "rapporteur", verdict: str = "accepted", reason: str = ""
) -> None:
    said = AnswerInput(answer=verdict, reason=reason, seen=found.seen)
    fact_answers.answer_comment(fresh(cast), found.number, by=getattr(cast, by), said=said)


def address(cast: Cast, name: str, *more: object) -> str:
    return reverse(f"reports:{name}", args=(cast.case.slug, *more))


# --- The report and its sections ---------------------------------------------------------------------
def test_report_has_every_section_of_the_outline_once(cast: Cast) -> None:
    report = reporting(cast)
    assert actions.report_of(cast.case).pk == report.pk
    keys = list(report.sections.values_list("key", "title", "position"))
    plans = enumerate(built_in().sections, start=1)
    assert keys == [(plan.key, plan.title, position) for position, plan in plans]


def test_report_opens_with_the_step_of_the_case(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reviews.actions.steps.requirements.unmet", lambda *_: [])
    cast.at(Stage.FEEDBACK)
    take_step(cast.case, "start_report", by=cast.lead)
    assert Report.objects.get(case=cast.case).sections.count() == len(built_in().sections)


def test_section_is_saved_with_the_next_version_and_one_line_on_the_timeline(cast: Cast) -> None:
    report = reporting(cast)
    first = save_section(cast.case, "summary", by=cast.lead, text="One", version=1)
    second = save_section(cast.case, "summary", by=cast.lead, text="One two", version=first.version)
    row = report.sections.get(key="summary")
    assert (row.text, row.version, row.updated_by, second.version) == ("One two", 3, cast.lead, 3)
    events = cast.case.events.filter(kind=EventKind.EDITED)
    assert [(event.text, event.team_only) for event in events] == [("Section “Summary” of the report changed", True)]


def test_section_that_moved_on_is_not_overwritten(cast: Cast) -> None:
    reporting(cast)
    save_section(cast.case, "summary", by=cast.lead, text="Theirs", version=1)
    with pytest.raises(StaleText) as refused:
        save_section(cast.case, "summary", by=cast.rapporteur, text="Mine", version=1)
    assert (refused.value.texts, refused.value.by, refused.value.version) == ({"text": "Theirs"}, "Lead", 2)


def test_section_saved_twice_with_the_same_text_stays(cast: Cast) -> None:
    reporting(cast)
    save_section(cast.case, "summary", by=cast.lead, text="Same", version=1)
    assert save_section(cast.case, "summary", by=cast.lead, text="Same", version=1).version == 2


def test_unknown_section_is_not_there(cast: Cast) -> None:
    reporting(cast)
    with pytest.raises(NotThere):
        save_section(cast.case, "gossip", by=cast.lead, text="x", version=1)


def test_autosave_answers_for_programs_and_for_forms(cast: Cast) -> None:
    reporting(cast)
    client, url = cast.client(cast.rapporteur), address(cast, "section", "summary")
    asks_json = {"Accept": "application/json"}
    saved = client.post(url, {"text": "One", "version": 1}, headers=asks_json)
    stale = client.post(url, {"text": "Two", "version": 1}, headers=asks_json)
    form = client.post(url, {"text": "Three", "version": 2})
    broken = client.post(url, {"text": "Four", "version": "x"}, headers=asks_json)
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    assert (stale.status_code, stale.json()["code"], stale.json()["texts"]) == (409, "stale", {"text": "One"})
    assert (form.status_code, form["Location"]) == (303, url)
    assert broken.status_code == 422


EDITORS = {"secretariat", "lead", "rapporteur"}
TEAM = {"secretariat", "lead", "rapporteur", "friend", "observer"}
CHIEFS = {"coordinator", "sponsor"}


@pytest.mark.parametrize(
    ("status", "writes", "reads"),
    [
        ("drafting", EDITORS, TEAM),
        ("fact_check", EDITORS, TEAM | CHIEFS),
        ("final", set(), TEAM | CHIEFS),
        ("published", set(), TEAM | CHIEFS),
    ],
)
def test_who_reads_and_writes_in_each_state(cast: Cast, status: str, writes: set[str], reads: set[str]) -> None:
    reporting(cast)
    Report.objects.update(status=status)
    wrote, read = set(), set()
    for name, user in cast.people.items():
        client = cast.client(user)
        answered = client.post(address(cast, "section", "summary"), {"text": name, "version": 1})
        if answered.status_code in {303, 409}:
            wrote.add(name)
        if client.get(address(cast, "report")).status_code == 200:
            read.add(name)
    assert (wrote, read) == (writes, reads)


def test_host_does_not_reach_the_working_draft(cast: Cast) -> None:
    sent(cast)
    client = cast.client(cast.coordinator)
    assert client.get(address(cast, "read")).status_code == 303
    assert client.get(address(cast, "section", "summary")).status_code == 303
    assert client.post(address(cast, "section_preview", "summary"), {"text": "x"}).status_code == 403


def test_host_reads_the_text_it_consents_to(cast: Cast, paper: Paper) -> None:
    final(cast)
    paper.text = "Changed after the fact check"
    page = cast.client(cast.sponsor).get(address(cast, "read")).content.decode()
    assert "Changed after the fact check" in page
    assert "doc-place-number" not in page


def test_friend_reads_only_after_the_declaration(cast: Cast) -> None:
    reporting(cast)
    cast.case.declarations.filter(user=cast.friend).delete()
    assert cast.client(cast.friend).get(address(cast, "read")).status_code == 403


def test_hostile_texts_are_shown_as_words(cast: Cast) -> None:
    reporting(cast)
    text = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    save_section(cast.case, "summary", by=cast.lead, text=text, version=1)
    Report.objects.update(status="final")
    page = cast.client(cast.friend).get(address(cast, "section", "summary")).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


# --- Sending the draft -------------------------------------------------------------------------------
def test_draft_is_not_sent_before_it_says_something(cast: Cast) -> None:
    reporting(cast)
    Case.objects.update(stage=Stage.FEEDBACK)
    reasons = [(reason.text, reason.url) for reason in unmet(fresh(cast), "start_fact_check")]
    assert reasons == [
        ("The review has not come to its report yet", "/cases/timisoara/"),
        ("The section “Summary” is empty", "/cases/timisoara/report/sections/summary/"),
        ("The section “The host city and its context” is empty", "/cases/timisoara/report/sections/context/"),
        ("The section “Answers to the guiding questions” is empty", "/cases/timisoara/report/sections/answers/"),
        ("No finding has been released to the host", "/cases/timisoara/findings/"),
    ]
    with pytest.raises(NotReady):
        take_step(cast.case, "start_fact_check", by=cast.lead)


@time_machine.travel("2026-06-12 10:00", tick=False)
def test_draft_is_kept_as_sent_with_ten_working_days(cast: Cast, paper: Paper) -> None:
    report = sent(cast)
    draft = report.sent_drafts.get()
    paper.text = "Rewritten"
    kept = draft.content["chapters"][0]["blocks"][0]["html"]
    deadline = cast.case.milestones.get(kind=MilestoneKind.FACT_CHECK)
    assert (report.status, report.fact_check_due) == (ReportStatus.FACT_CHECK, date(2026, 6, 26))
    assert (draft.number, draft.sent_by, kept) == (1, cast.rapporteur, "<p>What we found</p>")
    assert (deadline.due, deadline.is_manual) == (date(2026, 6, 26), True)
    page = cast.client(cast.sponsor).get(address(cast, "fact_check")).content.decode()
    assert "What we found" in page
    assert "Rewritten" not in page


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [("2026-06-12", 10, "2026-06-26"), ("2026-06-13", 1, "2026-06-15"), ("2026-06-15", 5, "2026-06-22")],
)
def test_working_days_leave_out_weekends(start: str, days: int, end: str) -> None:
    assert add_working_days(date.fromisoformat(start), days) == date.fromisoformat(end)


def test_draft_taken_back_is_out_of_sight_and_sent_again_as_the_next(cast: Cast) -> None:
    report = sent(cast)
    comment(cast)
    take_step(cast.case, "take_report_back", by=cast.lead, reason="A chapter was missing")
    assert cast.client(cast.coordinator).get(address(cast, "fact_check")).status_code == 403
    take_step(cast.case, "start_fact_check", by=cast.lead)
    page = cast.client(cast.coordinator).get(address(cast, "fact_check")).content.decode()
    assert list(report.sent_drafts.values_list("number", flat=True)) == [2, 1]
    assert "1 comment on earlier drafts" in page


# --- Comments and answers ----------------------------------------------------------------------------
def test_comment_keeps_its_number_and_the_words_it_is_about(cast: Cast) -> None:
    sent(cast)
    first, second = comment(cast), comment(cast, text="Two")
    fact_comments.withdraw_comment(fresh(cast), second.number, by=cast.coordinator)
    third = comment(cast, text="Three")
    assert [row.number for row in (first, second, third)] == [1, 2, 3]
    assert (first.label, first.quoted) == ("1", "What we found")
    event = cast.case.events.filter(kind=EventKind.COMMENTED).last()
    assert event is not None
    assert event.text == "Comment 1 on paragraph 1 of the draft: a fact is wrong"


def test_comment_on_a_paragraph_that_is_not_there(cast: Cast) -> None:
    sent(cast)
    with pytest.raises(NotThere):
        comment(cast, place="s5-p99")


@pytest.mark.parametrize("status", ["drafting", "final", "published"])
def test_comments_are_for_the_time_of_the_fact_check(cast: Cast, status: str) -> None:
    sent(cast)
    Report.objects.update(status=status)
    with pytest.raises(NotAllowed):
        comment(cast)


@pytest.mark.parametrize("who", ["lead", "rapporteur", "contributor", "friend", "secretariat"])
def test_only_the_host_comments(cast: Cast, who: str) -> None:
    sent(cast)
    client = cast.client(getattr(cast, who))
    sent_form = {"place": "s5-p1", "kind": "fact", "text": "x"}
    assert client.post(address(cast, "add_comment"), sent_form).status_code == 403


@pytest.mark.parametrize("who", ["friend", "observer", "coordinator", "sponsor"])
def test_only_who_reports_answers(cast: Cast, who: str) -> None:
    sent(cast)
    comment(cast)
    client = cast.client(getattr(cast, who))
    assert client.post(address(cast, "answer_comment", 1), {"c1-answer": "accepted"}).status_code == 403


def test_two_answers_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    sent(cast)
    shown = comment(cast)
    answer(cast, shown)
    with pytest.raises(AlreadyDone):
        answer(cast, shown, by="lead", verdict="declined", reason="No")
    assert FactComment.objects.get().answer == FactAnswer.ACCEPTED


def test_answered_comment_is_not_taken_back(cast: Cast) -> None:
    sent(cast)
    answer(cast, comment(cast))
    with pytest.raises(AlreadyDone):
        fact_comments.withdraw_comment(fresh(cast), 1, by=cast.coordinator)


def test_comment_and_answer_by_their_forms(cast: Cast) -> None:
    sent(cast)
    host, team = cast.client(cast.coordinator), cast.client(cast.rapporteur)
    form = host.get(address(cast, "comment_form"), {"place": "s5-p1"}, headers={"HX-Request": "true"})
    empty = host.post(address(cast, "add_comment"), {"place": "s5-p1", "kind": "fact", "text": ""})
    good = host.post(address(cast, "add_comment"), {"place": "s5-p1", "kind": "fact", "text": "It is 45."})
    no_reason = team.post(address(cast, "answer_comment", 1), {"c1-answer": "declined", "c1-reason": ""})
    answered = team.post(address(cast, "answer_comment", 1), {"c1-answer": "declined", "c1-reason": "Counted again."})
    page = host.get(address(cast, "fact_check")).content.decode()
    assert "Comment on paragraph 1" in form.content.decode()
    assert (empty.status_code, "Write your comment." in empty.content.decode()) == (422, True)
    assert (good.status_code, good["Location"]) == (303, "/cases/timisoara/report/fact-check/#comment-1")
    assert (no_reason.status_code, "Give your reason" in no_reason.content.decode()) == (422, True)
    assert answered.status_code == 303
    assert "Counted again." in page


def test_comment_form_opens_without_scripts(cast: Cast) -> None:
    sent(cast)
    page = cast.client(cast.coordinator).get(address(cast, "fact_check"), {"place": "s5-p1"}).content.decode()
    assert 'id="comment-here"' in page
    assert cast.client(cast.coordinator).get(address(cast, "fact_check"), {"place": "s9-p9"}).status_code == 404


def test_answer_to_a_comment_that_was_taken_back_meanwhile_says_so(cast: Cast) -> None:
    sent(cast)
    comment(cast)
    fact_comments.withdraw_comment(fresh(cast), 1, by=cast.coordinator)
    client = cast.client(cast.lead)
    answered = client.post(reverse("reports:answer_comment", args=(cast.case.slug, 1)), {"c1-answer": "accepted"})
    looked = client.get(reverse("reports:apply_comment", args=(cast.case.slug, 1)))
    for page in (answered, looked):
        assert (page.status_code, "The host has taken comment 1 back" in page.content.decode()) == (409, True)


def test_comments_of_another_case_are_not_there(cast: Cast) -> None:
    sent(cast)
    comment(cast)
    other = make_case(host_city=cast.case.host_city, working_group=cast.case.working_group)
    actions.report_of(other)
    Report.objects.filter(case=other).update(status="fact_check")
    client = cast.client(cast.secretariat)
    url = reverse("reports:answer_comment", args=(other.slug, 1))
    assert client.post(url, {"c1-answer": "accepted"}).status_code == 404


# --- Final, consent ----------------------------------------------------------------------------------
def test_report_is_not_final_while_the_host_may_comment_or_waits_for_an_answer(cast: Cast) -> None:
    report = sent(cast)
    first, second = comment(cast), comment(cast)
    reasons = [reason.text for reason in unmet(fresh(cast), "finalise_report")]
    assert report.fact_check_due is not None
    assert reasons == [
        f"The host city can comment until {report.fact_check_due:%-d %B %Y}, or close the fact check earlier",
        "Comments 1, 2 have no answer",
    ]
    for _ in range(5):
        comment(cast)
    assert [reason.text for reason in unmet(fresh(cast), "finalise_report")][1:] == ["7 comments have no answer"]
    report.comments.filter(number__gt=2).delete()
    fact_checks.close_fact_check(fresh(cast), by=cast.coordinator)
    answer(cast, first)
    answer(cast, second, verdict="partly", reason="The figure is from 2024.")
    for found in (first, second):
        fact_answers.mark_applied(fresh(cast), found.number, by=cast.rapporteur)
    assert unmet(fresh(cast), "finalise_report") == []


def test_report_can_be_final_after_the_deadline_without_a_word_of_the_host(cast: Cast) -> None:
    sent(cast)
    Report.objects.update(fact_check_due=date(2020, 1, 1))
    assert unmet(fresh(cast), "finalise_report") == []


def test_new_comment_opens_the_fact_check_again(cast: Cast) -> None:
    sent(cast)
    fact_checks.close_fact_check(fresh(cast), by=cast.coordinator)
    with pytest.raises(AlreadyDone):
        fact_checks.close_fact_check(fresh(cast), by=cast.sponsor)
    comment(cast)
    assert Report.objects.get().fact_check_closed_at is None


def test_consent_is_given_once_and_can_be_taken_back(cast: Cast) -> None:
    final(cast)
    client = cast.client(cast.sponsor)
    shown = client.get(address(cast, "report")).context["consent_form"].initial
    assert client.post(address(cast, "consent"), shown).status_code == 303
    assert client.post(address(cast, "consent"), shown).status_code == 409
    assert Report.objects.get().consent_by == cast.sponsor
    assert client.post(address(cast, "consent"), {"withdraw": "yes"}).status_code == 303
    assert Report.objects.get().consent_at is None


def test_consent_falls_with_a_new_statement_and_with_reopening(cast: Cast) -> None:
    final(cast)
    consent.give_consent(fresh(cast), by=cast.sponsor)
    actions.save_statement(fresh(cast), by=cast.coordinator, text="We agree.", version=1)
    assert Report.objects.get().consent_at is None
    consent.give_consent(fresh(cast), by=cast.sponsor)
    take_step(cast.case, "reopen_report_text", by=cast.lead, reason="A number is wrong")
    assert Report.objects.get().consent_at is None


def test_statement_is_the_hosts_own_and_never_overwritten(cast: Cast) -> None:
    final(cast)
    actions.save_statement(fresh(cast), by=cast.coordinator, text="We agree.", version=1)
    with pytest.raises(StaleText):
        actions.save_statement(fresh(cast), by=cast.sponsor, text="We do not.", version=1)
    for who in ("lead", "secretariat", "contributor"):
        assert cast.client(getattr(cast, who)).get(address(cast, "statement")).status_code == 403
    page = cast.client(cast.sponsor).get(address(cast, "statement"))
    assert "We agree." in page.content.decode()


def test_pages_of_the_report_open_in_every_state_for_every_role(cast: Cast) -> None:
    for state in (reporting, sent, final):
        Report.objects.all().delete()
        state(cast)
        for name in ("secretariat", "lead", "friend", "observer", "coordinator", "sponsor"):
            client = cast.client(getattr(cast, name))
            for page in ("report", "read", "fact_check"):
                assert client.get(address(cast, page)).status_code in {200, 303, 403, 422}, (name, page)


@pytest.mark.parametrize("number", [1, 3])
def test_report_page_costs_the_same_queries_for_any_number(
    cast: Cast, number: int, django_assert_num_queries: Capture
) -> None:
    sent(cast)
    for _ in range(number):
        comment(cast)
    client = cast.client(cast.lead)
    with django_assert_num_queries(18):
        assert client.get(address(cast, "report")).status_code == 200
    with django_assert_num_queries(12):
        assert client.get(address(cast, "fact_check")).status_code == 200
