"""The fact check of a story: what is read before the draft is sent, comments of the host, answers of the team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reports.actions.fact_answers import answer_comment, apply_comment, mark_applied
from reports.actions.fact_comments import add_comment, print_comment
from reports.actions.scanning import set_hints_aside
from reports.actions.sections import save_section
from reports.fact_texts import paragraph_of
from reports.forms.fact_checks import AnswerInput, CommentInput
from reports.models import ReportSection
from reports.rendering import deserialise
from reports.rendering.places import places
from reports.scanning import scan_of

if TYPE_CHECKING:
    from config.demonstration.stories import Story
    from people.models import User
    from reports.models import FactComment
    from reports.rendering.places import Placed
    from reviews.models import Case

LOOKED_AT = {
    "tallinn-transitions": (
        "good_practices",
        """
The postcard was drawn by Kadri Saar, a designer from Kopli, who is glad to be named with it.

Politicians told us that the summer has no line of its own in the budget.""",
        {
            "name": "She agreed in writing to be named with her drawing.",
            "group": "The deputy mayor has said so in the city council, in public.",
        },
    ),
    "gothenburg-homelessness": (
        "context",
        """
The city pays the first year. A tenant told us: “In the first year somebody knocked every week, and then nobody came.”

The head of the housing support team says that two of its posts end in June.""",
        {},
    ),
}
"""What the check before sending finds in the reports of two stories, and why it may stand; without a reason: open."""


def look_at_hints(case: Case, story: Story, people: dict[str, User]) -> None:
    """Write what the check finds, and set aside what may stand."""
    if story.slug not in LOOKED_AT:
        return
    key, text, reasons = LOOKED_AT[story.slug]
    row = ReportSection.objects.get(report__case=case, key=key)
    whole = f"{row.text}\n{text}".strip()
    save_section(case, key, by=people[story.rapporteur], text=whole, version=row.version)
    case.refresh_from_db()
    for kind, reason in reasons.items():
        keys = [hit.key for hit in scan_of(case).open if hit.hint.kind == kind]
        set_hints_aside(case, keys, reason=reason, by=people[story.rapporteur])


def check_facts(case: Case, story: Story, people: dict[str, User]) -> None:
    """The host comments on paragraphs of the draft, the rapporteur answers and puts what was accepted into the text."""
    draft = case.report.sent_drafts.latest("number")
    found = places(deserialise(draft.content))
    for told in story.comments:
        section = case.report.sections.get(key=told["section"])
        place = _place(found, f"{section.anchor}-", told.get("words", ""))
        files = case.evidence.filter(title__in=told.get("files", ()), removed_at=None).values_list("pk", flat=True)
        said = CommentInput(
            place=place.anchor,
            kind=told["kind"],
            text=told["text"],
            proposal=told.get("proposal", ""),
            files=tuple(files),
        )
        by = people[story.sponsor if told.get("by") == "sponsor" else story.coordinator]
        comment = add_comment(case, by=by, said=said)
        if "answer" in told:
            _answer(case, comment, told, people[story.rapporteur])
        if told.get("printed"):
            print_comment(case, comment.number, by=people[story.coordinator], printed=True)
    case.refresh_from_db()


def _place(found: dict[str, Placed], anchor: str, words: str) -> Placed:
    """The first place of a section, or the first one in it with these words."""
    return next(
        place
        for place in found.values()
        if place.anchor.startswith(anchor) and words in (place.text or str(getattr(place.block, "html", "")))
    )


def _answer(case: Case, comment: FactComment, told: dict[str, Any], rapporteur: User) -> None:
    """Answer, and put into the text what was accepted, unless the story leaves that for later."""
    answer, reason = told["answer"]
    said = AnswerInput(answer=answer, reason=reason, seen=comment.seen)
    answered = answer_comment(case, comment.number, by=rapporteur, said=said)
    if not answered.is_to_apply or told.get("later"):
        return
    paragraph = paragraph_of(answered)
    if paragraph is not None and "becomes" in told:
        version = paragraph.section.version
        apply_comment(case, answered.number, by=rapporteur, text=told["becomes"], version=version)
    else:
        mark_applied(case, answered.number, by=rapporteur)
