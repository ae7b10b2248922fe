"""The words of what comes out."""

from django.db import models


class ReportStatus(models.TextChoices):
    """Where the report stands."""

    DRAFTING = "drafting", "Being written"
    FACT_CHECK = "fact_check", "With the host for the fact check"
    FINAL = "final", "Final"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Replaced by a newer version"


class FactKind(models.TextChoices):
    """What a factual comment is about. The assessment itself is not up for comment."""

    FACT = "fact", "A fact is wrong"
    PERSONAL_DATA = "personal_data", "A person can be recognised"
    WORDING = "wording", "The wording misleads"
    DISAGREEMENT = "disagreement", "We see it differently"


class FactAnswer(models.TextChoices):
    """The team's answer to a factual comment."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly", "Accepted in part"
    DECLINED = "declined", "Declined"


class DocumentKind(models.TextChoices):
    """What the product can print."""

    HANDBOOK = "handbook", "Handbook"
    SELF_ASSESSMENT = "self_assessment", "Self-assessment"
    REPORT = "report", "Final report"


class Edition(models.TextChoices):
    """For whom a document is made."""

    TEAM = "team", "Team edition"
    HOST = "host", "Host edition"
    PUBLIC = "public", "Public edition"


class DocumentStatus(models.TextChoices):
    """The life of one document."""

    QUEUED = "queued", "Waiting to be made"
    RENDERING = "rendering", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"
    CANCELLED = "cancelled", "Cancelled"
