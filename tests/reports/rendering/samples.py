# ruff: noqa: RUF001 - the signs of five scripts are the point
"""Whole documents for the renderer's tests: every kind of block, five scripts, real lengths."""

from dataclasses import replace
from datetime import date

from reports.rendering import charts
from reports.rendering.model import (
    Answer,
    Callout,
    Chapter,
    Chart,
    Checklist,
    Column,
    Day,
    DocumentContent,
    Fact,
    Facts,
    Finding,
    Heading,
    Lead,
    NoteSheet,
    People,
    Person,
    Photo,
    Recommendation,
    RecommendationTable,
    Response,
    RichText,
    Slot,
    Table,
)

LATIN = "Timișoara, Győr, Łódź, Besançon, Århus, Plzeň, Kırşehir, Reykjavík, Huế"
GREEK = "Η πόλη ακούει τους κατοίκους και δημοσιεύει τις απαντήσεις κάθε χρόνο."
BULGARIAN = "Градът слуша жителите си и публикува отговорите всяка година."
ARABIC = "تستمع المدينة إلى سكانها وتنشر الإجابات كل عام."
UKRAINIAN = "Місто слухає мешканців і щороку публікує відповіді, ґрунтуючись на їхніх словах."

PARAGRAPH = (
    "<p>Targeted support is planned together with the community, not only for it. Residents name the people they can"
    " turn to, and the city’s social services keep one list of responsibilities that everybody can read.</p>"
)
LONG = (
    PARAGRAPH * 3 + "<ul><li>Neighbourhood centre</li><li>Housing advice on <strong>two</strong> afternoons</li></ul>"
)

FINDINGS = (
    Finding(
        "strength", "Strength", PARAGRAPH, "Planned together", "3 interviews, 1 site visit", "Neighbourhood centre"
    ),
    Finding(
        "consideration",
        "Area for consideration",
        "<p>The plan names activities, but few say who is responsible and by when. Others have solved this with a one-page owner table, updated twice a year.</p>",
        "Owners and dates",
        "2 documents, 1 interview",
        "City",
    ),
    Finding("question", "Question", "<p>What would tell you, in a year, that living conditions have changed?</p>"),
    Finding(
        "good_practice",
        "Good practice",
        "<p>A neighbourhood centre joins schooling, health and housing advice under one roof.</p>",
        "",
        "1 site visit",
        "",
        is_single_source=True,
    ),
)
RECOMMENDATIONS = (
    Recommendation(
        1,
        "Name one owner, one date and one sign of success for each activity in the plan.",
        PARAGRAPH,
        "Owners change and plans stay.",
        "Social services",
        "Within 3 months",
        "With current resources",
        ("Owners and dates",),
        Response(
            "Accepted",
            "accepted",
            "The table is part of the plan for 2019.",
            "Head of social services",
            "1 March 2019",
            "On track",
        ),
        "r1",
    ),
    Recommendation(
        2,
        "Ask residents each year which barrier they would remove first, and publish the answer.",
        "",
        "Questions keep a plan alive.",
        "City council",
        "Within a year",
        "With modest extra resources",
        anchor="r2",
    ),
)


def slots(count: int = 9) -> tuple[Slot, ...]:
    named = (
        Slot(
            "09:00",
            "10:30",
            "Welcome and policy context",
            "welcome",
            "City hall, room 12",
            "All",
            "Politicians, managers",
            "Ana Ionescu",
            "Jens Berg",
        ),
        Slot(
            "10:45",
            "12:15",
            "Panel with residents and NGOs",
            "panel",
            "Cultural centre",
            "All",
            "Residents and community, NGOs and partners",
            "Mary Shaw",
            "Eszter Kiss",
            "Romanian, interpreted",
        ),
        Slot("12:15", "13:15", "Lunch with practitioners", "meal", "Cultural centre"),
        Slot(
            "13:15",
            "14:00",
            "Interview: school mediators",
            "interview",
            "School no. 12",
            "Group A",
            "Front-line staff",
            "Jens Berg",
            "Ana Ionescu",
        ),
        Slot(
            "16:30",
            "18:00",
            "Daily debrief",
            "debrief",
            "Hotel, room Bega",
            "All",
            "",
            "Mary Shaw",
            "",
            "",
            "Bring your notes",
            is_private=True,
        ),
    )
    return tuple(named[place % len(named)] for place in range(count))


def report(*, language: str = "en", is_numbered: bool = False) -> DocumentContent:
    """Make a final report with every block that a report has."""
    return DocumentContent(
        kind="report",
        edition="public",
        kind_label="Critical friend review",
        title="Timișoara",
        subtitle="How can the local action plan for Roma inclusion be improved for 2019?",
        language=language,
        dated=date(2018, 8, 14),
        version="Version 1",
        edition_label="Final report",
        confidentiality="Public",
        cover_facts=(
            Fact("Study visit", "12–14 June 2018"),
            Fact("Critical friends", "Budapest, Cluj-Napoca, Ghent, Glasgow and Gothenburg"),
            Fact("Published", "14 August 2018"),
        ),
        running_title="Critical friend review · Timișoara 2018",
        authors=("Working Group Roma Inclusion",),
        keywords=("peer review", "Roma inclusion"),
        description="Findings and recommendations of a critical friend review.",
        is_numbered=is_numbered,
        chapters=(
            Chapter(
                "Summary",
                (
                    Lead(
                        "Over three days the team met the city’s social services, residents and organisations at four host sites."
                    ),
                    Chart(charts.funnel(notes=60, findings=19, recommendations=6), "From notes to recommendations."),
                    RichText(LONG),
                ),
                "s1",
                "1",
            ),
            Chapter(
                "The review",
                (
                    Heading("Data sheet", anchor="s2-data"),
                    Facts(
                        (
                            Fact("Host city", "Timișoara, Romania"),
                            Fact("Guiding questions", "Who takes part?\nWhat has changed?\nWho pays?"),
                        )
                    ),
                    Heading("Whom the team met", anchor="s2-met"),
                    Chart(
                        charts.coverage(
                            (
                                charts.Coverage("Residents and community", 6, 8),
                                charts.Coverage("Front-line staff", 5, 5),
                                charts.Coverage("NGOs and partners", 3, 7),
                            )
                        ),
                        "Meetings held by source group.",
                    ),
                    Table(
                        (Column("Group", 40), Column("Meetings", 20, is_number=True), Column("Themes")),
                        (("Residents", "6", "Housing, schooling"), ("Front-line staff", "5", "Health")),
                        "Meetings by group",
                    ),
                    People(
                        (
                            Person("Ana Ionescu", "Review lead", "Cluj-Napoca", "Romanian, English"),
                            Person("Jens Berg", "Rapporteur", "Gothenburg", "Swedish, English"),
                        ),
                        "The team",
                    ),
                ),
                "s2",
                "2",
            ),
            Chapter(
                "What the critical friends found",
                (
                    Chart(
                        charts.findings_by_kind(
                            (
                                charts.Counted("strength", "Strength", 7),
                                charts.Counted("consideration", "Area for consideration", 6),
                                charts.Counted("question", "Question", 4),
                                charts.Counted("good_practice", "Good practice", 2),
                            )
                        ),
                        "Findings by kind.",
                    ),
                    Heading("Planning with the community", anchor="s3-planning"),
                    *FINDINGS,
                    Heading("Housing", anchor="s3-housing"),
                    *FINDINGS[:2],
                ),
                "s3",
                "3",
            ),
            Chapter(
                "Recommendations",
                (
                    RecommendationTable(RECOMMENDATIONS),
                    Chart(
                        charts.progress(
                            (
                                charts.Counted("done", "done", 1),
                                charts.Counted("on_track", "on track", 3),
                                charts.Counted("delayed", "delayed", 1),
                                charts.Counted("none", "without an action", 1),
                            )
                        ),
                        "Where the recommendations stand.",
                    ),
                    *RECOMMENDATIONS,
                ),
                "s4",
                "4",
            ),
            Chapter(
                "Voices in five scripts",
                (
                    *tuple(
                        RichText(f"<p>{text}</p>", language=tag)
                        for tag, text in (("en", LATIN), ("el", GREEK), ("bg", BULGARIAN), ("uk", UKRAINIAN))
                    ),
                    RichText(f'<p dir="rtl">{ARABIC}</p>', language="ar"),
                ),
                "s5",
                "A",
                starts_page=False,
                is_annex=True,
            ),
        ),
    )


def handbook() -> DocumentContent:
    """Make a handbook with timetable, guides, note sheets and checklist."""
    return DocumentContent(
        kind="handbook",
        edition="team",
        kind_label="Handbook for critical friends",
        title="Timișoara",
        subtitle="How can the local action plan for Roma inclusion be improved for 2019?",
        language="en",
        dated=date(2018, 5, 30),
        edition_label="Team edition",
        version="Programme frozen 30 May 2018",
        confidentiality="For the review team only",
        cover_facts=(Fact("Study visit", "12–14 June 2018"), Fact("Host", "Municipality of Timișoara")),
        running_title="Handbook · Timișoara 2018",
        chapters=(
            Chapter(
                "How to use this handbook",
                (
                    Lead("Everything you need for three days, in the order you need it."),
                    Callout(
                        "What you read here",
                        "<p>Information may be used; who said it may not be told. Public access laws can still reach what you write.</p>",
                    ),
                    RichText(LONG),
                ),
                "s1",
                "1",
            ),
            Chapter(
                "The programme",
                (
                    Chart(
                        charts.timetable(
                            (
                                charts.Strip(
                                    "Tue 12 June",
                                    (
                                        charts.Span(540, 630, "welcome", "Welcome"),
                                        charts.Span(645, 735, "panel", "Panel"),
                                        charts.Span(735, 795, "meal", "Lunch"),
                                        charts.Span(990, 1080, "debrief", "Debrief"),
                                    ),
                                ),
                                charts.Strip(
                                    "Wed 13 June",
                                    (
                                        charts.Span(540, 720, "site_visit", "Site visit"),
                                        charts.Span(780, 900, "interview", "Interview"),
                                    ),
                                ),
                                charts.Strip(
                                    "Thu 14 June",
                                    (
                                        charts.Span(540, 735, "team", "Synthesis"),
                                        charts.Span(795, 900, "feedback", "Feedback session"),
                                    ),
                                ),
                            ),
                            words=(
                                ("welcome", "Welcome"),
                                ("panel", "Panel"),
                                ("interview", "Interview"),
                                ("site_visit", "Site visit"),
                                ("team", "Team meeting"),
                                ("debrief", "Debrief"),
                                ("feedback", "Feedback session"),
                                ("meal", "Meal"),
                            ),
                        ),
                        "The visit at a glance.",
                    ),
                    Day("Tuesday 12 June 2018", slots(14), "Bucharest", anchor="d1"),
                    Day("Wednesday 13 June 2018", slots(6), "Bucharest", anchor="d2"),
                ),
                "s2",
                "2",
            ),
            Chapter(
                "Before you leave",
                (
                    Checklist(("Read the self-assessment", "Declare your interests", "Prepare three questions")),
                    Callout(
                        "Say this first",
                        "<p>We are visitors, not inspectors. No name will be in the report.</p>",
                        "script",
                    ),
                ),
                "s3",
                "3",
                starts_page=False,
            ),
            Chapter(
                "Note sheets",
                (
                    NoteSheet(
                        "Interview: school mediators",
                        ("What works?", "What should develop?"),
                        (Fact("When", "12 June, 13:15–14:00"),),
                        18,
                        "n1",
                    ),
                    NoteSheet("Panel with residents", lines=20),
                ),
                "s4",
                "4",
            ),
        ),
    )


def self_assessment() -> DocumentContent:
    """Make a self-assessment with answers, ratings and an empty answer."""
    answer = Answer(
        "1",
        "Which group of children or young people are you most worried about, and how do you know?",
        LONG,
        "Developing",
        2,
        4,
        "Better",
        "Two surveys, but no data on transitions.",
        ("Survey of families 2017 (public)",),
    )
    return DocumentContent(
        kind="self_assessment",
        edition="team",
        kind_label="Self-assessment",
        title="Timișoara",
        subtitle="Roma inclusion through the local action plan",
        language="en",
        dated=date(2018, 5, 8),
        edition_label="Accepted",
        version="Version 2",
        confidentiality="For the host city and the review team",
        cover_facts=(Fact("Host city", "Timișoara, Romania"), Fact("Signed by", "Deputy mayor, 8 May 2018")),
        running_title="Self-assessment · Timișoara 2018",
        chapters=(
            Chapter(
                "Context and challenge",
                (
                    answer,
                    replace(answer, number="2", rating="Not applicable", level=0, trend="", reason="", evidence=()),
                    replace(answer, number="3", html="", rating="", level=0),
                ),
                "s1",
                "1",
            ),
            Chapter(
                "Leadership and governance",
                tuple(replace(answer, number=str(number)) for number in range(4, 8)),
                "s2",
                "2",
            ),
        ),
    )


def with_photo(name: str) -> DocumentContent:
    """Make a report of one chapter, with one photo from the media storage."""
    photo = Photo(name, "Two people talk in front of a school.", "The yard of school no. 12.")
    return replace(report(), chapters=(Chapter("In pictures", (photo,), "s1", "1"),))


def arabic() -> DocumentContent:
    """Make a short report that is written from right to left."""
    return replace(
        report(language="ar"),
        title="تيميشوارا",
        subtitle=ARABIC,
        chapters=(
            Chapter(
                "ملخص",
                (
                    Lead(ARABIC),
                    RichText(f"<p>{ARABIC}</p><ul><li>{ARABIC}</li></ul>"),
                    Finding("strength", "نقطة قوة", f"<p>{ARABIC}</p>", sources="3"),
                ),
                "s1",
                "1",
            ),
            Chapter("التوصيات", (Facts((Fact("المدينة", "تيميشوارا"),)), Checklist((ARABIC,))), "s2", "2"),
        ),
    )
