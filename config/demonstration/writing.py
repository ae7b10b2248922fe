"""A report that is being written together: owners, days, statuses, comments, versions."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from config.demonstration.stories import Story
from people.models import User
from reports.actions.section_comments import add_comment, settle
from reports.actions.section_owners import Given, share_out
from reports.actions.section_status import set_status
from reports.actions.sections import save_section
from reports.enums import SectionStatus
from reports.models import ReportSection, SectionVersion
from reviews.access import seat_in
from reviews.models import Case

_OWNERS = {"summary": (None, 6), "context": (0, -2), "answers": (1, 4), "good_practices": (0, 9)}
"""Who writes which section: a critical friend by place, None for the rapporteur; and in how many days it is due."""
_ADDED = "\n\nWe come back to this in the recommendations."


def write_together(case: Case, story: Story, people: dict[str, User]) -> None:
    """Share the writing out, comment, and say how far the sections are; a report that was sent is agreed."""
    if story.report_status != "drafting":
        ReportSection.objects.filter(report__case=case).exclude(text="").update(status=SectionStatus.AGREED)
        return
    friends = [people[key] for key in story.team if key not in {story.lead, story.rapporteur}]
    lead, rapporteur = people[story.lead], people[story.rapporteur]
    today, given = timezone.localdate(), {}
    for key, (who, days) in _OWNERS.items():
        owner = rapporteur if who is None else friends[who % len(friends)]
        given[key] = Given(owner.pk, today + timedelta(days=days))
    share_out(case, given, by=lead)
    _talk(case, lead, rapporteur, friends[0])


def _talk(case: Case, lead: User, rapporteur: User, friend: User) -> None:
    """What the team wrote and said: a second hand in the context, two comments, one of them settled."""
    context = ReportSection.objects.get(report__case=case, key="context")
    if context.text:
        save_section(case, "context", by=friend, text=context.text + _ADDED, version=context.version)
        _date_versions(context)
        quoted = context.text.split(".")[0][:200]
        add_comment(seat_in(lead, case), "context", "Can a reader from another city understand this?", quoted=quoted)
    done = add_comment(seat_in(rapporteur, case), "answers", "One answer for each guiding question, please.")
    settle(seat_in(lead, case), done.pk)
    for key, status, by in (("summary", SectionStatus.TO_READ, rapporteur), ("method", SectionStatus.AGREED, lead)):
        if ReportSection.objects.filter(report__case=case, key=key).exclude(text="").exists():
            set_status(case, key, status, by=by)


def _date_versions(row: ReportSection) -> None:
    """The text before was written some days ago."""
    earlier = timezone.now() - timedelta(days=3)
    SectionVersion.objects.filter(section=row).update(at=earlier, kept_at=earlier)
