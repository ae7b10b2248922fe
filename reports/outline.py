"""The sections of a final report, as data: what each is for, and what the case itself adds to it.

A new report gets one `ReportSection` row for each plan, in this order. The composer makes one chapter of each section
that has something to show, under the section's own title and with the plan's `anchor`, so that a place in the draft
("s5-p3") keeps its name when another section is still empty.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """One section. `draws` says what is composed from the case ("" for nothing); `words` is a usual length."""

    key: str
    position: int
    title: str
    purpose: str
    draws: str = ""
    words: int = 0
    is_required: bool = False
    is_annex: bool = False

    @property
    def anchor(self) -> str:
        """The address of its chapter in the document."""
        return f"s{self.position}"


OUTLINE: tuple[SectionPlan, ...] = (
    SectionPlan(
        key="summary",
        position=1,
        title="Summary",
        purpose="One page that a mayor can read: why the review took place, what you saw, and what you recommend.",
        words=350,
        is_required=True,
    ),
    SectionPlan(
        key="data_sheet",
        position=2,
        title="Data sheet",
        purpose="Host, theme, dates, team. A sentence of your own is rarely needed here.",
        draws="Host city, theme, working group, dates of the visit and the review team",
    ),
    SectionPlan(
        key="context",
        position=3,
        title="The host city and its context",
        purpose="What a reader from another city must know about the host to understand the findings.",
        words=500,
        is_required=True,
    ),
    SectionPlan(
        key="method",
        position=4,
        title="How the review was done",
        purpose="Purpose, sources and limits of this review. Numbers of people and meetings, never names.",
        draws="Guiding questions, and the visit in numbers: days, host sites, meetings and people by group",
        words=250,
    ),
    SectionPlan(
        key="findings",
        position=5,
        title="What the critical friends found",
        purpose="A few sentences that lead into the findings. The findings themselves come from the findings page.",
        draws="All findings that the host has seen, by theme, with their kinds and sources",
        words=200,
    ),
    SectionPlan(
        key="answers",
        position=6,
        title="Answers to the guiding questions",
        purpose="One answer for each guiding question of the host, in your own words.",
        draws="The guiding questions, and the findings that belong to each",
        words=600,
        is_required=True,
    ),
    SectionPlan(
        key="recommendations",
        position=7,
        title="Recommendations",
        purpose="What connects the recommendations. The recommendations themselves come from their page.",
        draws="All recommendations that the host has seen, in order, with the findings they rest on",
        words=150,
    ),
    SectionPlan(
        key="good_practices",
        position=8,
        title="Good practices worth copying",
        purpose="What the visitors take home to their own cities.",
        draws="The findings that are good practices",
        words=250,
    ),
    SectionPlan(
        key="host_response",
        position=9,
        title="Response of the host",
        purpose="What happens next. The host's own statement is printed as the host wrote it.",
        draws="The host's statement, and its responses to the recommendations once they are given",
    ),
    SectionPlan(
        key="annexes",
        position=10,
        title="Annexes",
        purpose="Glossary, documents you read, anything that would slow down the reader elsewhere.",
        draws="The programme of the visit without names, and the list of public evidence",
        is_annex=True,
    ),
)
PLANS: dict[str, SectionPlan] = {plan.key: plan for plan in OUTLINE}
