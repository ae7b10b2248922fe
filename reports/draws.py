"""What the case can draw into a section of its report: a closed list. Outlines name these keys, in their order.

Each is composed in rendering/compose/report_draws.py. One report draws each of them once: a finding has one address.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draw:
    """One thing that a section can draw: its key, its name, and in a sentence what the reader finds there."""

    key: str
    label: str
    words: str
    is_hosts: bool = False


_ALL = (
    Draw("data_sheet", "Data sheet", "Host city, theme, working group and dates, as a table of facts."),
    Draw("team", "Review team", "The critical friends with their roles and cities."),
    Draw("questions", "Guiding questions", "What the host asked, as a numbered list."),
    Draw("visit_numbers", "The visit in numbers", "Days, host sites, meetings and people, counted and never named."),
    Draw("people_met", "People met", "A chart of the people whom the team met, by group."),
    Draw("photos", "Photos", "The photos among the evidence that everybody may read, each with caption and source."),
    Draw("funnel", "From notes to recommendations", "A picture of how notes became findings and recommendations."),
    Draw("findings_chart", "Findings by kind", "A chart that counts the findings of each kind."),
    Draw("findings", "Findings by theme", "All findings that the host has seen, with their kinds and sources."),
    Draw("answers", "Answers to the guiding questions", "Each guiding question with links to its findings."),
    Draw("recommendations_table", "Recommendations at a glance", "One table: what, to whom, until when."),
    Draw("recommendations", "Recommendations in full", "Each recommendation with its reason and its findings."),
    Draw("good_practices", "Good practices", "Links to the findings that other cities should copy."),
    Draw("host_statement", "Statement of the host", "The host’s own words, as the host wrote them.", is_hosts=True),
    Draw("host_responses", "Responses of the host", "What the host answers to each recommendation.", is_hosts=True),
    Draw("programme", "Programme of the visit", "The days of the visit, without names."),
    Draw("public_papers", "Public papers of the host", "The files of evidence that everybody may read, by title."),
)
DRAWS: dict[str, Draw] = {draw.key: draw for draw in _ALL}
HOSTS = frozenset(draw.key for draw in _ALL if draw.is_hosts)
"""What is the host's own: it can still change while the team confirms its text."""


def labels_of(keys: Iterable[str]) -> list[str]:
    """Return the names of what a section draws, in its order. Unknown keys are left out."""
    return [DRAWS[key].label for key in keys if key in DRAWS]
