"""The words of what comes out."""

from django.db import models


class ReportStatus(models.TextChoices):
    """Where the report stands."""

    DRAFTING = "drafting", "Being written"
    FACT_CHECK = "fact_check", "With the host for the fact check"
    FINAL = "final", "Final"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Replaced by a newer version"


class SectionStatus(models.TextChoices):
    """How far a section of the report is, as its writers say."""

    OPEN = "open", "Not begun"
    WRITING = "writing", "Being written"
    TO_READ = "to_read", "Ready to be read by the team"
    AGREED = "agreed", "Agreed in the team"


class Audience(models.TextChoices):
    """Who may read a published report."""

    PUBLIC = "public", "Everybody"
    MEMBERS = "members", "Members of the network only"


class Licence(models.TextChoices):
    """Under which terms others may use a published report."""

    CC_BY = "CC-BY-4.0", "Creative Commons Attribution 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "Creative Commons Attribution-NonCommercial 4.0"
    RESERVED = "reserved", "All rights reserved"


class EntryKind(models.TextChoices):
    """What somebody can find in the library."""

    REPORT = "report", "Report"
    PRACTICE = "practice", "Good practice"
    RECOMMENDATION = "recommendation", "Recommendation"


class Scheme(models.TextChoices):
    """Whose numbered subjects a publication carries."""

    PILLAR = "pillar", "European Pillar of Social Rights"
    GOALS = "goals", "Sustainable Development Goals"


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
    PROGRAMME = "programme", "Programme of the visit"
    SLIDES = "slides", "Feedback slides"
    PROGRESS = "progress", "Progress report"
    CERTIFICATE = "certificate", "Certificate of participation"
    ARCHIVE = "archive", "Archive of the case"


class Format(models.TextChoices):
    """The kind of file a document is."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word document"
    ZIP = "zip", "ZIP archive"


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
