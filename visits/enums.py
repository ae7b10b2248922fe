"""The words of the visit."""

from django.db import models


class VisitStatus(models.TextChoices):
    """Where the programme stands."""

    DRAFT = "draft", "Being drafted"
    PROPOSED = "proposed", "Proposed to the team"
    AGREED = "agreed", "Agreed, can still change"
    FROZEN = "frozen", "Frozen"
    HELD = "held", "Visit held"


class SlotKind(models.TextChoices):
    """What happens in a slot."""

    WELCOME = "welcome", "Welcome and context"
    PANEL = "panel", "Panel"
    INTERVIEW = "interview", "Interview"
    SITE_VISIT = "site_visit", "Site visit"
    TEAM = "team", "Team meeting (private)"
    DEBRIEF = "debrief", "Daily debrief (private)"
    FEEDBACK = "feedback", "Feedback session"
    MEAL = "meal", "Meal"
    TRAVEL = "travel", "Travel"
    OTHER = "other", "Other"


PRIVATE_SLOTS = frozenset({SlotKind.TEAM, SlotKind.DEBRIEF})
SLOTS_WITH_PEOPLE = frozenset({SlotKind.PANEL, SlotKind.INTERVIEW, SlotKind.SITE_VISIT})


class SourceGroup(models.TextChoices):
    """Who was met: a group, never a name."""

    LEARNERS = "learners", "Children, young people, learners"
    FAMILIES = "families", "Parents and families"
    COMMUNITY = "community", "Residents and community"
    SERVICE_USERS = "service_users", "Service users and carers"
    FRONT_LINE = "front_line", "Front-line staff"
    MANAGERS = "managers", "Managers"
    POLITICIANS = "politicians", "Politicians"
    NGOS = "ngos", "NGOs and partners"
    EMPLOYERS = "employers", "Employers"
    OTHER_PUBLIC = "other_public", "Other public bodies"


ONE_OF: dict[str, str] = {
    SourceGroup.LEARNERS: "child, young person or learner",
    SourceGroup.FAMILIES: "parent or family member",
    SourceGroup.COMMUNITY: "resident",
    SourceGroup.SERVICE_USERS: "service user or carer",
    SourceGroup.FRONT_LINE: "front-line worker",
    SourceGroup.MANAGERS: "manager",
    SourceGroup.POLITICIANS: "politician",
    SourceGroup.NGOS: "person from NGOs or partners",
    SourceGroup.EMPLOYERS: "employer",
    SourceGroup.OTHER_PUBLIC: "person from another public body",
}
"""How one person of a group is called."""


class NoteKind(models.TextChoices):
    """What a note holds."""

    HEARD = "heard", "Heard"
    SEEN = "seen", "Seen"
    READ = "read", "Read"
    NUMBER = "number", "Number"
    QUOTE = "quote", "Quote, paraphrased"
    QUESTION = "question", "My question"
    IDEA = "idea", "Idea from my city"


class Confidence(models.TextChoices):
    """How sure the writer is."""

    SURE = "sure", "Sure"
    UNSURE = "unsure", "Not sure"


class DeskKind(models.TextChoices):
    """What a critical friend wrote down while reading the self-assessment."""

    QUESTION = "question", "Question to ask"
    HYPOTHESIS = "hypothesis", "What I expect to find"
    PERSON = "person", "Somebody we should meet"
    PAPER = "paper", "A document we need"


DESK_REQUESTS = frozenset({DeskKind.PERSON, DeskKind.PAPER})
