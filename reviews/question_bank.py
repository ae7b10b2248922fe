"""The built-in set of questions, as data: ten sections, 33 questions, on social inclusion through education.

The order follows a city's own story: why, who steers, what is known, what is done, with whom, with what, and what
came of it; the last section is addressed to the critical friends. A changed text needs a higher VERSION: reviews keep
the version they began with. Word limits add up to about 4,000 words, the five to ten pages that reviewers can read.
"""

from __future__ import annotations

from dataclasses import dataclass

from reviews.enums import QuestionCondition

NAME = "Social inclusion through education"
SLUG = "inclusion-through-education"
VERSION = 1
LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the bank. `key` names it for good, in every version and language."""

    key: str
    text: str
    help_text: str = ""
    required: bool = True
    rated: bool = False
    words: int = 120
    condition: QuestionCondition = QuestionCondition.ALWAYS


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the bank: a page of the form."""

    title: str
    help_text: str
    questions: tuple[Asked, ...]


PARTS: tuple[Part, ...] = (
    Part(
        "Context and challenge",
        "What worries you, and what has moved in the last years. A candid page here saves a day of the visit.",
        (
            Asked(
                key="most_worried_about",
                text="Which group of children or young people are you most worried about, and how do you know?",
                help_text="Name the group as you would in the council. One or two figures say more than many.",
                words=200,
            ),
            Asked(
                key="changed_lately",
                text="What has changed in the city in the last three years that matters here?",
                help_text="People who arrived or left, laws, funding, elections, a crisis.",
                words=150,
            ),
            Asked(
                key="did_not_work",
                text="What have you tried that did not work, and what did you learn?",
                help_text="Critical friends learn most from this answer. Nobody is graded on it.",
                words=150,
            ),
        ),
    ),
    Part(
        "Leadership and governance",
        "Who decides, what is written down, and how the services act together.",
        (
            Asked(
                key="politically_responsible",
                text="Who is politically responsible, and when did they last discuss this topic?",
                help_text="Functions are enough: no names are needed.",
                words=80,
            ),
            Asked(
                key="written_goals",
                text="Which written goals exist, with which deadlines and figures?",
                help_text="Add the strategy or the council's decision as evidence.",
                rated=True,
            ),
            Asked(
                key="shared_responsibilities",
                text="Where do the responsibilities of city, region and state overlap or leave gaps?",
                help_text="Think of one child's way through the system: who has to say yes, and who pays?",
                required=False,
            ),
            Asked(
                key="steered_together",
                text="How are schools, social services, health and youth work steered together?",
                help_text="Which table do they sit at, how often, and what can it decide?",
                rated=True,
            ),
        ),
    ),
    Part(
        "Knowledge of needs",
        "What you can see in your figures, and what you cannot.",
        (
            Asked(
                key="figures_held",
                text="Which figures on attendance, early leaving, transitions and results do you hold, and by group?",
                help_text="A list is fine. Add a table as evidence; leave out groups in which people are recognised.",
                rated=True,
                words=150,
            ),
            Asked(
                key="blind_spots",
                text="What can you not see in the figures?",
                help_text="For example children who are in no register, or what happens after the last day of school.",
                words=100,
            ),
            Asked(
                key="figures_checked",
                text="Who checks that the figures are right, and how often?",
                required=False,
                rated=True,
                words=80,
            ),
        ),
    ),
    Part(
        "Access and transitions",
        "Getting a place, and getting through the next door.",
        (
            Asked(
                key="getting_a_place",
                text="How do newly arrived, Roma, disabled or poor children get a place, and how long does it take?",
                help_text="Give days or weeks where you know them, and say for whom you do not.",
                rated=True,
                words=150,
            ),
            Asked(
                key="moves_between_stages",
                text="What happens at the moves into pre-school, primary school, secondary school, and work?",
                help_text="Who hands over to whom, and who is lost on the way?",
                rated=True,
                words=150,
            ),
            Asked(
                key="segregation",
                text="How do you prevent segregation between schools?",
                help_text="Catchment areas, enrolment rules, school places, transport: what is in the city's hands?",
                rated=True,
            ),
        ),
    ),
    Part(
        "In the classroom and school",
        "What a teacher and a pupil notice of all this on an ordinary Tuesday.",
        (
            Asked(
                key="support_for_teachers",
                text="What support can a teacher call on within two weeks?",
                help_text="For example an assistant, a psychologist, a mediator, a second language teacher.",
                rated=True,
            ),
            Asked(
                key="at_risk_of_leaving",
                text="How do schools find and help pupils at risk of leaving early?",
                rated=True,
            ),
            Asked(
                key="languages",
                text="How are language learning and mother tongues treated?",
                required=False,
                rated=True,
            ),
            Asked(
                key="bullying_and_discrimination",
                text="How are bullying and discrimination noticed and handled?",
                help_text="Describe the way a complaint takes, not a single case. Nothing that identifies a child.",
                rated=True,
            ),
        ),
    ),
    Part(
        "Learners and families",
        "Whose voice counts, and what keeps people away.",
        (
            Asked(
                key="children_decide",
                text="How do children and young people influence decisions? Name one decision they changed.",
                rated=True,
            ),
            Asked(
                key="parents_hard_to_reach",
                text="How are parents who rarely come to school reached?",
                rated=True,
            ),
            Asked(
                key="barriers_named",
                text="Which barriers (cost, time, language, trust) do families name themselves?",
                help_text="Say how you know: a survey, an evening with parents, the school mediators.",
            ),
        ),
    ),
    Part(
        "Partnerships and place",
        "What the city does not do alone.",
        (
            Asked(
                key="partners",
                text="Which NGOs, employers or cultural bodies are partners, with what agreement?",
                rated=True,
            ),
            Asked(
                key="outside_school_hours",
                text="What is offered outside school hours, and who does not take part?",
                required=False,
            ),
        ),
    ),
    Part(
        "People and money",
        "What will still be there in three years.",
        (
            Asked(
                key="permanent_and_project",
                text="Which staff and budget are permanent, and what ends with project funding?",
                help_text="Round figures are enough. Add a budget extract as evidence.",
                rated=True,
                words=150,
            ),
            Asked(
                key="staff_training",
                text="How are staff trained and supported for inclusion work?",
                rated=True,
            ),
        ),
    ),
    Part(
        "Results and learning",
        "What you are proud of, and how you know.",
        (
            Asked(
                key="proudest_results",
                text="Which three results are you proudest of, with evidence?",
                words=200,
            ),
            Asked(
                key="evaluation",
                text="How do you evaluate, and what was stopped because of an evaluation?",
                rated=True,
            ),
            Asked(
                key="worth_copying",
                text="Which practice could other cities copy, and what would they need?",
            ),
        ),
    ),
    Part(
        "For the critical friends",
        "What you want from this review. You are in control of it.",
        (
            Asked(
                key="guiding_questions",
                text="Your three guiding questions: what stands behind them?",
                help_text="The questions themselves are in the scope. Say what you would do with a good answer.",
                words=150,
            ),
            Asked(
                key="hard_questions",
                text="Where do you want hard questions? What is off limits, and why?",
                words=100,
            ),
            Asked(
                key="ideas_or_observations",
                text="Do you want ideas for development, or only observations?",
                help_text="What you said in the scope holds; say here for which subjects it differs.",
                words=60,
            ),
            Asked(
                key="worthwhile_in_a_year",
                text="What would make this review worthwhile one year from now?",
                words=100,
            ),
            Asked(
                key="rarely_heard",
                text="Whom should we meet who is usually not heard?",
                help_text="Groups, not names: night-shift parents, apprentices, a school that rarely has visitors.",
                words=80,
            ),
            Asked(
                key="earlier_recommendations",
                text="What happened to each recommendation of your earlier review?",
                help_text="Only for a repeat review. A line for each recommendation: done, under way, dropped; why.",
                required=False,
                words=250,
                condition=QuestionCondition.REPEAT,
            ),
        ),
    ),
)
