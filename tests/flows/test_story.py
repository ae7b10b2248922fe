"""The whole story of one review in a real browser: from the proposal to the published report and its follow-up.

Timișoara 2018, in nine roles, against a real web server, worker and broker. Each act is done on the page at least once.
With PICTURES=1, pictures of the main pages are kept in `test-artefacts/`; without, those of a failure.
"""

from __future__ import annotations

import email
import email.policy
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from reviews.enums import FindingKind, FindingStatus, SelfAssessmentStatus, Stage
from reviews.models import Case
from tests.flows import timisoara
from tests.flows.timisoara import NEWCOMER, NEWCOMER_EMAIL, PEOPLE, Review, days_from_now
from tests.reviews import files
from tests.servers import wait_until
from visits.enums import VisitStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from tests.flows.screens import Screen
    from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REASON = "Please say how many families of the Kuncz neighbourhood the plan reached in the last twelve months."
SECTION = "/cases/{slug}/self-assessment/sections/1/"


def test_a_review_goes_from_proposal_to_published_report_and_follow_up(
    live_stack: Stack, profiles: Callable[[], BrowserContext], artefacts: Path
) -> None:
    review = Review(profiles, live_stack, artefacts)
    review.set_the_stage()
    try:
        for chapter in CHAPTERS:
            chapter(review)
        assert review.faults == []
    except BaseException:
        review.keep_pictures()
        raise


# --- Preparation ----------------------------------------------------------------------------------
def the_host_proposes(review: Review) -> None:
    screen = review.screen("coordinator")
    screen.follow("Reviews", within="header")
    screen.follow("Propose a review")
    screen.write("Title", timisoara.TITLE)
    screen.choose("Working group", "Roma inclusion")
    screen.choose("Theme", timisoara.THEME)
    screen.write("The challenge", timisoara.CHALLENGE)
    for words, question in zip(("First", "Second", "Third"), timisoara.QUESTIONS, strict=True):
        screen.write(f"{words} guiding question", question)
    screen.write("Name of the political sponsor", PEOPLE["sponsor"][0])
    screen.write("E-mail of the political sponsor", "sponsor@example.org")
    screen.write("First day of the visit", days_from_now(150))
    screen.write("Last day of the visit", days_from_now(152))
    screen.press("Save the proposal")
    screen.reads(timisoara.TITLE, role="heading")
    screen.look("01-proposal")
    assert review.case.stage == Stage.DRAFT
    assert screen.page.url.endswith(f"/cases/{review.slug}/")


def the_secretariat_accepts(review: Review) -> None:
    screen = review.screen("secretariat")
    screen.look("02-tasks-of-the-secretariat")
    screen.follow("Accept or return the proposal")
    expect(screen.next_card()).to_contain_text("it is yours to take")
    screen.press("Accept the proposal")
    screen.reads(re.compile("Proposal accepted"))
    assert review.case.stage == Stage.PLANNING


def the_team_is_named(review: Review) -> None:
    screen = review.at_tab("secretariat", "People")
    screen.choose("As", "Review lead", within="#add")
    screen.write("E-mail", "lead@example.org", within="#add")
    screen.press("Add to the review")
    expect(screen.page.locator("#team")).to_contain_text(PEOPLE["lead"][0])
    review.add_the_rest_of_the_team()
    screen.choose("As", "Critical friend", within="#add")
    screen.write("E-mail", NEWCOMER_EMAIL, within="#add")
    screen.write("Name", NEWCOMER, within="#add")
    screen.choose("City", "Budapest", within="#add")
    screen.press("Add to the review")
    for name in (NEWCOMER, *(PEOPLE[part][0] for part in ("lead", *timisoara.MORE_OF_THE_TEAM))):
        expect(screen.page.locator("#team")).to_contain_text(name)
    screen.look("03-people", phone=True)


def the_newcomer_accepts_the_invitation(review: Review) -> None:
    screen = review.screen("stranger")
    screen.page.goto(invitation_of(review, NEWCOMER_EMAIL))
    screen.reads(NEWCOMER_EMAIL)
    screen.look("04-invitation")
    screen.write("Choose a password", "ten ducks on a pond")
    screen.press("Choose this password and go in")
    screen.reads(f"Welcome, {NEWCOMER}")
    review.stranger_is_newcomer()


def everybody_declares_interests(review: Review) -> None:
    screen = review.at_case("lead")
    expect(screen.next_card()).to_contain_text("Declare your interests")
    screen.follow("Declare your interests")
    screen.tick("I have no conflict of interest")
    screen.press("Declare")
    screen.reads(timisoara.TITLE, role="heading")
    screen = review.at_case("newcomer")
    screen.follow("Declare your interests")
    screen.tick("I have something to declare")
    screen.write("What it is", "My city and Timișoara share a project on schools until next year.")
    screen.press("Declare")
    screen.reads(timisoara.TITLE, role="heading")
    review.declare_the_rest()


def the_lead_decides_on_an_interest(review: Review) -> None:
    screen = review.at_case("lead")
    expect(screen.next_card()).to_contain_text("has declared an interest")
    screen.follow("Decide")
    screen.follow(re.compile("^Decide on the interests"))
    screen.tick("May take part")
    screen.write("Reason", "The project has nothing to do with the action plan.")
    screen.press("Decide")
    expect(screen.page.locator("#team")).not_to_contain_text("Waiting for a decision")


def the_host_plans_the_visit(review: Review) -> None:
    screen = review.at_tab("coordinator", "Programme")
    screen.follow(re.compile("^Host sites"))
    name, address = timisoara.SITES[0]
    screen.write("Name", name)
    screen.write("Address", address)
    screen.write("What happens here", "A room for homework, a nurse twice a week, and the residents' council.")
    screen.press("Add the site")
    screen.reads(name, role="heading")
    review.name_other_sites()
    screen.tab("Programme")
    screen.follow(re.compile("^Groups"))
    for group, members in (("Group A", ("lead", "friend")), ("Group B", ("rapporteur", "other_friend"))):
        screen.page.locator("#id_name").fill(group)
        for part in members:
            screen.tick(PEOPLE[part][0])
        screen.press("Add the group")
        screen.reads(group, role="heading")
    screen.tab("Programme")
    screen.follow("Start from a template")
    screen.press(re.compile(r"^Take this one.*Three days"))
    screen.reads("Panel: residents, families, organisations")


def the_host_adds_a_slot_by_hand(review: Review) -> None:
    screen = review.screen("coordinator")
    screen.follow("Add a slot")
    screen.write("Title", "Talk with the residents' council")
    screen.choose("What happens", "Interview")
    screen.write("Day", days_from_now(152))
    screen.write("From", "16:15")
    screen.write("To", "17:00")
    screen.choose("Host site", timisoara.SITES[0][0])
    screen.write("Building and room", "First floor, the large room")
    screen.write("Residents and community", "8")
    screen.press("Add to the programme")
    screen.reads(re.compile("is in the programme"))
    screen.look("05-programme", phone=True)
    screen.press("Propose the programme to the team")
    screen.reads(re.compile("Programme proposed"))
    assert review.case.study_visit.status == VisitStatus.PROPOSED


def the_lead_agrees_and_opens_the_self_assessment(review: Review) -> None:
    screen = review.at_tab("lead", "Programme")
    screen.follow("Talk with the residents' council")
    screen.choose("Who leads the talk", ", ".join(PEOPLE["lead"][:2]))
    screen.choose("Who takes notes", ", ".join(PEOPLE["friend"][:2]))
    screen.press("Save the slot")
    screen.reads(re.compile("is saved"))
    review.staff_the_programme()
    screen.tab("Programme")
    screen.press("Agree to the programme")
    screen.reads(re.compile("Programme agreed"))
    screen.tab("Overview")
    screen.press("Open the self-assessment")
    screen.reads(re.compile("the host writes its self-assessment"))
    assert review.case.stage == Stage.SELF_ASSESSMENT


# --- Self-assessment ------------------------------------------------------------------------------
def the_host_answers(review: Review) -> None:
    screen = review.at_case("coordinator")
    screen.look("06-case-of-the-host", phone=True, dark=True)
    expect(screen.next_card()).to_contain_text("Your city writes its self-assessment.")
    screen.follow("Write the self-assessment")
    screen.page.locator("main .next .btn").first.click()
    the_host_types(screen, "Families move away before a measure reaches them.")
    screen.saved("#answer-1")
    screen.look("07-section", phone=True)
    screen.follow("Add files")
    screen.page.locator("#add-files [name=access_class][value=team]").check()
    screen.choose("What it is", "Council decision")
    screen.page.locator("input[type=file]").set_input_files(
        {"name": "Action plan 2018.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    )
    expect(screen.page.locator("#files")).to_contain_text("Action plan 2018")
    screen.look("08-files")


def the_host_submits(review: Review) -> None:
    review.answer_the_rest()
    screen = review.at_tab("coordinator", "Self-assessment")
    screen.reads("All required questions are answered")
    the_coordinator_signs_and_submits(screen)
    assert review.case.self_assessment.status == SelfAssessmentStatus.SUBMITTED


def the_lead_returns_one_section(review: Review) -> None:
    screen = review.at_case("lead")
    screen.follow("Read and decide")
    screen.tick("Please change", within="#verdict-1")
    screen.write("What should change, and why?", REASON, within="#verdict-1")
    screen.saved("#verdict-1")
    screen.look("09-read-and-decide")
    screen.press("Return for changes")
    screen.reads(re.compile("returned for changes"))
    assert review.case.self_assessment.status == SelfAssessmentStatus.RETURNED


def the_host_changes_and_submits_again(review: Review) -> None:
    screen = review.at_case("coordinator")
    expect(screen.next_card()).to_contain_text("The review lead asked for changes")
    screen.follow("Change the self-assessment")
    screen.reads(REASON)
    screen.page.locator("main .is-waiting h3 a").click()
    the_host_types(screen, "In 2018 the plan reached 212 of about 300 families in Kuncz.")
    screen.saved("#answer-1")
    screen.follow("All sections")
    the_coordinator_signs_and_submits(screen)


def the_host_types(screen: Screen, text: str) -> None:
    """The answer to the first question, in the editor."""
    screen.page.locator("#answer-1 [contenteditable=true]").fill(text)


def the_coordinator_signs_and_submits(screen: Screen) -> None:
    screen.follow("Submit the self-assessment")
    screen.write("Your office", "Head of community assistance")
    screen.press("Submit the self-assessment")
    screen.reads(re.compile("Self-assessment submitted"))


def the_sponsor_signs(review: Review) -> None:
    screen = review.at_case("sponsor")
    expect(screen.next_card()).to_contain_text("Version 2 waits for your signature")
    screen.follow("Read and sign")
    screen.write("Your office", "Deputy mayor")
    screen.look("09b-signature", phone=True)
    screen.press("Sign version 2")
    screen.reads(re.compile("You signed version 2"))


def the_lead_accepts(review: Review) -> None:
    screen = review.at_case("lead")
    screen.follow("Read and decide")
    screen.reads(re.compile("What was asked for in version 1"))
    screen.reads("In 2018 the plan reached 212 of about 300 families in Kuncz.")
    screen.press("Accept and release to the team")
    screen.reads(re.compile("accepted and released"))
    assert review.case.self_assessment.status == SelfAssessmentStatus.ACCEPTED


# --- Visit and feedback ---------------------------------------------------------------------------
def a_friend_prepares(review: Review) -> None:
    screen = review.at_case("friend")
    screen.follow("Read the self-assessment")
    screen.reads("In 2018 the plan reached 212 of about 300 families in Kuncz.")
    screen.look("10-self-assessment-to-read")
    screen.tab("Desk review")
    screen.tick("Question to ask")
    screen.write("Text", "Who decides which street comes first?")
    screen.press("Add")
    screen.reads("Who decides which street comes first?")
    screen.tick("A document we need")
    screen.write("Text", "The minutes of the residents' council.")
    screen.press("Add")
    screen.look("11-desk-review")


def the_host_answers_the_request(review: Review) -> None:
    screen = review.at_tab("coordinator", "Desk review")
    screen.reads("1 request waits for your answer")
    expect(screen.page.locator("main")).not_to_contain_text("Who decides which street comes first?")
    screen.write("Your answer", "You find them among the files from Monday on.")
    screen.saved(".desk-answer-form")


def the_lead_freezes_the_programme(review: Review) -> None:
    screen = review.at_tab("lead", "Desk review")
    screen.press("Close the desk review")
    screen.tab("Programme")
    screen.press("Freeze the programme")
    screen.reads(re.compile("Programme frozen"))
    screen.tab("Overview")
    screen.press("Start visit and feedback")
    screen.reads(re.compile("Ready for the visit"))
    assert review.case.stage == Stage.FEEDBACK


def the_friends_note_what_they_hear(review: Review) -> None:
    review.let_time_pass()
    screen = review.at_tab("friend", "Programme")
    screen.follow(re.compile("^Write a note on Talk with the residents"))
    screen.tick("Heard")
    screen.choose("Who", "Residents and community")
    screen.write("Note", "The council was asked twice, and its proposal for the square was carried out.")
    screen.saved("#note-form")
    screen.press("Next note")
    expect(screen.page.locator(".note-list")).to_contain_text("The council was asked twice")
    screen.look("12-notes", phone=True)
    review.note_the_rest()
    lead = review.at_tab("lead", "Programme")
    lead.press("The visit has taken place")
    lead.reads(re.compile("Study visit held"))


def findings_grow_from_notes(review: Review) -> None:
    screen = review.at_case("friend")
    expect(screen.next_card()).to_contain_text("not part of a finding yet")
    screen.follow("Open the findings board")
    gather(review, ("The council was asked twice", "open day was held"), "Strength", STRENGTH, "Residents")
    review.find(("family doctor", "About 300 people"), FindingKind.GOOD_PRACTICE, PRACTICE, "Health")
    review.find(("Who answers when",), FindingKind.QUESTION, OPEN_QUESTION, "Steering")
    gather(review, ("Parents heard of the plan", "Partners are asked"), "Area for consideration", CONCERN, "Residents")
    for text in (STRENGTH, CONCERN, PRACTICE, OPEN_QUESTION):
        expect(screen.page.locator(".finding-link", has_text=text[:30])).to_be_visible()
    screen.look("13-findings-board", phone=True)


def a_recommendation_grows_from_findings(review: Review) -> None:
    screen = review.screen("friend")
    for words in (CONCERN, STRENGTH):
        screen.page.locator("article.finding", has_text=words[:30]).locator("input[type=checkbox]").check()
    screen.press("Make a recommendation")
    screen.write("What the team recommends", RECOMMENDATION)
    screen.write("Why", "Glasgow gives a part of each district's budget to its residents.")
    screen.write("For whom", "Social services department")
    screen.write("By when", "Within six months")
    screen.choose("What it needs", "With current resources")
    screen.choose("Impact", "High")
    screen.choose("Feasibility", "Medium")
    screen.saved()
    screen.look("14-recommendation")


def the_lead_releases_the_findings(review: Review) -> None:
    host = review.at_case("coordinator")
    expect(host.page.locator("body")).not_to_contain_text(CONCERN)
    screen = review.at_case("lead")
    screen.follow("Look at the release")
    screen.look("15-release")
    box = screen.page.locator("#id_confirmed")
    if box.count():
        box.check()
    screen.press("Release to the host")
    screen.reads(re.compile("with the host|released", re.IGNORECASE))
    assert set(review.case.findings.values_list("status", flat=True)) == {FindingStatus.SHARED}
    host = review.at_case("coordinator")
    host.tab("Findings")
    host.reads(CONCERN)
    expect(host.page.locator("main")).not_to_contain_text("Partners are asked for their opinion")
    host.look("16-findings-of-the-host", phone=True, dark=True)


def the_feedback_session_is_recorded(review: Review) -> None:
    screen = review.at_case("coordinator")
    expect(screen.next_card()).to_contain_text("have released their findings to you")
    screen = review.at_case("lead")
    expect(screen.next_card()).to_contain_text("Hold the feedback session")
    screen.follow("Record the session")
    screen.write("Held on", days_from_now(0))
    screen.write("People of the host who came", "23")
    screen.write("What the host answered", "The department recognised itself, and will take up the residents' budget.")
    screen.saved()
    screen.press("Mark as agreed")
    screen.tab("Overview")
    screen.press("Start the report")
    screen.reads(re.compile("the report is written"))
    assert review.case.stage == Stage.REPORTING


# --- Report ---------------------------------------------------------------------------------------
def the_rapporteur_writes(review: Review) -> None:
    screen = review.at_case("rapporteur")
    screen.look("17-case-of-the-rapporteur")
    *more, (title, text) = SECTIONS.items()
    review.write_sections(more)
    screen.follow("Write the report")
    screen.follow(title)
    screen.write("Text", text)
    screen.saved()
    expect(screen.page.locator("#preview")).to_contain_text("Not yet all of them")
    screen.look("18-section-of-the-report")
    screen.tab("Report")
    screen.look("19-report")
    screen.press("Send the draft to the host for its fact check")
    screen.reads(re.compile("fact check"))
    assert review.case.report.status == "fact_check"


def the_host_checks_the_facts(review: Review) -> None:
    screen = review.at_case("coordinator")
    expect(screen.next_card()).to_contain_text("The draft report is with you")
    screen.follow("Check the facts")
    place = screen.page.locator(".doc-place", has_text="adopted in 2017").last
    place.get_by_role("link", name=re.compile("^Comment")).click()
    screen.tick("A fact is wrong", within="#comment-here")
    screen.write("Your comment", "The council adopted the plan in early 2018.", within="#comment-here")
    screen.write("How it should read", "adopted in early 2018", within="#comment-here")
    screen.press("Send the comment")
    screen.reads("Comment 1")
    screen.look("20-fact-check", phone=True)
    screen.press("We have no more comments")
    screen.reads(re.compile("You closed the fact check"))
    screen.tab("Report")
    screen.follow("Write your statement")
    screen.write("Text", "The city thanks its friends, and will decide on the residents' budget in November.")
    screen.saved()


def the_rapporteur_answers(review: Review) -> None:
    screen = review.at_case("rapporteur")
    expect(screen.next_card()).to_contain_text("The host city has checked the facts")
    screen.follow("See comments and answer")
    screen.tick("Accepted", within="#comment-1")
    screen.press("Send the answer")
    screen.follow("Put it into the text", within="#comment-1 .answer")
    words = SECTIONS["The host city and its context"].replace("in 2017", "in early 2018")
    screen.write("The paragraph as it will read", words)
    screen.press("Put it into the text")
    expect(screen.page.locator("#comment-1 .answer")).to_contain_text("In the text since")
    screen.tab("Report")
    screen.press("Make the report final")
    screen.reads(re.compile("text is final"))
    assert review.case.report.status == "final"


def the_worker_makes_the_pdf(review: Review) -> None:
    """The page shows the progress and the result without being loaded anew."""
    screen = review.at_tab("rapporteur", "Documents")
    screen.page.evaluate("window.wasNotReloaded = true")
    name = re.compile("^Make the PDF of the final report|^Make the PDF of the report", re.IGNORECASE)
    screen.page.get_by_role("button", name=name).first.click()
    row = screen.page.locator(".document").first
    expect(row).to_contain_text(re.compile("Waiting to be made|Being made|Page|page"))
    screen.page.evaluate("window.wasNotReloaded = true")
    expect(row.get_by_role("link", name=re.compile("^Download"))).to_be_visible(timeout=90_000)
    assert screen.page.evaluate("window.wasNotReloaded") is True
    screen.look("21-documents")


def the_team_stands_behind_the_report(review: Review) -> None:
    screen = review.at_case("friend")
    screen.follow("Read and say")
    screen.press("I stand behind this report")
    screen.reads(re.compile("You stand behind the report, since"))
    review.confirm_the_rest()
    lead = review.at_tab("lead", "Report")
    lead.look("21-who-stands-behind-it")
    lead.follow(re.compile("^Go on without"))
    lead.write("Reason", "She joined after the visit, and has read the draft.")
    lead.press("Go on without their word")
    lead.reads(re.compile("She joined after the visit"))


def the_report_is_published(review: Review) -> None:
    sponsor = review.at_case("sponsor")
    expect(sponsor.next_card()).to_contain_text("published with your consent")
    sponsor.look("22-case-of-the-sponsor", phone=True)
    sponsor.follow("Read and consent")
    sponsor.press("We consent to publication")
    sponsor.reads(re.compile("consented on"))
    screen = review.at_case("secretariat")
    expect(screen.next_card()).to_contain_text("The host city has consented")
    screen.follow("Publish the report")
    screen.press("Publish the report")
    screen.reads(re.compile("Published: everybody can read it"))
    screen.tab("Overview")
    screen.press("Start follow-up")
    screen.reads(re.compile("follow-up begins"))
    assert review.case.stage == Stage.FOLLOW_UP


def a_stranger_reads_the_report(review: Review) -> None:
    screen = review.screen("stranger")
    screen.go("/")
    screen.look("23-front", phone=True, dark=True)
    screen.follow("Read the reports")
    screen.write("Words", "residents")
    screen.press("Search")
    screen.look("24-library")
    screen.follow(re.compile("Timișoara"))
    screen.reads(RECOMMENDATION)
    screen.reads(re.compile("adopted in early 2018"))
    screen.look("25-published-report", phone=True)
    link = screen.page.get_by_role("link", name="Download the PDF")
    wait_until(lambda: bool(screen.page.reload()) and link.count() > 0, "The PDF of the publication", seconds=90)
    with screen.page.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    assert len(content) > 10_000
    review.artefacts.joinpath("26-published-report.pdf").write_bytes(content)
    answer = screen.page.request.get(f"{review.stack.url}/cases/{review.slug}/", max_redirects=0)
    assert answer.status in {302, 404}


# --- Follow-up ------------------------------------------------------------------------------------
def the_host_responds(review: Review) -> None:
    screen = review.at_case("coordinator")
    expect(screen.next_card()).to_contain_text("1 recommendation waiting for your response")
    screen.follow("Respond")
    screen.follow("Respond")
    screen.tick("Partly accepted", within="#response")
    screen.write("Reason", "We begin with the two districts that have a residents' council.", within="#response")
    screen.press("Save the response")
    screen.reads(re.compile("^Saved"))
    screen.write("What will be done", "Set up the residents' budget in Kuncz and Ronaț", within="#actions")
    screen.write("Who is responsible", "Social services department", within="#actions")
    screen.write("By", days_from_now(180), within="#actions")
    screen.press("Add to the plan")
    screen.reads("Set up the residents' budget in Kuncz and Ronaț")
    screen.look("27-response")
    screen.tab("Follow-up")
    screen.reads("Partly accepted")
    screen.look("28-follow-up", phone=True)
    for part in ("lead", "secretariat", "sponsor"):
        reader = review.screen(part)
        reader.go(f"/cases/{review.slug}/follow-up/")
        reader.reads("Partly accepted")
    stranger = review.screen("stranger")
    stranger.go(f"/library/{review.slug}/")
    expect(stranger.page.locator(".followed")).to_contain_text("Partly accepted")
    assert Case.objects.get(slug=review.slug).stage == Stage.FOLLOW_UP


CHAPTERS = (
    the_host_proposes,
    the_secretariat_accepts,
    the_team_is_named,
    the_newcomer_accepts_the_invitation,
    everybody_declares_interests,
    the_lead_decides_on_an_interest,
    the_host_plans_the_visit,
    the_host_adds_a_slot_by_hand,
    the_lead_agrees_and_opens_the_self_assessment,
    the_host_answers,
    the_host_submits,
    the_lead_returns_one_section,
    the_host_changes_and_submits_again,
    the_sponsor_signs,
    the_lead_accepts,
    a_friend_prepares,
    the_host_answers_the_request,
    the_lead_freezes_the_programme,
    the_friends_note_what_they_hear,
    findings_grow_from_notes,
    a_recommendation_grows_from_findings,
    the_lead_releases_the_findings,
    the_feedback_session_is_recorded,
    the_rapporteur_writes,
    the_host_checks_the_facts,
    the_rapporteur_answers,
    the_worker_makes_the_pdf,
    the_team_stands_behind_the_report,
    the_report_is_published,
    a_stranger_reads_the_report,
    the_host_responds,
)

STRENGTH = "Residents are asked on their own square, and see that their proposals are carried out."
CONCERN = "Families and partners hear of decisions late, when the money is already given out."
PRACTICE = "Health mediators lead families to a doctor of their own."
OPEN_QUESTION = "Who answers when a measure of the plan is not carried out?"
RECOMMENDATION = "Let the residents' councils decide on a small part of the plan's budget."
SECTIONS = {
    "Summary": "The city has a plan, people who carry it, and the trust of many families. Decisions still come late.",
    "The host city and its context": "The council of Timișoara had its action plan adopted in 2017, with four areas.",
    "Answers to the guiding questions": "**Does the plan reach the families who need it most?** Not yet all of them.",
}


def gather(review: Review, notes: tuple[str, ...], kind: str, text: str, heading: str) -> None:
    """Tick notes on the board, make a finding of them, and say what it is."""
    screen = review.screen("friend")
    for words in notes:
        screen.page.locator("#waiting .note-pick", has_text=words).locator("input").check()
    screen.choose("Kind of the new finding", kind)
    screen.press("Make a finding")
    screen.write("What the team found", text)
    screen.write("Heading in the report", heading)
    screen.saved()
    screen.follow("All findings")


def invitation_of(review: Review, address: str) -> str:
    """The link in the mail that the worker sent."""
    found: list[str] = []

    def has_come() -> bool:
        for file in (review.stack.var_dir / "mail").glob("*.log"):
            for raw in file.read_bytes().split(b"-" * 79):
                mail = email.message_from_bytes(raw.strip(), policy=email.policy.default)
                if mail["To"] == address:
                    found.extend(re.findall(r"https?://\S+/invitations/\S+/", str(mail.get_content())))
        return bool(found)

    wait_until(has_come, f"The invitation of {address}")
    return found[-1]
