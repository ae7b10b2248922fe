"""The words of the method that every handbook carries, our own; docs/method.md says where the practice is from."""

from reports.rendering.model import Block, Callout, Checklist, Heading, Lead, RichText

ALWAYS_ASK = ("What works well here?", "What should develop, and who could do it?", "Whom else should we ask?")


def opening(*, for_host: bool) -> tuple[Block, ...]:
    """Return the first page: what this is, and how critical friends behave."""
    if for_host:
        return (
            Lead("The visit of your critical friends on paper: who comes, when, where and whom they meet."),
            RichText(
                "<p>Critical friends are colleagues from other cities. They do not inspect. They look at your work with"
                " you, ask questions that you may not ask yourselves, and say what they would consider.</p>"
                "<ul><li>You decide what the review is about and what is off limits.</li>"
                "<li>Let your staff speak freely. Nobody needs a script, and nobody is named.</li>"
                "<li>Correct facts at once, also in the middle of a talk.</li>"
                "<li>Come to the feedback session with the people who can act on it.</li></ul>"
            ),
        )
    return (
        Lead(
            "Everything you need for the visit, in the order in which you need it. Bring it, write in it, ask about it."
        ),
        RichText(
            "<p>You come as a critical friend: a trusted person who asks provocative questions, looks at the work"
            " through another lens, and wants the host to succeed.</p>"
            "<ul><li>You are a guest and an equal, not an inspector.</li>"
            "<li>Ask before you advise. What the self-assessment already says needs no question.</li>"
            "<li>Say “others have solved it by…” rather than “at our place we…”.</li>"
            "<li>Voice a doubt while there is time to look again: the feedback session should hold no surprise.</li>"
            "<li>The host decides what it does with your findings.</li></ul>"
        ),
    )


def talks(*, for_host: bool) -> tuple[Block, ...]:
    """Return how interviews work."""
    if for_host:
        return (
            RichText(
                "<p>Interviews take about 45 minutes, with interpreting about twice as long. Two critical friends come:"
                " one leads the talk, the other takes notes. They begin by saying who they are, what the talk is for,"
                " and that no names go into the report. Please do not sit in on talks with staff or residents.</p>"
            ),
        )
    return (
        Callout(
            "Say this first",
            "<p>“Thank you for your time. We are colleagues from other cities, not inspectors. The city has asked us"
            " how it could do even better. One of us leads the talk, one takes notes. What you say helps us understand;"
            " no name and nothing that points to you will be in our report. You need not answer. Do you have a question"
            " before we begin?”</p>",
            "script",
        ),
        RichText(
            "<ul><li>Five to ten questions for a group, ten to fifteen for one person, in 45 minutes.</li>"
            "<li>One of you leads, the other writes. Agree on it before you go in.</li>"
            "<li>With an interpreter everything takes twice as long: choose half the questions.</li>"
            "<li>Always end with what works and what should develop.</li>"
            "<li>Write what you heard, saw or read apart from what you think of it.</li>"
            "<li>At schools: no photos of children, no names with faces, and never alone with a child.</li></ul>"
        ),
    )


def working_together(*, for_host: bool) -> tuple[Block, ...]:
    """Return how notes become findings, and what the host can expect of them."""
    kinds = RichText(
        "<ul><li><strong>Strength</strong>: what works and should be kept.</li>"
        "<li><strong>Area for consideration</strong>: what could work better, and what others have tried.</li>"
        "<li><strong>Question</strong>: what the host may want to ask itself.</li>"
        "<li><strong>Good practice</strong>: what other cities should copy.</li></ul>"
    )
    if for_host:
        return (
            RichText(
                "<p>Every evening the critical friends compare their notes. What more than one source shows becomes a"
                " finding of one of four kinds:</p>"
            ),
            kinds,
            RichText(
                "<p>In the feedback session they tell you what they found, and you answer. Later you read a draft of"
                " the report and correct its facts. The judgement stays theirs; your own view has its place in the"
                " report.</p>"
            ),
        )
    return (
        RichText("<p>Notes are raw: they stay with the team. Findings are what the notes show together.</p>"),
        kinds,
        Heading("Every evening", anchor="findings-debrief"),
        RichText(
            "<ol><li>Read your notes in silence, ten minutes.</li>"
            "<li>Put them under headings, together. Which say the same?</li>"
            "<li>Agree, doubt, or look again: what needs another source?</li>"
            "<li>Ask for another talk while there is still time.</li></ol>"
            "<p>A finding needs two sources that do not depend on each other: a talk, a place you saw, a document, a"
            " figure. With one source it says so.</p>"
        ),
        Heading("The feedback session", anchor="findings-feedback"),
        RichText(
            "<ol><li>Thank the people you met.</li><li>Begin with strengths.</li>"
            "<li>Give each area for consideration with what you saw, never with who said it.</li>"
            "<li>Let the host speak, and write down what it answers.</li>"
            "<li>Say what you take home to your own city.</li></ol>"
        ),
    )


def packing(*, for_host: bool) -> Checklist:
    """Return the last things to look after."""
    if for_host:
        return Checklist(
            (
                "Rooms are booked, also a private one for the team",
                "People who will be interviewed know why, when and where",
                "Interpreters have the programme and the words of your field",
                "Somebody can be reached by phone all day",
                "The people who can act come to the feedback session",
            ),
            "For the host",
        )
    return Checklist(
        (
            "I have read the self-assessment and written down my questions",
            "I have declared my interests",
            "I know which talks I lead and where I take notes",
            "I have told the host what I need to eat, to hear, to get around",
            "I can open my notes without a network",
            "I know what to do with photos: ask first, never of children",
        ),
        "For you",
    )
