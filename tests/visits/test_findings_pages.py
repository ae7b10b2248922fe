"""The pages of findings, recommendations, release, feedback session and follow-up, through the browser's eyes."""

import datetime as dt
import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reviews.enums import FindingKind, FindingStatus, Stage
from reviews.models import Finding, HostResponse, Recommendation
from tests import factories
from tests.cast import Cast
from visits.models import StudyVisit
from visits.queries.release import release_of

SHARED = FindingStatus.SHARED
JSON: dict[str, Any] = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def visit(cast: Cast) -> StudyVisit:
    return factories.make_visit(cast.at(Stage.FEEDBACK, findings_shared_at=timezone.now()))


def at(cast: Cast, name: str, *args: object) -> str:
    app = "reviews" if name in {"follow_up", "follow_up_one", "respond", "new_action", "action"} else "visits"
    return reverse(f"{app}:{name}", args=(cast.case.slug, *args))


PAGES = ("findings", "recommendations", "feedback", "presentation", "follow_up")


# --- who sees what --------------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_those_who_may_read_findings(cast: Cast, visit: StudyVisit, page: str) -> None:
    finding = factories.make_finding(cast.case, status=SHARED, notes=[factories.make_note(visit, cast.friend)])
    factories.make_recommendation(cast.case, findings=[finding], status=SHARED, impact="high", feasibility="low")
    found = {name: cast.client(user).get(at(cast, page)).status_code for name, user in cast.people.items()}
    assert found == dict.fromkeys(cast.people, 200) | {"contributor": 403, "stranger": 404}


@pytest.mark.parametrize("page", PAGES)
def test_the_host_sees_nothing_before_the_release(cast: Cast, visit: StudyVisit, page: str) -> None:
    cast.at(Stage.FEEDBACK, findings_shared_at=None)
    factories.make_finding(cast.case)
    assert cast.client(cast.coordinator).get(at(cast, page)).status_code == 403


@pytest.mark.parametrize("name", ["coordinator", "sponsor"])
def test_the_host_reads_released_texts_and_never_a_note_or_a_draft(cast: Cast, visit: StudyVisit, name: str) -> None:
    author = factories.make_user("Author of notes")
    note = factories.make_note(visit, author, "SECRET-NOTE")
    shared = factories.make_finding(cast.case, "Shared words", status=SHARED, notes=[note])
    draft = factories.make_finding(cast.case, "DRAFT-FINDING", notes=[note])
    row = factories.make_recommendation(cast.case, "Shared advice", findings=[shared, draft], status=SHARED)
    hidden = factories.make_recommendation(cast.case, "DRAFT-ADVICE", findings=[shared])
    client = cast.client(cast.people[name])
    pages = [at(cast, page) for page in PAGES]
    pages += [at(cast, "finding", shared.pk), at(cast, "recommendation", row.pk), at(cast, "follow_up_one", row.pk)]
    pages.append(cast.case.get_absolute_url())
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        for word in (b"SECRET-NOTE", b"DRAFT-FINDING", b"DRAFT-ADVICE", b"Author of notes"):
            assert word not in answer.content, (page, word)
    assert b"Shared words" in client.get(cast.case.get_absolute_url()).content
    assert "1 interview" in client.get(at(cast, "finding", shared.pk)).content.decode()
    assert client.get(at(cast, "finding", draft.pk)).status_code == 404
    assert client.get(at(cast, "recommendation", hidden.pk)).status_code == 404
    assert client.get(at(cast, "release")).status_code == 403


def test_the_timeline_tells_a_contributor_nothing_of_the_texts(cast: Cast, visit: StudyVisit) -> None:
    for _ in range(2):
        finding = factories.make_finding(cast.case, "FINDING-WORDS", status=SHARED)
    row = factories.make_recommendation(cast.case, "ADVICE-WORDS", status=SHARED)
    lead, host = cast.client(cast.lead), cast.client(cast.coordinator)
    lead.post(at(cast, "finding_step", finding.pk, "agree"))
    lead.post(at(cast, "finding_step", finding.pk, "take_back"), {"reason": "A number was wrong"})
    host.post(at(cast, "respond", row.pk), {"version": 0, "decision": "rejected", "reason": "REASON-WORDS"})
    host.post(at(cast, "new_action", row.pk), {"text": "ACTION-WORDS", "status": "planned"})
    told = cast.case.events.filter(team_only=False).values_list("text", "reason")
    assert sorted(text for text, _ in told) == [
        "Action planned for recommendation 1",
        "Agreed: a finding",
        "Recommendation 1: not accepted",
        "Taken back from the host: a finding",
    ]
    page = cast.client(cast.contributor).get(reverse("reviews:timeline", args=(cast.case.slug,))).content
    assert b"-WORDS" not in page


def test_rows_of_another_case_are_not_there(cast: Cast, visit: StudyVisit) -> None:
    other = factories.make_case()
    finding, row = factories.make_finding(other), factories.make_recommendation(other, status=SHARED)
    client = cast.client(cast.lead)
    posts = [
        at(cast, "finding_notes", finding.pk), at(cast, "move_finding", finding.pk, "up"),
        at(cast, "finding_step", finding.pk, "drop"), at(cast, "recommendation_step", row.pk, "drop"),
        at(cast, "move_recommendation", row.pk, "up"), at(cast, "finding", finding.pk), at(cast, "recommendation", row.pk),
    ]  # fmt: skip
    for url in posts:
        assert client.post(url, {"reason": "x"}).status_code == 404, url
    assert client.get(at(cast, "follow_up_one", row.pk)).status_code == 404


@pytest.mark.parametrize(
    ("page", "queries"),
    [("findings", 19), ("recommendations", 12), ("release", 14), ("feedback", 15), ("follow_up", 11)],
)
@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_queries_however_many_rows(
    cast: Cast,
    visit: StudyVisit,
    page: str,
    queries: int,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    site = factories.make_site(visit)
    for _ in range(count):
        used = factories.make_note(
            visit, cast.friend, slot=factories.make_slot(visit, site=site), source_group="families"
        )
        factories.make_note(visit, cast.lead, site=site)
        shared = factories.make_finding(cast.case, kind="strength", status=SHARED, notes=[used])
        factories.make_finding(cast.case, notes=[used], theme="Schools")
        row = factories.make_recommendation(
            cast.case, findings=[shared], status=SHARED, impact="high", feasibility="high"
        )
        factories.make_action(row)
        factories.make_recommendation(cast.case, findings=[shared])
    client = cast.client(cast.lead)
    client.get(at(cast, page))
    with django_assert_num_queries(queries):
        assert client.get(at(cast, page)).status_code == 200


# --- the board ------------------------------------------------------------------------------------
def test_ticked_notes_become_a_finding_that_opens_for_writing(cast: Cast, visit: StudyVisit) -> None:
    notes = [factories.make_note(visit, cast.friend) for _ in range(2)]
    answer = cast.client(cast.friend).post(
        at(cast, "new_finding"), {"kind": "strength", "notes": [n.pk for n in notes]}
    )
    finding = Finding.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, at(cast, "finding", finding.pk))
    assert set(finding.notes.all()) == set(notes)


def test_adding_notes_without_choosing_a_finding_keeps_what_was_ticked(cast: Cast, visit: StudyVisit) -> None:
    note = factories.make_note(visit, cast.friend)
    answer = cast.client(cast.friend).post(at(cast, "add_notes"), {"notes": [note.pk], "finding": ""})
    assert answer.status_code == 422
    assert f'value="{note.pk}" checked' in answer.content.decode()
    assert "Choose the finding to which the notes belong." in answer.content.decode()


def test_ticked_notes_go_to_a_finding_that_is_there(cast: Cast, visit: StudyVisit) -> None:
    note, finding = factories.make_note(visit, cast.friend), factories.make_finding(cast.case)
    answer = cast.client(cast.friend).post(at(cast, "add_notes"), {"notes": [note.pk], "finding": finding.pk})
    assert (answer.status_code, list(finding.notes.all())) == (303, [note])


def test_right_to_left_text_says_its_own_direction(cast: Cast, visit: StudyVisit) -> None:
    finding = factories.make_finding(cast.case, "المدرسة لا تعرف", status=SHARED)
    page = cast.client(cast.coordinator).get(at(cast, "finding", finding.pk)).content.decode()
    assert '<div class="prose" dir="auto"><p>المدرسة لا تعرف</p>' in page


# --- saving as one types --------------------------------------------------------------------------
def test_a_finding_saves_as_one_types(cast: Cast, visit: StudyVisit) -> None:
    finding = factories.make_finding(cast.case)
    said = {
        "version": 1,
        "text": "New words",
        "kind": "question",
        "theme": "",
        "guiding_question": "",
        "single_source_reason": "",
    }
    client = cast.client(cast.friend)
    answer = client.post(at(cast, "finding", finding.pk), said, **JSON)
    assert (answer.status_code, answer.json()["version"], Finding.objects.get().text) == (200, 2, "New words")
    stale = client.post(at(cast, "finding", finding.pk), {**said, "text": "Mine"}, **JSON)
    assert (stale.status_code, stale.json()["code"], stale.json()["texts"]["text"]) == (409, "stale", "New words")


def test_without_a_script_a_stale_text_comes_back_with_both_texts(cast: Cast, visit: StudyVisit) -> None:
    finding = factories.make_finding(cast.case, "Theirs in **bold**", version=4)
    said = {"version": 3, "text": "Mine", "kind": "question"}
    answer = cast.client(cast.friend).post(at(cast, "finding", finding.pk), said)
    page = answer.content.decode()
    assert (answer.status_code, "Theirs in <strong>bold</strong>" in page, "Mine</textarea>" in page) == (
        409,
        True,
        True,
    )
    assert 'name="version" value="4"' in page


def test_a_recommendation_saves_as_one_types_with_its_findings(cast: Cast, visit: StudyVisit) -> None:
    finding, row = factories.make_finding(cast.case), factories.make_recommendation(cast.case)
    said = {"version": 1, "text": "Name owners", "impact": "high", "findings": [finding.pk]}
    answer = cast.client(cast.friend).post(at(cast, "recommendation", row.pk), said, **JSON)
    saved = Recommendation.objects.get()
    assert (answer.status_code, saved.text, saved.impact, list(saved.findings.all())) == (
        200,
        "Name owners",
        "high",
        [finding],
    )


def test_an_impact_that_nobody_knows_is_refused_in_words(cast: Cast, visit: StudyVisit) -> None:
    row = factories.make_recommendation(cast.case)
    answer = cast.client(cast.friend).post(at(cast, "recommendation", row.pk), {"version": 1, "impact": "huge"}, **JSON)
    assert (answer.status_code, "huge" in answer.json()["message"]) == (422, True)


def test_the_order_that_a_script_sends_is_kept(cast: Cast, visit: StudyVisit) -> None:
    a, b = (factories.make_recommendation(cast.case, name) for name in "ab")
    answer = cast.client(cast.lead).post(at(cast, "order_recommendations"), {"order": [b.pk, a.pk]}, **JSON)
    assert (answer.status_code, list(cast.case.recommendations.values_list("text", flat=True))) == (303, ["b", "a"])


# --- release and feedback session -----------------------------------------------------------------
def test_the_release_page_shows_what_goes_and_releases_exactly_that(cast: Cast, visit: StudyVisit) -> None:
    notes = [factories.make_note(visit, cast.friend, slot=factories.make_slot(visit)) for _ in range(2)]
    finding = factories.make_finding(cast.case, kind=FindingKind.STRENGTH, notes=notes)
    client = cast.client(cast.lead)
    fingerprint = release_of(cast.case).fingerprint
    assert fingerprint in client.get(at(cast, "release")).content.decode()
    answer = client.post(at(cast, "release"), {"fingerprint": fingerprint})
    assert (answer.status_code, Finding.objects.get(pk=finding.pk).status) == (303, "shared")
    assert "Bucharest time" in client.get(at(cast, "release")).content.decode()
    assert client.post(at(cast, "release"), {"fingerprint": fingerprint}).status_code == 409


def test_taking_back_without_a_reason_asks_for_it(cast: Cast, visit: StudyVisit) -> None:
    finding = factories.make_finding(cast.case, status=SHARED)
    factories.make_finding(cast.case, status=SHARED)
    client = cast.client(cast.lead)
    url = at(cast, "finding_step", finding.pk, "take_back")
    assert [client.get(url).status_code, client.post(url, {}).status_code] == [200, 422]
    assert client.post(url, {"reason": "Wrong number"}).status_code == 303
    assert Finding.objects.get(pk=finding.pk).status == "draft"


def test_the_feedback_session_saves_as_one_types_and_refuses_a_day_to_come(cast: Cast, visit: StudyVisit) -> None:
    client, url = cast.client(cast.rapporteur), at(cast, "feedback")
    today = timezone.localdate()
    saved = client.post(url, {"version": 1, "held_on": today, "attendance": 14, "reply": "We recognise this."}, **JSON)
    visit.refresh_from_db()
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    assert (visit.feedback_held_on, visit.feedback_attendance, visit.feedback_reply) == (
        today,
        14,
        "We recognise this.",
    )
    later = client.post(url, {"version": 2, "held_on": today + dt.timedelta(days=2)}, **JSON)
    assert (later.status_code, later.json()["message"]) == (
        422,
        "This day is still to come. Record the session once it has been held.",
    )
    assert client.post(url, {"version": 1, "reply": "Older"}, **JSON).status_code == 409


@pytest.mark.parametrize("name", ["friend", "observer", "coordinator"])
def test_others_do_not_record_the_feedback_session(cast: Cast, visit: StudyVisit, name: str) -> None:
    assert cast.client(cast.people[name]).post(at(cast, "feedback"), {"version": 1}).status_code == 403


def test_the_slides_show_released_texts_by_kind_a_few_to_a_slide(cast: Cast, visit: StudyVisit) -> None:
    for number in range(4):
        factories.make_finding(cast.case, f"Strength {number}", kind=FindingKind.STRENGTH, status=SHARED)
    factories.make_finding(cast.case, "DRAFT", kind=FindingKind.STRENGTH)
    factories.make_recommendation(cast.case, "Name owners", status=SHARED)
    answer = cast.client(cast.lead).get(at(cast, "presentation"))
    slides = [(slide.title, [item.text for item in slide.items]) for slide in answer.context["slides"]]
    assert slides == [
        ("Strengths", ["Strength 0", "Strength 1", "Strength 2"]),
        ("Strengths", ["Strength 3"]),
        ("What we recommend", ["Name owners"]),
    ]


# --- follow-up ------------------------------------------------------------------------------------
def test_the_host_responds_and_plans_on_the_page(cast: Cast, visit: StudyVisit) -> None:
    row = factories.make_recommendation(cast.case, status=SHARED)
    client = cast.client(cast.coordinator)
    refused = client.post(at(cast, "respond", row.pk), {"version": 0, "decision": "rejected", "reason": ""})
    assert (refused.status_code, "Add your reason" in refused.content.decode()) == (422, True)
    typed = client.post(at(cast, "respond", row.pk), {"version": 0, "decision": "accepted"}, **JSON)
    assert (typed.status_code, HostResponse.objects.count()) == (422, 0)
    assert typed.json()["message"] == "Not sent yet: press “Save the response” when you are sure."
    assert client.post(at(cast, "respond", row.pk), {"version": 0, "decision": "accepted"}).status_code == 303
    reason = client.post(
        at(cast, "respond", row.pk), {"version": 1, "decision": "accepted", "reason": "Gladly"}, **JSON
    )
    assert (reason.status_code, reason.json()["version"]) == (200, 2)
    made = client.post(
        at(cast, "new_action", row.pk), {"text": "Make the table", "status": "planned", "owner": "Social services"}
    )
    action = row.actions.get()
    assert made.headers["Location"] == f"{at(cast, 'follow_up_one', row.pk)}#action-{action.pk}"
    said = {"version": 1, "text": "Make the table", "status": "on_track", "progress": "Draft is there"}
    saved = client.post(at(cast, "action", action.pk), said, **JSON)
    assert (saved.status_code, json.loads(saved.content)["version"]) == (200, 2)


def test_an_action_without_words_keeps_what_else_was_typed(cast: Cast, visit: StudyVisit) -> None:
    row = factories.make_recommendation(cast.case, status=SHARED)
    answer = cast.client(cast.coordinator).post(
        at(cast, "new_action", row.pk), {"status": "planned", "owner": "City council"}
    )
    page = answer.content.decode()
    assert (answer.status_code, "Say what will be done." in page, 'value="City council"' in page) == (422, True, True)


@pytest.mark.parametrize("page", ["new_finding", "new_recommendation"])
def test_going_back_and_pressing_again_leads_to_what_is_still_empty(cast: Cast, visit: StudyVisit, page: str) -> None:
    lead, friend = cast.client(cast.lead), cast.client(cast.friend)

    def press(client: Any) -> str:
        answer = client.post(at(cast, page), {"kind": "strength"})
        assert answer.status_code == 303
        return str(answer["Location"])

    first = press(lead)
    assert press(lead) == first
    assert press(friend) != first
    (Finding if page == "new_finding" else Recommendation).objects.update(text="Written", version=2)
    assert press(lead) != first


def test_the_feedback_page_speaks_of_the_host_to_the_team_and_to_the_host_itself(cast: Cast, visit: StudyVisit) -> None:
    said = {name: cast.client(cast.people[name]).get(at(cast, "feedback")) for name in ("observer", "sponsor")}

    assert "and what the host answered." in said["observer"].content.decode()
    assert "and what you answered." in said["sponsor"].content.decode()
