"""The fact check: files at comments, its time, changes until the answer, and what the host has printed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.errors import NotReady
from people.models import Notification
from reports.actions import fact_answers, fact_checks, fact_comments
from reports.actions.reports import report_of
from reports.contents import composed
from reports.enums import FactKind, ReportStatus
from reports.fact_check_clock import mind_fact_checks
from reports.forms.fact_checks import AnswerInput, CommentInput
from reports.models import FactComment, Report
from reports.rendering.model import Callout
from reviews.actions.deadlines import set_deadline
from reviews.actions.steps import take_step
from reviews.enums import EvidenceClass, FindingStatus, MilestoneKind, Stage
from reviews.models import Case, Evidence
from reviews.requirements import unmet
from tests import factories
from tests.cast import Cast
from tests.reports.test_report import kept

Capture = Callable[..., Any]
CONTEXT = "## The city\n\nThe plan was adopted in 2017.\n\n- One\n- Two\n\nIt ends in 2020."
WRITTEN = {"summary": "In short.", "context": CONTEXT, "answers": "Yes."}
ADOPTED, ENDS = "s3-p1", "s3-p3"


def fresh(cast: Cast) -> Case:
    return Case.objects.select_related("report", "host_city", "working_group").get(pk=cast.case.pk)


@pytest.fixture
def sent(cast: Cast) -> Cast:
    """The host has the draft; the self-assessment is released."""

    def make() -> None:
        report = report_of(cast.at(Stage.REPORTING))
        for key, text in WRITTEN.items():
            report.sections.filter(key=key).update(text=text)
        cast.case.self_assessment.__class__.objects.update(status="accepted", accepted_at=timezone.now())
        factories.make_finding(cast.case, "Change is slow.", status=FindingStatus.SHARED)
        take_step(cast.case, "start_fact_check", by=cast.rapporteur)

    kept(cast, "sent with a self-assessment", make)
    return cast


def address(name: str, *more: object) -> str:
    return reverse(f"reports:{name}", args=("timisoara", *more))


def comment(cast: Cast, place: str = ADOPTED, **said: Any) -> FactComment:
    words = {"kind": FactKind.FACT, "text": "It was 2018.", "proposal": "The plan was adopted in 2018.", **said}
    by = words.pop("by", cast.coordinator)
    return fact_comments.add_comment(fresh(cast), by=by, said=CommentInput(place=place, **words))


def answer(cast: Cast, found: FactComment, said: str = "accepted", reason: str = "") -> None:
    found.refresh_from_db()
    given = AnswerInput(answer=said, reason=reason, seen=found.seen)
    fact_answers.answer_comment(fresh(cast), found.number, by=cast.rapporteur, said=given)


def evidence(cast: Cast, title: str, access_class: str = EvidenceClass.TEAM) -> Evidence:
    row = Evidence(case=cast.case, title=title, access_class=access_class, file_name="a.txt", sha256=f"{title:0>64}")
    row.file.save("a.txt", ContentFile(title.encode()))
    return row


def post(cast: Cast, who: str, name: str, *more: object, **fields: Any) -> Any:
    return cast.client(getattr(cast, who)).post(address(name, *more), fields)


def page(cast: Cast, who: str, name: str = "fact_check", *more: object, **query: Any) -> str:
    answered = cast.client(getattr(cast, who)).get(address(name, *more), query)
    assert answered.status_code == 200
    return str(answered.content.decode())


FIELDS = {"place": ADOPTED, "kind": "fact", "text": "It was 2018."}


# --- Files -------------------------------------------------------------------------------------------
def test_files_of_the_case_are_attached_and_the_team_opens_them(sent: Cast) -> None:
    row = evidence(sent, "Decision of the council")
    assert post(sent, "coordinator", "add_comment", **FIELDS, attached=[row.pk]).status_code == 303
    assert list(FactComment.objects.get().evidence.all()) == [row]
    for who in ("coordinator", "rapporteur", "friend"):
        assert "Decision of the council" in page(sent, who)
    opened = sent.client(sent.rapporteur).get(reverse("reviews:evidence_edit", args=("timisoara", row.pk)))
    assert opened.status_code == 200


def test_new_file_joins_the_files_of_the_case_with_its_class(sent: Cast) -> None:
    file = SimpleUploadedFile("decision.txt", b"The council decided in 2018.")
    answered = post(sent, "sponsor", "add_comment", **FIELDS, file=file, upload_class="public")
    row = FactComment.objects.get().evidence.get()
    assert (answered.status_code, row.title, row.access_class, row.uploaded_by) == (
        303, "decision", EvidenceClass.PUBLIC, sent.sponsor,
    )  # fmt: skip


def test_file_that_is_refused_costs_no_word(sent: Cast) -> None:
    file = SimpleUploadedFile("decision.exe", b"MZ\x90\x00")
    answered = post(sent, "coordinator", "add_comment", **FIELDS, proposal="In 2018.", file=file)
    shown = answered.content.decode()
    assert (answered.status_code, FactComment.objects.count(), Evidence.objects.count()) == (422, 0, 0)
    assert ("It was 2018." in shown, "In 2018." in shown) == (True, True)


def test_file_for_the_host_only_is_attached_once_the_team_may_read_it(sent: Cast) -> None:
    row = evidence(sent, "Minutes", EvidenceClass.HOST)
    refused = post(sent, "coordinator", "add_comment", **FIELDS, attached=[row.pk])
    assert (refused.status_code, FactComment.objects.count()) == (422, 0)
    assert "The review team cannot open “Minutes”" in refused.content.decode()
    assert post(sent, "coordinator", "add_comment", **FIELDS, attached=[row.pk], opens="on").status_code == 303
    row.refresh_from_db()
    assert row.access_class == EvidenceClass.TEAM
    assert "Minutes" in page(sent, "rapporteur")


def test_files_of_another_case_are_not_attached(sent: Cast) -> None:
    row = evidence(sent, "Elsewhere")
    Evidence.objects.update(case=factories.make_case())
    assert post(sent, "coordinator", "add_comment", **FIELDS, attached=[row.pk]).status_code == 422


def test_file_that_the_host_takes_back_is_named_to_nobody_of_the_team(sent: Cast) -> None:
    row = evidence(sent, "Minutes")
    comment(sent, files=(row.pk,))
    Evidence.objects.update(access_class=EvidenceClass.HOST)
    assert "Minutes" in page(sent, "coordinator")
    for name in ("fact_check", "fact_comments", "fact_comments_csv"):
        assert "Minutes" not in page(sent, "rapporteur", name)
    assert "1 file that is not shown to you" in page(sent, "rapporteur")


# --- Changing a comment ------------------------------------------------------------------------------
def test_own_comment_is_changed_until_it_is_answered(sent: Cast) -> None:
    found = comment(sent, files=(evidence(sent, "Old").pk,))
    new = evidence(sent, "New")
    fields = {**FIELDS, "kind": "wording", "text": "It was early 2018.", "version": 1, "attached": [new.pk]}
    shown = page(sent, "coordinator", "edit_comment", 1)
    assert ("It was 2018." in shown, "The plan was adopted in 2017." in shown) == (True, True)
    assert post(sent, "coordinator", "edit_comment", 1, **fields).status_code == 303
    found.refresh_from_db()
    assert (found.text, found.kind, found.version, list(found.evidence.all())) == (
        "It was early 2018.", "wording", 2, [new],
    )  # fmt: skip
    answer(sent, found)
    late = post(sent, "coordinator", "edit_comment", 1, **{**fields, "version": 2, "text": "No."})
    assert late.status_code == 409
    found.refresh_from_db()
    assert found.text == "It was early 2018."


def test_comment_of_somebody_else_is_not_changed(sent: Cast) -> None:
    comment(sent)
    assert post(sent, "sponsor", "edit_comment", 1, **FIELDS, version=1).status_code == 403
    assert "Change this comment" not in page(sent, "sponsor")
    assert "Change this comment" in page(sent, "coordinator")


def test_two_changes_of_one_comment_do_not_overwrite_each_other(sent: Cast) -> None:
    comment(sent)
    first = {**FIELDS, "text": "First change", "version": 1}
    assert post(sent, "coordinator", "edit_comment", 1, **first).status_code == 303
    second = post(sent, "coordinator", "edit_comment", 1, **{**first, "text": "Second change"})
    shown = second.content.decode()
    assert (second.status_code, FactComment.objects.get().text) == (409, "First change")
    assert ("First change" in shown, "Second change" in shown, 'name="version" value="2"' in shown) == (True,) * 3


def test_comment_sent_twice_is_one_comment(sent: Cast) -> None:
    fields = {**FIELDS, "client_id": str(uuid4())}
    answers = [post(sent, "coordinator", "add_comment", **fields) for _ in range(2)]
    assert [one["Location"] for one in answers] == [f"{address('fact_check')}#comment-1"] * 2
    assert FactComment.objects.count() == 1
    assert f'data-client-id="{fields["client_id"]}"' in page(sent, "coordinator")


def test_comment_under_the_mark_of_somebody_elses_is_refused(sent: Cast) -> None:
    fields = {**FIELDS, "client_id": str(uuid4())}
    answers = [post(sent, who, "add_comment", **fields).status_code for who in ("coordinator", "sponsor")]
    assert (answers, FactComment.objects.count()) == ([303, 403], 1)


def test_answer_that_came_second_keeps_its_words(sent: Cast) -> None:
    found = comment(sent)
    answer(sent, found, "declined", "Counted twice.")
    again = post(sent, "lead", "answer_comment", 1, **{"c1-answer": "partly", "c1-reason": "My words", "c1-seen": ""})
    shown = again.content.decode()
    found.refresh_from_db()
    assert (again.status_code, found.answer_reason) == (409, "Counted twice.")
    assert ("My words" in shown, "Rapporteur has answered comment 1 in between" in shown) == (True, True)
    assert f'name="c1-seen" value="{found.seen}"' in shown


# --- Its time ----------------------------------------------------------------------------------------
def ends(day: date) -> None:
    Report.objects.update(fact_check_due=day)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def test_late_comments_are_refused_in_a_sentence_and_keep_their_words(sent: Cast) -> None:
    comment(sent)
    ends(yesterday())
    refused = post(sent, "coordinator", "add_comment", **FIELDS, proposal="In 2018.")
    changed = post(sent, "coordinator", "edit_comment", 1, **{**FIELDS, "text": "Once more", "version": 1})
    shown = page(sent, "coordinator")
    for answered, words in ((refused, "In 2018."), (changed, "Once more")):
        text = answered.content.decode()
        assert answered.status_code == 422
        assert ("Ask the secretariat or the review lead for more time" in text, words in text) == (True, True)
    assert FactComment.objects.count() == 1
    assert ("The time for comments ended" in shown, ">Comment<span" in shown) == (True, False)


def test_lead_gives_more_time_with_a_reason(sent: Cast, mailoutbox: list[Any]) -> None:
    ends(yesterday())
    due = timezone.localdate() + timedelta(days=7)
    without = post(sent, "lead", "extend_fact_check", **{"more-due": due, "more-reason": ""})
    done = post(sent, "lead", "extend_fact_check", **{"more-due": due, "more-reason": "Holidays in May"})
    event = sent.case.events.filter(reason="Holidays in May").get()
    milestone = sent.case.milestones.get(kind=MilestoneKind.FACT_CHECK)
    assert (without.status_code, "Give your reason" in without.content.decode()) == (422, True)
    assert (done.status_code, Report.objects.get().fact_check_due, milestone.due) == (303, due, due)
    assert event.text.startswith("More time for comments on the draft: until ")
    told = Notification.objects.filter(text__contains="More time").values_list("user__name", flat=True)
    assert set(told) == {"Coordinator", "Sponsor", "Rapporteur"}
    assert post(sent, "coordinator", "add_comment", **FIELDS).status_code == 303


@pytest.mark.parametrize(("days", "words"), [(0, "Choose a day after"), (-40, "Choose a day after")])
def test_more_time_is_more(sent: Cast, days: int, words: str) -> None:
    due = Report.objects.get().fact_check_due
    assert due is not None
    fields = {"more-due": due + timedelta(days=days), "more-reason": "Holidays"}
    refused = post(sent, "lead", "extend_fact_check", **fields)
    assert (refused.status_code, words in refused.content.decode()) == (422, True)


@pytest.mark.parametrize(("who", "status"), [("rapporteur", 403), ("coordinator", 403), ("secretariat", 422)])
def test_more_time_is_given_by_lead_and_secretariat(sent: Cast, who: str, status: int) -> None:
    assert post(sent, who, "extend_fact_check").status_code == status


def test_last_day_is_moved_on_this_page_and_not_beside_it(sent: Cast) -> None:
    with pytest.raises(NotReady) as refused:
        set_deadline(sent.case, MilestoneKind.FACT_CHECK, due=date(2031, 1, 1), by=sent.lead)
    assert refused.value.reasons[0].url == f"{address('fact_check')}#more-time"


def told() -> list[tuple[str, str]]:
    rows = Notification.objects.filter(text__contains="comment").exclude(text__contains="Draft report with")
    return sorted(rows.values_list("user__name", "text"))


def test_host_is_reminded_once_and_everybody_hears_of_the_end_once(sent: Cast) -> None:
    Notification.objects.all().delete()
    with time_machine.travel("2031-06-10 10:00", tick=False):  # a Tuesday
        ends(date(2031, 6, 13))
        assert mind_fact_checks() == 0
        ends(date(2031, 6, 12))
        assert [mind_fact_checks(), mind_fact_checks()] == [1, 0]
    until = "Timișoara: local action plan for Roma inclusion: you can comment on the draft report until 12 June 2031"
    assert told() == [("Coordinator", until), ("Sponsor", until)]
    comment(sent)
    Notification.objects.all().delete()
    with time_machine.travel("2031-06-13 10:00", tick=False):
        assert [mind_fact_checks(), mind_fact_checks()] == [1, 0]
    assert [name for name, _ in told()] == ["Coordinator", "Lead", "Rapporteur", "Sponsor"]
    assert told()[1][1].endswith("time for comments is over, 1 comment: answer them, then make the report final")
    assert sent.case.events.filter(text="Time for comments on the draft over, with 1 comment").count() == 1


def test_nobody_is_told_of_the_end_of_a_closed_fact_check(sent: Cast) -> None:
    fact_checks.close_fact_check(fresh(sent), by=sent.coordinator)
    Notification.objects.all().delete()
    ends(yesterday())
    assert (mind_fact_checks(), told()) == (0, [])


# --- Into the text -----------------------------------------------------------------------------------
def applying(cast: Cast, number: int = 1, **fields: Any) -> Any:
    section = Report.objects.get().sections.get(key="context")
    said = {"text": "The plan was adopted in 2018.", "version": section.version, **fields}
    return post(cast, "rapporteur", "apply_comment", number, **said)


def context() -> str:
    return str(Report.objects.get().sections.get(key="context").text)


def test_accepted_words_replace_the_paragraph_and_nothing_else(sent: Cast) -> None:
    found = comment(sent)
    answer(sent, found)
    shown = page(sent, "rapporteur", "apply_comment", 1)
    assert ("<ins>" in shown, "The plan was adopted in 2018." in shown) == (True, True)
    assert applying(sent).status_code == 303
    found.refresh_from_db()
    assert context() == CONTEXT.replace("2017", "2018")
    assert found.applied_at is not None
    assert applying(sent).status_code == 409


def test_paragraphs_in_lists_and_at_the_end_are_found(sent: Cast) -> None:
    listed = comment(sent, "s3-p2", proposal="- One\n- Three")
    last = comment(sent, ENDS, proposal="It ends in 2021.")
    for found, text in ((listed, "- One\n- Three"), (last, "It ends in 2021.")):
        answer(sent, found)
        assert applying(sent, found.number, text=text).status_code == 303
    assert context() == CONTEXT.replace("Two", "Three").replace("2020", "2021")


def test_paragraph_that_changed_since_is_never_overwritten(sent: Cast) -> None:
    answer(sent, comment(sent))
    Report.objects.get().sections.filter(key="context").update(text="The plan came late.")
    shown = page(sent, "rapporteur", "apply_comment", 1)
    refused = applying(sent)
    assert ("does not read any more" in shown, 'name="text"' in shown) == (True, False)
    assert (refused.status_code, context()) == (422, "The plan came late.")
    assert post(sent, "rapporteur", "apply_comment", 1, done="yes").status_code == 303
    assert FactComment.objects.get().applied_at is not None


def test_section_that_was_saved_in_between_is_not_overwritten(sent: Cast) -> None:
    answer(sent, comment(sent))
    refused = applying(sent, version=7, text="My words")
    assert (refused.status_code, context()) == (409, CONTEXT)
    assert "My words" in refused.content.decode()


def test_what_was_declined_is_not_put_into_the_text(sent: Cast) -> None:
    answer(sent, comment(sent), "declined", "Three sources say so.")
    assert (applying(sent).status_code, context()) == (422, CONTEXT)


def test_report_is_not_final_before_the_accepted_is_in_the_text(sent: Cast) -> None:
    answer(sent, comment(sent))
    answer(sent, comment(sent, ENDS), "partly", "The first half.")
    answer(sent, comment(sent, kind=FactKind.DISAGREEMENT, proposal=""), "accepted")
    fact_checks.close_fact_check(fresh(sent), by=sent.coordinator)
    reasons = [(reason.text, reason.url) for reason in unmet(fresh(sent), "finalise_report")]
    assert reasons == [("Comments 1, 2 are accepted, and not yet in the text", address("apply_comment", 1))]
    report_page = page(sent, "rapporteur", "report")
    assert ("Accepted, and not yet in the text" in report_page, address("apply_comment", 2) in report_page) == (
        True,
    ) * 2
    assert "Accepted, and not yet in the text" not in page(sent, "coordinator", "report")
    for number in (1, 2):
        fact_answers.mark_applied(fresh(sent), number, by=sent.rapporteur)
    assert unmet(fresh(sent), "finalise_report") == []


@pytest.mark.parametrize("who", ["coordinator", "sponsor", "friend"])
def test_host_writes_nothing_into_the_report(sent: Cast, who: str) -> None:
    answer(sent, comment(sent))
    section = post(sent, who, "section", "context", text="Ours", version=1)
    applied = post(sent, who, "apply_comment", 1, text="Ours", version=1)
    assert (section.status_code, applied.status_code, context()) == (403, 403, CONTEXT)


# --- Disagreement ------------------------------------------------------------------------------------
def differs(cast: Cast) -> FactComment:
    return comment(cast, kind=FactKind.DISAGREEMENT, text="It is as quick as the *law* allows.", proposal="")


def printed(cast: Cast) -> list[str]:
    content = composed(fresh(cast), "report", "public")
    return [block.html for chapter in content.chapters for block in chapter.blocks if isinstance(block, Callout)]


def test_disagreement_is_printed_in_the_hosts_words_when_the_host_says_so(sent: Cast) -> None:
    found = differs(sent)
    assert printed(sent) == []
    assert "Print it with our response" in page(sent, "sponsor")
    assert "Print it with our response" not in page(sent, "rapporteur")
    assert post(sent, "sponsor", "print_comment", 1, print="yes").status_code == 303
    assert printed(sent) == ["<p>It is as quick as the <em>law</em> allows.</p>\n"]
    answer(sent, found, "declined", "Two of [us] waited.")
    answered = "<p><strong>Answer of the review team:</strong> Two of [us] waited.</p>\n"
    assert printed(sent) == [f"<p>It is as quick as the <em>law</em> allows.</p>\n{answered}"]
    assert post(sent, "coordinator", "print_comment", 1, print="no").status_code == 303
    assert printed(sent) == []


def test_only_the_host_prints_and_only_disagreements(sent: Cast) -> None:
    differs(sent)
    comment(sent)
    assert post(sent, "rapporteur", "print_comment", 1, print="yes").status_code == 403
    assert post(sent, "coordinator", "print_comment", 2, print="yes").status_code == 404


def test_printing_takes_the_consent_back(sent: Cast) -> None:
    differs(sent)
    Report.objects.update(status=ReportStatus.FINAL, consent_at=timezone.now(), consent_by=sent.sponsor)
    fact_comments.print_comment(fresh(sent), 1, by=sent.coordinator, printed=True)
    assert Report.objects.get().consent_at is None


# --- Who sees what, and taking it along --------------------------------------------------------------
@pytest.mark.parametrize("name", ["fact_check", "fact_comments", "fact_comments_csv", "draft_changes"])
@pytest.mark.parametrize(
    ("who", "status"), [("sponsor", 200), ("friend", 200), ("observer", 200), ("contributor", 403), ("stranger", 404)]
)
def test_pages_of_the_fact_check_are_for_both_sides(sent: Cast, name: str, who: str, status: int) -> None:
    assert sent.client(getattr(sent, who)).get(address(name)).status_code == status
    assert Client().get(address(name)).status_code == 302


def test_comments_and_answers_as_a_table(sent: Cast) -> None:
    answer(sent, comment(sent, text="=SUM(A1) is **wrong**"), "partly", "Half of it.")
    table = page(sent, "coordinator", "fact_comments_csv")
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [(row["No."], row["Paragraph"], row["Comment"], row["Answer"], row["Reason"]) for row in rows] == [
        ("1", "3.1", "'=SUM(A1) is wrong", "Accepted in part", "Half of it.")
    ]
    shown = page(sent, "sponsor", "fact_comments")
    assert ("Half of it." in shown, "1 comment of the host on 1 draft" in shown) == (True, True)


def test_second_draft_shows_what_changed_and_earlier_comments_stay(sent: Cast) -> None:
    answer(sent, comment(sent))
    take_step(fresh(sent), "take_report_back", by=sent.lead, reason="More to say")
    Report.objects.get().sections.filter(key="context").update(text=CONTEXT.replace("2017", "2018") + "\n\nNew here.")
    take_step(fresh(sent), "start_fact_check", by=sent.lead)
    changes = page(sent, "coordinator", "draft_changes")
    assert changes.count("<del>") == 1
    assert ("New: paragraph 3.4" in changes, "New here." in changes, "It ends in 2020." in changes) == (
        True,
        True,
        False,
    )
    now, before = page(sent, "coordinator"), page(sent, "coordinator", draft=1)
    assert ("1 comment on earlier drafts" in now, "adopted in 2018" in now) == (True, True)
    assert ("You are reading draft 1" in before, ">Comment<span" in before) == (True, False)
    assert sent.client(sent.coordinator).get(address("fact_check"), {"draft": 9}).status_code == 404
    assert sent.client(sent.coordinator).get(address("fact_check"), {"draft": "x"}).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_queries_for_any_number_of_comments(
    sent: Cast, number: int, django_assert_num_queries: Capture
) -> None:
    for count in range(number):
        answer(sent, comment(sent, files=(evidence(sent, f"File {count}").pk,)))
    team, host = sent.client(sent.friend), sent.client(sent.coordinator)
    for client, name, queries in (
        (team, "fact_check", 13),
        (host, "fact_check", 13),
        (host, "fact_comments", 12),
        (host, "fact_comments_csv", 9),
    ):
        with django_assert_num_queries(queries):
            assert client.get(address(name)).status_code == 200
