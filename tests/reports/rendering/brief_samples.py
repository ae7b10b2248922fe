"""Whole documents of the brief kinds for the renderer's tests: programme, slides, progress report, certificate."""

from dataclasses import replace
from datetime import date

from reports.rendering import charts
from reports.rendering.model import (
    Chapter,
    Chart,
    Column,
    Day,
    DocumentContent,
    Fact,
    Facts,
    Heading,
    Lead,
    RichText,
    Table,
    Thought,
)
from tests.reports.rendering import samples

_BASE = DocumentContent(
    kind="",
    edition="host",
    kind_label="",
    title="Timișoara",
    subtitle="Roma inclusion through the local action plan",
    language="en",
    dated=date(2018, 6, 14),
    chapters=(),
    confidentiality="For the host city and the review team",
    authors=("Working Group Roma Inclusion",),
    description="A document of a critical friend review.",
)
_STATES = (
    charts.Counted("done", "done", 1),
    charts.Counted("on_track", "on track", 3),
    charts.Counted("delayed", "delayed", 1),
)


def programme() -> DocumentContent:
    """Make a programme of two days and one group."""
    strips = (charts.Strip("Tue 12 June", (charts.Span(540, 630, "welcome", "Welcome"),)),)
    return replace(
        _BASE,
        kind="programme",
        edition="team",
        kind_label="Programme of the visit",
        edition_label="Team edition",
        version="Version 4 of 30 May 2018, frozen",
        running_title="Programme · Timișoara 2018",
        cover_facts=(Fact("Study visit", "12–14 June 2018"), Fact("Times", "Bucharest time")),
        chapters=(
            Chapter(
                "The visit at a glance",
                (
                    Lead("The days of the visit, and who leads and who takes notes. Nobody whom you meet is named."),
                    Chart(charts.timetable(strips, words=(("welcome", "Welcome"),)), "The visit at a glance."),
                    Table(
                        (Column("Host site", 45), Column("Address")),
                        (("Cultural centre", "Strada Mărășești 2"), ("School no. 12", "Bulevardul Cetății 7")),
                        "Where the visit goes",
                    ),
                ),
                "glance",
            ),
            Chapter("Tuesday 12 June 2018", (Day("", samples.slots(9), "Bucharest"),), "day-1"),
            Chapter("Wednesday 13 June 2018", (Day("", samples.slots(4), "Bucharest"),), "day-2"),
            Chapter(
                "The way of Group A",
                (Lead("Ana Ionescu, Jens Berg"), Day("Tuesday 12 June 2018", samples.slots(4), "Bucharest")),
                "group-1",
            ),
        ),
    )


def slides() -> DocumentContent:
    """Make the slides of a feedback session, one of them too long for its slide."""
    return replace(
        _BASE,
        kind="slides",
        kind_label="Feedback session",
        edition_label="12–14 June 2018",
        running_title="Feedback session · Timișoara 2018",
        cover_facts=(Fact("Critical friends from", "Budapest, Cluj-Napoca, Ghent, Glasgow and Gothenburg"),),
        chapters=(
            Chapter(
                "What we were asked",
                (Thought("asked", "<p>How can the local action plan for Roma inclusion be improved for 2019?</p>"),),
                "asked",
            ),
            Chapter(
                "What we did",
                (
                    Facts((Fact("Days", "3"), Fact("Host sites", "4"), Fact("People met", "63"))),
                    Chart(
                        charts.people_met(
                            (
                                charts.Counted("community", "Residents and community", 21),
                                charts.Counted("front_line", "Front-line staff", 14),
                            )
                        ),
                        "People whom we met, by group. Nobody is named.",
                    ),
                ),
                "done",
            ),
            Chapter(
                "Strengths",
                (
                    Thought("strength", "<p>Support is planned together with the community.</p>", "Planning"),
                    Thought("strength", samples.PARAGRAPH * 4, "Housing", is_long=True),
                ),
                "strength",
            ),
            Chapter(
                "What we recommend",
                (
                    Thought(
                        "recommendation",
                        "<p>Name one owner, one date and one sign of success for each activity in the plan.</p>",
                        "Social services · Within 3 months",
                        1,
                    ),
                ),
                "recommendation",
            ),
            Chapter(
                "Thank you",
                (
                    Lead("To everybody who spoke with us, showed us their work and corrected us."),
                    Table((Column("When", 25), Column("What comes next")), (("15 July 2018", "Draft of the report"),)),
                ),
                "next",
            ),
        ),
    )


def progress() -> DocumentContent:
    """Make a progress report with a chart, responses and actions."""
    columns = (Column("What the host does", 45), Column("Who", 20), Column("By when", 18), Column("Status"))
    actions = (("Write the table of owners", "Social services", "1 March 2019", "Done"),)
    return replace(
        _BASE,
        kind="progress",
        kind_label="Progress report",
        subtitle="What became of the recommendations of the critical friends",
        dated=date(2019, 5, 20),
        edition_label="For host and team",
        running_title="Progress report · Timișoara 2018",
        cover_facts=(Fact("Study visit", "12–14 June 2018"),),
        chapters=(
            Chapter(
                "Where things stand",
                (
                    Lead("The host decides what it does with a recommendation."),
                    Chart(charts.progress(_STATES), "Where the recommendations stand."),
                    Facts((Fact("Recommendations", "5"), Fact("Actions done", "1"))),
                ),
                "stand",
                "1",
            ),
            Chapter(
                "Recommendation by recommendation",
                (samples.RECOMMENDATIONS[0], Table(columns, actions), samples.RECOMMENDATIONS[1]),
                "recommendations",
                "2",
            ),
            Chapter(
                "What has changed",
                (Heading("1. Name one owner", anchor="changed-1"), RichText(samples.PARAGRAPH)),
                "changed",
                "3",
                starts_page=False,
            ),
        ),
    )


def certificate() -> DocumentContent:
    """Make a certificate."""
    return replace(
        _BASE,
        kind="certificate",
        edition="team",
        kind_label="Certificate of participation",
        title="Mary Shaw",
        subtitle="took part in the critical friend review of Timișoara and gave time, knowledge and honest questions"
        " to colleagues.",
        edition_label="Issued by Lena Brandt on 20 June 2018",
        version="Certificate 7-12",
        confidentiality="",
        running_title="Certificate of participation",
        cover_facts=(
            Fact("As", "Review lead"),
            Fact("From", "Glasgow, United Kingdom"),
            Fact("Review", "Roma inclusion through the local action plan"),
            Fact("Working group", "Working Group Roma Inclusion"),
            Fact("Study visit", "12–14 June 2018"),
            Fact("Hours", "31.5, preparation included"),
        ),
    )
