"""The words of the method. Values are stored; labels are shown."""

from django.db import models


class Stage(models.TextChoices):
    """Where a case stands, coarsely."""

    DRAFT = "draft", "Proposal"
    PLANNING = "planning", "Preparation"
    SELF_ASSESSMENT = "self_assessment", "Self-assessment"
    FEEDBACK = "feedback", "Visit and feedback"
    REPORTING = "reporting", "Report"
    FOLLOW_UP = "follow_up", "Follow-up"
    CLOSED = "closed", "Closed"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"


STAGES_IN_ORDER = (
    Stage.DRAFT,
    Stage.PLANNING,
    Stage.SELF_ASSESSMENT,
    Stage.FEEDBACK,
    Stage.REPORTING,
    Stage.FOLLOW_UP,
    Stage.CLOSED,
)
STAGES_AT_REST = frozenset({Stage.CLOSED, Stage.POSTPONED, Stage.CANCELLED})


class Role(models.TextChoices):
    """What a person is in one case. Nobody but the secretariat is anything everywhere."""

    SECRETARIAT = "secretariat", "Secretariat"
    LEAD = "lead", "Review lead"
    CRITICAL_FRIEND = "critical_friend", "Critical friend"
    RAPPORTEUR = "rapporteur", "Rapporteur"
    HOST_COORDINATOR = "host_coordinator", "Host coordinator"
    HOST_SPONSOR = "host_sponsor", "Host political sponsor"
    HOST_CONTRIBUTOR = "host_contributor", "Host contributor"
    OBSERVER = "observer", "Observer"


HOST_ROLES = frozenset({Role.HOST_COORDINATOR, Role.HOST_SPONSOR, Role.HOST_CONTRIBUTOR})
TEAM_ROLES = frozenset({Role.LEAD, Role.CRITICAL_FRIEND, Role.RAPPORTEUR, Role.OBSERVER})
VISITING_ROLES = frozenset({Role.LEAD, Role.CRITICAL_FRIEND, Role.RAPPORTEUR})


class Theme(models.TextChoices):
    """The subject of a review."""

    EDUCATION = "education", "Education"
    ROMA_INCLUSION = "roma_inclusion", "Roma inclusion"
    INTEGRATION = "integration", "Integration of migrants and refugees"
    AGEING = "ageing", "Demographic change and ageing"
    HOUSING = "housing", "Housing and homelessness"
    EMPLOYMENT = "employment", "Employment and skills"
    HEALTH = "health", "Health and care"
    YOUTH = "youth", "Children and young people"
    DISABILITY = "disability", "People with disabilities"
    CLIMATE = "climate", "Climate and a just transition"
    MOBILITY = "mobility", "Mobility"
    CULTURE = "culture", "Culture and participation"


class Wants(models.TextChoices):
    """Whether the host wants ideas: it decides itself."""

    IDEAS = "ideas", "Observations and ideas for development"
    OBSERVATIONS = "observations", "Only observations"


class Interest(models.TextChoices):
    """What a team member declared before seeing the host's papers."""

    NONE = "none", "I have no conflict of interest"
    DECLARED = "declared", "I have something to declare"
    NOT_ELIGIBLE = "not_eligible", "I should not take part"


class InterestDecision(models.TextChoices):
    """What was decided on a declared interest."""

    PENDING = "pending", "Waiting for a decision"
    CLEARED = "cleared", "May take part"
    REFUSED = "refused", "May not take part"


class SelfAssessmentStatus(models.TextChoices):
    """Where the self-assessment stands."""

    DRAFT = "draft", "Being written"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned for changes"
    ACCEPTED = "accepted", "Accepted and released to the team"


class QuestionSetStatus(models.TextChoices):
    """How far a version of a question set is. Cases take published ones only."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class QuestionCondition(models.TextChoices):
    """When a question is asked."""

    ALWAYS = "always", "Always"
    REPEAT = "repeat", "When the city was reviewed before"
    THEME = "theme", "When the review has one of these themes"
    ANSWERED = "answered", "When another question is answered"
    RATED = "rated", "When another question is rated so"


class ObjectionDecision(models.TextChoices):
    """What was decided on the host's objection to a team member."""

    PENDING = "pending", "Waiting for a decision"
    STAYS = "stays", "The person stays"
    LEAVES = "leaves", "The person leaves the team"


class Rating(models.TextChoices):
    """Four levels of maturity; never used to rank cities."""

    STARTING = "starting", "Starting"
    DEVELOPING = "developing", "Developing"
    ESTABLISHED = "established", "Established"
    LEADING = "leading", "Leading"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class Trend(models.TextChoices):
    """Whether it is getting better."""

    BETTER = "better", "Better"
    SAME = "same", "The same"
    WORSE = "worse", "Worse"


class Verdict(models.TextChoices):
    """What the lead says of one section of a submitted self-assessment."""

    ACCEPTED = "accepted", "Fine as it is"
    RETURNED = "returned", "Please change"


class EvidenceKind(models.TextChoices):
    """What a document is."""

    STRATEGY = "strategy", "Strategy or plan"
    DECISION = "decision", "Council decision"
    BUDGET = "budget", "Budget extract"
    STATISTICS = "statistics", "Statistics"
    SURVEY = "survey", "Survey result"
    EVALUATION = "evaluation", "Evaluation"
    LEAFLET = "leaflet", "Programme leaflet"
    ORGANISATION = "organisation", "Organisation chart"
    CASE_DESCRIPTION = "case_description", "Case description, anonymised"
    PHOTO = "photo", "Photo"
    EARLIER_REPORT = "earlier_report", "Earlier review report"
    OTHER = "other", "Other"


class EvidenceClass(models.TextChoices):
    """Who may read a piece of evidence."""

    TEAM = "team", "Host and review team"
    PUBLIC = "public", "Public"
    HOST = "host", "Host only"


class ScanResult(models.TextChoices):
    """What the virus scanner said of a file."""

    NOT_SCANNED = "not_scanned", "Not scanned"
    CLEAN = "clean", "Nothing found"


class ReadingStatus(models.TextChoices):
    """How far the worker has read a file."""

    QUEUED = "queued", "Waiting"
    READING = "reading", "Being read"
    READY = "ready", "Read"
    FAILED = "failed", "Could not be read"


class TakeOver(models.TextChoices):
    """What was decided on an answer that a filled form brings."""

    OPEN = "open", "To decide"
    TAKEN = "taken", "Taken over"
    LEFT = "left", "Left as it is"
    SAME = "same", "Was there already"


class FindingKind(models.TextChoices):
    """The four kinds of finding."""

    STRENGTH = "strength", "Strength"
    CONSIDERATION = "consideration", "Area for consideration"
    QUESTION = "question", "Question"
    GOOD_PRACTICE = "good_practice", "Good practice"


class FindingStatus(models.TextChoices):
    """How far a finding or recommendation has come. The host sees it from `shared` on."""

    DRAFT = "draft", "Draft"
    SHARED = "shared", "Shared with the host"
    AGREED = "agreed", "Agreed"
    DROPPED = "dropped", "Dropped"


class Effort(models.TextChoices):
    """The resources a recommendation needs."""

    CURRENT = "current", "With current resources"
    MODEST = "modest", "With modest extra resources"
    SUBSTANTIAL = "substantial", "With substantial extra resources"


class Level(models.TextChoices):
    """High, medium or low: impact and feasibility."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Decision(models.TextChoices):
    """The host's response to a recommendation."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Partly accepted"
    REJECTED = "rejected", "Not accepted"


class ActionStatus(models.TextChoices):
    """How an action of the host's plan is going."""

    PLANNED = "planned", "Planned"
    ON_TRACK = "on_track", "On track"
    DELAYED = "delayed", "Delayed"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class MilestoneStatus(models.TextChoices):
    """Whether a deadline counts now."""

    WAITING = "waiting", "Not yet"
    OPEN = "open", "Open"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


class MilestoneKind(models.TextChoices):
    """The milestones of a review. Offsets and owners: reviews/timeline.py."""

    SCOPE_AGREED = "scope_agreed", "Scope and guiding questions agreed"
    TEAM_CONFIRMED = "team_confirmed", "Team proposed and interests declared"
    PROGRAMME_DRAFT = "programme_draft", "Draft programme"
    SELF_ASSESSMENT_DUE = "self_assessment_due", "Self-assessment submitted"
    SELF_ASSESSMENT_ACCEPTED = "self_assessment_accepted", "Self-assessment accepted and released"
    DESK_REVIEW = "desk_review", "Desk review: questions and requests"
    PROGRAMME_FROZEN = "programme_frozen", "Programme frozen, handbook issued"
    VISIT = "visit", "Study visit"
    FEEDBACK_SHARED = "feedback_shared", "Findings released to the host"
    REPORT_DRAFT = "report_draft", "Draft report to the host"
    FACT_CHECK = "fact_check", "Factual comments back"
    REPORT_FINAL = "report_final", "Final report approved"
    REPORT_PUBLISHED = "report_published", "Report published"
    ACTION_PLAN = "action_plan", "Responses and action plan"
    PROGRESS_REVIEW = "progress_review", "Progress review"


MARKED_BY_HAND = frozenset(
    {MilestoneKind.DESK_REVIEW, MilestoneKind.FACT_CHECK, MilestoneKind.ACTION_PLAN, MilestoneKind.PROGRESS_REVIEW}
)
"""What no step of the review completes on its own, or not always: somebody says that it is done."""


class EventKind(models.TextChoices):
    """What the timeline of a case can tell."""

    CREATED = "created", "Proposal written"
    STEP = "step", "Step"
    STEP_BACK = "step_back", "Step back"
    EDITED = "edited", "Changed"
    INVITED = "invited", "Invited to the case"
    ROLE_GIVEN = "role_given", "Role given"
    ROLE_TAKEN = "role_taken", "Role taken away"
    INTEREST_DECLARED = "interest_declared", "Interests declared"
    INTEREST_DECIDED = "interest_decided", "Interest decided"
    UPLOADED = "uploaded", "File added"
    REMOVED = "removed", "Removed"
    RESTORED = "restored", "Restored"
    DOWNLOADED = "downloaded", "Downloaded"
    READ = "read", "Read"
    SHARED = "shared", "Shared with the host"
    RETURNED = "returned", "Returned with a reason"
    COMMENTED = "commented", "Commented"
    ANSWERED = "answered", "Answered"
    CONSENTED = "consented", "Consented"
    SIGNED = "signed", "Signed"
    ADDED = "added", "Added after the release"
    PUBLISHED = "published", "Published"
    DOCUMENT = "document", "Document made"
    RESPONDED = "responded", "Responded to a recommendation"
